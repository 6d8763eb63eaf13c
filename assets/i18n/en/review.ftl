# What the review looks for, and how it asks. Wording invites a check and accuses nobody.
issue-meaning-chosen = You said what this column means.
issue-not-of-kind = “{ $found }” can’t be read as what this column is; the cell is missing.
    .remedy = Correct the cell, or say what the text means.
issue-blank-required = The cell is blank; this value is needed.
    .remedy = Fill it in from the patient’s record, or accept that it is not known.
issue-required-unknown = “{ $found }” is required but no column has that name.
    .remedy = Choose the column again in the list of required values.
issue-no-such-choice = “{ $found }” is none of the choices ({ $levels }).
    .remedy = Please check the cell; correct it, or recode the column.
issue-choice-misspelt = “{ $found }” stands once and looks like “{ $other }”.
    .remedy = Please check; if it is the same, recode it.
issue-outlier = { $found } is far from the other patients (median { $median }); please check.
    .remedy = Compare with the patient’s record. If it is right, accept it and it will not be asked again.
issue-bmi-differs = The body mass index is { $found }; weight and height give { $computed }.
    .remedy = Please check the three values.
issue-of-other-sex = “{ $found }” stands in a column that does not concern { $sex ->
        [female] a woman
       *[male] a man
    }; please check this value and the sex.
    .remedy = Correct the one that is not right.
issue-visit-before-implant = The visit is dated { $found }, before the implantation ({ $date }); please check.
    .remedy = Correct the date of the visit or of the implantation.
issue-visit-order = The visit is dated { $found }, before the earlier visit in “{ $other }” ({ $date }); please check.
    .remedy = Correct the date that is not right.
issue-trial-relief-apart = The relief at the trial is reported as { $found }%, but { $from } give { $calculated }%: more than 20 points apart.
    .remedy = Ask whether one of them is mistyped; if both are right, accept it. The two are kept apart.
issue-visit-window = The visit of month { $month } is dated { $found }, { $weeks ->
        [one] { $weeks } week
       *[other] { $weeks } weeks
    } { $side ->
        [early] before it was due
       *[late] after it was due
    }.
    .remedy = Please check the date. If it is right, accept it, or allow a wider window.
issue-explant-date-without-explant = There is a date of explantation ({ $found }), but the patient is said not to be explanted.
    .remedy = Correct one of the two.
issue-implant-date-without-implant = There is a date of implantation ({ $found }), but the patient is said not to be implanted.
    .remedy = Correct one of the two.
issue-explanted-never-implanted = The patient is said to be explanted, but not implanted.
    .remedy = Correct one of the two.
issue-value-after-explant = A value of month { $month } ({ $found }) stands after the explantation ({ $date }); please check.
    .remedy = If the patient was still followed, accept it; else correct the date or empty the values of this visit.
issue-duplicate-person = The same birth date, sex and date of surgery stand already in row { $first }: this may be the same patient.
    .remedy = If it is the same patient, leave one of the rows out, with the reason.
issue-identical-row = All { $n } values of this row are those of row { $first }: this may be the same patient, entered twice.
    .remedy = If it is the same patient, leave one of the rows out, with the reason.
issue-rule-broken = Your rule “{ $rule }” does not hold here: { $values }.
    .remedy = Please check these values, or change the rule.
issue-rule-stopped = The rule “{ $found }” could not be read beyond “{ $before }” (character { $position }{ $seen ->
        [nothing] {""}
       *[other] , at “{ $seen }”
    }): { $wanted ->
        [operand] a name, a number or a parenthesis was expected there
        [close] a closing parenthesis is missing there
        [then] “then” was expected there
        [quote] the quotation mark is never closed
        [missing] “missing” or “known” was expected there
        [list] a list such as (1, 2, 3) was expected there
        [number] this is neither a number nor a date such as 2024-05-31
        [known] this sign means nothing in a rule
        [function] there is no such function
        [one-argument] this function takes one value
        [two-arguments] this function takes two values
        [shallower] the rule has too many parts
       *[operator] a comparison, “and” or “or” was expected there
    }.
    .remedy = Write for instance: odi_m12 <= 100, or: if sex = “F” then prostate is missing. Names with spaces stand in `backquotes`; decimals have a point.
issue-rule-types = The rule “{ $found }” { $wrong ->
        [arithmetic] computes with something that is not a number
        [dates] takes the time between things that are not dates
        [no-condition] joins something that is neither true nor false
        [compared-condition] compares something that is true or false
        [missing-condition] asks of a whole comparison whether it is missing
        [date-with-other] compares a date with something that is not a date
       *[no-rule] compares nothing with a column
    }.
    .remedy = Compare numbers with numbers, texts with texts in “quotes” and dates with dates such as 2024-05-31.
issue-rule-too-long = The rule is longer than { $n-text } characters.
    .remedy = Split it into several rules.
issue-derived-no-name = The new variable has no name.
    .remedy = Write one, as short as a column header.
issue-derived-name-taken = A column is called “{ $column }” already.
    .remedy = Choose another name.
issue-derived-of-text = “{ $column }” holds identifiers or free text, of which nothing is computed.
    .remedy = Use columns of numbers, dates or levels.
issue-derived-constant = “{ $found }” names no column.
    .remedy = Write a formula over columns, as in leg - back.
issue-derived-no-number = “{ $found }” gives neither a number nor yes and no.
    .remedy = For dates use days(first, second); for levels compare with a text in quotation marks.
issue-rule-unknown-name = The rule “{ $found }” names “{ $name }”, which no column is called{ $near ->
        [none] {""}
       *[other] ; spelt nearly alike: { $near }
    }.
    .remedy = Use the name of the column as the table shows it, in `backquotes` if it has spaces.

# Tables that are copied or exported.
tsv-variable = Variable
tsv-missing = Missing
tsv-missing-percent = Missing (%)
tsv-moment = Measured
tsv-values = Values
tsv-missing-together = Missing together
tsv-patients = Patients
tsv-patient = Patient
tsv-centre = Centre
tsv-not-known = not known
tsv-implanted = Implanted
tsv-due-on = Due on

visit-state-done = done
visit-state-due = due
visit-state-overdue = overdue
visit-state-lost = lost
visit-state-not-yet = not yet
visit-state-unknown = not known

# Questions that go out, and answers that come back.
query-sheet = Questions
query-number = No.
query-patient = Patient
query-sheet-of = Sheet
query-row = Row
query-letters = Column
query-variable = Variable
query-label = Meaning
query-found = Value found
query-question = Question
query-answer = Answer
query-new-value = New value
query-initials = Initials
query-date = Date
query-words = { $finding } Could you check it against the patient’s record? Leave “New value” empty if it is right as it is.
issue-queries-no-list = This file is no list of questions of this program, or its hidden columns were taken out.
    .remedy = Choose the file that was sent out, with the answers filled in; hidden columns must stay.
issue-queries-no-answers = The list has neither a column “Answer” nor a column “New value”.
    .remedy = Keep the headers as they were sent.
issue-query-without-key = The answer “{ $found }” stands in a line that no longer says what was asked.
    .remedy = Enter it by hand, or ask again.
issue-query-answered-twice = The same question has an answer further up.
    .remedy = Look at both and accept one.
issue-list-too-long = The list has more than { $n-text } lines.
    .remedy = Choose fewer findings, or export it as .csv.
answer-conflict-row-gone = the patient is not in the cohort any more
answer-conflict-column-gone = the column is not in the cohort any more
answer-conflict-value-changed = the cell holds another value by now
answer-conflict-unreadable = the new value is not what the column is

# The worklist of visits.
worklist-sheet = Visits
worklist-visit = Visit
worklist-state = State
worklist-until = Until
worklist-days-late = Days late
worklist-note = Note
