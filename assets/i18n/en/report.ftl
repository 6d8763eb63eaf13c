# The report, and the figures that it shares with the window.
report-title = Prognostim report: { $file }
report-heading = Response to spinal cord stimulation
report-subheading = A prediction model trained and validated on { $file }
report-contents = Contents
report-not-benefit = What is predicted is response under stimulation, not benefit caused by it.
report-not-validated-outside = These models were validated inside this cohort only. Whether they hold in another centre is not known.
report-pseudonyms = Patients carry pseudonyms; the list that links them to a person is not in this file.
report-original-ids = Patients carry the identifiers of the source file, as was asked for: treat this file as patient data.
report-fact-population = Who is predicted
report-fact-moment = When
report-fact-horizon = How far ahead
report-fact-cohort = Cohort file
report-fact-created = Made on
report-fact-version = Program
report-fact-seed = Seed
report-fact-hash = SHA-256 of the file
report-population-before = everyone who was offered a lead trial
report-population-after = patients who were implanted
report-moment-before = before the lead trial
report-moment-after = after the lead trial, before implantation
report-horizon-months = { $month } months after implantation
report-horizon-column = as recorded in the column “{ $variable }”

report-summary = Summary
report-summary-basis = AUC and slope are validated figures, with 95% limits that are too narrow (see Performance). They speak of patients like these, from this centre.
report-summary-basis-resampled = AUC and slope are validated figures, with 95% limits from training again on other patients (see Performance). They speak of patients like these, from this centre.
report-notices = Read this first
report-outside-notice = { $n ->
        [one] One patient lies outside the data of the others in some predictor; the chance is an extrapolation there.
       *[other] { $n } patients lie outside the data of the others in some predictor; their chances are extrapolations.
    }
report-cohort = Patients
report-flow-analysed = analysed
report-flow-responders = responders ({ $share })
report-flow-others = non-responders

report-outcome = Outcome
report-failed-trial-counts = A failed lead trial counts as non-response. This favours the trial wherever it is compared with a model, because by definition it is never wrong when it fails.

report-predictors = Predictors
report-predictor = Predictor
report-timing = Measured
    .definition = When the value is known, as seen from the decision. A value measured after the decision can’t be a predictor.
report-timing-baseline = before the trial
report-timing-trial = at the lead trial
report-timing-after = month { $month }
report-timing-unknown = not known; chosen by hand
report-kind = Read as
report-kind-identifier = identifier
report-kind-numeric = number
report-kind-binary = yes or no
report-kind-categorical = category
report-kind-date = date
report-kind-text = text
report-distribution = Median (quartiles), or levels
report-quartiles = { $median } ({ $low } to { $high }){ $unit }
report-missing = Missing
    .definition = Analysed patients without a value. It is filled in with the median or the commonest level of the training patients, and a marker says that it was.
report-parameters = Parameters
    .definition = Coefficients that the predictor spends in a logistic model, the marker of missing values included.
report-predictors-note = Missing values are filled in, scales and levels are learnt, inside every resample on its training patients only.

report-sample-size = Sample size
report-size-short = { $available } patients were analysed; the criteria ask for { $required }, { $short } more, for { $parameters } parameters ({ $epp } patients with the rarer outcome each) and an expected AUC of { $auc }. At this size the chance of a new patient is off by { $error } percentage points on average.
report-size-enough = { $available } patients were analysed; the criteria ask for { $required } for { $parameters } parameters ({ $epp } patients with the rarer outcome each) and an expected AUC of { $auc }. At this size the chance of a new patient is off by { $error } percentage points on average.
report-criterion = Criterion
report-required = Patients needed
report-specification = Specification { $hash }: { $locked ->
    [no] it was not locked before training.
   *[yes] locked on { $date }{ $n ->
        [0] , not changed after that.
        [one] , trained with one change after that.
       *[other] , trained with { $n } changes after that.
    }
}
report-form-column = Form
form-line = straight line
form-spline = spline, { $n } knots
form-log = logarithm
form-pooled = levels under { $n } pooled
report-interactions = Interactions: { $pairs }.
report-size-budget = These patients pay for { $n ->
    [0] no parameter
    [one] one parameter
   *[other] { $n } parameters
} by the same criteria.
report-size-source = Riley and others 2019 and 2020; the mean absolute error by van Smeden and others 2019.

report-performance = Performance
report-performance-intro = The figures to believe are validated: each model is judged on patients it was not trained on, or corrected for having seen them. Apparent figures, in grey, are measured on the training patients and flatter; they are shown only for the distance between the two.
report-measure = Measure
report-too-narrow = limits too narrow
report-permutation = Is there anything here at all?
report-prospect = What could this cohort ever show?
report-prospect-words = In { $ok } simulated cohorts of { $n } patients ({ $rate } responders, { $k } equally strong predictors whose true chances reach an AUC of { $auc }), { $model } looked like an AUC of { $apparent } on its own patients and was worth { $truth } on others (middle nine in ten). A patient’s chance was off by { $error } points on average.
report-prospect-slope = Its calibration slope on others was { $slope }.
report-permutation-signal = { $model } reaches an AUC of { $auc } in patients that it was not trained on. Trained again on { $n } shuffles of the outcome it reached { $chance } in the middle and { $high } or more in one shuffle of twenty; { $k } did as well as the real outcome (p { $p }). Chance alone seldom does this.
report-permutation-chance = { $model } reaches an AUC of { $auc } in patients that it was not trained on. Trained again on { $n } shuffles of the outcome it reached { $chance } in the middle and { $high } or more in one shuffle of twenty; { $k } did as well as the real outcome (p { $p }). This can’t be told from chance.
report-calibrated = What chance alone does to calibration
report-calibrated-intro = A perfectly calibrated model with the same chances would show these ranges in 95 of 100 cohorts of this size. A figure inside its range can’t be told from perfect calibration.
report-venn-abers = { $model }: one more patient, a responder or not, would move a recalibrated chance by { $width } on average (cross Venn-Abers width). This is no interval of a patient’s chance: in simulated cohorts of 150 patients such a width held the true chance in 18 of 100 cases.
report-centres = Each centre judged by the others
report-centres-intro = Each centre is predicted by a model that was trained on the other centres only; limits are 95% limits within the centre. Centres with fewer than 10 responders or fewer than 10 others are named, and no figure is made of them.
report-centre = Centre
report-centre-n = Patients
report-centre-events = Responders
report-centre-judged = no figure is defined
report-centre-too-few = fewer than 10 responders or 10 others
report-centre-fit-failed = no model could be trained on the other centres
report-centres-mean = { $measure }: mean of { $n } centres { $mean } (95% limits { $range }); in a new centre of this kind { $new } would be expected in 95 of 100 cases.
report-centres-few = Fewer than four centres have figures: no mean is given.
report-apparent = apparent
    .definition = Measured on the patients that the model was trained on. It flatters, a forest above all.
report-resamples = Resamples that worked
    .definition = Resamples of all methods together. One that fails is counted here and never replaced in silence.
report-resamples-ok = { $ok } of { $n }
report-cross-validated = Cross-validated, as a check
report-monte-carlo = ± is the standard deviation between repeats of the cross-validation: Monte-Carlo spread, not an interval. It says how much the split into folds matters, and nothing of other patients.
report-data = Numbers of this figure

report-decision = Decision curve
report-decision-intro = What follows from acting on the model: at each threshold (the smallest chance of response that would justify going ahead), net responders gained per 100 patients, those treated in vain subtracted at the rate that the threshold implies.
report-lead-trial-absent = “Follow the lead trial” is not drawn: this cohort has no trial result, or it is the same in everyone who is analysed.
report-lead-trial-favoured = “Follow the lead trial” is favoured here wherever a failed trial counts as non-response, and it uses what is not known before the trial.

report-penalty = Penalty lambda { $lambda }, alpha { $alpha } (glmnet’s scale), chosen { $rule ->
    [aic] by Akaike’s criterion
    [one-se] by inner cross-validation as the largest within one standard error of the best
   *[other] by inner cross-validation
}.
report-all-predictors = All predictors together
report-likelihood-ratio = { $name }: likelihood-ratio chi-squared { $chi2 } on { $df ->
    [one] one degree of freedom
   *[other] { $df } degrees of freedom
} (p { $p }).
report-shrinkage = Uniform shrinkage factor { $factor } (van Houwelingen and le Cessie): in new patients the coefficients are expected to hold after multiplication by it; below 0.9 a penalised model is the better choice.
report-step-clinical = { $step }: { $ratio } ({ $range })
report-chances-from = The chances of these patients come { $source }.
report-not-converged = The fit did not converge: do not use its coefficients.
report-stability = Stability
    .definition = How far a patient’s chance moves when the model is trained again on half of the patients.
report-stability-text = Trained again on { $ok } of { $n } half-samples, the model gives a patient a chance that differs by { $mape } percentage points on average.
report-stability-cut = At the cut of { $cut }, { $share } of the retrainings put a patient on the other side.
report-coefficients = Coefficients
report-intercept = Intercept
report-term-level = { $predictor }: { $level } rather than { $reference }
report-term-missing = { $predictor }: not known
report-step = For
    .definition = The step that the odds ratio is given for: the interquartile range of a number. A level is compared with the reference named beside it.
report-step-number = { $amount }{ $unit } more
report-log-odds = Log-odds per unit
    .definition = The coefficient itself: the change in log-odds for one unit of the column.
report-p = p
    .definition = Two-sided Wald test of a coefficient of 0. Predictors were not chosen by it.
report-kept = Kept
    .definition = In how many retrainings on half of the patients the model kept this term. A term that half of them drop was chosen by chance as much as by its worth.
report-not-causal = A coefficient describes who responded here. It does not say that changing the predictor would change the outcome.
report-conditional = An interval above 0 in the figure before and not in this one: the predictor is used, but others tell the same. Shuffled among patients who are alike in the other predictors, it shows what it adds to them.
report-domains = Predictors that tell the same share their importance: alone each seems to matter little. Shuffled together, all predictors of a domain show what the model takes from it.
report-importance = Importance
    .definition = How much worse the model’s chances of unseen patients become when the values of one predictor are shuffled. An interval that reaches 0 means that the predictor’s part can’t be told from none.
report-strata = Strata of chance
report-stratum = Stratum
report-chance-range = Chance of response
report-chance = Chance of response
    .definition = Of 100 patients like this one, how many the model expects to respond. Every chance comes with its spread over retrainings that did not see the patient; the spread is not a confidence interval.
report-patients-n = Patients
report-responders = Responders
report-observed-share = Observed share (95% Wilson)
    .definition = Responders among the patients of the stratum, with Wilson’s 95% interval.
report-mean-chance = Mean chance
report-band-crosses = spread crosses a cut
report-strata-note = A patient belongs to a stratum only if the whole spread lies in it. Chances come from models or trees that did not see the patient.
report-thresholds = Classification at the cut points
report-threshold = Cut point
report-sensitivity = Sensitivity
    .definition = Of the responders, how many have a chance at or above the cut point.
report-specificity = Specificity
    .definition = Of the non-responders, how many have a chance below the cut point.
report-ppv = Positive predictive value
    .definition = Of those at or above the cut point, how many responded.
report-npv = Negative predictive value
    .definition = Of those below the cut point, how many did not respond.
report-thresholds-note = With Wilson’s 95% intervals; “–” where nobody is counted.
report-patients = Each patient
report-patients-intro = In order of the chance of response. The band is the spread over retrainings that did not see the patient, never “95% confidence”; where it crosses a cut point the stratum is undetermined. Outcomes are those that were observed.
report-patient = Patient
report-observed = Observed
report-chance-by = { $model }: chance of response (spread)
report-outside = Outside the data
    .definition = Predictors in which this patient lies outside the range of the others: the chance is an extrapolation.
report-patients-more = { $n } more patients are not listed here; all of them stand in results.json.
report-findings = Findings in the cohort file
report-finding-place = Where
report-finding-what = What
report-findings-more = And { $n } more; “prognostim check” lists them all.

report-method = Method
method-leakage = Everything that is learnt from data (filling in of missing values, scales, levels, the penalty) is learnt again inside every resample, on its training patients only.
method-missing = Missing values: median of a number, commonest level of a category, with a marker column where at least one value in five is missing.
method-optimism = Logistic models: Harrell’s bootstrap optimism from { $bootstraps } resamples, the whole recipe inside each. From the same resamples the AUC, and the calibration slope where no penalty is tuned, are corrected by the .632+ rule, the Brier score by the .632 rule (Efron and Tibshirani 1997): where parameters are many for the number of events, Harrell’s correction leaves part of its optimism in.
method-delong-shift = AUC of logistic models: the corrected estimate with DeLong’s limits shifted to it. These limits are too narrow; their coverage in simulation is 86 to 90%.
method-two-stage = Limits of the AUC and the Brier score of logistic models: the corrected figure ± 1.96 standard deviations over { $outer } bootstrap resamples of the patients, each trained and corrected again with { $inner } resamples of its own (two-stage bootstrap, Noma and others 2021).
method-out-of-bag = Forest: { $trees } trees, nodes of { $node } patients or fewer are not split; judged out-of-bag. Bootstrap optimism is not used for a forest: its training predictions are near perfect, and the “corrected” figure would still flatter.
method-delong-forest = AUC of the forest: DeLong’s limits on the out-of-bag chances. These limits are too narrow; their coverage in simulation is 83%.
method-jackknife = Limits of the AUC and the Brier score of the forest: its figure ± 1.96 standard deviations by a jackknife: { $outer } forests, each grown without another fifth of the patients, the spread of their out-of-bag figures doubled (Shao and Wu 1989).
method-other-limits = Limits of the other figures: estimate ± 1.96 standard errors over patients. They too leave out that the model would differ in another cohort.
method-cross-validation = Cross-validation: { $folds } folds, { $repeats } repeats; the spread between repeats is Monte-Carlo error, not an interval.
method-chances = Chances of cohort members: from folds or trees that did not see them. Their spread: the middle 95% over { $halves } retrainings on half-samples drawn without replacement that left the patient out, centred on the chance. It is not a confidence interval.
method-strata = Strata: a patient whose spread crosses a cut point is undetermined.
method-gaps-side = In the forest nothing is filled in: each split sends patients without the value to the side that predicts them better.
method-recalibration = Recalibration ({ $recalibration }): learnt inside every fit, on chances of its training patients by models (or trees) that did not see them; it never changes the order of patients. Coefficients and contributions are those before it.
recalibrated-line = Recalibrated: log-odds = { $intercept } + { $slope } × log-odds of the model.
recalibrated-beta = Recalibrated: log-odds = { $a } × ln(chance) − { $b } × ln(1 − chance) + { $c }.
recalibrated-steps = Recalibrated by isotonic regression in { $n } steps.
method-tuned = Forest: { $trees } trees, nodes of { $node } patients or fewer are not split; the predictors tried at a split and the smallest leaf are those with the smallest log loss of left-out patients. That choice flatters the out-of-bag figures a little: the figures are those of the cross-validation, which repeats it in every part.
method-importance = Importance: rise of the Brier score of unseen patients when one predictor is shuffled among them (a forest is judged as a whole, by the trees that did not see the patient); beyond the others: shuffled among patients whom a small tree finds alike in the other predictors, by retrainings on half-samples; intervals from these retrainings.
method-calibration = Calibration curve: smooth share of responders by chance, of the same unseen chances, with a pointwise 95% band.
method-calibrated = Range of a figure of calibration: the middle 95% over 1,000 sets of outcomes drawn from the chances themselves, for which they are right. A figure inside it can’t be told from perfect calibration in a cohort of this size.
method-resamples = Failed resamples: a bootstrap resample with one class only is drawn again; a fit that fails is counted and left out; a figure that more than half of its resamples do not give is not given.
method-decision = Decision curve: net benefit (Vickers and Elkin 2006) of the same chances.
method-seed = All random numbers come from the seed { $seed }: the same file, decisions and seed give the same numbers on any machine. No patient was copied or invented to balance the outcome, and no predictor was chosen by its p-value.
method-permutation = Permutation test: the whole recipe of the first model is trained again on { $permutations } shuffles of the outcome; p is the share of shuffles (the real outcome counted as one) whose AUC in patients who were not trained on is at least as large.
report-glossary = Words

figure-calibration = Calibration: { $model }
figure-predicted-axis = Predicted chance of response (%)
figure-observed-axis = Share who responded (%); beneath: patients by chance
figure-predicted = Predicted chance
figure-observed = Share who responded
figure-observed-share-axis = Share who responded (%)
figure-band = 95% band
figure-ideal = ideal
figure-responders = { $n } responders (up)
figure-non-responders = { $n } non-responders (down)
figure-calibration-at = where the model says { $predicted }, { $observed } responded ({ $range })
figure-calibration-alt = The middle 95% of the chances lie between { $low } and { $high }, where the curve is drawn: { $points }. The closer to the diagonal, the better.
figure-calibration-none = There is no calibration curve: too few patients.
figure-decision = Net benefit of acting on the models
figure-decision-alt = Net responders gained per 100 patients, by threshold.
figure-decision-better = { $model } is above treating all, treating none and the lead trial for thresholds from { $from } to { $to }.
figure-decision-nowhere = { $model } is nowhere clearly above treating all, treating none and the lead trial.
figure-threshold-axis = Threshold: smallest chance of response that justifies going ahead (%)
figure-benefit-axis = Net responders gained per 100 patients
figure-threshold = Threshold
figure-treat-all = treat all
figure-treat-none = treat none
figure-lead-trial = follow the lead trial
figure-importance = Importance of the predictors: { $model }
figure-importance-axis = Rise of the Brier score when shuffled
figure-importance-mean = Rise of the Brier score
figure-interval = Interval over half-samples
figure-rank = Rank
figure-predictor = Predictor
figure-importance-alt = Most important: { $predictor } (the Brier score rises by { $mean }; { $range }). { $clear ->
        [0] No interval lies above 0: no part can be told from none.
       *[other] Of the { $shown } shown, { $clear } have an interval above 0; the part of the others can’t be told from none.
    }
figure-conditional = Beyond the others: { $model }
figure-among-all = Rise shuffled among all
figure-domains = Importance by domain: { $model }
figure-domain = Domain
figure-n-predictors = Predictors
figure-importance-none = No importance was computed.
figure-contributions = Why { $id } has a chance of { $chance }
figure-contribution-axis-log-odds = ← response less likely · contribution in log-odds · more likely →
figure-contribution-axis-share = ← response less likely · contribution in percentage points · more likely →
figure-contributions-alt = { $id }, chance of response { $chance }. Raised by: { $up }. Lowered by: { $down }.
figure-others = { $n } others together
figure-nothing = nothing
figure-instability = When the model is trained again: { $model }
figure-chance-axis = Chance of response (%), dashed: the cut points
figure-patients-axis = Patients, in order of their chance
figure-patients-axis-thinned = Patients, in order of their chance (evenly thinned)
figure-instability-alt = Each line is the spread of one patient’s chance over retrainings that did not see the patient; half of the { $n } spreads are wider than { $width } percentage points. For { $undetermined } of { $n } patients it crosses a cut point: undetermined.
figure-instability-none = There are no patients to show.
figure-thinned = { $shown } of { $n } patients are drawn, evenly by rank.
figure-patient = Patient
figure-chance = Chance
figure-spread = Spread over retrainings
figure-observed-outcome = Observed
figure-responded = responded
figure-did-not-respond = did not respond
figure-strip = Every patient by outcome: { $model }
figure-strip-alt = A dot for each patient, in order of the chance: filled for those who responded, a ring for those who did not; thin lines are spreads over retrainings.
figure-strip-responders = Half of the { $n } who responded have chances of { $range }.
figure-strip-others = Half of the { $n } who did not respond have chances of { $range }.
figure-strip-bands = The bands of { $shown } of { $n } patients are drawn, evenly by rank.
figure-strip-group = { $outcome }: { $n }
figure-calibration-instability = Calibration when trained again: { $model }
figure-calibration-instability-alt = Smooth curves of { $n } retrainings on half of the patients, each on the other half. Where the model says { $at }, nine in ten of them lie at { $range }.
figure-decision-instability = Net benefit when trained again: { $model }
figure-decision-instability-alt = Net benefit of { $n } retrainings on half of the patients, each on the other half. At a threshold of { $at }, nine in ten of them lie at { $range } per 100 patients.
figure-refits-none = No retraining gave a curve.
figure-refits-low = { $figure }: lowest 5% of the retrainings
figure-refits-middle = { $figure }: middle
figure-refits-high = { $figure }: highest 5%
figure-all-patients = trained on all patients
figure-roc = ROC curve
figure-roc-alt = Share of the responders who are acted on, against the share of the others who are, at every threshold.
figure-precision-recall = Precision and recall
figure-precision-recall-alt = Share of responders among those acted on, against the share of the responders who are acted on, at every threshold.
figure-roc-at = { $model } at { $threshold }: { $x }, { $y }.
figure-no-information = no information
figure-model = Model
figure-false-positive-axis = Non-responders acted on (%)
figure-sensitivity-axis = Responders acted on (%)
figure-precision-axis = Responders among those acted on (%)
threshold-bargain-trial = Offering a trial from a chance of { $chance } on, you accept { $actions } offers for every { $responders ->
    [one] responder
   *[other] { $responders } responders
    } at worst.
threshold-bargain-implant = Implanting from a chance of { $chance } on, you accept { $actions } implants for every { $responders ->
    [one] responder
   *[other] { $responders } responders
    } at worst.
threshold-more = { $model } brings { $gain } more net responders per 100 patients than { $rival }.
threshold-less = { $model } brings { $gain } fewer net responders per 100 patients than { $rival }.
threshold-same = { $model } brings no more than { $rival }.
threshold-all-trial = offering a trial to everyone
threshold-all-implant = implanting everyone
threshold-none = acting in no one
threshold-acted = Acted on
threshold-of = { $n } of { $all }
threshold-sensitivity = Responders acted on
threshold-specificity = Others spared
threshold-ppv = Responders among those acted on
threshold-npv = Non-responders among those spared
threshold-benefit = Net benefit per 100
threshold-otherwise = Decided otherwise by another training
threshold-otherwise-of = { $n } ({ $share })
threshold-refits = “Decided otherwise”: patients who would fall on the other side of this chance, mean over { $n } trainings on half of the patients, each asked about the others. A model of half of the patients moves more than one of a new cohort of full size would.
threshold-refits-unknown = How another training would decide is not in these results, which an older program made. Train again to see it.
within-words = Chance of { $range }: { $n } patients, told { $mean } on average; { $events } responded ({ $rate }; { $limits }).
within-nobody = Nobody has a chance of { $range }.
report-later = Later patients, judged by the earlier ones
report-later-intro = A model of the { $earlier } patients before { $day } ({ $date }; { $events } responders) on the { $later } after. Nothing is corrected here. It is another model than the one above, of fewer patients.
report-judged-few = { $model }: not judged; the { $n } patients hold { $events } responders, and ten of each outcome are needed.
report-later-failed = { $model }: no model could be trained on the earlier patients.
report-external = Another cohort
report-external-intro = The models on { $n } of the { $all } patients of { $file } whose outcome is known ({ $events } responders). Nothing was learnt from them.
report-external-absent = Not there, and therefore filled in for everyone: { $predictors }.
report-external-levels = Levels that no training patient had were taken as missing: { $predictors }.
report-external-synthetic = The other cohort is synthetic: the figures say nothing about patients.
report-external-same = { $same } of the { $n } patients have the very values of a training patient, outcome included. If they are the same patients, the figures flatter the models.
report-external-corrected = Corrected there as in this study: { $columns }. If that file needed no such correction, the figures are wrong.

# --- Imputed values ---
report-imputation = Missing values
report-imputation-how = Missing values were imputed { $m } times by chained equations, { $rounds } rounds each ({ $visit }).
report-imputation-shown = Shown are the { $n } predictors with the most missing values.
report-imputation-note = Imputed values need not look like the observed ones: values may be missing because they differ. A difference that nobody can explain speaks against the imputation. The lines of healthy chains mingle and show no trend.
report-delta = Added to imputed { $predictor }
report-delta-title = Sensitivity analysis: imputed values of { $predictor } moved
report-delta-auc = AUC, apparent
report-delta-note = Odds ratios of logistic regression by maximum likelihood, pooled over the imputations. The AUC is apparent: on the training patients, without correction for optimism; only its change from row to row says something. Where the rows differ little, the missing values matter little.
method-imputation = Missing values: multiple imputation by chained equations (predictive mean matching for numbers, logistic and multinomial regression for levels), learnt again in every resample. The outcome helps to impute training patients only; validation patients and new patients are imputed without it. Coefficients and intervals of maximum likelihood by Rubin’s rules with the degrees of freedom of Barnard and Rubin; log-odds averaged over the imputations; the trees of a forest shared out among them. The spread between imputations widens the spread of a patient.
visit-listed = in the order of the predictors
visit-fewest-first = fewest missing first
visit-most-first = most missing first
figure-trace-mean = Convergence of { $predictor }: mean of the imputed values
figure-trace-sd = Convergence of { $predictor }: standard deviation of the imputed values
figure-trace-mean-axis = Mean
figure-trace-sd-axis = Standard deviation
figure-trace-alt = { $chains } chains over { $rounds } rounds; after the last round they lie within { $range }.
figure-round = Round
figure-chain = Chain { $n }
figure-imputed-title = Observed and imputed values of { $predictor }
figure-imputed-alt = { $observed } observed values ({ $seen }) beside the imputed values ({ $filled }) of { $missing } patients.
figure-imputed-peak = most around { $value }
figure-density-axis = Density
figure-share-axis = Share
figure-value = Value
figure-observed-values = Observed
figure-imputed-values = Imputed

report-comparison = Comparison of models
compare-model = Model
    .definition = Models for comparison only are never shown to a patient.
compare-auc = AUC
    .definition = Mean AUC over the folds, each judged by a fit that did not see its patients.
compare-difference = Difference in AUC
    .definition = This model’s AUC less that of the first model, mean over the same folds, with a 95% interval.
compare-brier = Brier score
    .definition = Mean squared distance between the chance and what happened, mean over the folds. Lower is better.
compare-log-loss = Log loss
    .definition = Mean surprise at what happened, on the log scale; a chance that was sure and wrong costs most. Lower is better.
compare-slope = Calibration slope
    .definition = 1 is right; below 1 the chances are too extreme, above 1 too timid. From the chances of patients that the fit did not see.
compare-only = for comparison only
compare-one = { $model } ({ $apart })
compare-alike = This cohort can’t tell { $first } apart from these (difference in AUC, 95% interval): { $others }. The simpler one is shown first.
compare-better = These do better than { $first } (difference in AUC, 95% interval): { $others }.
compare-worse = These do worse than { $first } (difference in AUC, 95% interval): { $others }.
compare-failed = { $model }: { $failed } of { $n } fits failed. { $why }
compare-about = Every model was trained and judged on the same { $n } folds. The intervals are those of the corrected resampled t (Nadeau and Bengio 2003), which knows that repeats are no new patients. Where many models are compared, one in twenty intervals or more misses the truth by chance alone.

subgroup-title = Within groups of patients
subgroup-group = Patients
subgroup-n = Number
subgroup-events = Responders
subgroup-net-benefit = Net benefit at { $cut }
    .definition = Net benefit of acting from the lower cut point of the strata on, for each patient of the group. 0 is acting in nobody.
subgroup-name = { $label }: { $shared }
subgroup-unknown = not known
subgroup-below = under { $age }
subgroup-from = { $age } and older
subgroup-between = { $from } to { $to }
subgroup-about = From chances of fits that did not see the patient. A group with fewer than { $least } responders, or as few others, shows no figures: they would be chance. Differences between groups are described, not tested; small groups differ by chance alone.

report-explanation = What the models make of their predictors
effects-about = These figures describe what the models make of their predictors, not what they do to patients. A curve is the mean chance with one value put in place of everyone’s own; thin lines are single patients. Where predictors go together, local effects are the better guide: they move each patient only a little. A forest moves each patient under the trees that did not see the patient.
effects-nomogram-note = To add up by hand: read the points of each value on the scale at the bottom, add them, find the sum on the line of sums, and read the chance beneath it. The points are the final model’s, without the spread over retrainings.
effects-leader = { $model }: { $predictor } matters most in nearly all retrainings.
effects-leaders = { $model }: the retrainings can’t tell which of these matters most: { $predictors }{ $others ->
    [0] .
    [one] { " " }and one other.
   *[other] { " " }and { $others } others.
}
effects-agreement = { $first } and { $second }: the correlation of the ranks that they give the predictors is { $correlation } (1 is the same order, 0 no relation).
figure-partial = Mean chance by { $predictor }: { $model }
figure-partial-alt = With one value of { $predictor } put in place of everyone’s own, the mean chance of response runs from { $low } (at { $low-at }) to { $high } (at { $high-at }).
figure-effect-none = There is nothing to show.
figure-effect-chance-axis = Chance of response (%)
figure-single-patients = single patients
figure-mean = mean
figure-mean-and-most = mean, and 8 of 10 patients
figure-local = Local effects of { $predictor }: { $model }
figure-local-axis = Difference in chance (percentage points)
figure-local-alt = From { $first } to { $last } of { $predictor } the chance changes by { $change } percentage points, each patient moved only near the own value.
figure-swarm = What each predictor adds, patient by patient: { $model }
figure-swarm-alt = Each dot is a patient, placed by what the predictor adds to the chance. The most important predictor, { $predictor }, is on top.
figure-swarm-low = value in the lower half
figure-swarm-high = value in the upper half
figure-swarm-other = not known, or without an order
figure-swarm-p5 = 5% lie below
figure-swarm-p50 = Median
figure-swarm-p95 = 5% lie above
figure-interactions = Interactions: { $model }
figure-interactions-axis = Share of the joint effect that the two do not make apart (Friedman’s H)
figure-interactions-own = this forest
figure-interactions-without = largest of 19 forests without interactions
figure-interactions-alt = Stronger than in 19 forests on outcomes without interactions: { $pairs }. Where many pairs are tried, some are so by chance.
figure-interactions-none = No pair is stronger than in 19 forests on outcomes without interactions.
figure-pair = Pair
figure-nomogram = Nomogram: { $model }
figure-nomogram-axis = Points of each value
figure-nomogram-alt = A scale of points for each predictor, the one that moves the chance most on top; the two lowest lines turn the sum of points into the chance of response.
figure-nomogram-sum = Sum of points
figure-nomogram-chance = Chance of response
figure-with-band = { $model } (95% band)
figure-calibration-elsewhere = Calibration in the other cohort: { $model }
figure-points = Points
figure-not-known = not known
courses-title = { $measure } in patients like this one
courses-alt = { $measure } over the months in { $n } patients; from the own baseline a change of { $change } matters to a patient.
courses-own = this person
courses-about = Grey band: a change from the person’s own baseline that is too small to matter. Drawn is who has values at two visits.
courses-responders = responded
courses-others = did not respond
courses-months = Months
courses-month = { $n ->
    [0] Baseline
   *[other] Month { $n }
}

# Movement between strata with another outcome.
movement-from = Stratum now
movement-sentence = { $changed } of { $n } patients change stratum when the outcome is “{ $other }” instead of “{ $own }”; the observed outcome differs in { $relabelled }.
movement-about = Rows: strata now. Columns: strata with the other outcome, by the same rule for the cut points. Counted are the { $n } patients whom both definitions label, of { $own } now and { $other } with the other.
job-try-move = Trying how long a training with another outcome takes
job-move = Training with another outcome
