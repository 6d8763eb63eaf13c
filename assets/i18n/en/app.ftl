# The window around its pages: commands, bars, questions, parts.

# Pages: name, what it is for, what belongs there while it is empty.
page-home = Home
    .tip = Where to begin.
page-cohort = Cohort
    .tip = What was imported, with every finding and its cell.
    .empty = Open a workbook or a csv file as the hospital keeps it. The program says how it understood each column, and what it doubts. The file is never changed.
page-outcome = Outcome
    .tip = What a responder is, who is predicted and when.
    .empty = Once a cohort is open, say here what a responder is; the share of responders follows at once.
page-predictors = Predictors
    .tip = What the models may use, and whether the cohort is large enough for it.
    .empty = Once a cohort is open, tick here what is known before the decision.
page-train = Train
    .tip = Models, how they are validated, and the run.
    .empty = Once a cohort is open and a responder is defined, models are trained and validated here.
page-performance = Performance
    .tip = How far the predictions can be trusted.
    .empty = Here you will see how well the models tell responders from others on patients that they have not seen, and whether their chances are right.
page-patients = Patients
    .tip = Every patient with a chance, and one of them for the meeting.
    .empty = Here every analysed patient gets a chance from models that did not see the patient, with its spread and its reasons.
page-report = Report
    .tip = What goes on paper.
    .empty = Here the whole analysis is written to one file that stands alone, and its numbers to another for other programs.

# Commands.
command-open = Open…
    .tip = Open a study, a workbook or a csv file
command-save = Save
    .tip = Save the study with its cohort and results
command-save-as = Save as…
    .tip = Save the study under another name
command-save-without-patients = Save a copy without patients…
    .tip = Save decisions and figures without cohort, patients and notes
command-close = Close study
    .tip = Close what is open
command-undo = Undo
    .tip = Take back the last decision
command-redo = Redo
    .tip = Make the decision again
command-train = Train models
    .tip = Train and validate the chosen models
command-compare = Compare models
    .tip = Set the models beside others on the same patients
command-explain = Explain the models
    .tip = Work out curves, interactions and points of the models that are shown
command-elsewhere = Judge on another cohort…
    .tip = Choose a file with other patients: how the trained models do there is shown beside the results; nothing is learnt from them
command-cancel = Cancel
    .tip = Stop what is being trained or compared; earlier results stay
command-write-report = Write report
    .tip = Write the report with the options of its page
command-next-patient = Next patient
    .tip = Show the next patient of the list
command-previous-patient = Previous patient
    .tip = Show the previous patient of the list
command-palette = Search or command
    .tip = Find anything that the program can do
command-zoom-in = Larger
    .tip = Make everything larger
command-zoom-out = Smaller
    .tip = Make everything smaller
command-zoom-reset = Normal size
    .tip = Back to 100%
command-present = Present
    .tip = Large and light, the page alone, for a projector; again to leave
present-leave = Leave the presentation (F11)
command-switch-theme = Light or dark
    .tip = Switch between the light and the dark theme
command-switch-language = English or French
    .tip = Switch the language of the window
command-about = About and keys
    .tip = What the program is, and its keys
key-ctrl = Ctrl
key-shift = Shift
key-enter = Enter
key-page-down = Page down
key-page-up = Page up

# Bars.
menu-study = Study
palette-hint = Search or command
palette-nothing = No command has these words
lang-en = English
lang-fr = Français
unsaved = Not everything is saved
state-empty = Nothing here yet.
state-ready = Ready.
state-out-of-date = Out of date.
autosaved-now = autosaved just now
autosaved = autosaved { $time } ago
n-findings = { $n ->
    [one] { $n-text } finding
   *[other] { $n-text } findings
}
problem-on = Problem on the page { $page }
dialog-open = A file window is open.
dialog-type = Type the path instead
time-left = about { $time } left
drop-here = Drop the file to open it
copied = Copied to the clipboard.
saved = Saved.
file-written = The file was written.
report-done = The report was written.

# Jobs.
job-read = Reading the file
job-open = Opening the study
job-check = Checking the cohort
job-derive = Working out the outcome
job-trial = Trying how long a training takes
job-train = Training
job-try-comparison = Trying how long a comparison takes
job-compare = Comparing models
job-explain = Working out curves and interactions
job-elsewhere = Judging the models on another cohort
job-live = preparing the patient’s model
job-ask = asking the model
job-save = Saving
job-autosave = Saving a recovery copy
job-report = Writing the report
job-text = Writing the file
stage-of = { $subject }: { $stage }

# Questions over the page.
ok = OK
cancel = Cancel
open = Open
choose = Choose…
ask-open = Open a study or a cohort
ask-elsewhere = Choose the other cohort
ask-save = Save
ask-folder = Choose a folder
ask-files = Studies and cohorts
ask-path = Path
    .about = No file window answered on this system. Type or paste the full path.
unsaved-title = Save what you did first?
unsaved-about = Decisions and results that are not saved will be lost.
unsaved-save = Save
unsaved-discard = Leave without saving
about-version = Version { $version }
about-text = Prognostim predicts the outcome of spinal cord stimulation from a centre’s own cohort, and says how far the prediction can be trusted.
about-offline = It works on this computer only: it opens no connection and sends nothing.
about-keys = Keys
about-renderer = Drawn with { $name }.
close-about = Close

# Parts of pages.
plot-as-table = Table
plot-as-figure = Figure
plot-copy = Copy
plot-save = Save…
plot-save-svg = SVG (scalable)
plot-save-pdf = PDF
plot-save-png = PNG, { $dpi } dpi
plot-save-csv = Data as csv
plot-copy-data = Copy the data
plot-data-curve = Curve
plot-data-low = Lower limit
plot-data-high = Upper limit
plot-data-band = 95% band
dismiss = Dismiss
automatic = automatic
keep-in-mind = Keep in mind
browse = Browse…
copy-table = Copy table
n-shown = { $n } of { $of } shown
working = Being worked out…
reading = The file is being read…
training = The models are being trained…
waiting = Waiting to begin…
stale = These results are out of date: cohort or settings have changed since. Run again.
    .remedy = They are shown as they were until the models are trained again.
empty-cohort = No cohort is open
empty-results = No models have been trained yet
go-train = Go to Train
recovery = The program ended without saving “{ $name }”.
    .remedy = Its last state was kept. Go on from there, or discard it.
recovery-open = Go on with it
recovery-discard = Discard it

# Domains.
domain-person = Person
domain-history = History
domain-pain = Pain
domain-disability = Disability
domain-distress = Distress
domain-quality-of-life = Quality of life
domain-treatment = Treatment
domain-course = Trial and follow-up
domain-other = Other columns

# Counts and times.
n-patients = { $n ->
    [one] { $n-text } patient
   *[other] { $n-text } patients
}
n-of = { $n } of { $of } ({ $share })
duration-secs = { $n } s
duration-mins = { $n } min
duration-hours = { $hours } h { $mins } min

# What can go wrong around the window.
issue-no-window = No window can be opened on this computer: { $detail }
    .remedy = Everything can be done without a window: “prognostim analyse COHORT --out FOLDER” trains, validates and writes the report. To try one way of drawing, give --renderer glow or --renderer wgpu.
issue-trained = Trained { $n ->
        [one] { $n } model
       *[other] { $n } models
    } on { $patients } patients in { $secs } s.
issue-trained-model = { $model }: corrected AUC { $auc }; { $failed } of { $resamples } resamples failed; seed { $seed }.
issue-training-stopped = The training was stopped.

# The review: commands and jobs.
command-find = Search in the table
    .tip = Find a text in any cell; Enter goes on to the next match
command-go-to-row = Go to row…
    .tip = Go to a patient or to a row of the file
command-edit-cell = Correct the cell…
    .tip = Change the value under the cursor, with a reason
command-previous-finding = Previous finding
    .tip = Show the cell of the finding before
command-next-finding = Next finding
    .tip = Show the cell of the next finding
command-accept-finding = Accept the finding as right
    .tip = The value is right as it is; it will not be raised again
command-query-finding = Query the finding
    .tip = Put the finding on the list of questions
job-arrange = Sorting and searching
job-copy = Preparing the copy
job-fingerprint = Looking whether the file has changed

# Forms.
form-apply = Apply
form-go = Go there
form-empty = Type a value, or tick that it is missing.
form-not-a-number = This is not a number as it is written in English, such as 7.5.
form-not-a-date = This is not a date such as 2021-03-04 or 4/3/2021 (day first).
form-no-change = Nothing would change yet.
form-no-code = Tick or type at least one value.
form-factor = The factor must be above zero.
form-why-needed = A reason is needed here.
form-level-empty = Every level needs a name, or means missing.
form-no-such-row = There is no such patient and no such row in the file.
form-not-here = Choose a cell that can be corrected first; what names a patient cannot.
form-why = Reason
form-note = Note
form-initials = Initials
form-value = New value
form-missing = missing
form-means-missing = means missing
form-set-missing = The value is missing
form-date-hint = year-month-day or day/month/year
form-cell = Patient { $patient }: { $column }
form-now = Stands there now: { $value }
form-now-missing = Nothing stands there now.
form-unread = The file has “{ $text }”, which could not be read.
form-kept = Will be kept as { $value }
form-unusual = Outside the usual range ({ $low } to { $high }), please check.
form-recode = Rename the levels of { $column }
    .about = Give two levels the same name to join them.
form-level = New name of { $level }
form-codes = Values of { $column } that mean missing
    .about = Tick the values that stand for “not known”. The smallest and largest are offered; more can be typed.
form-codes-more = Others, between semicolons
form-scale = Another unit for { $column }
    .about = Every number of the column is multiplied.
form-factor-name = Factor
form-unit-name = New unit
form-becomes = { $before } becomes { $after }
form-kind = Read { $column } as
    .about = A number that is a code is a category; a column that names patients is an identifier.
form-exclude = Leave patient { $patient } out
    .about = The row stays in the table, struck out, and is left out of every analysis.
form-include = Analyse patient { $patient } again
    .about = The patient is part of every analysis from now on.
form-mark = { $n ->
    [one] { $n-text } finding: { $status }
   *[other] { $n-text } findings: { $status }
}
    .about = Your note is kept with the finding and stands in the trail.
form-repair = Repair { $n ->
    [one] { $n-text } cell
   *[other] { $n-text } cells
}
    .about = These cells would change in this study only, never in the source file. It can be undone.
form-go-to = Go to row
form-go-to-name = Patient, or number of the row in the file
form-go-to-found = Patient { $patient }
reason-source = Checked in the record
reason-typing = Typing error
reason-unit = Other unit

# An updated source file, and corrections that do not fit it.
updated = The source file has changed since it was read.
    .remedy = Your corrections can be kept when it is read again.
updated-read = Read it again
updated-title = The file has changed
updated-about = This file is not the same any more as the one that was read. Corrections, notes and what was decided about findings can be kept: they are applied to the new file, and whatever does not fit is shown to you.
updated-keep = Keep my corrections
updated-anew = Start over
conflicts = { $n ->
    [one] { $n-text } correction does not fit the file any more.
   *[other] { $n-text } corrections do not fit the file any more.
}
    .remedy = Until you decide, the value of the file stands.
conflicts-show = Decide
conflicts-title = Corrections that do not fit the file
conflicts-about = The file now has another value than the one that was corrected. Until you decide, the file’s value stands.
conflicts-later = Later
conflicts-keep-all = Keep all the file’s values
conflicts-again-all = Apply all again
conflict-value = Patient { $patient }, { $column }: the file now has { $found }. Your correction was { $before } → { $after }.
conflict-row = { $column }: the patient of your correction { $before } → { $after } is not in the file any more.
conflict-column = { $column } is not in the file any more, or is of another kind. Your correction was { $before } → { $after }.
conflict-keep = Keep the file’s value
conflict-again = Apply the correction again
command-paste = Paste a table
    .tip = Open the table that was copied from a spreadsheet
job-preview = Looking at the file
job-recipe = Keeping how the file was read
job-survey = Counting
paste-nothing = The clipboard holds no text.
paste-no-table = What was pasted is no table: copy the cells with their headers.
dropped-several = One file is opened at a time: the first was opened.
day-month-year = { $day } { $month } { $year }
month-name = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}

# Questions that go out, and their answers.
queries = Query list
queries-file = queries.xlsx
queries-write = Query list…
    .tip = Writes the queried findings as a workbook with room for the answers; everything open where none is queried. Patients stand by pseudonym.
queries-read = Read answers…
    .tip = Reads the workbook that came back; every answer is shown before anything changes.
ask-answers = Choose the query list with its answers
job-answers = Reading the answers
answers-title = { $n ->
    [0] No answers left
    [one] { $n-text } answer
   *[other] { $n-text } answers
}
answers-about = Nothing has changed yet. Each answer is taken over or left.
answers-close = Close the list
answers-take-all = Take all over
answer-change = { $before } → { $after }: { $answer } { $who }
answer-words = { $before }: { $answer } { $who }
answer-take = Take over
answer-leave = Leave
