# What a responder is, who is predicted and who is left out.
# Pain sites.
pain-site-back = back pain
pain-site-leg = leg pain
pain-site-global = overall pain
pain-site-worst = worst pain
    .definition = The larger of back and leg pain at each visit; missing where one of the two is missing.

# Measures, as they stand in a sentence.
measure-pain = pain
    .definition = Overall pain where the cohort has it, else the larger of back and leg pain; 0 to 100.
measure-pain-back = back pain
measure-pain-leg = leg pain
measure-pain-global = overall pain
measure-pain-worst = worst of back and leg pain
measure-pain-surface = painful surface (cm²)
measure-odi = disability (ODI)
measure-eq5d = quality of life (EQ-5D)
measure-eq-vas = health scale (EQ-5D)
measure-hads-a = anxiety (HADS)
measure-hads-d = depression (HADS)
measure-hads = anxiety and depression (HADS total)
measure-pcs = catastrophizing (PCS)
measure-promis-pf = physical function (PROMIS)
measure-isi = insomnia (ISI)
measure-psqi = sleep (PSQI)
measure-mme = opioids (morphine mg a day)

# The least improvement that counts.
least-points = at least { $points } points better
least-percent = at least { $percent } better than at baseline
least-mcid = at least { $points } points better (table of differences)
least-mcid-unknown = better by its difference, which the table lacks
criterion = { $measure }: { $least }

# Rules in words.
rule-pain-reduction =
    { $site ->
        [back] Back pain
        [leg] Leg pain
        [global] Overall pain
       *[worst] Worst of back and leg pain
    } reduced by at least { $percent }% at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }
    .formula = 100 × (baseline − follow-up) ÷ baseline ≥ { $percent }. Not defined for a baseline under { $floor } of 100. A fall by 30% is a moderate, by 50% a substantial benefit (Dworkin 2008, J Pain 9:105).
rule-criteria = At least { $at-least } of { $n } better at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }: { $measures }
    .formula = A responder meets at least { $at-least } of { $n } criteria. A criterion whose scores are missing stays open; the patient is judged once the others settle it.
rule-chr = Clinical holistic response at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }
    .formula = Leg pain (0 to 100) + ODI + (100 − EQ-5D health scale), from 0 (best) to 300. A responder falls by at least { $points } points or { $percent }%. Reconstruction from an abstract (Goudman 2023, Neuromodulation 26:139), not the published factor scores.
rule-holistic = Every domain that was impaired is better at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }
    .formula = A domain counts only if it was impaired at baseline; a responder improves by at least one minimal clinically important difference in every domain that counts. Whoever lacks a domain at baseline is left out, whoever lacks one that counts at the visit is not known (Levy 2023; EVOKE, Reg Anesth Pain Med 49:233). Domains and differences are those of the table.
rule-opioid =
    { $goal ->
        [stable] Opioid dose stable or reduced
       *[reduced] Opioid dose reduced
    } at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }
    .formula =
        { $goal ->
            [stable] Dose at the visit ≤ dose at baseline, in morphine milligram equivalents a day. Whoever takes none at both counts as a responder, so the dose at baseline all but tells the answer (after Adil 2022, Neurosurgery 91:272).
           *[reduced] Dose at the visit < dose at baseline, in morphine milligram equivalents a day. Patients without opioids at baseline are left out (after Adil 2022, Neurosurgery 91:272).
        }
rule-satisfaction = Satisfied at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }
    .formula = The patient’s own yes or no in the column of satisfaction. A column that names no visit is taken to be about this one.
rule-pgic = Much improved by the patient’s own word (PGIC) at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }
    .formula =
        { $direction ->
            [low] A responder answers 1 or 2 of 7, where 1 is “very much improved”.
           *[high] A responder answers 6 or 7 of 7, where 7 is “very much improved”.
        }
rule-weighted = Weighted sum of { $measures } of at least { $least } at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }
    .formula = Sum of weight × improvement ≥ { $least }, with the weights that you typed in. The published MCRI (Rigoard 2021, J Clin Med 10:4910) does not print its weights, so none are offered.
rule-level = “{ $column }” is “{ $event }”
    .formula = The column is taken at its word: failed trials and explants change nothing.

# Presets.
preset-group-pain = Pain
preset-group-several = Several domains
preset-group-patient = Medication and the patient’s word
preset-pain50 = Worst pain halved
preset-pain50-back = Back pain halved
preset-pain50-leg = Leg pain halved
preset-pain50-global = Overall pain halved
preset-pain30 = Worst pain down by 30%
preset-pain30-back = Back pain down by 30%
preset-pain30-leg = Leg pain down by 30%
preset-pain30-global = Overall pain down by 30%
preset-prediback2 = PREDIBACK 2 criteria (unverified)
    .source = Criteria as a public program for the visits of the study lists them (NCT04587674). How many of the five are asked is not published, nor whether HADS means the total: unverified; set the number yourself.
preset-chr = Holistic response CHR (reconstruction)
preset-holistic = Holistic: every impaired domain
preset-two-of-four = Two of four domains (composite)
    .source = After the composite of burst stimulation (Neuromodulation, doi 10.1111/ner.13212): at least two of four improve. What counts as improved is taken from the table of differences.
preset-opioid-stable = Opioids stable or reduced
preset-opioid-reduced = Opioids reduced
preset-satisfaction = Satisfied
preset-pgic = Much improved (PGIC)

# Where the differences come from.
mcid-source-pain = 2 of 10 points (usual; to be checked). Impaired: the floor for percentages, 3 of 10.
mcid-source-odi = 10 points (usual; 8.2 to 13.3 after stimulation). Impaired: more than “minimal”, 21.
mcid-source-eq5d = 0.08 in chronic low back pain (PMC7053735). Impaired: room for one difference.
mcid-source-hads-a = 1.4 to 1.7 points (to be checked). Impaired: 8, doubtful case.
mcid-source-hads-d = 1.4 to 1.7 points (to be checked). Impaired: 8, doubtful case.
mcid-source-isi = 2.4 to 2.6 points after stimulation. Impaired: 8, usual cut (to be checked).
mcid-source-pcs = 6.5 points (PMC7053735). Impaired: 30, clinically relevant.
mcid-source-promis-pf = 3 points of a T score (to be checked). Impaired: one difference below average.

# Who is predicted, and when.
moment-before-trial = Before the trial
    .definition = Everyone who was offered a lead trial. A failed trial counts as non-responder, which favours the trial when it is compared with the model.
moment-after-trial = After the trial
    .definition = Implanted patients only; the result of the trial may be a predictor. A cohort that has neither a trial nor an implant column is taken to hold implanted patients only.

# Explants.
explanted-inefficacy = Non-responder, unless for another reason
    .definition = Explanted before the visit: a non-responder. Where the reason is written and is another (infection, MRI …), the outcome is unknown, as for the lost.
explanted-failure = Non-responder, whatever the reason
    .definition = A patient whose device was taken out at or before the visit is a non-responder, whatever the scores say. An explant without a date counts as before the visit.
explanted-censor = Outcome unknown
    .definition = Counted apart, like the lost; the sensitivity analyses say what that may change.
explanted-exclude = Left out
    .definition = Not analysed. This flatters the response rate: most devices are taken out because they do not help.

# Lost and died.
lost-exclude = Left out
    .definition = Not analysed, and counted. The sensitivity analyses say what that may change.
lost-failure = Non-responder
    .definition = The cautious reading: whoever was not seen did not respond.
died-exclude = Left out
    .definition = Not analysed: a death is seldom about the pain.
died-failure = Non-responder
    .definition = A death before the visit counts as non-response.

# Why a patient is not analysed.
exclusion-by-person = left out by hand
exclusion-by-person-for = left out by hand ({ $why })
exclusion-not-implanted = not implanted, or not known to be
exclusion-no-baseline = no score at baseline
exclusion-baseline-too-low = too little pain at baseline
exclusion-not-impaired = no domain impaired at baseline
exclusion-no-opioid = no opioids at baseline
exclusion-explanted = explanted before the visit
exclusion-explanted-other = explanted for another reason
exclusion-explanted-censored = explanted before the visit, outcome unknown
exclusion-died = died before the visit
exclusion-visit-incomplete = came to the visit, but scores are missing
exclusion-lost-to-follow-up = no score at the visit
exclusion-outside-window = seen outside the window only
exclusion-no-outcome = outcome missing
# Why a patient counts as non-responder without having been judged.
counted-failed-trial = failed trial
counted-explanted = explanted before the visit
counted-died = died before the visit
counted-visit-incomplete = scores missing at the visit
counted-lost-to-follow-up = not seen
counted-outside-window = seen outside the window only

# The flow chart.
flow-file = In the file
flow-eligible = Can be judged
flow-to-be-seen = Due to be seen
flow-observed = Seen at the visit
flow-responders = Responders
flow-non-responders = Non-responders
flow-sum = { $seen } seen + { $counted } counted as non-responders
flow-not-analysed = { $n } of { $of } are not analysed
flow-analysed = Analysed
flow-of-these = of these
flow-left-out = not analysed: left out
flow-unknown = not analysed: outcome unknown
flow-counted = count as non-responders

# What the lost could change.
sensitivity-title = If the lost had been seen
sensitivity-known = Outcome known
sensitivity-best = If all the lost had responded
sensitivity-worst = If none of the lost had responded
sensitivity-weighted = Weighted by the chance of being seen
sensitivity-lead = { $n ->
        [one] The outcome of { $n-text } patient is not known
       *[other] The outcome of { $n-text } patients is not known
    }. The true share lies somewhere between the two ends.
sensitivity-outside = { $n ->
        [one] { $n-text } explanted patient left out by choice is
       *[other] { $n-text } explanted patients left out by choice are
    } in neither.
sensitivity-weights = Largest weight { $largest }. { $n ->
        [one] { $n } baseline variable tells
       *[other] { $n } baseline variables tell
    } who was seen. Right only if, given these, being lost says nothing about the response.
issue-sensitivity-few = No weighting: it needs at least { $least } patients seen and { $least } not seen ({ $n-seen } and { $n-lost } here).
issue-sensitivity-no-variable = No weighting: no variable measured at baseline is known for everyone.
    .remedy = Fill in age, sex or baseline scores where they are missing.
issue-sensitivity-not-settled = No weighting: the model of who is seen did not settle.

# The definition in exports.
label-version = Definition { $fingerprint }, version { $version } in this study
label-changed = { $n ->
        [one] changed once
       *[other] changed { $n } times
    }, last on { $date }
visit-by-column = The visit is the one whose columns name month { $month }, whenever it took place.
visit-window = The visit is the one nearest to month { $month }, at most { $weeks ->
        [one] { $weeks } week
       *[other] { $weeks } weeks
    } before or after; by its date where it is dated.

# What can go wrong.
issue-outcome-missing-scores =
    { $which ->
        [baseline] This cohort has no column at baseline for: { $baseline }.
        [visit] This cohort has no column at { $month ->
            [one] { $month } month
           *[other] { $month } months
        } for: { $follow-up }.
       *[both] This cohort has no column at baseline for: { $baseline }; and none at { $month ->
            [one] { $month } month
           *[other] { $month } months
        } for: { $follow-up }.
    }
    .remedy =
        { $visits ->
            [none] Choose another definition, or “a column and a level”. If the scores are in the file under another name, check on the Cohort page how their columns were understood.
           *[other] Choose another definition or another visit (these scores exist at month { $visits }), or check on the Cohort page how the columns were understood.
        }
issue-outcome-missing-answer =
    This cohort has no column for { $what ->
        [pgic] the patient’s impression of change
       *[satisfaction] satisfaction
    } at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }.
    .remedy = Choose another definition, or “a column and a level”.
issue-outcome-few-domains = Fewer than two domains of the table have scores at baseline and at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }.
    .remedy = Choose another visit, or tick other domains in the table of differences.
issue-outcome-nobody-here = No patient can be analysed with this definition.
issue-outcome-at-least = { $at-least } of { $n } criteria can not be asked for.
    .remedy = Ask for at least one, and at most as many as there are.
issue-outcome-no-weights = The composite has no weights yet.
    .remedy = Add a measure and type its weight.
issue-outcome-pgic = The column “{ $column }” should hold whole numbers from 1 to 7, but holds “{ $found }”.
    .remedy = Correct the value in the source file, or choose “a column and a level”.
issue-outcome-percent = A reduction by { $percent }% can not define a responder.
    .remedy = Choose a percentage from 1 to 100; 30 and 50 are usual.
issue-outcome-neither-yes-nor-no = The column “{ $column }” should say yes or no, but holds “{ $found }”.
    .remedy = Correct the value in the source file (yes and no, or 1 and 0), or rename the column so that it is not taken for trial, implant, explant, death or satisfaction.
issue-outcome-unknown-level = No patient has “{ $found }” in the column “{ $column }”.
    .remedy = Its values are: { $levels }. Capitals and accents count.
issue-outcome-nobody =
    No patient can be analysed with this outcome{ $reason ->
        [none] {""}
        [by-person] {" "}({ $n-reason } of { $n } were left out by hand)
        [not-implanted] {" "}({ $n-reason } of { $n } were not implanted, or are not known to be)
        [no-baseline] {" "}({ $n-reason } of { $n } have no score at baseline)
        [baseline-too-low] {" "}({ $n-reason } of { $n } have too little pain at baseline)
        [not-impaired] {" "}({ $n-reason } of { $n } have no impaired domain)
        [no-opioid] {" "}({ $n-reason } of { $n } take no opioids at baseline)
        [explanted] {" "}({ $n-reason } of { $n } were explanted before the visit)
        [explanted-other] {" "}({ $n-reason } of { $n } were explanted before the visit)
        [explanted-censored] {" "}({ $n-reason } of { $n } were explanted before the visit)
        [died] {" "}({ $n-reason } of { $n } died before the visit)
        [visit-incomplete] {" "}({ $n-reason } of { $n } came to the visit, but scores are missing)
        [lost-to-follow-up] {" "}({ $n-reason } of { $n } have no score at the visit)
        [outside-window] {" "}({ $n-reason } of { $n } were seen outside the window)
       *[no-outcome] {" "}({ $n-reason } of { $n } have no value)
    }.
    .remedy = Choose another outcome, visit, window or moment. If pain is on a scale from 0 to 10, check its range on the Cohort page.
issue-outcome-one-class =
    { $class ->
        [all] Everyone analysed is a responder
       *[none] No one analysed is a responder
    } ({ $n ->
        [one] { $n } patient
       *[other] { $n } patients
    }), so there is nothing to predict.
    .remedy = Choose another percentage, visit, site or level, or change who is predicted.

# The outcome page.
outcome-presets = Choose a definition
outcome-presets-hint = At { $month ->
        [one] { $month } month
       *[other] { $month } months
    }. Each row shows what this cohort would come to.
outcome-changes = Relabelled
outcome-changes-tip = How many patients get another label than by the current definition, of those whom both label.
outcome-own-criteria = My own criteria
outcome-own-weights = My own weighted score
outcome-own-level = A column and a level
outcome-at-least = At least
outcome-of-criteria = of { $n } criteria
outcome-add-measure = Add a measure
outcome-remove = Remove { $measure }
outcome-points = points
outcome-percent-unit = % of baseline
outcome-by-table = by the table
outcome-weight = weight
outcome-least-sum = Responder from
outcome-goal = Success
outcome-goal-stable = stable or reduced
outcome-goal-reduced = reduced
outcome-direction = Very much improved is
outcome-visit = Visit
outcome-window = Window
outcome-window-none = columns of that month
outcome-window-nearest = nearest visit
outcome-window-weeks = weeks
outcome-floor = Floor of pain
outcome-floor-unit = of 100
outcome-floor-tip = Under this baseline pain a percentage means nothing, and the patient can’t be judged by one.
outcome-explanted = Explanted before the visit
outcome-lost = Not seen at the visit
outcome-died = Died before the visit
outcome-mcids = Differences that matter
outcome-mcids-hint = The least change that patients notice, and from when a domain counts as impaired. Yours to change; hover a row for its source.
outcome-mcid-measure = Domain
outcome-mcid-points = Difference
outcome-mcid-impaired = Impaired from
outcome-mcid-holistic = Holistic
outcome-mcid-reset = As delivered
outcome-agreement = How far the definitions agree
outcome-agreement-hint = Share of equal labels among the patients whom both label, and Cohen’s kappa beneath (1 full agreement, 0 no better than chance).
outcome-agreement-none = Fewer than two definitions can be answered with this cohort.
agreement-tip = { $a } and { $b }: same label for { $share } of { $n } patients.
outcome-cannot = can’t be answered here
relief-title = Relief at the trial: reported against calculated
relief-lead = { $n ->
        [one] { $n-text } patient has both
       *[other] { $n-text } patients have both
    }. On average the reported relief is { $mean } points { $side ->
        [higher] higher
       *[lower] lower
    } than the one that follows from the scores; { $apart ->
        [one] { $apart-text } lies
       *[other] { $apart-text } lie
    } more than { $limit } points apart (see the findings of the Cohort page).
relief-x = Mean of reported and calculated relief (%)
relief-y = Reported − calculated (points)
relief-alt = Differences between reported and calculated relief at the trial against their mean, one dot a patient, with the mean difference and the limit of { $limit } points on both sides.
relief-mean = mean difference
relief-limit = limit
relief-points = patients
relief-calculated = Calculated (%)
relief-reported = Reported (%)
relief-difference = Difference
example-visit = Seen at month { $month }.
example-step = { $measure }: { $baseline } before, { $after } at the visit
example-step-percent = { $measure }: { $baseline } before, { $after } at the visit ({ $side ->
        [better] better
       *[worse] worse
    } by { $percent })
example-met = met
example-not-met = not met
example-open = open
example-total-chr = Sum: { $baseline } before, { $after } at the visit; a fall of { $fall }.
example-total-weighted = Weighted sum: { $sum }; a responder has at least { $least }.
example-by-word = The patient’s own answer decides.
