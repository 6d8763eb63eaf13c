# What an analysis refuses, notices and does.
stage-imputation = imputing missing values
stage-fit = training on everyone
stage-cross-validation = cross-validation
stage-half-samples = training again on half-samples
stage-bootstrap = bootstrap optimism
stage-contributions = reasons for each patient
stage-centres = each centre judged by the others
stage-later = later patients judged by the earlier ones
stage-external = another cohort
stage-two-stage = two-stage bootstrap of the limits
stage-permutation = trying shuffled outcomes
stage-prospect = simulated cohorts
stage-compare = comparing on the same folds
stage-live = preparing answers for single patients
stage-effects = curves and interactions

issue-one-class = These patients all have the same outcome.
    .remedy = A model needs responders and non-responders: check the definition of a responder.
issue-too-few-events = Only { $n } patients have the rarer outcome; at least { $least } are needed to train and validate anything.
    .remedy = Add patients, or choose an outcome that splits the cohort more evenly.
issue-not-a-predictor = The column “{ $column }” can’t be a predictor: it holds identifiers, dates or free text.
    .remedy = Choose a number or a category.
issue-predictor-is-outcome = “{ $column }” defines the outcome and can’t predict it.
    .remedy = Leave it out of the predictors.
issue-predictor-after-decision = “{ $column }” is measured after the decision, so it isn’t known when a patient is to be predicted.
    .remedy = Leave it out of the predictors.
issue-predictor-at-trial = “{ $column }” is measured at the lead trial, after the moment of a before-trial prediction.
    .remedy = Leave it out, or predict after the trial.
issue-predictor-too-good = “{ $column }” alone separates responders from others almost perfectly (AUC { $auc }; { $limit } and more is asked about).
    .remedy = Such a column is nearly always the outcome in disguise, or was measured later than it says. Untick it, or open its form on the Predictors page and write why it may predict.
issue-predictor-hardly-varies = In “{ $column }” nearly all patients have the same value.
    .remedy = Its effect can’t be estimated well; consider leaving it out.
issue-predictor-constant = “{ $column }” has the same value in every analysed patient, or none at all.
    .remedy = Leave it out of the predictors.
issue-no-predictor = No predictor is chosen.
    .remedy = Tick at least one predictor, or name columns with --predictors.
issue-imputation-out-of-range = Multiple imputation needs 2 to 1,000 imputations and 1 to 200 rounds.
    .remedy = 20 imputations and 10 rounds serve most cohorts.
issue-delta-not-numeric = The missing values of { $column } can’t be moved: it is not a numeric predictor of this analysis.
    .remedy = Choose a number among the ticked predictors, or take the sensitivity analysis back.
issue-delta-out-of-range = The sensitivity analysis of { $column } needs between 1 and { $most } shifts, each a number.
    .remedy = For example -10; -5; 0; 5; 10 in the unit of the variable.
issue-compare-too-few = A comparison needs two models at least.
    .remedy = Name another model, or one that is for comparison only.
issue-challenger-too-many-rows = This model is left out above { $most } training patients; there are { $n }.
    .remedy = Compare the others; the library behind this one would need too much memory and could not be stopped.
issue-challenger-failed = The library behind this model could not fit it: { $detail }
    .remedy = Compare the others.
issue-no-learner = No model is chosen.
    .remedy = Choose at least one; ridge and forest serve most cohorts.
issue-alpha-out-of-range = The share of the lasso in the elastic net must lie between 0 and 1, without the two.
    .remedy = For example 0.5; 0 is the ridge model and 1 the lasso.
issue-trees-out-of-range = The number of trees must lie between 50 and 100,000.
    .remedy = 500 trees serve most cohorts.
issue-forest-out-of-range = The settings of the forest cannot be followed: a split needs at least one column, a tree a depth of at least 1, a leaf at least one patient, and each tree a share of the patients above 0 and at most 1, or at most 0.9 when patients are drawn without replacement, so that every tree leaves some out.
    .remedy = Leave out the setting; the usual ones serve most cohorts.
issue-plan-too-small = The validation is too small to mean anything: it needs at least 2 folds, 1 repeat, 20 bootstraps and 20 half-samples.
    .remedy = Raise the numbers; 200 bootstraps, 10 folds and 20 repeats serve most cohorts.
issue-two-stage-out-of-range = The two-stage bootstrap needs 20 to 10,000 outer resamples and 2 to 10,000 inside each.
    .remedy = 80 outer resamples with 12 inside each serve most cohorts.
issue-permutations-out-of-range = The permutation test needs 19 to 100,000 permutations.
    .remedy = 200 serve most cohorts; with fewer than 19 no p-value can fall to 0.05.
issue-simulated-out-of-range = The simulation needs 20 to 100,000 cohorts.
    .remedy = 200 serve most questions.
issue-external-failed = The models could not be judged on { $file }. { $why }
issue-external-same-file = It is the file that the models were trained on.
    .remedy = Choose a file with other patients.
issue-external-no-predictor = The other cohort has none of the predictors.
    .remedy = Its columns must bear the same names; look at them with the check of a file.
issue-external-other-kind = The column { $column } is a number in one cohort and levels in the other.
    .remedy = Give the column the same form in both files.
issue-strata-parts-out-of-range = Strata by quantiles have from 2 to 10 groups.
    .remedy = For example 3.
issue-strata-threshold-out-of-range = The threshold between the strata must lie between 0 and 1.
    .remedy = For example 0.4.
issue-strata-without-patients = These results hold no patients, so that their strata can’t be cut anew.
    .remedy = Open the study with its patients, or train again.
issue-movement-same-outcome = This is the definition of the outcome that the results have already.
    .remedy = Choose another definition.
issue-cuts-out-of-order = The two cut points must lie between 0 and 1, the lower one first.
    .remedy = For example 0.4 and 0.6.
issue-folds-failed = The cross-validation gave some patients no chance, because too many of its fits failed.
    .remedy = Choose fewer folds or fewer predictors.
issue-forest-too-few-trees = With so few trees some patients were seen by all of them and have no out-of-bag chance.
    .remedy = Grow more trees; 500 serve most cohorts.
issue-live-values = The model needs { $n } values, one for each predictor, known or not.
    .remedy = Give every predictor a value or leave it open.
issue-live-nobody = There is no such patient among the analysed ones.
    .remedy = Choose a patient from the list.
issue-live-not-a-value = This cannot be a value of the predictor.
    .remedy = Enter a number, choose one of the levels of the cohort, or leave it open.

issue-fit-constant = Constant among these patients, left out of the fit: { $columns }.
issue-fit-aliased = Says the same as other predictors, left out of the fit: { $columns }.
    .remedy = Choose one of the predictors that repeat each other.
issue-fit-separated = Perfect separation: { $columns } tells responders from others without exception, so its odds ratio would be infinite.
    .remedy = Use the Firth or the ridge model, merge rare categories, or leave the predictor out.
issue-fit-separated-firth = Perfect separation: { $columns } tells responders from others without exception. Firth’s penalty alone keeps the odds ratio finite; its likelihood may have several maxima here, so that another program may find another one.
    .remedy = Merge rare categories, leave the predictor out, or use the ridge model.
issue-fit-too-many = { $n-parameters } coefficients for { $n } patients: without a penalty of its own strength there is no answer.
    .remedy = Use the ridge, lasso or elastic-net model, or choose fewer predictors.
issue-fit-unsettled = The fit did not settle.
    .remedy = Use the Firth or the ridge model, or fewer predictors.

issue-synthetic-cohort = This cohort is synthetic: not for clinical use.
issue-partial-results = Partial results: the work was stopped before this was finished: { $what }.
    .remedy = Train again for the whole results.
issue-sample-size-short = The cohort has { $n } patients where { $required } would be needed for these predictors ({ $missing } more); a chance is then off by { $points } percentage points on average.
    .remedy = Choose fewer predictors, or gather more patients; read the chances with their bands.
issue-predictor-often-missing = “{ $label }” is missing in { $share } of the patients.
    .remedy = Ask whether it can be had before a decision; if not, leave it out.
issue-imputed-as-straight = Gaps are imputed with straight lines and without products, but these predictors enter the models curved or multiplied: { $labels }.
    .remedy = Their curves and interactions come out too weak and too certain. Compare with a linear form, or without the interaction.
issue-auc-too-good = { $learner ->
        [forest] The forest’s
        [firth] The Firth model’s
        [ridge] The ridge model’s
        [lasso] The lasso model’s
        [elastic-net] The elastic net’s
       *[other] The logistic model’s
    } AUC of { $auc } is higher than honest studies of this question find in so small a cohort.
    .remedy = Look for a predictor that knows the outcome, and for duplicated patients.
issue-slope-uncertain = The calibration slope of the { $learner ->
        [forest] forest
        [firth] Firth model
        [ridge] ridge model
        [lasso] lasso model
        [elastic-net] elastic net
       *[other] logistic model
    } is uncertain ({ $low } to { $high }): chances may be too extreme or too timid.
issue-resamples-failed = { $failed } of { $n } resamples of the { $learner ->
        [forest] forest
        [firth] Firth model
        [ridge] ridge model
        [lasso] lasso model
        [elastic-net] elastic net
       *[other] logistic model
    } failed; its validation rests on the rest.
    .remedy = Merge rare categories or choose fewer predictors.
issue-fit-not-converged = The { $learner ->
        [forest] forest
        [firth] Firth model
        [ridge] ridge model
        [lasso] lasso model
        [elastic-net] elastic net
       *[other] logistic model
    } did not converge: its coefficients mean nothing.
    .remedy = Use the ridge model, or choose fewer predictors.
sample-size-answer = { $n } patients are asked for, with { $parameters ->
    [one] one parameter
   *[other] { $parameters } parameters
} and a Cox-Snell R² of { $r2 }.
sample-size-budget = { $n } patients pay for { $budget ->
    [0] no parameter
    [one] one parameter
   *[other] { $budget } parameters
} by the criteria that depend on their number; with those asked for, a chance is off by { $error } percentage points on average.
issue-sample-size-unanswerable = No sample size follows from these figures.
    .remedy = The AUC must be above 0.5 and below 1, the share of responders between 0 and 1.
