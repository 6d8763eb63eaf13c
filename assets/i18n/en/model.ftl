# Names of learners, measures, strata and methods, with their definitions (shown on hover and in the glossary).
learner-logistic = Logistic regression
    .subject = The logistic model
    .inner = the logistic model
    .definition = Adds up what each predictor says; fitted by maximum likelihood, without a penalty. In a small cohort it becomes too sure of itself.
learner-ridge = Ridge regression
    .subject = The ridge model
    .inner = the ridge model
    .definition = A logistic regression that is held back: a penalty, chosen by cross-validation inside the training patients, draws every coefficient towards zero.
learner-forest = Forest
    .subject = The forest
    .inner = the forest
    .definition = The mean of many decision trees, each grown on another part of the patients. It finds thresholds and combinations that a sum can’t show.

measure-auc = AUC (C-statistic)
    .definition = Of two patients, one who responded and one who did not: how often the responder was given the higher chance. 0.5 is a coin, 1 is perfect.
measure-brier = Brier score
    .definition = Mean squared distance between the chance and what happened. 0 is perfect; the share of responders as everyone’s chance gives 0.25 at most. Lower is better.
measure-scaled-brier = Scaled Brier score
    .definition = Part of the Brier score of “everyone has the average chance” that the model saves. 0: no better than the average; 1: perfect.
measure-calibration-intercept = Calibration intercept
    .definition = Whether the chances are too low (above 0) or too high (below 0) on the whole, on the log-odds scale. 0 is right.
measure-calibration-slope = Calibration slope
    .definition = Whether the chances spread as far as they should. 1 is right; below 1 they are too extreme, the model is too sure of itself; above 1 too timid.
measure-oe-ratio = Observed over expected
    .definition = Responders counted over responders predicted. 1 is right; above 1 more patients responded than the model said.
measure-ici = ICI (mean calibration error)
    .definition = Integrated calibration index: mean distance between the chance and the smooth share of responders at that chance. 0 is right.
measure-e50 = E50
    .definition = Median distance between the chance and the smooth share of responders at that chance.
measure-e90 = E90
    .definition = The distance between chance and smooth share that nine patients in ten stay below.
measure-emax = Emax
    .definition = The largest distance between chance and smooth share of any patient.

stratum-unlikely = response unlikely
    .definition = The whole spread of the chance lies below the lower cut point.
stratum-uncertain = as likely as not
    .definition = The whole spread of the chance lies between the two cut points.
stratum-likely = response likely
    .definition = The whole spread of the chance lies above the upper cut point.
stratum-undetermined = undetermined
    .definition = The spread of the chance crosses a cut point: trained on other patients of this kind, the model might have said otherwise. Discuss.

correction-optimism = optimism-corrected
    .definition = The apparent figure less the optimism that Harrell’s bootstrap finds: the whole recipe is trained again on each resample and tried on all patients. The AUC is corrected by the .632+ rule from the same resamples, for Harrell’s correction leaves part of its optimism in where parameters are many.
correction-out-of-bag = out-of-bag
    .definition = Each patient is judged only by the trees that did not see the patient.
correction-cross-validation = cross-validated
    .definition = Each patient is judged only by models that were trained without the patient.

risk-source-out-of-bag = from the trees that did not see the patient
risk-source-out-of-fold = from models trained without the patient
risk-source-new-patient = from the final model; the patient is not in the cohort

limits-wald = 95% confidence interval (Wald)
    .definition = Limits: Wald 95% confidence intervals of maximum likelihood.
limits-refit = refit range
    .definition = Limits: refit range, not a confidence interval. It is the middle 95% of the coefficients when the model is trained again on half-samples; a penalty draws estimates towards zero, and an interval around them would cover less than it claims.

odds-ratio = Odds ratio
    .definition = By how much the odds of response are multiplied for the step named beside it, the other predictors held the same. 1 changes nothing.

criterion-shrinkage = Shrinkage of 0.9 or better: the model keeps nine tenths of its spread in new patients
criterion-optimism = Explained variation (Nagelkerke R²) overstated by 0.05 at most
criterion-overall-risk = Overall share of responders known to within 0.05
criterion-mape = Mean absolute error of a chance of 0.05 at most

summary-auc-very-good = { $model } tells responders from others very well (AUC { $auc }) and { $calibration }. A figure this high is rare for this question: look for a predictor that knows the outcome.
summary-auc-good = { $model } tells responders from others well (AUC { $auc }) and { $calibration }.
summary-auc-moderate = { $model } tells responders from others moderately (AUC { $auc }) and { $calibration }.
summary-auc-weak = { $model } tells responders from others only weakly (AUC { $auc }) and { $calibration }.
summary-auc-chance = On this cohort { $model } can’t be shown to tell responders from others: its AUC ({ $auc }) may be no better than chance.
summary-auc-unknown = { $model }: the AUC could not be computed, so nothing can be said of how well it tells responders from others.
summary-no-interval = { $auc }, no interval
summary-slope-extreme = is too sure of itself (slope { $slope })
summary-slope-a-little-extreme = is a little too sure of itself (slope { $slope })
summary-slope-right = is about as sure of itself as it should be (slope { $slope })
summary-slope-a-little-timid = is a little too timid (slope { $slope })
summary-slope-timid = is too timid (slope { $slope })
summary-slope-uncertain = its calibration is uncertain (slope { $slope }, { $range })
summary-not-converged = { $model } did not converge on this cohort: its figures mean nothing.
summary-slope-disagreed = its calibration is uncertain (slope { $slope } corrected, { $crossed } cross-validated)
summary-slope-unknown = its calibration slope could not be computed
summary-same = This cohort can’t tell { $other } (AUC { $auc }) and { $first } apart.
summary-better = { $subject } does better than { $first } on this cohort (AUC { $auc }; the intervals do not overlap).
summary-worse = { $subject } does worse than { $first } on this cohort (AUC { $auc }; the intervals do not overlap).
summary-not-comparable = { $subject } (AUC { $auc }) and { $first } are not compared: an interval is missing.
summary-no-auc = An AUC could not be computed, so { $other } and { $first } are not compared.
summary-doubted = Cross-validation gives { $model } an AUC of only { $auc }: believe the lower figure.
summary-other-extreme = { $model } is too sure of itself (slope { $slope }).
summary-other-timid = { $model } is too timid (slope { $slope }).

auc-limits-optimism = { $model }: the limits of the AUC are those of DeLong, moved to the corrected estimate. They are too narrow: in simulation they covered the truth in 86 to 90% of cohorts where 95% is claimed, because they leave out that the model itself would differ in another cohort.
auc-limits-out-of-bag = { $model }: the limits of the AUC are those of DeLong on the out-of-bag chances. They are too narrow: in simulation they covered the truth in 83% of cohorts where 95% is claimed, because they leave out that the model itself would differ in another cohort.
