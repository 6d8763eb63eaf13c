# Le rapport, et les figures qu'il partage avec la fenêtre.
report-title = Rapport Prognostim : { $file }
report-heading = Réponse à la stimulation médullaire
report-subheading = Un modèle de prédiction entraîné et validé sur { $file }
report-contents = Sommaire
report-not-benefit = Ce qui est prédit est la réponse sous stimulation, non le bénéfice qu’elle cause.
report-not-validated-outside = Ces modèles n’ont été validés qu’à l’intérieur de cette cohorte. On ne sait pas s’ils tiennent dans un autre centre.
report-pseudonyms = Les patients portent des pseudonymes ; la liste qui les relie à une personne n’est pas dans ce fichier.
report-original-ids = Les patients portent les identifiants du fichier source, comme demandé : traitez ce fichier comme des données de patients.
report-fact-population = Qui est prédit
report-fact-moment = À quel moment
report-fact-horizon = À quelle échéance
report-fact-cohort = Fichier de la cohorte
report-fact-created = Établi le
report-fact-version = Programme
report-fact-seed = Graine
report-fact-hash = SHA-256 du fichier
report-population-before = tous ceux à qui un test par électrode a été proposé
report-population-after = les patients implantés
report-moment-before = avant le test par électrode
report-moment-after = après le test par électrode, avant l’implantation
report-horizon-months = { $month } mois après l’implantation
report-horizon-column = telle que notée dans la colonne « { $variable } »

report-summary = Résumé
report-summary-basis = AUC et pente sont des valeurs validées, avec des limites à 95 % trop étroites (voir Performance). Elles parlent de patients comme ceux-ci, de ce centre.
report-summary-basis-resampled = AUC et pente sont des valeurs validées, avec des limites à 95 % issues de réapprentissages sur d’autres patients (voir Performance). Elles parlent de patients comme ceux-ci, de ce centre.
report-notices = À lire d’abord
report-outside-notice = { $n ->
        [one] Un patient sort des données des autres pour un prédicteur au moins ; sa chance y est une extrapolation.
       *[other] { $n } patients sortent des données des autres pour un prédicteur au moins ; leurs chances sont des extrapolations.
    }
report-cohort = Patients
report-flow-analysed = analysés
report-flow-responders = répondeurs ({ $share })
report-flow-others = non-répondeurs

report-outcome = Critère de jugement
report-failed-trial-counts = L’échec du test par électrode compte comme une non-réponse. Cela favorise le test partout où il est comparé à un modèle, car par définition il ne se trompe jamais quand il échoue.

report-predictors = Prédicteurs
report-predictor = Prédicteur
report-timing = Mesuré
    .definition = Quand la valeur est connue, vu de la décision. Une valeur mesurée après la décision ne peut pas être un prédicteur.
report-timing-baseline = avant le test
report-timing-trial = pendant le test
report-timing-after = mois { $month }
report-timing-unknown = inconnu ; choisi à la main
report-kind = Lu comme
report-kind-identifier = identifiant
report-kind-numeric = nombre
report-kind-binary = oui ou non
report-kind-categorical = catégorie
report-kind-date = date
report-kind-text = texte
report-distribution = Médiane (quartiles), ou modalités
report-quartiles = { $median } ({ $low } à { $high }){ $unit }
report-missing = Manquants
    .definition = Patients analysés sans valeur. Elle est remplacée par la médiane ou la modalité la plus fréquente des patients d’apprentissage, et un indicateur le signale.
report-parameters = Paramètres
    .definition = Coefficients que le prédicteur dépense dans un modèle logistique, indicateur de valeur manquante compris.
report-predictors-note = Le remplacement des valeurs manquantes, les échelles et les modalités sont appris à l’intérieur de chaque rééchantillon, sur ses seuls patients d’apprentissage.

report-sample-size = Taille de l’échantillon
report-size-short = { $available } patients ont été analysés ; les critères en demandent { $required }, soit { $short } de plus, pour { $parameters } paramètres ({ $epp } patients du groupe le plus rare chacun) et une AUC attendue de { $auc }. À cette taille, la chance d’un nouveau patient est fausse de { $error } points de pourcentage en moyenne.
report-size-enough = { $available } patients ont été analysés ; les critères en demandent { $required } pour { $parameters } paramètres ({ $epp } patients du groupe le plus rare chacun) et une AUC attendue de { $auc }. À cette taille, la chance d’un nouveau patient est fausse de { $error } points de pourcentage en moyenne.
report-criterion = Critère
report-required = Patients nécessaires
report-specification = Spécification { $hash } : { $locked ->
    [no] elle n’a pas été verrouillée avant l’entraînement.
   *[yes] verrouillée le { $date }{ $n ->
        [0] , inchangée ensuite.
        [one] , entraînée avec un changement ensuite.
       *[other] , entraînée avec { $n } changements ensuite.
    }
}
report-form-column = Forme
form-line = droite
form-spline = spline, { $n } nœuds
form-log = logarithme
form-pooled = modalités sous { $n } regroupées
report-interactions = Interactions : { $pairs }.
report-size-budget = Selon les mêmes critères, ces patients permettent { $n ->
    [0] zéro paramètre
    [one] un paramètre
   *[other] { $n } paramètres
}.
report-size-source = Riley et coll. 2019 et 2020 ; l’erreur absolue moyenne d’après van Smeden et coll. 2019.

report-performance = Performance
report-performance-intro = Les valeurs à croire sont validées : chaque modèle est jugé sur des patients qui n’ont pas servi à l’entraîner, ou corrigé de les avoir vus. Les valeurs apparentes, en gris, sont mesurées sur les patients d’apprentissage et flattent ; elles ne figurent ici que pour montrer l’écart.
report-measure = Mesure
report-too-narrow = limites trop étroites
report-permutation = Y a-t-il seulement quelque chose ?
report-prospect = Que pourrait seulement montrer cette cohorte ?
report-prospect-words = Dans { $ok } cohortes simulées de { $n } patients ({ $rate } de répondeurs, { $k } prédicteurs de même force dont les vraies chances atteignent une AUC de { $auc }), { $model } paraissait avoir une AUC de { $apparent } chez ses propres patients et valait { $truth } chez d’autres (neuf sur dix au milieu). La chance d’un patient était fausse de { $error } points en moyenne.
report-prospect-slope = Sa pente de calibration chez les autres était de { $slope }.
report-permutation-signal = { $model } : AUC de { $auc } chez des patients non appris. Réappris sur { $n } mélanges du résultat, ce modèle atteint { $chance } au milieu et { $high } ou plus pour un mélange sur vingt ; mélanges qui font aussi bien que le vrai résultat : { $k } (p { $p }). Le hasard seul fait rarement cela.
report-permutation-chance = { $model } : AUC de { $auc } chez des patients non appris. Réappris sur { $n } mélanges du résultat, ce modèle atteint { $chance } au milieu et { $high } ou plus pour un mélange sur vingt ; mélanges qui font aussi bien que le vrai résultat : { $k } (p { $p }). Cela ne se distingue pas du hasard.
report-calibrated = Ce que le hasard seul fait à la calibration
report-calibrated-intro = Un modèle parfaitement calibré, avec les mêmes chances, montrerait ces étendues dans 95 cohortes sur 100 de cette taille. Une valeur à l’intérieur de son étendue ne se distingue pas d’une calibration parfaite.
report-venn-abers = { $model } : un patient de plus, répondeur ou non, déplacerait une chance recalibrée de { $width } en moyenne (largeur de Venn-Abers croisée). Ce n’est pas un intervalle de la chance d’un patient : dans des cohortes simulées de 150 patients, une telle largeur contenait la vraie chance dans 18 cas sur 100.
report-centres = Chaque centre jugé par les autres
report-centres-intro = Chaque centre est prédit par un modèle appris sur les autres centres seulement ; les limites sont des limites à 95 % à l’intérieur du centre. Les centres de moins de 10 répondeurs ou de moins de 10 autres sont nommés, sans aucune valeur.
report-centre = Centre
report-centre-n = Patients
report-centre-events = Répondeurs
report-centre-judged = aucune valeur n’est définie
report-centre-too-few = moins de 10 répondeurs ou de 10 autres
report-centre-fit-failed = aucun modèle n’a pu être appris sur les autres centres
report-centres-mean = { $measure } : moyenne de { $n } centres { $mean } (limites à 95 % { $range }) ; dans un nouveau centre de ce genre, { $new } serait attendu dans 95 cas sur 100.
report-centres-few = Moins de quatre centres ont des valeurs : aucune moyenne n’est donnée.
report-apparent = apparente
    .definition = Mesurée sur les patients qui ont servi à entraîner le modèle. Elle flatte, surtout une forêt.
report-resamples = Rééchantillons réussis
    .definition = Rééchantillons de toutes les méthodes. Celui qui échoue est compté ici, jamais remplacé en silence.
report-resamples-ok = { $ok } sur { $n }
report-cross-validated = En validation croisée, pour contrôle
report-monte-carlo = ± est l’écart-type entre les répétitions de la validation croisée : une dispersion de Monte-Carlo, pas un intervalle. Elle dit combien compte le découpage, et rien d’autres patients.
report-data = Nombres de cette figure

report-decision = Courbe de décision
report-decision-intro = Ce qui s’ensuit d’agir d’après le modèle : à chaque seuil (la plus petite chance de réponse qui justifierait de poursuivre), les répondeurs nets gagnés pour 100 patients, ceux traités en vain étant retranchés au taux que le seuil implique.
report-lead-trial-absent = « Suivre le test par électrode » n’est pas tracé : cette cohorte n’a pas de résultat de test, ou il est le même chez tous les patients analysés.
report-lead-trial-favoured = « Suivre le test par électrode » est favorisé ici partout où l’échec du test compte comme une non-réponse, et il utilise ce qui n’est pas connu avant le test.

report-penalty = Pénalité lambda { $lambda }, alpha { $alpha } (échelle de glmnet), choisie { $rule ->
    [aic] par le critère d’Akaike
    [one-se] par validation croisée interne comme la plus grande à une erreur type de la meilleure
   *[other] par validation croisée interne
}.
report-all-predictors = Tous les prédicteurs ensemble
report-likelihood-ratio = { $name } : khi-deux du rapport de vraisemblance { $chi2 } à { $df ->
    [one] un degré de liberté
   *[other] { $df } degrés de liberté
} (p { $p }).
report-shrinkage = Facteur de rétrécissement uniforme { $factor } (van Houwelingen et le Cessie) : chez de nouveaux patients, les coefficients devraient tenir une fois multipliés par lui ; en dessous de 0,9, un modèle pénalisé est le meilleur choix.
report-step-clinical = { $step } : { $ratio } ({ $range })
report-chances-from = Les chances de ces patients sont données { $source }.
report-not-converged = L’ajustement n’a pas convergé : n’utilisez pas ses coefficients.
report-stability = Stabilité
    .definition = De combien bouge la chance d’un patient quand le modèle est réentraîné sur la moitié des patients.
report-stability-text = Réentraîné sur { $ok } demi-échantillons sur { $n }, le modèle donne à un patient une chance qui diffère de { $mape } points de pourcentage en moyenne.
report-stability-cut = Au seuil de { $cut }, { $share } des réentraînements placent un patient de l’autre côté.
report-coefficients = Coefficients
report-intercept = Constante
report-term-level = { $predictor } : { $level } plutôt que { $reference }
report-term-missing = { $predictor } : inconnu
report-step = Pour
    .definition = Le pas pour lequel le rapport de cotes est donné : l’intervalle interquartile d’un nombre. Une modalité est comparée à la référence nommée à côté.
report-step-number = { $amount }{ $unit } de plus
report-log-odds = Log-cotes par unité
    .definition = Le coefficient lui-même : la variation des log-cotes pour une unité de la colonne.
report-p = p
    .definition = Test de Wald bilatéral d’un coefficient nul. Les prédicteurs n’ont pas été choisis par lui.
report-kept = Gardé
    .definition = Dans combien de réentraînements sur la moitié des patients le modèle a gardé ce terme. Un terme que la moitié d’entre eux écartent doit autant au hasard qu’à sa valeur.
report-not-causal = Un coefficient décrit qui a répondu ici. Il ne dit pas que changer le prédicteur changerait le résultat.
report-conditional = Un intervalle au-dessus de 0 dans la figure précédente et non dans celle-ci : le prédicteur est utilisé, mais d’autres disent la même chose. Mélangé parmi des patients semblables par les autres prédicteurs, il montre ce qu’il leur ajoute.
report-domains = Des prédicteurs qui disent la même chose se partagent l’importance : seul, chacun semble peu compter. Mélangés ensemble, ceux d’un domaine montrent ce que le modèle en tire.
report-importance = Importance
    .definition = De combien les chances de patients non vus se dégradent quand les valeurs d’un prédicteur sont mélangées. Un intervalle qui atteint 0 signifie que la part du prédicteur ne se distingue pas de rien.
report-strata = Strates de chance
report-stratum = Strate
report-chance-range = Chance de réponse
report-chance = Chance de réponse
    .definition = Sur 100 patients comme celui-ci, combien le modèle s’attend à voir répondre. Chaque chance est donnée avec son étendue sur des réentraînements qui n’ont pas vu le patient ; cette étendue n’est pas un intervalle de confiance.
report-patients-n = Patients
report-responders = Répondeurs
report-observed-share = Part observée (Wilson 95 %)
    .definition = Répondeurs parmi les patients de la strate, avec l’intervalle de Wilson à 95 %.
report-mean-chance = Chance moyenne
report-band-crosses = l’étendue franchit un seuil
report-strata-note = Un patient n’appartient à une strate que si toute l’étendue s’y trouve. Les chances viennent de modèles ou d’arbres qui n’ont pas vu le patient.
report-thresholds = Classement aux seuils
report-threshold = Seuil
report-sensitivity = Sensibilité
    .definition = Parmi les répondeurs, combien ont une chance au seuil ou au-dessus.
report-specificity = Spécificité
    .definition = Parmi les non-répondeurs, combien ont une chance sous le seuil.
report-ppv = Valeur prédictive positive
    .definition = Parmi ceux au seuil ou au-dessus, combien ont répondu.
report-npv = Valeur prédictive négative
    .definition = Parmi ceux sous le seuil, combien n’ont pas répondu.
report-thresholds-note = Avec les intervalles de Wilson à 95 % ; « – » quand personne n’est compté.
report-patients = Chaque patient
report-patients-intro = Par ordre de chance de réponse. La bande est l’étendue sur des réentraînements qui n’ont pas vu le patient, jamais « 95 % de confiance » ; quand elle franchit un seuil, la strate est indéterminée. Les résultats sont ceux qui ont été observés.
report-patient = Patient
report-observed = Observé
report-chance-by = { $model } : chance de réponse (étendue)
report-outside = Hors des données
    .definition = Prédicteurs pour lesquels ce patient sort de l’étendue des autres : la chance est une extrapolation.
report-patients-more = { $n } autres patients ne sont pas listés ici ; tous figurent dans results.json.
report-findings = Constats dans le fichier de la cohorte
report-finding-place = Où
report-finding-what = Quoi
report-findings-more = Et { $n } autres ; « prognostim check » les liste tous.

report-method = Méthode
method-leakage = Tout ce qui s’apprend des données (remplacement des valeurs manquantes, échelles, modalités, pénalité) est réappris à l’intérieur de chaque rééchantillon, sur ses seuls patients d’apprentissage.
method-missing = Valeurs manquantes : médiane d’un nombre, modalité la plus fréquente d’une catégorie, avec une colonne indicatrice quand au moins une valeur sur cinq manque.
method-optimism = Modèles logistiques : optimisme par bootstrap de Harrell sur { $bootstraps } rééchantillons, toute la recette à l’intérieur de chacun. Par les mêmes rééchantillons, l’AUC, et la pente de calibration quand aucune pénalité n’est réglée, sont corrigées par la règle .632+, le score de Brier par la règle .632 (Efron et Tibshirani 1997) : quand les paramètres sont nombreux pour le nombre d’événements, la correction de Harrell laisse une part de son optimisme.
method-delong-shift = AUC des modèles logistiques : estimation corrigée, avec les limites de DeLong déplacées vers elle. Ces limites sont trop étroites ; leur couverture en simulation est de 86 à 90 %.
method-two-stage = Limites de l’AUC et du score de Brier des modèles logistiques : la valeur corrigée ± 1,96 écart type sur { $outer } rééchantillons bootstrap des patients, chacun réappris et recorrigé avec { $inner } rééchantillons à lui (bootstrap à deux étages, Noma et collègues 2021).
method-out-of-bag = Forêt : { $trees } arbres, les nœuds de { $node } patients ou moins ne sont pas divisés ; jugée hors sac. L’optimisme par bootstrap n’est pas utilisé pour une forêt : ses prédictions d’apprentissage sont presque parfaites, et la valeur « corrigée » flatterait encore.
method-delong-forest = AUC de la forêt : limites de DeLong sur les chances hors sac. Ces limites sont trop étroites ; leur couverture en simulation est de 83 %.
method-jackknife = Limites de l’AUC et du score de Brier de la forêt : sa valeur ± 1,96 écart type par jackknife : { $outer } forêts, chacune construite sans un autre cinquième des patients, la dispersion de leurs valeurs hors sac doublée (Shao et Wu 1989).
method-other-limits = Limites des autres valeurs : estimation ± 1,96 erreur-type sur les patients. Elles aussi ignorent que le modèle serait différent sur une autre cohorte.
method-cross-validation = Validation croisée : { $folds } plis, { $repeats } répétitions ; la dispersion entre répétitions est une erreur de Monte-Carlo, pas un intervalle.
method-chances = Chances des membres de la cohorte : par des plis ou des arbres qui ne les ont pas vus. Leur étendue : les 95 % centraux de { $halves } réentraînements sur des demi-échantillons tirés sans remise qui ont laissé le patient de côté, centrés sur la chance. Ce n’est pas un intervalle de confiance.
method-strata = Strates : un patient dont l’étendue franchit un seuil est indéterminé.
method-gaps-side = Dans la forêt rien n’est rempli : chaque division envoie les patients sans la valeur du côté qui les prédit mieux.
method-recalibration = Recalibration ({ $recalibration }) : apprise à l’intérieur de chaque ajustement, sur les chances de ses patients d’apprentissage données par des modèles (ou des arbres) qui ne les ont pas vus ; elle ne change jamais l’ordre des patients. Coefficients et contributions sont ceux d’avant.
recalibrated-line = Recalibré : log-cote = { $intercept } + { $slope } × log-cote du modèle.
recalibrated-beta = Recalibré : log-cote = { $a } × ln(chance) − { $b } × ln(1 − chance) + { $c }.
recalibrated-steps = Recalibré par régression isotonique en { $n } paliers.
method-tuned = Forêt : { $trees } arbres, les nœuds de { $node } patients ou moins ne sont pas divisés ; le nombre de prédicteurs essayés et la plus petite feuille sont ceux dont la perte logarithmique des patients laissés de côté est la plus faible. Ce choix flatte un peu les valeurs hors sac : les valeurs sont celles de la validation croisée, qui le refait dans chaque part.
method-importance = Importance : hausse du score de Brier de patients non vus quand un prédicteur est mélangé parmi eux (une forêt est jugée entière, par les arbres qui n’ont pas vu le patient) ; apport propre : mélangé parmi des patients qu’un petit arbre trouve semblables par les autres prédicteurs, par réentraînements sur des demi-échantillons ; intervalles par ces réentraînements.
method-calibration = Courbe de calibration : proportion lissée de répondeurs selon la chance, pour les mêmes chances non vues, avec une bande ponctuelle à 95 %.
method-calibrated = Étendue d’une valeur de calibration : les 95 % du milieu sur 1 000 jeux de résultats tirés des chances elles-mêmes, pour lesquels elles sont justes. Une valeur à l’intérieur ne se distingue pas d’une calibration parfaite dans une cohorte de cette taille.
method-resamples = Rééchantillons échoués : un rééchantillon bootstrap d’une seule classe est tiré à nouveau ; un ajustement qui échoue est compté et laissé de côté ; une valeur que plus de la moitié de ses rééchantillons ne donnent pas n’est pas donnée.
method-decision = Courbe de décision : bénéfice net (Vickers et Elkin 2006) des mêmes chances.
method-seed = Tous les nombres aléatoires viennent de la graine { $seed } : mêmes fichier, décisions et graine donnent les mêmes nombres sur toute machine. Aucun patient n’a été copié ni inventé pour équilibrer le résultat, et aucun prédicteur n’a été choisi par sa valeur p.
method-permutation = Test de permutation : toute la recette du premier modèle est réapprise sur { $permutations } mélanges du résultat ; p est la part des mélanges (le vrai résultat compté comme l’un d’eux) dont l’AUC, chez des patients non appris, est au moins aussi grande.
report-glossary = Vocabulaire

figure-calibration = Calibration : { $model }
figure-predicted-axis = Chance de réponse prédite (%)
figure-observed-axis = Part ayant répondu (%) ; dessous : patients selon leur chance
figure-predicted = Chance prédite
figure-observed = Part ayant répondu
figure-observed-share-axis = Part ayant répondu (%)
figure-band = Bande à 95 %
figure-ideal = idéal
figure-responders = { $n } répondeurs (en haut)
figure-non-responders = { $n } non-répondeurs (en bas)
figure-calibration-at = là où le modèle dit { $predicted }, { $observed } ont répondu ({ $range })
figure-calibration-alt = Les 95 % centraux des chances vont de { $low } à { $high }, où la courbe est tracée : { $points }. Plus c’est proche de la diagonale, mieux c’est.
figure-calibration-none = Il n’y a pas de courbe de calibration : trop peu de patients.
figure-decision = Bénéfice net d’agir d’après les modèles
figure-decision-alt = Répondeurs nets gagnés pour 100 patients, selon le seuil.
figure-decision-better = { $model } dépasse « traiter tous », « ne traiter personne » et le test par électrode pour des seuils de { $from } à { $to }.
figure-decision-nowhere = { $model } ne dépasse nulle part nettement « traiter tous », « ne traiter personne » et le test par électrode.
figure-threshold-axis = Seuil : plus petite chance de réponse qui justifie de poursuivre (%)
figure-benefit-axis = Répondeurs nets gagnés pour 100 patients
figure-threshold = Seuil
figure-treat-all = traiter tous
figure-treat-none = ne traiter personne
figure-lead-trial = suivre le test par électrode
figure-importance = Importance des prédicteurs : { $model }
figure-importance-axis = Hausse du score de Brier après mélange
figure-importance-mean = Hausse du score de Brier
figure-interval = Intervalle sur demi-échantillons
figure-rank = Rang
figure-predictor = Prédicteur
figure-importance-alt = Le plus important : { $predictor } (le score de Brier monte de { $mean } ; { $range }). { $clear ->
        [0] Aucun intervalle n’est au-dessus de 0 : aucune part ne se distingue de rien.
       *[other] Sur les { $shown } montrés, { $clear } ont un intervalle au-dessus de 0 ; la part des autres ne se distingue pas de rien.
    }
figure-conditional = Apport propre : { $model }
figure-among-all = Hausse, mélangé parmi tous
figure-domains = Importance par domaine : { $model }
figure-domain = Domaine
figure-n-predictors = Prédicteurs
figure-importance-none = Aucune importance n’a été calculée.
figure-contributions = Pourquoi { $id } a une chance de { $chance }
figure-contribution-axis-log-odds = ← moins probable · contribution (log-cotes) · plus probable →
figure-contribution-axis-share = ← moins probable · contribution (points) · plus probable →
figure-contributions-alt = { $id }, chance de réponse { $chance }. Augmentée par : { $up }. Diminuée par : { $down }.
figure-others = { $n } autres ensemble
figure-nothing = rien
figure-instability = Quand le modèle est réentraîné : { $model }
figure-chance-axis = Chance de réponse (%), en tirets : les seuils
figure-patients-axis = Patients, par ordre de chance
figure-patients-axis-thinned = Patients, par ordre de chance (un sur plusieurs)
figure-instability-alt = Chaque ligne est l’étendue de la chance d’un patient sur des réentraînements qui ne l’ont pas vu ; la moitié des { $n } étendues dépassent { $width } points de pourcentage. Pour { $undetermined } patients sur { $n }, elle franchit un seuil : indéterminé.
figure-instability-none = Il n’y a pas de patients à montrer.
figure-thinned = { $shown } patients sur { $n } sont tracés, répartis par rang.
figure-patient = Patient
figure-chance = Chance
figure-spread = Étendue sur réentraînements
figure-observed-outcome = Observé
figure-responded = a répondu
figure-did-not-respond = n’a pas répondu
figure-strip = Chaque patient selon le résultat : { $model }
figure-strip-alt = Un point par patient, par ordre de chance : plein pour ceux qui ont répondu, un cercle pour les autres ; les lignes fines sont les étendues sur réentraînements.
figure-strip-responders = La moitié des { $n } qui ont répondu ont des chances de { $range }.
figure-strip-others = La moitié des { $n } qui n’ont pas répondu ont des chances de { $range }.
figure-strip-bands = Les étendues de { $shown } patients sur { $n } sont tracées, réparties par rang.
figure-strip-group = { $outcome } : { $n }
figure-calibration-instability = Calibration après réentraînement : { $model }
figure-calibration-instability-alt = Courbes lissées de { $n } réentraînements sur la moitié des patients, chacun jugé sur l’autre moitié. Là où le modèle dit { $at }, neuf sur dix se trouvent à { $range }.
figure-decision-instability = Bénéfice net après réentraînement : { $model }
figure-decision-instability-alt = Bénéfice net de { $n } réentraînements sur la moitié des patients, chacun jugé sur l’autre moitié. À un seuil de { $at }, neuf sur dix se trouvent à { $range } pour 100 patients.
figure-refits-none = Aucun réentraînement n’a donné de courbe.
figure-refits-low = { $figure } : 5 % les plus bas des réentraînements
figure-refits-middle = { $figure } : milieu
figure-refits-high = { $figure } : 5 % les plus hauts
figure-all-patients = appris sur tous les patients
figure-roc = Courbe ROC
figure-roc-alt = Part des répondeurs chez qui l’on agit, selon la part des autres chez qui l’on agit, à chaque seuil.
figure-precision-recall = Précision et rappel
figure-precision-recall-alt = Part de répondeurs parmi ceux chez qui l’on agit, selon la part des répondeurs chez qui l’on agit, à chaque seuil.
figure-roc-at = { $model } à { $threshold } : { $x }, { $y }.
figure-no-information = sans information
figure-model = Modèle
figure-false-positive-axis = Non-répondeurs chez qui l’on agit (%)
figure-sensitivity-axis = Répondeurs chez qui l’on agit (%)
figure-precision-axis = Répondeurs parmi ceux chez qui l’on agit (%)
threshold-bargain-trial = En proposant un test dès une chance de { $chance }, vous acceptez au pire { $actions } propositions pour { $responders ->
    [one] un répondeur
   *[other] { $responders } répondeurs
    }.
threshold-bargain-implant = En implantant dès une chance de { $chance }, vous acceptez au pire { $actions } implantations pour { $responders ->
    [one] un répondeur
   *[other] { $responders } répondeurs
    }.
threshold-more = { $model } apporte { $gain } répondeurs nets de plus pour 100 patients que { $rival }.
threshold-less = { $model } apporte { $gain } répondeurs nets de moins pour 100 patients que { $rival }.
threshold-same = { $model } n’apporte pas plus que { $rival }.
threshold-all-trial = proposer un test à tous
threshold-all-implant = implanter tout le monde
threshold-none = n’agir chez personne
threshold-acted = Agi chez
threshold-of = { $n } sur { $all }
threshold-sensitivity = Répondeurs chez qui l’on agit
threshold-specificity = Autres épargnés
threshold-ppv = Répondeurs parmi ceux chez qui l’on agit
threshold-npv = Non-répondeurs parmi les épargnés
threshold-benefit = Bénéfice net pour 100
threshold-otherwise = Décidé autrement par un autre entraînement
threshold-otherwise-of = { $n } ({ $share })
threshold-refits = « Décidé autrement » : patients qui passeraient de l’autre côté de cette chance, en moyenne sur { $n } entraînements avec la moitié des patients, chacun interrogé sur les autres. Un modèle appris sur la moitié des patients bouge plus que celui d’une nouvelle cohorte de même taille.
threshold-refits-unknown = Comment un autre entraînement déciderait ne se trouve pas dans ces résultats, faits par un programme plus ancien. Entraînez de nouveau pour le voir.
within-words = Chance de { $range } : { $n } patients, { $mean } prédits en moyenne ; { $events } ont répondu ({ $rate } ; { $limits }).
within-nobody = Personne n’a une chance de { $range }.
report-later = Patients ultérieurs, jugés par les premiers
report-later-intro = Un modèle des { $earlier } patients d’avant le { $day } ({ $date } ; { $events } répondeurs) sur les { $later } d’après. Rien n’est corrigé ici. C’est un autre modèle que le précédent, sur moins de patients.
report-judged-few = { $model } : non jugé ; les { $n } patients comptent { $events } répondeurs, et il en faut dix de chaque résultat.
report-later-failed = { $model } : aucun modèle n’a pu être appris sur les premiers patients.
report-external = Une autre cohorte
report-external-intro = Les modèles sur { $n } des { $all } patients de { $file } dont le résultat est connu ({ $events } répondeurs). Rien n’a été appris d’eux.
report-external-absent = Absents, donc remplacés chez tous : { $predictors }.
report-external-levels = Des modalités qu’aucun patient d’apprentissage n’avait ont été prises comme manquantes : { $predictors }.
report-external-synthetic = L’autre cohorte est synthétique : les chiffres ne disent rien de patients réels.
report-external-same = { $same } des { $n } patients ont exactement les valeurs d’un patient d’apprentissage, résultat compris. Si ce sont les mêmes patients, les chiffres flattent les modèles.
report-external-corrected = Corrigés là-bas comme dans cette étude : { $columns }. Si ce fichier n’en avait pas besoin, les chiffres sont faux.

# --- Valeurs imputées ---
report-imputation = Valeurs manquantes
report-imputation-how = Les valeurs manquantes ont été imputées { $m } fois par équations chaînées, { $rounds } tours chacune ({ $visit }).
report-imputation-shown = Les { $n } prédicteurs qui ont le plus de valeurs manquantes sont montrés.
report-imputation-note = Les valeurs imputées ne ressemblent pas forcément aux valeurs observées : des valeurs peuvent manquer parce qu’elles diffèrent. Une différence que personne ne peut expliquer parle contre l’imputation. Les lignes de chaînes saines se mêlent et ne montrent pas de tendance.
report-delta = Ajouté aux valeurs imputées de { $predictor }
report-delta-title = Analyse de sensibilité : valeurs imputées de { $predictor } déplacées
report-delta-auc = AUC, apparente
report-delta-note = Odds ratios de la régression logistique par maximum de vraisemblance, combinés sur les imputations. L’AUC est apparente : sur les patients d’apprentissage, sans correction de l’optimisme ; seul son changement d’une ligne à l’autre est parlant. Quand les lignes diffèrent peu, les valeurs manquantes comptent peu.
method-imputation = Valeurs manquantes : imputation multiple par équations chaînées (appariement sur la moyenne prédite pour les nombres, régression logistique et multinomiale pour les modalités), apprise de nouveau dans chaque rééchantillon. Le résultat n’aide à imputer que les patients d’apprentissage ; les patients de validation et les nouveaux patients sont imputés sans lui. Coefficients et intervalles du maximum de vraisemblance selon les règles de Rubin avec les degrés de liberté de Barnard et Rubin ; log-odds moyennés sur les imputations ; arbres d’une forêt répartis entre elles. La dispersion entre imputations élargit celle d’un patient.
visit-listed = dans l’ordre des prédicteurs
visit-fewest-first = les moins incomplets d’abord
visit-most-first = les plus incomplets d’abord
figure-trace-mean = Convergence de { $predictor } : moyenne des valeurs imputées
figure-trace-sd = Convergence de { $predictor } : écart-type des valeurs imputées
figure-trace-mean-axis = Moyenne
figure-trace-sd-axis = Écart-type
figure-trace-alt = { $chains } chaînes sur { $rounds } tours ; après le dernier tour elles se situent dans l’intervalle { $range }.
figure-round = Tour
figure-chain = Chaîne { $n }
figure-imputed-title = Valeurs observées et imputées de { $predictor }
figure-imputed-alt = { $observed } valeurs observées ({ $seen }) à côté des valeurs imputées ({ $filled }) de { $missing } patients.
figure-imputed-peak = surtout autour de { $value }
figure-density-axis = Densité
figure-share-axis = Part
figure-value = Valeur
figure-observed-values = Observées
figure-imputed-values = Imputées

report-comparison = Comparaison des modèles
compare-model = Modèle
    .definition = Les modèles pour comparaison seulement ne sont jamais montrés à un patient.
compare-auc = AUC
    .definition = AUC moyenne sur les plis, chacun jugé par un modèle qui n’a pas vu ses patients.
compare-difference = Différence d’AUC
    .definition = L’AUC de ce modèle moins celle du premier, moyenne sur les mêmes plis, avec un intervalle à 95 %.
compare-brier = Score de Brier
    .definition = Distance quadratique moyenne entre la chance et ce qui s’est produit, moyenne sur les plis. Plus bas est meilleur.
compare-log-loss = Perte logarithmique
    .definition = Surprise moyenne devant ce qui s’est produit, sur l’échelle logarithmique ; une chance sûre et fausse coûte le plus. Plus bas est meilleur.
compare-slope = Pente de calibration
    .definition = 1 est juste ; au-dessous de 1 les chances sont trop extrêmes, au-dessus trop timides. D’après les chances de patients que le modèle n’a pas vus.
compare-only = pour comparaison seulement
compare-one = { $model } ({ $apart })
compare-alike = Cette cohorte ne permet pas de distinguer { $first } de ceux-ci (différence d’AUC, intervalle à 95 %) : { $others }. Le plus simple est montré en premier.
compare-better = Font mieux que { $first } (différence d’AUC, intervalle à 95 %) : { $others }.
compare-worse = Font moins bien que { $first } (différence d’AUC, intervalle à 95 %) : { $others }.
compare-failed = { $model } : { $failed } ajustements sur { $n } ont échoué. { $why }
compare-about = Chaque modèle a été entraîné et jugé sur les mêmes { $n } plis. Les intervalles sont ceux du t rééchantillonné corrigé (Nadeau et Bengio 2003), qui sait que des répétitions ne sont pas de nouveaux patients. Quand beaucoup de modèles sont comparés, un intervalle sur vingt ou davantage manque la vérité par le seul hasard.

subgroup-title = Dans des groupes de patients
subgroup-group = Patients
subgroup-n = Nombre
subgroup-events = Répondeurs
subgroup-net-benefit = Bénéfice net à { $cut }
    .definition = Bénéfice net d’une action à partir du seuil inférieur des strates, par patient du groupe. 0 est de n’agir chez personne.
subgroup-name = { $label } : { $shared }
subgroup-unknown = inconnu
subgroup-below = moins de { $age }
subgroup-from = { $age } et plus
subgroup-between = { $from } à { $to }
subgroup-about = D’après les chances de modèles qui n’ont pas vu le patient. Un groupe de moins de { $least } répondeurs, ou d’aussi peu d’autres, ne montre aucune valeur : elle serait due au hasard. Les différences entre groupes sont décrites et non testées ; de petits groupes diffèrent par le seul hasard.

report-explanation = Ce que les modèles font de leurs prédicteurs
effects-about = Ces figures décrivent ce que les modèles font de leurs prédicteurs, et non ce que ceux-ci font aux patients. Une courbe est la chance moyenne quand une même valeur remplace celle de chacun ; les traits fins sont des patients. Quand des prédicteurs vont ensemble, les effets locaux guident mieux : ils ne déplacent chaque patient que peu. Une forêt déplace chaque patient avec les arbres qui ne l’ont pas vu.
effects-nomogram-note = Pour additionner à la main : lisez les points de chaque valeur sur l’échelle du bas, faites la somme, cherchez-la sur la ligne des sommes et lisez la chance au-dessous. Ce sont les points du modèle final, sans l’étendue des réentraînements.
effects-leader = { $model } : { $predictor } compte le plus dans presque tous les réentraînements.
effects-leaders = { $model } : les réentraînements ne permettent pas de dire lequel compte le plus : { $predictors }{ $others ->
    [0] .
    [one] { " " }et un autre.
   *[other] { " " }et { $others } autres.
}
effects-agreement = { $first } et { $second } : la corrélation des rangs donnés aux prédicteurs est de { $correlation } (1 : le même ordre ; 0 : aucun lien).
figure-partial = Chance moyenne selon { $predictor } : { $model }
figure-partial-alt = Quand une même valeur de { $predictor } remplace celle de chacun, la chance moyenne de réponse va de { $low } (à { $low-at }) à { $high } (à { $high-at }).
figure-effect-none = Il n’y a rien à montrer.
figure-effect-chance-axis = Chance de réponse (%)
figure-single-patients = patients
figure-mean = moyenne
figure-mean-and-most = moyenne, et 8 patients sur 10
figure-local = Effets locaux de { $predictor } : { $model }
figure-local-axis = Différence de chance (points de pourcentage)
figure-local-alt = De { $first } à { $last } pour { $predictor }, la chance change de { $change } points de pourcentage, chaque patient n’étant déplacé que près de sa propre valeur.
figure-swarm = Ce qu’ajoute chaque prédicteur, patient par patient : { $model }
figure-swarm-alt = Chaque point est un patient, placé selon ce que le prédicteur ajoute à la chance. Le prédicteur le plus important, { $predictor }, est en haut.
figure-swarm-low = valeur dans la moitié basse
figure-swarm-high = valeur dans la moitié haute
figure-swarm-other = inconnue, ou sans ordre
figure-swarm-p5 = 5 % au-dessous
figure-swarm-p50 = Médiane
figure-swarm-p95 = 5 % au-dessus
figure-interactions = Interactions : { $model }
figure-interactions-axis = Part de l’effet commun que les deux ne font pas séparément (H de Friedman)
figure-interactions-own = cette forêt
figure-interactions-without = la plus forte de 19 forêts sans interaction
figure-interactions-alt = Plus fortes que dans 19 forêts sur des issues sans interaction : { $pairs }. Quand on essaie beaucoup de paires, certaines le sont par hasard.
figure-interactions-none = Aucune paire n’est plus forte que dans 19 forêts sur des issues sans interaction.
figure-pair = Paire
figure-nomogram = Nomogramme : { $model }
figure-nomogram-axis = Points de chaque valeur
figure-nomogram-alt = Une échelle de points pour chaque prédicteur, celui qui déplace le plus la chance en haut ; les deux dernières lignes changent la somme des points en chance de réponse.
figure-nomogram-sum = Somme des points
figure-nomogram-chance = Chance de réponse
figure-with-band = { $model } (bande à 95 %)
figure-calibration-elsewhere = Calibration dans l’autre cohorte : { $model }
figure-points = Points
figure-not-known = inconnu
courses-title = { $measure } chez des patients comme celui-ci
courses-alt = { $measure } au fil des mois chez { $n } patients ; à partir du niveau de départ, un changement de { $change } compte pour un patient.
courses-own = cette personne
courses-about = Bande grise : changement trop petit pour compter, à partir du départ de cette personne. Sont tracés ceux qui ont des valeurs à deux visites.
courses-responders = a répondu
courses-others = n’a pas répondu
courses-months = Mois
courses-month = { $n ->
    [0] Départ
   *[other] Mois { $n }
}

# Movement between strata with another outcome.
movement-from = Strate actuelle
movement-sentence = { $changed } patients sur { $n } changent de strate quand le critère est « { $other } » au lieu de « { $own } » ; le résultat observé diffère chez { $relabelled }.
movement-about = Lignes : strates actuelles. Colonnes : strates avec l’autre critère, selon la même règle pour les seuils. Sont comptés les { $n } patients que les deux définitions classent, sur { $own } maintenant et { $other } avec l’autre.
job-try-move = Essai de la durée d’un entraînement avec un autre critère
job-move = Entraînement avec un autre critère
