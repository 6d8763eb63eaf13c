# Responder profiles: page, report, command line.
stage-profiles = looking for profiles
report-profiles = Responder profiles
profiles-none = No profile of patients could be told from chance. This is the usual answer in a cohort of this size, and it is an answer: the patients differ by degrees, not in kinds.
profiles-some = { $n ->
    [one] One profile of patients can be told from chance.
   *[other] { $n } profiles of patients can be told from chance.
  } They describe this cohort; no patient’s chance is taken from them.
profiles-refused = What was looked for and is not shown
profiles-about = Eight ways of looking were each held against up to 199 cohorts that have no profile: the same patients with their outcomes shuffled, or, for clusters, one population with the same distributions, correlations and gaps. A way is shown only if none of them reached its figure, so that in a cohort without profiles any of the eight is shown in at most 4 of 100. Missing values are filled with the median or the most frequent level.
profiles-measures = Clusters are made of what patients report before the decision, outcomes left out: { $measures }.
profiles-impact = Latent impact profiles (quality of life driven by disability or by pain) need quality of life, disability and pain at several visits in a joint model, and are not looked for.
profile-method-tree = Shallow tree
profile-method-frequent-box = Where response is frequent
profile-method-rare-box = Where response is rare
profile-method-k-means = { $k } clusters (k-means)
profile-method-mixture = { $k } clusters (Gaussian mixture)
profile-kept-tree = In patients whom the tree had not seen, those in leaves expected to do better responded more often by { $score } percentage points. In { $n } cohorts without profiles it was never so much (95th percentile { $percentile }, highest { $highest }).
profile-kept-box = Being in it goes with the outcome (phi { $score }). The best such limits in { $n } cohorts with shuffled outcomes never did as well (95th percentile { $percentile }, highest { $highest }). In patients whom the search had not seen, response differed by { $lift } percentage points.
profile-kept-clusters = The clusters come back in resamples (mean Jaccard index { $score }, adjusted Rand index { $rand }). Those of { $n } cohorts of one population never came back as well (95th percentile { $percentile }, highest { $highest }).
profile-reached-tree = { $method }: in unseen patients response differed by { $score } points. Among { $n } cohorts with shuffled outcomes as much was reached { $reached ->
    [one] once
   *[other] { $reached } times
  } (highest { $highest }).
profile-reached-box = { $method }: the best limits reach phi { $score }. Among { $n } cohorts with shuffled outcomes as much was reached { $reached ->
    [one] once
   *[other] { $reached } times
  } (highest { $highest }).
profile-reached-clusters = { $method }: they come back with a Jaccard index of { $score }. Among { $n } cohorts of one population as much was reached { $reached ->
    [one] once
   *[other] { $reached } times
  } (highest { $highest }).
profile-outdone = { $method }: stable (Jaccard index { $score }), but another number of clusters comes back more reliably.
profile-repeated = { $method }: the same groups as those of k-means, in all but a few patients.
profile-nothing = { $method }: nothing was found to divide the patients by.
profile-no-measures = { $method }: needs 80 patients and two reported measures before the decision among the predictors.
profile-too-few = { $method }: needs 80 patients and a predictor that varies.
profile-higher = { $what } higher
profile-lower = { $what } lower
profile-level = { $label }: { $level }
profile-not-level = { $label }: not { $level }
profile-between = { $label } from { $low } to below { $high }
profile-at-least = { $label } at least { $low }
profile-below = { $label } below { $high }
profile-summary = { $n } of { $all } patients, { $share } responded ({ $range })
profile-cross-fitted = The limits were chosen for this outcome, so this rate flatters: fits that had not seen these patients expected { $share }.
profile-predicted = Mean chance by { $model }: { $share }.
profile-stable = When the search is repeated on resamples, the profile comes back with a Jaccard index of { $jaccard }; { $certain } of its { $n } patients are in it at least { $share } of the times.
profile-unsure = Its limits are uncertain: another sample of such patients would draw them elsewhere.
profile-typical = Typical patient: { $id }.
figure-fingerprint = How these patients differ
figure-fingerprint-axis = Difference from the others, standard deviations
figure-fingerprint-alt = { $name }. Largest differences from the other patients, in standard deviations: { $traits }.
figure-profile = Profile
figure-profile-in = In the profile
figure-profile-out = Others
figure-profile-others = others
figure-profile-share = Responded
figure-profile-outcomes = Profile and outcome
figure-profile-outcomes-x = Profile, as wide as its share of the patients
figure-profile-outcomes-y = Patients, %
figure-profile-outcomes-alt = Share of patients who responded. { $shares }.
page-profiles = Profiles
    .tip = Groups of patients that this cohort can tell from chance
    .empty = Profiles describe the patients of a trained analysis.
profiles-title = Are there kinds of patients?
profiles-lead = Description only: no chance is taken from a profile
profiles-offer = Looks for groups of patients with something in common, by limits of a few predictors and by clusters of what patients report, and shows only those that cohorts without any groups never give.
profiles-trying = Trying how long this takes…
profiles-estimate = This takes at most { $time }, less where there is nothing to find.
profiles-stop = Stop the search
profiles-number = Profile { $n }
profiles-done = The search for profiles is done
profiles-next = Go to the report
command-profiles = Look for profiles
    .tip = Looks for groups of patients that this cohort can tell from chance
job-profiles = Looking for profiles
job-try-profiles = Trying how long the search for profiles takes
profile-member = Profile “{ $name }”: in { $share } of resamples. It describes the cohort, and changes no chance.
