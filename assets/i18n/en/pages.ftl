# The pages.

# Home.
home-title = What would you like to do?
home-nothing-open = Nothing is open. Open your own cohort, or look at a sample first.
home-open = Open: { $name }, { $patients }.
home-open-file = Open a file
home-path = Path of a file
home-path-hint = /path/to/cohort.xlsx
home-drop = Or drop a study, a workbook or a csv file anywhere in this window.
home-recent = Recent
home-no-recent = What you open will be listed here.
home-forget = Take { $name } off the list
home-samples = Sample cohorts
    .about = Simulated from published figures; synthetic, not for clinical use.
open-sample = Open { $name }
study-name = Study name
sample-multicentre = Five centres
    .about = 420 patients, workbook with baseline, trial and follow-up visits
sample-single-centre-fr = One French centre
    .about = 120 patients, csv as a French hospital exports it, with its small flaws
sample-registry = Registry
    .about = 20,000 patients, csv; made when it is opened
door-review = Review a cohort
    .about = See how a file was understood, cell by cell, and what should be checked before anything is computed.
door-train = Train a model
    .about = Say what a responder is, tick what is known before the decision, and see what the prediction is worth.
door-meet = Present at a meeting
    .about = One patient on one page: the chance of response with its spread, and why.

# Cohort.
cohort-sentence = { $patients }, { $columns } columns, { $findings ->
    [0] nothing to check
    [one] { $findings-text } finding to look at
   *[other] { $findings-text } findings to look at
}. The source file is never changed.
cohort-findings = Findings
cohort-table = Table
import = Open another…
search-rows = Search in the table
repaired = repaired
and-more = and { $n-text } more
show-less = Show less
proposal-accept = Repair { $n ->
    [one] { $n-text } cell
   *[other] { $n-text } cells
}
proposal-tip = Changes the cohort in this study only, never the source file; every changed cell is noted.
reading-encoding = Encoding
reading-delimiter = Columns separated by
reading-decimal = Decimal mark
reading-dates = Order of dates
reading-sheet = Sheet of the patients
delimiter-semicolon = semicolon
delimiter-comma = comma
delimiter-tab = tab
decimal-comma = comma (7,5)
decimal-point = point (7.5)
dates-dmy = day, month, year
dates-mdy = month, day, year
dates-ymd = year, month, day
column-row = Row
column-choose = Click the title of a column to look at it.
column-name = Name
column-kind = Read as
column-timing = Measured
column-domain = Domain
column-unit = Unit
column-range = Plausible range
column-missing = Missing
column-median = Median (quartiles)
column-span = Smallest to largest
column-findings = Findings
column-reasons = Why:
column-no-levels = This column is not counted: it holds dates, text or identifiers.
median-quartiles = { $median } ({ $lower } to { $upper })
histogram-alt = Histogram from { $low } to { $high }; the fullest bar holds { $most ->
    [one] { $most-text } patient
   *[other] { $most-text } patients
}.
axis-patients = Patients

# Outcome.
outcome-sentence = { $rule }: { $share } of the analysed patients respond.
outcome-definition = What a responder is
outcome-analysed = Analysed
outcome-respond = Respond
outcome-site = Pain
outcome-percent = Reduced by at least
month-short = { $n ->
    [one] { $n } month
   *[other] { $n } months
}
outcome-column = Column
outcome-event = Means responder
outcome-population = Who is predicted, and when
outcome-rate = Responders
outcome-flow = Who is analysed
outcome-example = One patient, worked out
responders-of = { $n } of { $of } analysed patients responded
example-patient = Patient { $id }
example-responder = So this patient is a responder.
example-non-responder = So this patient is not a responder.
next-predictors = Next: predictors

# Predictors.
predictors-sentence = { $n ->
    [one] { $n } of { $of } columns is ticked
   *[other] { $n } of { $of } columns are ticked
}. Tick what is known at the moment of the decision and what experience suggests, before looking at results.
predictors-default = Tick the usual ones
    .tip = Every column of known timing that is measured before the decision
predictors-rules = What may be ticked
    .text = Only what is known at the moment of the decision. What was measured later, what the outcome is made of, and columns without variation can’t be ticked. A column of unknown timing enters only when you tick it yourself. Do not drop a predictor because of its p-value: that makes the figures too good.
missing-share = { $share } missing
much-missing = More than a fifth of the values is missing.
n-parameters = { $n ->
    [one] { $n } parameter
   *[other] { $n } parameters
}
    .tip = What it spends in a logistic model: one for a number, one for each further level, one more where values are missing
form-open = form, levels and distribution
form-curve = Acts as
form-reference = Compared with
form-least = Pool levels with fewer patients than
form-levels = Each level but the one compared with spends a parameter. Levels that too few training patients have are pooled into one.
form-binary = Yes or no: one parameter.
form-code = The numbers are codes
    .tip = Each number is a level of its own, as 1 for employed and 2 for retired
curve-linear = straight line
    .about = Each further unit changes the log-odds by the same amount: one parameter.
curve-spline = spline, { $n } knots
    .about = A smooth curve (restricted cubic spline with Harrell’s knots, learnt in training): one parameter fewer than knots.
curve-log = logarithm
    .about = Each doubling changes the log-odds by the same amount: one parameter. For durations and doses; a column with negative values stays a straight line.
confirm-why = Why may it predict all the same?
confirm = Confirm
confirmed-why = Confirmed: { $why }
confirm-take-back = Take back
remove = Remove
lock-title = Specification
lock-open = Not locked yet.
lock-since = Locked on { $date } ({ $hash }){ $n ->
    [0] ; not changed since.
    [one] ; trained with one change since.
   *[other] ; trained with { $n } changes since.
}
lock-now = Lock now
lock-about = Outcome, predictors and their forms are noted with date and hash. Until then nothing shows how a predictor and the outcome go together. Training locks too. Changes after that are allowed, counted and printed in the report.
interactions-title = Interactions
interactions-about = Does one predictor matter more where another is high? Choose few, from experience. Each spends the product of the parameters of the two (of a spline its straight part).
interaction-first = First
interaction-second = Second
interaction-add = Add
interaction-remove = Remove the interaction { $pair }
derived-title = New variable
derived-name = Name
derived-formula = Formula, as in leg - back
derived-add = Add variable
derived-remove = Remove the variable { $name }
derived-about = Computed from other columns patient by patient: differences, ratios, sums, or a condition such as bmi >= 30. It is measured when the latest of its parts is.
redundancy-title = Do predictors say the same?
redundancy-none = No pair is correlated above 0.7, and none is foretold by the others.
redundancy-inflated = Variance inflation from 5 on
redundancy-all = fully foretold
redundancy-about = Rank correlations and variance inflation of the ticked predictors, without a look at the outcome.
size-title = Is the cohort large enough?
size-of = { $n } patients; about { $required } needed
size-enough = Large enough for these predictors.
size-short = Too few for { $parameters ->
    [one] { $parameters-text } parameter
   *[other] { $parameters-text } parameters
}: chances will be off by about { $error } percentage points on average. These patients support { $budget ->
    [0] not even one
   *[other] about { $budget-text }
}: untick what experience does not ask for, or add patients.
size-shrinkage = Not trimmed to these patients
size-optimism = No flattering fit
size-overall-risk = Share of responders is precise
size-mape = Chances off by 5 points at most
size-parameters = Parameters
size-budget = Parameters that these patients pay for
size-rate = Share of responders
size-epp = Events per parameter
size-error = Expected error of a chance
size-auc = AUC assumed
size-details = Details
size-criteria = A parameter is one number that the model must learn: one for a number or a yes or no, one for each further level. Patients needed so that each of these holds:
size-source = Criteria of Riley and colleagues (BMJ 2020;368:m441).
points = { $n } points
next-train = Next: train

# Train.
train-models = Models
about-logistic = Adds up what each predictor contributes. No penalty: needs many patients for each predictor.
about-ridge = The same, with contributions drawn towards zero as far as unseen patients ask for. The steady choice for a small cohort.
about-firth = Logistic regression that corrects for few patients and stays finite where a predictor tells all responders apart.
about-lasso = Keeps few predictors and drops the rest; which ones it keeps may change with a few patients.
about-elastic-net = Between ridge and lasso: drops predictors, but keeps together those that say the same.
about-forest = Averages many decision trees; finds interactions by itself, but its reasons are harder to read.
train-forest = Forest
forest-trees = Trees
    .help = More trees: steadier chances, longer computing. 500 is plenty.
forest-node = Smallest node to split
    .help = A group of this many patients or fewer is not divided further. Larger: smoother chances.
forest-mtry = Predictors tried at a split
    .help = Automatic: the square root of their number.
train-penalty = Penalty
penalty-rule = Strength chosen by
penalty-minimum = best cross-validation
    .help = The strength with which patients who were not fitted are predicted best.
penalty-one-se = one standard error
    .help = The strongest penalty that is within one standard error of the best: fewer predictors, chances nearer to the average.
penalty-aic = Akaike’s criterion
    .help = Fit against effective parameters, without cross-validation: quicker, rougher.
penalty-alpha = Share of the lasso
    .help = Near 0 the elastic net keeps every predictor and shrinks it as ridge does; near 1 it drops predictors as the lasso does.
recalibration = Recalibration
recalibration-none = none
    .help = Chances as the model gives them.
recalibration-intercept = intercept
    .help = Moves all chances so that as many respond as are expected. Learnt on patients that the model has not seen, in every resample.
recalibration-intercept-slope = intercept and slope
    .help = Also draws chances that are too extreme towards the average. Learnt on patients that the model has not seen, in every resample.
recalibration-logistic = logistic (Platt)
    .help = Intercept and slope with Platt’s targets, which keep few patients from pulling too hard. Learnt on patients that the model has not seen.
recalibration-beta = beta
    .help = A curve that may bend at either end. Wants some hundred patients. Learnt on patients that the model has not seen.
recalibration-isotonic = isotonic
    .help = Any rising curve, in steps. Unsteady below about 200 patients. Learnt on patients that the model has not seen.
forest-more = How trees are grown
forest-rule = Splits chosen by
    .help = Both look for purer groups; log loss minds rare groups a little more. The difference is small.
forest-gini = Gini
forest-log-loss = log loss
forest-leaf = Smallest leaf
    .help = Patients that stand behind a chance at least. Larger: smoother chances.
forest-depth = Deepest tree
    .help = Splits one after the other at most. Few: simple trees that find few interactions.
forest-no-limit = no limit
forest-draw = Patients of a tree
    .help = With replacement a tree sees about 63 of 100 patients, some more than once; without, 63 of 100 once.
forest-with = with replacement
forest-without = without replacement
forest-class = Proportion of responders
    .help = Every tree draws responders and non-responders in the cohort’s proportion; steadier where responders are few.
forest-class-kept = kept in every tree
forest-tuned = Tuning
    .help = Tries some twenty forests of 100 trees and takes the predictors tried at a split and the smallest leaf that predict left-out patients best. Takes four to five times as long; the cross-validation repeats the choice in every part.
forest-tuned-on = choose predictors tried and smallest leaf
forest-gaps = Missing values
    .help = Imputed: as decided above, as for the other models. Better side: every split sends patients without the value to the side that predicts them better; nothing is filled in for the forest.
forest-gaps-imputed = imputed
forest-gaps-side = better side
train-validation = Validation
plan-bootstraps = Bootstrap resamples
    .help = How often a logistic model is made anew to measure how much it flatters itself.
plan-folds = Folds
    .help = Parts into which the cohort is cut; each is predicted by models that did not see it.
plan-repeats = Repeats
    .help = How often the cohort is cut anew.
plan-halves = Half-samples
    .help = How often each model is made from half of the patients: the spread of every chance comes from these.
plan-two-stage = Limits
    .help = As they stand, limits leave out that the model itself would differ in another cohort, and are too narrow. The two-stage bootstrap makes everything anew for 80 resamples of the patients, 12 times in each: long, but honest.
plan-two-stage-on = two-stage bootstrap
plan-permutation = Against chance
    .help = Trains the first model again on 200 shuffles of the outcome: how often does chance alone do as well?
plan-permutation-on = permutation test
plan-simulation = What such a cohort can show
    .help = Trains the first model on 200 simulated cohorts of this size whose truth is known: how it looks at home, and how it does elsewhere.
plan-simulation-on = simulation study
plan-seed = Seed
    .help = The same seed gives the same numbers.
train-strata = Strata
    .about = Strata describe; they train nothing. Another rule takes effect at once, without a new training. A patient whose spread crosses a cut is undetermined.
strata-rule = Cut
strata-rule-hand = by hand
strata-rule-quantiles = into groups of equal size
strata-rule-threshold = at one threshold
strata-groups = Number of groups
    .help = By the chances of each model in this cohort: 3 for thirds, 4 for quarters.
strata-threshold = Threshold
    .help = The chance from which the team would act: the threshold of net benefit on the performance page.
strata-low = Unlikely below
strata-high = Likely from
train-run = Run
    .about = You can go on working while it runs. Results are kept for this study.
train-log = Run log
    .empty = Nothing has been trained yet.
train-trying = Trying how long it takes…
train-log-when = Time
train-log-what = What happened
train-log-file = training-log.xlsx
train-estimate = About { $time } on this computer.
train-ready = Ready to train on { $patients }.
train-done = The results are up to date.
train-no-learner = Tick at least one model.
see-performance = See the performance
stop-training = Stop

# Performance.
next-patients = Next: patients
shown-model = Model shown
performance-figures = Figures on patients that the model did not see
threshold-title = From which chance would you act?
threshold-from = Act from a chance of
threshold-note = Counted over patients who had no part in the model; shares with 95% limits (Wilson). A table at one threshold is no measure of a model.
within-title = Patients by chance
within-offer = Drag over a curve to mark a range of chances and see who is in it.
within-between-cuts = Between the cut points
within-from = Chance from (%)
within-to = to (%)
within-clear = Clear
performance-roc = ROC and precision-recall curves
performance-roc-note = Neither shows whether the chances are right, nor what acting on them brings.
performance-by-chance = if perfectly calibrated
performance-by-chance-note = “If perfectly calibrated”: where the figure of the model in view would lie in 95 of 100 cohorts of this size if all its chances were right.
apparent = apparent
apparent-warning = The grey figures are those on the training patients. They flatter and stand here only to show by how much.
method = { $method }; { $n } resamples in all{ $failed ->
    [0] {""}
    [one] , { $failed } failed
   *[other] , { $failed } failed
}.
cross-validated = Cross-validated AUC { $auc } (SD between repeats { $sd }).
no-lead-trial = “Follow the lead trial” is not drawn: in the analysed patients the result of the trial is not known or does not vary.
stability-words = Over { $n } retrainings on half of the patients a chance moves by { $points } percentage points on average.
explanation-offer = How does the chance move with each predictor, which predictors say more together than apart, and how is the model added up by hand? This takes from seconds to a few minutes.
explanation-predictor = Predictor
explanation-stop = Stop
explanation-done = Curves and interactions have been worked out
comparison-title = Comparison of models
comparison-offer = Is the chosen model good enough, or would another kind do better? Your models are set beside five others on the same patients. The others are for comparison only: no patient’s chance is taken from them.
comparison-trying = Trying how long this takes…
comparison-estimate = This takes about { $time }.
comparison-stop = Stop the comparison
comparison-grey = Models in grey are for comparison only.
comparison-done = The models have been compared
elsewhere-offer = How do the models do elsewhere? Choose a file with patients of another centre or another time. It is read as the file of this study was, with its repairs and its corrections of whole columns. Nothing is learnt from these patients, and the models stay as they are.
elsewhere-again = Choose another file…
elsewhere-stop = Stop
elsewhere-done = The models have been judged on the other cohort
performance-terms = Coefficients as odds ratios
term = Predictor
odds-step = For a step of
terms-about = A number is compared over the step given, about the distance between its quartiles; a level with the reference level. An odds ratio is not a cause.

# Patients.
patients-about = The chance of each patient comes from models that did not see this patient. Response under stimulation, not benefit caused by it.
patients-table = Patients
patients-hint = Double-click or Enter: meeting page.
patients-id = Patient
    .tip = Pseudonym, the same in every export of this study
patients-chance = Chance
    .tip = Chance of response
patients-spread = Spread
    .tip = 95% of retrainings on half of the patients; not a confidence interval
patients-scale = 0 to 100%
    .tip = The chance as a dot, its spread as a bar
patients-stratum = Stratum
    .tip = By the cut points of the settings; undetermined where the spread crosses one
patients-observed = Observed
    .tip = What really happened
patients-centre = Centre
    .tip = As the cohort names it
patients-warnings = Be careful
    .tip = Values outside the range of the other patients or not seen together in them, and predictors without a value
patients-warning-outside = outside the data
patients-warning-missing = values missing
patients-warning-undetermined = undetermined
patients-outside-of = outside the data: { $labels }
patients-unlike = values not seen together
patients-n-missing = { $n ->
    [one] 1 value missing
   *[other] { $n } values missing
}
list-table = Table
list-plot = Strip plot
list-strata = Strata
movement-title = Who would move with another outcome?
movement-offer = A stratum belongs to a definition of the outcome. The models are trained once more with the definition chosen here, with the same predictors, and each patient’s stratum is set beside the one of now. The definition of the study stays as it is.
movement-choose = Another definition of the outcome
movement-run = Train and compare
movement-stop = Stop this training
movement-done = The strata of the other outcome stand beside those of now.
list-all = All patients
filter-all = { $what }: all
filter-by = Filter by: { $what }
strip-hint = A click on a patient opens the meeting page.
search-patients = Search patients
open-patient = Meeting page
all-patients = All patients
responded = responded
did-not-respond = did not respond
undetermined-why = the spread crosses a cut point: discuss
patient-title = Patient { $id }
patient-place = { $n } of { $of }
chance-title = Chance of response
about-in-ten = { $n ->
    [0] Fewer than 1 in 10 such patients responds
    [one] About 1 in 10 such patients responds
    [10] Nearly all such patients respond
   *[other] About { $n } in 10 such patients respond
}
other-says = { $model }: { $chance }
reasons-title = Why
reasons-none = No predictor moves this chance away from the average.
reasons-about = What the model uses, not what causes the response. Changing a value does not change the outcome.
reason-number = { $label } { $value } (half of the patients: { $low } to { $high })
reason-level = { $label }: { $value }
reason-missing = { $label } not known
alike-title = Patients like this one
    .about = By the trees of the forest that saw neither patient: in how many both end in the same leaf. What became of them is no promise.
alike-line = { $id }: { $observed } · same leaf in { $share } of the trees
what-if-title = Not known: what if?
what-if-suppose = Suppose { $label }
what-if-chance = With this the chance would be { $chance } ({ $range } over retrainings).
what-if-worth = What would it be worth to know?
what-if-narrower = Knowing { $label } would narrow the band from { $now } to { $known } points on average; the chance could be { $range }.
what-if-no-narrower = Knowing { $label } would not narrow the band ({ $now } points now, { $known } then); the chance could be { $range }.
what-if-note = For values that are not known only, within the range of the patients. It says what the model would say, not what treating the value would do.
reason-holds = in { $share } of retrainings
alike-near = { $id }: { $observed }; distance { $distance }
alike-near-about = Nearest in the scaled values of the predictors (0 is the same, 1 is opposite in all).
together-unusual = Each value lies within the data, but no patient has them together: outside the data.
unusual-title = Missing or unusual
candidate-title = Candidate { $id }
patient-place-today = { $n } of { $of } today
meeting-minutes = { $n ->
    [one] on screen for 1 minute
   *[other] on screen for { $n } minutes
}
of-hundred = { $n } of 100 such patients respond
chance-is = chance
chance-range = over retrainings
chance-range-gaps = over retrainings and what is not known
missing-words-new = { $label } is not known; the usual value was taken, and the spread holds what other patients have there.
models-agree = The models say about the same (at most { $points } points apart).
models-within = The models differ by { $points } points at most; each chance lies within the spread of the other.
models-apart = The models disagree: { $points } points apart, more than their spreads explain. Do not rely on one of them.
trial-none = Lead trial: this cohort has no trial result that varies.
trial-good = Lead trial successful. Of { $n } patients with a successful trial { $responded } responded ({ $range }).
trial-bad = Lead trial failed. Of { $n } patients with a failed trial { $responded } responded ({ $range }).
trial-unknown = Lead trial not known. Of { $n } patients with a successful trial { $responded } responded ({ $range }).
trial-favoured = A failed trial counts as no response here, which favours the trial.
covered-outside = Outside the data: { $labels }. No patient of this cohort is like this.
covered-together = Outside the data: no patient of this cohort has these values together.
covered = Outside the data
    .remedy = A chance can be calculated, but nothing says that it is right. Discuss without it.
covered-show = Show it all the same
reasons-part-raises = { $part }: raises the chance
reasons-part-lowers = { $part }: lowers the chance
reasons-sum-log-odds = Sum: average { $base } and all reasons { $reasons } make log-odds of { $total }, a chance of { $chance }.
reasons-sum-share = Sum: average { $base }% and all reasons { $reasons } points make { $total }%.
alike-lead = { $responded } of these { $n } patients responded.
what-if-waiting = Working it out …
note-field = Note
choice-none = Nothing decided
choice-trial = Offer a lead trial
choice-implant = Offer the implant
choice-optimise = Improve other treatment first
choice-not-now = Not now
choice-no-consensus = No consensus
decided-on = Decided on { $day }
people-hint = Who was present
protocol-title = Protocol and ethics reference
protocol-about = These are real patients. Under which protocol and ethics approval are they discussed? This is asked once, and stands beneath every patient.
protocol-hint = For example a protocol number and the ethics committee’s reference
protocol-keep = Keep
protocol-none = There is none
day-title = Today:
day-join = Add to today’s list
day-leave = Take off today’s list
day-clear = Clear the list
candidates-title = Candidates:
new-candidate = New candidate
    .tip = Type in the values of someone who is not in the cohort; without a name
candidate-values = Values: { $n } of { $of } known
candidate-about = No names here. What is not known stays empty. Kept in the study.
candidate-beyond = Outside the data: the patients have { $low } to { $high }
candidate-impossible = Not possible: { $low } to { $high }. Not kept.
candidate-no-number = Not a number. Not kept.
candidate-unknown = Not known
candidate-open = Show the values
candidate-close = Hide the values
candidate-forget = Delete this candidate
candidate-waiting = Preparing the model …
candidate-stale = The results are out of date. Train again to see a chance.
meeting-print = Page to print
    .tip = One page for the file: chance, spread, reasons, warnings, decision
    .file = page
meeting-home = Page to take home
    .tip = One page for the patient, in plain words
    .file = take-home
handout-title = What a calculation says about your treatment
handout-lead = Of 100 people with values like yours, about { $n } respond to spinal cord stimulation.
handout-range = This number is not exact. When the calculation was repeated on parts of the data, it was { $range }.
handout-response = “Respond” means here: { $response }
handout-from = The calculation learnt from { $n } patients of one cohort. Your own team may see things that it does not know.
handout-not-you = It says how many people like you respond, not whether you will.
handout-covered = For you the calculation gives no number that can be trusted.
handout-ask = Talk about it with your team: what matters to you counts as much as this number.
foot-model = Model of { $day }, n = { $n }; { $external }
foot-external = tried on an external cohort.
foot-not-external = not validated on patients of another centre.
foot-protocol = Protocol and ethics: { $protocol }
foot-no-protocol = No protocol or ethics reference was given.
outside-words = { $label }: outside the data of the other patients. Do not rely on this chance.
missing-words-side = { $label } is not known; each split sent the patient to the side that predicts such patients better.
missing-words = { $label } is not known; the usual value was taken.
nothing-unusual = Every value is known and lies within the data of the other patients.
note-title = Note and decision
note-hint = What was said, what was decided
note-about = Kept in the study under the pseudonym.
no-such-patient = There is no such patient under this model.

# Report.
report-about = One file that stands alone, to print or to send; figures carry their methods and warnings.
report-write = Save report
report-written = The report was written to { $folder }
copy-path = Copy path
report-form = Form
report-formats = Write
report-html = Report as a page (report.html)
report-json = Numbers for other programs (results.json)
report-svg = Every figure as a file (svg)
report-language = Language
report-folder = Folder of the report
    .about = It is made where it does not exist. Files of the same name are replaced.
report-privacy = Privacy
report-ids = Original patient codes instead of pseudonyms
    .about = Patients are called P001, P002 and so on. Codes of the source stay in this study.
    .warning = The report will hold the codes of the source file: it must not leave the hospital.
report-fact-patients = Patients analysed
report-fact-outcome = Outcome
report-fact-rate = Responders
report-fact-models = Models
report-part-flow = Who was analysed and why others were not
report-part-performance = Performance, corrected, with its methods
report-part-figures = Calibration, decision curve, stability
report-part-importance = Importance of the predictors and coefficients
report-part-patients = Every patient with chance, spread and stratum
report-part-method = Methods, settings and findings of the check
tab-review = Review

# The review.
tab-trail = Trail
findings-none-open = Nothing is left that you should look at.
findings-none = None.
findings-show = Show all
rows-only = Only these rows
rows-all = All rows
rows-found = Rows with findings
rows-waiting = Sorting and searching…
status-open = open
status-queried = queried
status-answered = answered
status-corrected = corrected
status-accepted = accepted
finding-accept = Accept as right
    .tip = The value is right as it is; it will not be raised again while it stays.
    .all = Accept all { $n } as right…
finding-query = Query
    .tip = Puts it on the list of questions.
    .all = Query all { $n }…
finding-reopen = Open again
    .tip = It counts again as something to look at.
    .all = Open all { $n } again…
finding-correct = Correct…
finding-note = Note
finding-marked = { $status }, { $at } { $who } { $note }
finding-answer = Answer: { $answer }
finding-choose = Choose a finding first.
finding-out-of-range = Values outside the usual range, please check
finding-date-order = Dates that are not in order, please check
finding-cm-among-mm = Values that look like centimetres among millimetres
finding-missing-code-suspected = Values that may stand for “not known”
finding-duplicate-id = The same identifier on several rows
finding-id-missing = Rows without an identifier
finding-column-renamed = Columns that had the same name
finding-outlier = Values far from those of the other patients, please check
finding-blank-required = Blank cells where a value is needed
finding-not-of-kind = Cells that could not be read as what their column is
finding-no-such-choice = Values that are none of the choices
finding-choice-misspelt = Values that look like another one, please check
finding-bmi-differs = Body mass index that does not fit height and weight
finding-visit-before-implant = Visits dated before the implantation, please check
finding-visit-order = Visits that are not in order, please check
finding-trial-relief-apart = Reported relief far from the scores
finding-visit-window = Visits early or late for their month
finding-value-after-explant = Values dated after the explantation, please check
finding-duplicate-person = Rows that may be the same patient
finding-identical-row = Rows that are the same throughout
repair-take-back = Take the repair back
column-menu = Menu of the column
column-correct = Correct the column
sort-upwards = Smallest first
sort-downwards = Largest first
filter = Filter
filter-clear = Clear
filter-from = from
filter-to = to
filter-contains = this text
filter-missing = missing
filter-present = present
menu-recode = Rename levels…
menu-codes = Values that mean missing…
menu-scale = Another unit…
menu-kind = Read as…
menu-edit = Correct the cell…
menu-copy = Copy
menu-only = Only rows with { $value }
menu-exclude = Leave this patient out…
menu-include = Analyse this patient again…
match-next = Next match
match-previous = Previous match
cell-excluded = Left out of every analysis: { $why }
cell-unread = Counts as missing: “{ $text }” could not be read.
cell-corrected = Corrected from { $before } to { $after }, { $at } { $who } { $why }
trail-about = Everything that was done to the data. Nothing is ever taken out of it, not even by undoing.
deeds-when = When (UTC)
deeds-who = Who
deeds-what = What
deeds-patient = Patient
deeds-column = Column
deeds-before = Before
deeds-after = After
deeds-why = Why
deeds-state = State
trail-taken-back = taken back
trail-everyone = Everyone
trail-every-column = Every column
trail-every-kind = Everything done
trail-export = Export csv…
trail-file = trail.xlsx
trail-hash = SHA-256 { $hash }…
trail-no-meaning = no known measure
search-trail = Search in the trail
did-read = File read
did-cell = Cell corrected
did-recode = Level renamed
did-codes = Values set to missing
did-scale = Unit changed
did-exclude = Patient left out
did-include = Patient analysed again
did-meaning = Meaning set
did-derive = Variable computed
trail-not-derived = taken away
did-kind = Read as
did-undone = Correction { $n } undone
did-redone = Correction { $n } redone
did-marked = Finding marked
tab-file = File
tab-measures = Measures
tab-missing = Missing
tab-follow-up = Follow-up
tab-table-one = Table one

# Cohort: the file.
recipe-line = Read as the file of { $date } was ({ $n ->
    [one] { $n } choice
   *[other] { $n } choices
}).
recipe-new = New { $n ->
    [one] column
   *[other] columns
}: { $columns }.
recipe-gone = { $n ->
    [one] Column that is gone
   *[other] Columns that are gone
}: { $columns }.
recipe-afresh = Start afresh
recipe-why = As for the last file of this shape
file-columns = { $n ->
    [one] { $n-text } column
   *[other] { $n-text } columns
}
file-rows = { $n ->
    [one] { $n-text } row
   *[other] { $n-text } rows
}
file-from-sheet = from the sheet “{ $name }”
file-separated = { $mark }s
file-decimal-comma = decimal comma
file-decimal-point = decimal point
file-dates = dates as { $order }
file-to-decide = { $n ->
    [0] nothing to decide
    [one] { $n-text } thing to decide
   *[other] { $n-text } things to decide
}
file-unchanged = { $name } itself is only read, never changed.
file-use = Use this
    .tip = Read the cohort again in this way; corrections stay
file-back = Back to what is used
file-sheets = Sheets
file-read-sheet = Read the sheet { $name }
file-text = Text file
file-quote = Quotes around text
quote-none = none
file-values = Numbers and dates
file-codebook = Codebook or data dictionary
    .none = none; a file beside this one, or its path
file-rows-title = Rows
file-header-row = First row of the header
file-header-rows = Rows of the header
file-skip = Rows to leave out (3, 7-9)
    .none = none
file-range = Part of the sheet (B3:AF200)
    .whole = all of it
automatic-found = automatic, found: { $found }
file-lines = Lines
    .about = The first lines as they stand. Click a row number to say where the header is, or to leave the row out.
file-columns-title = Columns
line-title = title
line-header = header
line-blank = blank
line-totals = totals
line-skipped = left out
row-name = Row { $row }
row-header-here = The header starts here
row-skip = Leave this row out
row-read = Read this row again
sheet-patients = patients
sheet-visits = visits
sheet-joined = joined by patient
sheet-codebook = codebook
sheet-left-out = not used
sheet-words = { $part }; { $rows ->
    [one] { $rows-text } row
   *[other] { $rows-text } rows
}, { $columns ->
    [one] { $columns-text } column
   *[other] { $columns-text } columns
}
column-example = { $read }, read from “{ $text }”
column-counts = { $values ->
    [one] { $values-text } value
   *[other] { $values-text } values
}, { $missing ->
    [0] none missing
   *[other] { $missing-text } missing
}
column-unread = { $n ->
    [one] { $n-text } cell
   *[other] { $n-text } cells
} not read
    .tip = Show these cells
column-code = { $code } ({ $n-text }) means missing
    .tip = Tick it if this value says that nothing is known
    .word = A word that says that nothing is known
column-leave-out = leave out
column-leave-out-of = Leave { $column } out
column-kind-of = How { $column } is read
ask-date-dmy = Day first (31/12)
ask-date-mdy = Month first (12/31)
ask-pcs = Which scale is “{ $column }”?

# Cohort: measures.
measures-sentence = { $n-text } of { $of } columns are taken for a measure of the dictionary; { $said ->
    [0] none is confirmed yet
    [one] { $said-text } is confirmed
   *[other] { $said-text } are confirmed
}.
measures-search = Search columns
measures-all = All columns
measures-open = Only what is not sure
measures-accept-sure = Accept all that are sure ({ $n })
measures-accept-likely = Accept the likely ones too ({ $n })
measures-accept = Accept
measures-accept-of = Accept: { $column } is { $measure }
measures-column = Column
measures-measure = Is taken for
measures-sureness = How sure
measures-none = No column fits.
measures-nothing = nothing in the dictionary
measures-find = Find a measure
measures-or = Perhaps { $measure }
measures-look = Look at the values
measures-measure-of = Measure of { $column }
measures-timing-of = Moment of { $column }
measures-unit-of = Unit of { $column }
measures-why-accepted = Proposal of the dictionary, accepted
measures-why-chosen = Chosen by hand
score-line = { $measure }, { $moment }, from { $items ->
    [one] { $items-text } column
   *[other] { $items-text } columns
}: { $n ->
    [one] { $n-text } patient
   *[other] { $n-text } patients
}{ $incomplete ->
    [0] {""}
    [one] , { $incomplete-text } with too few answers
   *[other] , { $incomplete-text } with too few answers
}{ $total ->
    [none] .
   *[other] . The file gives a total in “{ $total }”, which is used.
}
measures-scores = Computed scores
sureness-nothing = not known
sureness-guess = a guess
sureness-likely = likely
sureness-sure = sure
sureness-said = confirmed

# Cohort: missing values.
missing-sentence = { $share } of the values of { $patients } in { $variables ->
    [one] { $variables-text } column
   *[other] { $variables-text } columns
} are missing; { $much ->
    [0] no column lacks more than a fifth
    [one] { $much-text } column lacks more than a fifth
   *[other] { $much-text } columns lack more than a fifth
}.
missing-empty = There is no column to count.
missing-map = Who lacks what
    .about = One stripe a patient. Click a column to see its patients.
missing-by-file = As in the file
missing-by-pattern = By pattern
missing-is = missing
missing-is-not = known
missing-of = { $label }: { $words } missing
missing-cell = Row { $row }, { $label }: { $value }
missing-alt = Map of missing values by patient and column. Most is missing in: { $worst }.
missing-alt-none = Map of missing values by patient and column: nothing is missing.
missing-visits = By visit
missing-moment-unknown = Moment not known
missing-together = Missing together
missing-nothing = nothing is missing
missing-centres = By centre
    .about = The columns that differ most between centres.

# Cohort: follow-up.
follow-up-sentence = As of { $date }, { $due ->
    [one] { $due-text } patient is due
   *[other] { $due-text } patients are due
} and { $overdue ->
    [one] { $overdue-text } is overdue
   *[other] { $overdue-text } are overdue
}.
follow-up-empty = No visit after implant was found: the board needs a date of the implant and columns measured at a visit.
follow-up-as-of = As of
    .tip = Year-month-day, for example 2026-03-12
follow-up-today = Today
follow-up-all = Everyone
visit-done = seen
visit-due = due
visit-overdue = overdue
visit-lost = lost
visit-not-yet = not yet
visit-unknown = unknown
visit-on = { $state }, { $date }
visit-overdue-since = overdue since { $date } ({ $n ->
    [one] { $n } week
   *[other] { $n } weeks
})
worklist = Save worklist ({ $n })…
    .tip = Every visit that is due or overdue, as a csv file to print or to fill in
worklist-file = worklist.xlsx
worklist-codes = Hospital’s patient codes
    .tip = With the codes of the source file instead of pseudonyms: the list must not leave the hospital
worklist-patient = Patient
worklist-implanted = Implanted

# Cohort: table one.
table-one-sentence = { $n ->
    [one] { $n-text } patient
   *[other] { $n-text } patients
}, { $variables ->
    [one] { $variables-text } column
   *[other] { $variables-text } columns
}; shares are of the known values.
table-one-empty = There is no column to sum up.
table-one-about = Standardised difference: the largest between two groups; above 0.1 it is worth a look. No p-values: they would test what is known to differ by chance only.
table-one-by = Groups
table-one-by-nobody = none
table-one-closed = Opens once the specification is locked (page Predictors): until then nothing shows how predictors and outcome go together.
table-one-by-outcome = by outcome
table-one-by-centre = by centre
table-one-form = Quantities
table-one-mean = mean (SD)
table-one-median = median (quartiles)
table-one-form-of = { $variable }: { $form }. Click for the other form.
table-one-variable = Variable
table-one-overall = Overall
table-one-group = { $name } (n = { $n })
table-one-difference = Std. diff.
table-one-missing = Missing
table-one-responders = Responders
table-one-others = Non-responders
table-one-file = table-one.xlsx
file-patients = Patients
file-keyed = Keyed pseudonyms (P-7K3QX2MA) instead of P001
    .tip = The same patient then has the same pseudonym in every export. The key { $key } stays on this computer, in the folder “keys” of the program’s data, and is never in a study: copy it to use it elsewhere; if it is lost, the pseudonyms can’t be made again.
cohort-rules = Rules
rules-own = Rules of your own
    .tip = One line each, as a sentence that must be true. Names as in the table, in backquotes where they hold blanks.
rules-hint = odi_m12 <= 100
rules-new = New rule
rules-add = Add the rule
rules-remove = Remove
rules-findings = { $n ->
        [0] holds everywhere
        [one] one finding
       *[other] { $n } findings
    }
rules-required = Never blank
rules-required-add = Add a column…
rules-limits = Limits
rules-outlier = robust standard deviations from the median, from which on a value is asked about
    .tip = Distance from the median in units of 1.4826 times the median absolute deviation.
rules-window = weeks that a visit may be early or late
    .tip = Also used by the follow-up board.

# --- Missing values on the predictors page ---
missing-plan = Missing values in the models
missing-single = Filled once
    .about = A number gets the median of the training patients, a level the commonest; where at least one value in five is missing, a marker says so. Simple and quick. Where values are missing for a reason, coefficients are off and their intervals too narrow.
missing-multiple = Imputed several times
    .about = Each missing value is replaced by several plausible ones that follow from what is known of the patient. It is learnt again in every resample, and a patient whose values are missing gets a wider spread. Training takes many times as long.
missing-m = Imputations
    .help = As many as the percentage of incomplete patients is a good rule.
missing-rounds = Rounds
    .help = The figures of convergence show whether they are enough.
missing-visit = Order in a round
missing-delta = Sensitivity analysis
    .help = What if missing values were higher or lower than the data can tell? The imputed values of one variable are moved and the model is fitted again.
missing-delta-none = none
missing-deltas = Shifts
    .help = In the unit of the variable, separated by semicolons.
missing-seen = What was imputed in the last training
missing-stale = The settings have changed since.
missing-shown = Predictor
missing-words-imputed = { $label } is not known; plausible values were imputed, and the spread is wider for it.
gaps-alone-words = No other patient lacks the same combination of values. Nobody can say how good this chance is.
