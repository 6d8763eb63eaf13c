# Measures, units, moments, and what the dictionary doubts.
concept-patient-id = Patient
concept-centre = Centre
concept-inclusion-date = Date of inclusion
concept-age = Age
concept-sex = Sex
concept-bmi = Body mass index
concept-smoker = Smoking
concept-education = Education
concept-work-status = Work status
concept-claim = Claim or litigation
concept-pain-duration = Duration of pain
concept-n-surgeries = Spine operations
concept-pain-location = Predominant pain
concept-pain-back = Back pain
concept-pain-leg = Leg pain
concept-pain-global = Overall pain
concept-odi = Oswestry disability index
concept-eq5d = EQ-5D index
concept-eq-vas = EQ-5D health scale
concept-hads-a = HADS anxiety
concept-hads-d = HADS depression
concept-pcs = Pain catastrophizing
concept-pain-detect = painDETECT
concept-dn4 = DN4
concept-mme = Opioids, morphine equivalents
concept-gabapentinoid = Gabapentinoid
concept-antidepressant = Antidepressant
concept-pain-surface = Painful surface
concept-sensory-deficit = Sensory deficit
concept-trial-date = Date of the trial
concept-trial-success = Successful trial
concept-trial-relief = Relief at the trial
concept-implanted = Implanted
concept-implant-date = Date of the implant
concept-explanted = Explanted
concept-explant-date = Date of the explant
concept-explant-reason = Reason of the explant
concept-visit-date = Date of the visit
concept-satisfaction = Satisfaction
concept-pgic = Patient’s global impression of change
label-after = { $label }, { $months ->
        [one] one month
       *[other] { $months } months
    }
label-at-trial = { $label }, at the trial

unit-years = years
unit-months = months
unit-mg-per-day = mg/day

timing-baseline = before the trial
timing-trial = at the trial
timing-after = { $months ->
        [one] one month
       *[other] { $months } months
    } after implant
timing-after-implant = after implant
timing-not-known = unknown

issue-concept-header = The header names a measure of the dictionary.
issue-timing-header = The header names the visit.
issue-timing-usual = No visit is named; the usual moment of the measure is assumed.
issue-scale-found = Read on a scale from 0 to { $top }.
issue-concept-twice = “{ $column }” measures the same at the same time as “{ $first }”, which is the one that is used.
    .remedy = Rename or remove one of the two columns if that is wrong.
issue-pcs-ambiguous = “{ $column }” may be the pain catastrophizing scale or the physical component of the SF-12; it was taken for neither.
    .remedy = Rename it in the source, for example PCS_catastrophizing or SF12_physical.
issue-codes-as-numbers = “{ $column }” is a measure with levels but holds numbers, which a model would take for quantities.
    .remedy = Treat it as codes (--categorical), or write the levels in words in the source.
issue-unit-guessed = Nothing says the unit of “{ $column }”; its values were taken for { $unit ->
        [months] months
       *[other] years
    }.
    .remedy = Write the unit into the header, for example pain_duration_years.
issue-out-of-range = { $found } lies outside what is plausible here ({ $low } to { $high }).
    .remedy = Correct the value in the source, or leave it if it is true.
issue-cm-among-mm = { $found } looks like centimetres in a column of millimetres (median { $median }); { $proposal } mm is proposed.
    .remedy = Look at the patient’s form. Accept “cm-among-mm” to multiply the listed cells by 10; nothing is changed until you do.
issue-missing-code-suspected = { $found } can’t be a value here and probably stands for “missing”.
    .remedy = Accept “missing-code-suspected” to treat such cells as missing; nothing is changed until you do.
issue-date-order = { $found } comes before { $date } in “{ $other }”, which should be the earlier date.
    .remedy = Correct one of the two dates in the source.
issue-repaired-cm-among-mm = { $found } was read as centimetres: { $value } mm, as you accepted.
issue-repaired-missing-code-suspected = { $found } was treated as missing, as you accepted.
issue-proposal-unknown = There is no repair called “{ $found }”.
    .remedy = The repairs are: { $codes }.
