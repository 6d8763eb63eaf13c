# What a responder is, who is predicted and who is left out.
# Pain sites.
pain-site-back = back pain
pain-site-leg = leg pain
pain-site-worst = worst pain
    .definition = The larger of back and leg pain at each visit; missing where one of the two is missing.

# Rules in words.
rule-pain-reduction =
    { $site ->
        [back] Back pain
        [leg] Leg pain
       *[worst] Worst of back and leg pain
    } reduced by at least { $percent }% at { $month ->
        [one] { $month } month
       *[other] { $month } months
    }
    .formula = 100 × (baseline − follow-up) ÷ baseline ≥ { $percent }
rule-level = “{ $column }” is “{ $event }”

# Presets: name and definition.
preset-pain50-12m = Worst pain reduced by half at 12 months
    .definition = A responder has 100 × (baseline − 12 months) ÷ baseline of at least 50, where pain is the larger of back and leg pain at each visit. Not defined for a baseline under 30 of 100.
preset-pain50-back-12m = Back pain reduced by half at 12 months
    .definition = A responder has 100 × (baseline − 12 months) ÷ baseline of at least 50 in back pain. Not defined for a baseline under 30 of 100.
preset-pain50-leg-12m = Leg pain reduced by half at 12 months
    .definition = A responder has 100 × (baseline − 12 months) ÷ baseline of at least 50 in leg pain. Not defined for a baseline under 30 of 100.
preset-pain30-12m = Worst pain reduced by 30% at 12 months
    .definition = A responder has 100 × (baseline − 12 months) ÷ baseline of at least 30, where pain is the larger of back and leg pain at each visit. Not defined for a baseline under 30 of 100.
preset-pain30-back-12m = Back pain reduced by 30% at 12 months
    .definition = A responder has 100 × (baseline − 12 months) ÷ baseline of at least 30 in back pain. Not defined for a baseline under 30 of 100.
preset-pain30-leg-12m = Leg pain reduced by 30% at 12 months
    .definition = A responder has 100 × (baseline − 12 months) ÷ baseline of at least 30 in leg pain. Not defined for a baseline under 30 of 100.

# Who is predicted, and when.
moment-before-trial = Before the trial
    .definition = Everyone who was offered a lead trial. A failed trial counts as non-responder, which favours the trial when it is compared with the model.
moment-after-trial = After the trial
    .definition = Implanted patients only; the result of the trial may be a predictor. A cohort that has neither a trial nor an implant column is taken to hold implanted patients only.

# Explants.
explanted-failure = Explanted counts as non-responder
    .definition = A patient whose device was taken out at or before the visit is a non-responder, whatever the scores say. An explant without a date counts as before the visit.
explanted-exclude = Explanted is left out
    .definition = A patient whose device was taken out at or before the visit is not analysed. This flatters the response rate: most devices are taken out because they do not help.

# Why a patient is not analysed.
exclusion-by-person = left out by hand
exclusion-by-person-for = left out by hand ({ $why })
exclusion-not-implanted = not implanted, or not known to be
exclusion-no-baseline = no pain score at baseline
exclusion-baseline-too-low = baseline pain under 30 of 100
exclusion-explanted = explanted before the visit
exclusion-lost-to-follow-up = no pain score at the visit
exclusion-no-outcome = outcome missing

# What can go wrong.
issue-outcome-missing-pain =
    This cohort has no column for { $baseline ->
        [none] {""}
        [back] back pain at baseline
        [leg] leg pain at baseline
       *[both] back and leg pain at baseline
    }{ $baseline ->
        [none] {""}
       *[other] { $follow-up ->
            [none] {""}
           *[other] {" and "}
        }
    }{ $follow-up ->
        [none] {""}
        [back] back pain at { $month ->
            [one] { $month } month
           *[other] { $month } months
        }
        [leg] leg pain at { $month ->
            [one] { $month } month
           *[other] { $month } months
        }
       *[both] back and leg pain at { $month ->
            [one] { $month } month
           *[other] { $month } months
        }
    }.
    .remedy =
        { $visits ->
            [none] Choose another site of pain, or “a column and a level”. If the scores are in the file under another name, check on the Cohort page how their columns were understood.
           *[other] Choose another site of pain or another visit (this site has scores at month { $visits }), or check on the Cohort page how the columns were understood.
        }
issue-outcome-percent = A reduction by { $percent }% can not define a responder.
    .remedy = Choose a percentage from 1 to 100; 30 and 50 are usual.
issue-outcome-neither-yes-nor-no = The column “{ $column }” should say yes or no, but holds “{ $found }”.
    .remedy = Correct the value in the source file (yes and no, or 1 and 0), or rename the column so that it is not taken for trial, implant or explant.
issue-outcome-unknown-level = No patient has “{ $found }” in the column “{ $column }”.
    .remedy = Its values are: { $levels }. Capitals and accents count.
issue-outcome-nobody =
    No patient can be analysed with this outcome{ $reason ->
        [none] {""}
        [by-person] {" "}({ $n-reason } of { $n } were left out by hand)
        [not-implanted] {" "}({ $n-reason } of { $n } were not implanted, or are not known to be)
        [no-baseline] {" "}({ $n-reason } of { $n } have no pain score at baseline)
        [baseline-too-low] {" "}({ $n-reason } of { $n } have a baseline pain under 30 of 100)
        [explanted] {" "}({ $n-reason } of { $n } were explanted before the visit)
        [lost-to-follow-up] {" "}({ $n-reason } of { $n } have no pain score at the visit)
       *[no-outcome] {" "}({ $n-reason } of { $n } have no value)
    }.
    .remedy = Choose another outcome, visit or moment. If pain is on a scale from 0 to 10, check its range on the Cohort page.
issue-outcome-one-class =
    { $class ->
        [all] Everyone analysed is a responder
       *[none] No one analysed is a responder
    } ({ $n ->
        [one] { $n } patient
       *[other] { $n } patients
    }), so there is nothing to predict.
    .remedy = Choose another percentage, visit, site or level, or change who is predicted.
