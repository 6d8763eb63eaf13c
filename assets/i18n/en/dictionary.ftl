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
concept-promis-pf = PROMIS physical function
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
concept-trial-relief-reported = Relief at the trial, as reported by the patient
concept-implanted = Implanted
concept-implant-date = Date of the implant
concept-explanted = Explanted
concept-explant-date = Date of the explant
concept-explant-reason = Reason of the explant
concept-death-date = Date of death
concept-died = Death
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

unit-days = days
label-computed = { $label } (computed)

concept-person-name = Name
concept-birth-date = Date of birth
concept-national-number = Social-security number
concept-address = Address
concept-phone = Telephone
concept-email = E-mail address
concept-height = Height
concept-weight = Weight
concept-last-surgery-date = Date of the last spine operation
concept-surgery-type = Type of spine operation
concept-psychiatric-history = Psychiatric history
concept-mri-date = Date of the MRI
concept-sf12-pcs = SF-12 physical component
concept-sf12-mcs = SF-12 mental component
concept-psqi = Sleep quality (PSQI)
concept-isi = Insomnia severity (ISI)
concept-fabq-pa = Fear-avoidance, physical activity (FABQ)
concept-fabq-w = Fear-avoidance, work (FABQ)
concept-csq = Coping strategies (CSQ)
concept-tsk = Kinesiophobia (TSK)
concept-benzodiazepine = Benzodiazepine
concept-trial-days = Length of the trial
concept-waveform = Waveform
concept-lead-type = Type of lead
concept-adverse-event = Adverse event

issue-concept-label = The codebook says which measure it is.
issue-computed = Computed by the program from other columns of the file.
issue-fractions-among-percent = { $found } looks like a share of one in a column of percentages; { $proposal } % is proposed.
    .remedy = Accept “fractions-among-percent” to multiply the listed cells by 100; nothing is changed until you do.
issue-percent-among-fractions = { $found } looks like a percentage in a column of shares of one; { $proposal } is proposed.
    .remedy = Accept “percent-among-fractions” to divide the listed cells by 100; nothing is changed until you do.
issue-months-among-years = { $found } years can’t be; as months it would be { $proposal } years.
    .remedy = Look at the patient’s form. Accept “months-among-years” to divide the listed cells by 12; nothing is changed until you do.
issue-metres-among-cm = { $found } looks like metres in a column of centimetres; { $proposal } cm is proposed.
    .remedy = Accept “metres-among-cm” to multiply the listed cells by 100; nothing is changed until you do.
issue-cm-among-metres = { $found } looks like centimetres in a column of metres; { $proposal } m is proposed.
    .remedy = Accept “cm-among-metres” to divide the listed cells by 100; nothing is changed until you do.
issue-grams-among-kg = { $found } looks like grams in a column of kilograms; { $proposal } kg is proposed.
    .remedy = Accept “grams-among-kg” to divide the listed cells by 1000; nothing is changed until you do.
issue-birth-year-as-age = { $found } looks like a year of birth; the age would be { $proposal }, by the year of inclusion, and may be one less before the birthday.
    .remedy = Look at the patient’s form. Accept “birth-year-as-age” to put the listed ages; nothing is changed until you do.
issue-decimal-slip = { $found } can’t be a value here; a tenth of it, { $proposal }, can.
    .remedy = Look at the patient’s form. Accept “decimal-slip” to divide the listed cells by 10; nothing is changed until you do.
issue-column-in-fractions = “{ $column }” seems to hold shares of one (median { $median }) where percentages are usual ({ $n } values).
    .remedy = Accept “column-in-fractions” to multiply the whole column by 100; nothing is changed until you do.
issue-column-in-months = “{ $column }” seems to hold months (median { $median }) where years are usual ({ $n } values).
    .remedy = Accept “column-in-months” to divide the whole column by 12; nothing is changed until you do.
issue-column-in-metres = “{ $column }” is in metres (median { $median }) where centimetres are usual ({ $n } values).
    .remedy = Accept “column-in-metres” to multiply the whole column by 100; nothing is changed until you do.
issue-column-in-grams = “{ $column }” seems to be in grams (median { $median }) where kilograms are usual ({ $n } values).
    .remedy = Accept “column-in-grams” to divide the whole column by 1000; nothing is changed until you do.
issue-column-in-pounds = “{ $column }” is in pounds (median { $median }) where kilograms are usual ({ $n } values).
    .remedy = Accept “column-in-pounds” to turn the whole column into kilograms; nothing is changed until you do.
issue-missing-code-level = “{ $found }” stands among words and probably means “missing” ({ $n } cells).
    .remedy = Accept “missing-code-suspected” to treat such cells as missing; nothing is changed until you do.
issue-repaired-cell = { $found } was read as { $value }, as you accepted.
issue-repaired-column = The { $n } values of “{ $column }” were turned into { $unit }, as you accepted.
issue-levels-alike = Levels of “{ $column }” that say the same in other words: { $pairs } ({ $n } cells).
    .remedy = Accept “levels-alike” to write them as one; nothing is changed until you do.
issue-repaired-levels = In “{ $column }” levels were written as one, as you accepted: { $pairs } ({ $n } cells).
issue-identifier-found = “{ $column }” names people. It is shown here only: it never enters the study file, a model or an export.
issue-identifier-in-text = { $n ->
        [one] One text
       *[other] { $n } texts
    } in “{ $column }” may name a person (a name after “Mme” or “Mr”, an e-mail address, a telephone or social-security number).
    .remedy = Free text never enters the study file or an export. Remove the names in the source if it is passed on.
issue-age-differs = { $found } was given, but the birth date makes { $computed } years at inclusion.
    .remedy = Please check birth date, date of inclusion and age.
issue-total-differs = { $found } was given as the total, but the items make { $computed }.
    .remedy = Please check the items and the total. The total of the file is used.
issue-item-out-of-range = { $found } is no answer of this item ({ $low } to { $high }); it counts as missing in the total.
    .remedy = Please check the answer in the source.
issue-items-from-one = The items from “{ $column }” on seem to be counted from one too high (the answers are { $low } to { $high }); no total was computed.
    .remedy = Subtract one from every answer in the source, or give the total.
issue-eq5d-version-unknown = Nothing says whether “{ $column }” and the items with it are an EQ-5D of three or of five levels; no index was computed.
    .remedy = Write 3L or 5L into the headers, for example eq5d5l_mo.
issue-mme-blank-as-none = In { $n ->
        [one] one patient
       *[other] { $n } patients
    } a blank dose counts as no dose, because the dose of another opioid is given.
issue-mme-drug-unknown = “{ $found }” is not a drug with a known factor; { $n ->
        [one] one patient has
       *[other] { $n } patients have
    } no computed morphine equivalent.
    .remedy = Check the spelling, or give the morphine equivalent itself.
issue-match-spelling = “{ $found }” is close to “{ $read }”.
issue-match-label = The codebook calls it “{ $label }”.
issue-match-kind = The header names this measure, but the column could not be read as such values.
issue-match-unit = The header gives the usual unit, { $unit }.
issue-match-range = The values lie in the range of the measure ({ $low } to { $high }).
issue-match-range-outside = { $share } of the values lie outside the range of the measure.
