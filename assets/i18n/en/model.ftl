# Names of learners, measures, strata and methods, with their definitions (shown on hover and in the glossary).
learner-logistic = Logistic regression
    .subject = The logistic model
    .inner = the logistic model
    .definition = Adds up what each predictor says; fitted by maximum likelihood, without a penalty. In a small cohort it becomes too sure of itself.
learner-firth = Firth regression
    .subject = The Firth model
    .inner = the Firth model
    .definition = A logistic regression with Firth’s penalty, which takes away the bias of few patients and stays finite where a predictor separates responders from others. The intercept is set so that the mean chance is the share of responders (FLIC).
learner-ridge = Ridge regression
    .subject = The ridge model
    .inner = the ridge model
    .definition = A logistic regression that is held back: a penalty, chosen inside the training patients, draws every coefficient towards zero.
learner-lasso = Lasso regression
    .subject = The lasso model
    .inner = the lasso model
    .definition = A logistic regression whose penalty draws coefficients to exactly zero: it keeps few predictors. Which ones may change with a few patients.
learner-elastic-net = Elastic net
    .subject = The elastic net
    .inner = the elastic net
    .definition = A mixture of ridge and lasso: it leaves predictors out, but keeps together those that say the same.
learner-forest = Forest
    .subject = The forest
    .inner = the forest
    .definition = The mean of many decision trees, each grown on another part of the patients. It finds thresholds and combinations that a sum can’t show.
learner-naive-bayes = Naive Bayes
    .inner = naive Bayes
    .definition = For comparison only. Takes each predictor as normally distributed among responders and among the others, and as independent of the rest.
learner-knn = Nearest neighbours
    .inner = the nearest neighbours
    .definition = For comparison only. The share of responders among the most similar patients; how many are asked is chosen inside the training patients.
learner-svm = Support vector machine
    .inner = the support vector machine
    .definition = For comparison only. Draws the widest border between responders and others in a curved space; Platt scaling turns the distance from it into a chance.
learner-extra-trees = Extra trees
    .inner = the extra trees
    .definition = For comparison only. The mean of many decision trees whose cuts are drawn at random.
learner-boosting = Gradient boosting
    .inner = gradient boosting
    .definition = For comparison only. Many small trees one after the other, each of which mends a little of what those before got wrong.

measure-auc = AUC (C-statistic)
    .definition = Of two patients, one who responded and one who did not: how often the responder was given the higher chance. 0.5 is a coin, 1 is perfect.
measure-brier = Brier score
    .definition = Mean squared distance between the chance and what happened. 0 is perfect; the share of responders as everyone’s chance gives 0.25 at most. Lower is better.
measure-scaled-brier = Scaled Brier score
    .definition = Part of the Brier score of “everyone has the average chance” that the model saves. 0: no better than the average; 1: perfect.
measure-log-loss = Log loss
    .definition = How surprised the model is by what happened, on average; a chance near 0 or 1 that turns out wrong costs most. Giving everyone the share of responders costs 0.69 at most. Lower is better.
measure-nagelkerke-r2 = R² (Nagelkerke)
    .definition = Part of what there is to explain that the chances explain, on the scale of the likelihood. 0: no better than the share of responders for everyone; below 0: worse; 1: perfect.
measure-tjur-r2 = R² (Tjur)
    .definition = Mean chance of the patients who responded less that of those who did not. 0: no difference; 1: perfect.
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
measure-eci = ECI
    .definition = Estimated calibration index: mean square of the distance between the chance and the smooth share of responders at that chance. 0 is right.

stratum-unlikely = response unlikely
    .definition = The whole spread of the chance lies below the lower cut point.
stratum-uncertain = as likely as not
    .definition = The whole spread of the chance lies between the two cut points.
stratum-likely = response likely
    .definition = The whole spread of the chance lies above the upper cut point.
stratum-below-threshold = below the threshold
stratum-above-threshold = from the threshold on
stratum-part = { $place ->
    [lowest] group { $at } of { $of }, lowest chances
    [highest] group { $at } of { $of }, highest chances
   *[between] group { $at } of { $of }
}
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
    .definition = Limits: Wald 95% confidence intervals, the estimate and about two standard errors to each side.
limits-profile = 95% confidence interval (profile likelihood)
    .definition = Limits: 95% confidence intervals of the profile likelihood, which need not lie evenly around the estimate and hold up better than Wald’s in a small cohort. The p-value is Wald’s.
limits-penalised-profile = 95% confidence interval (profile penalised likelihood)
    .definition = Limits: 95% confidence intervals of Firth’s profile penalised likelihood. The p-value is Wald’s. The intercept is set apart and has none.
limits-refit-range = refit range
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
summary-not-converged = { $models } did not converge on this cohort: { $n ->
    [one] its
   *[other] their
    } figures mean nothing
summary-slope-disagreed = its calibration is uncertain (slope { $slope } corrected, { $crossed } cross-validated)
summary-slope-unknown = its calibration slope could not be computed
summary-same = this cohort can’t tell { $others } and { $first } apart
summary-better = on the same patients { $others } { $n ->
    [one] does
   *[other] do
    } better than { $first }
summary-worse = on the same patients { $others } { $n ->
    [one] does
   *[other] do
    } worse than { $first }
summary-not-comparable = { $others } and { $first } are not compared: an AUC or its interval is missing
summary-doubted = Cross-validation gives { $model } an AUC of only { $auc }: believe the lower figure.
summary-other-extreme = { $model } is too sure of itself (slope { $slope }).
summary-other-timid = { $model } is too timid (slope { $slope }).
summary-and = {"; "}
summary-rivals = offering it to everyone or to no one
summary-rivals-trial = offering it to everyone or to no one, or following the lead trial
summary-benefit = With { $model }, acting on the chances brings more than { $rivals } where a chance of { $range } is enough to act.
summary-no-benefit = With { $model }, acting on the chances brings more than { $rivals } at no threshold.
summary-moves = Training again on half of the patients moves a patient’s chance by { $points } points on average; { $undetermined } of { $n } patients are undetermined.

auc-limits-optimism = { $model }: the limits of the AUC are those of DeLong, moved to the corrected estimate. They are too narrow: in simulation they covered the truth in 86 to 90% of cohorts where 95% is claimed, because they leave out that the model itself would differ in another cohort.
auc-limits-cross-validation = { $model }: the limits of the AUC are those of DeLong, moved to the cross-validated estimate. They are too narrow, because they leave out that the model itself would differ in another cohort.
auc-limits-out-of-bag = { $model }: the limits of the AUC are those of DeLong on the out-of-bag chances. They are too narrow: in simulation they covered the truth in 83% of cohorts where 95% is claimed, because they leave out that the model itself would differ in another cohort.
auc-limits-two-stage = { $model }: the limits of the AUC are 1.96 standard deviations to either side, over resamples of the patients that went through the whole training and correction again (two-stage bootstrap).
auc-limits-jackknife = { $model }: the limits of the AUC are 1.96 standard deviations to either side, by a jackknife that grows the forest again and again without a fifth of the patients. In simulated cohorts they are rather too wide: they hold the figure in 99 of 100.

strata-by-hand = Cut points set by hand: { $cuts }.
strata-by-quantiles = Cut into { $n } groups of about equal size by this model’s chances in this cohort; cut points in whole per cent: { $cuts }. Another model or cohort has others.
strata-fewer = { $asked } groups were asked for; where chances are alike in whole per cent groups fall together, and { $parts } remain.
strata-by-threshold = One cut point, the chance from which the team would act: { $cuts }.
