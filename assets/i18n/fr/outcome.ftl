# Ce qu’est un répondeur, qui est prédit et qui est écarté.
# Sites de douleur.
pain-site-back = douleur lombaire
pain-site-leg = douleur de jambe
pain-site-global = douleur globale
pain-site-worst = pire douleur
    .definition = La plus forte des douleurs lombaire et de jambe à chaque visite ; manquante si l’une des deux manque.

# Mesures, telles qu’elles figurent dans une phrase.
measure-pain = douleur
    .definition = La douleur globale si la cohorte l’a, sinon la plus forte des douleurs lombaire et de jambe ; de 0 à 100.
measure-pain-back = douleur lombaire
measure-pain-leg = douleur de jambe
measure-pain-global = douleur globale
measure-pain-worst = pire des douleurs lombaire et de jambe
measure-pain-surface = surface douloureuse (cm²)
measure-odi = incapacité (ODI)
measure-eq5d = qualité de vie (EQ-5D)
measure-eq-vas = échelle de santé (EQ-5D)
measure-hads-a = anxiété (HADS)
measure-hads-d = dépression (HADS)
measure-hads = anxiété et dépression (total HADS)
measure-pcs = catastrophisme (PCS)
measure-promis-pf = fonction physique (PROMIS)
measure-isi = insomnie (ISI)
measure-psqi = sommeil (PSQI)
measure-mme = opioïdes (mg de morphine par jour)

# La moindre amélioration qui compte.
least-points = au moins { $points } points de mieux
least-percent = au moins { $percent } de mieux qu’au départ
least-mcid = au moins { $points } points de mieux (table des différences)
least-mcid-unknown = mieux de sa différence, absente de la table
criterion = { $measure } : { $least }

# Règles en toutes lettres.
rule-pain-reduction =
    { $site ->
        [back] Douleur lombaire réduite
        [leg] Douleur de jambe réduite
        [global] Douleur globale réduite
       *[worst] Pire douleur (lombaire ou de jambe) réduite
    } d’au moins { $percent } % à { $month } mois
    .formula = 100 × (départ − suivi) ÷ départ ≥ { $percent }. Non défini si la douleur de départ est inférieure à { $floor } sur 100. Une baisse de 30 % est un bénéfice modéré, de 50 % un bénéfice important (Dworkin 2008, J Pain 9:105).
rule-criteria = Au moins { $at-least } critères améliorés sur { $n } à { $month } mois : { $measures }
    .formula = Le répondeur remplit au moins { $at-least } des { $n } critères. Un critère dont les scores manquent reste ouvert ; le patient est jugé dès que les autres suffisent.
rule-chr = Réponse clinique holistique à { $month } mois
    .formula = Douleur de jambe (0 à 100) + ODI + (100 − échelle de santé EQ-5D), de 0 (le mieux) à 300. Le répondeur baisse d’au moins { $points } points ou de { $percent } %. Reconstruction d’après un résumé (Goudman 2023, Neuromodulation 26:139), et non les scores factoriels publiés.
rule-holistic = Chaque domaine atteint est amélioré à { $month } mois
    .formula = Un domaine ne compte que s’il était atteint au départ ; le répondeur s’améliore d’au moins une différence cliniquement importante dans chaque domaine qui compte. Un patient à qui un domaine manque au départ est écarté ; s’il en manque un qui compte à la visite, son résultat est inconnu (Levy 2023 ; EVOKE, Reg Anesth Pain Med 49:233). Domaines et différences sont ceux de la table.
rule-opioid =
    { $goal ->
        [stable] Dose d’opioïdes stable ou réduite
       *[reduced] Dose d’opioïdes réduite
    } à { $month } mois
    .formula =
        { $goal ->
            [stable] Dose à la visite ≤ dose au départ, en milligrammes d’équivalent morphine par jour. Qui n’en prend pas aux deux moments est répondeur, si bien que la dose au départ dit presque la réponse (d’après Adil 2022, Neurosurgery 91:272).
           *[reduced] Dose à la visite < dose au départ, en milligrammes d’équivalent morphine par jour. Les patients sans opioïdes au départ sont écartés (d’après Adil 2022, Neurosurgery 91:272).
        }
rule-satisfaction = Satisfait à { $month } mois
    .formula = Le oui ou le non du patient dans la colonne de satisfaction. Une colonne qui ne nomme pas de visite est réputée porter sur celle-ci.
rule-pgic = Nettement amélioré selon le patient (PGIC) à { $month } mois
    .formula =
        { $direction ->
            [low] Le répondeur donne 1 ou 2 sur 7, 1 étant « très nettement amélioré ».
           *[high] Le répondeur donne 6 ou 7 sur 7, 7 étant « très nettement amélioré ».
        }
rule-weighted = Somme pondérée ({ $measures }) d’au moins { $least } à { $month } mois
    .formula = Somme de poids × amélioration ≥ { $least }, avec les poids que vous avez saisis. Le MCRI publié (Rigoard 2021, J Clin Med 10:4910) n’imprime pas ses poids : aucun n’est donc proposé.
rule-level = « { $column } » vaut « { $event } »
    .formula = La colonne est prise au mot : échecs du test et explantations n’y changent rien.

# Définitions prêtes à l’emploi.
preset-group-pain = Douleur
preset-group-several = Plusieurs domaines
preset-group-patient = Médicaments et avis du patient
preset-pain50 = Pire douleur réduite de moitié
preset-pain50-back = Douleur lombaire réduite de moitié
preset-pain50-leg = Douleur de jambe réduite de moitié
preset-pain50-global = Douleur globale réduite de moitié
preset-pain30 = Pire douleur réduite de 30 %
preset-pain30-back = Douleur lombaire réduite de 30 %
preset-pain30-leg = Douleur de jambe réduite de 30 %
preset-pain30-global = Douleur globale réduite de 30 %
preset-prediback2 = Critères PREDIBACK 2 (non vérifiés)
    .source = Critères tels qu’un programme public pour les visites de l’étude les énumère (NCT04587674). Le nombre exigé sur les cinq n’est pas publié, ni si HADS désigne le total : non vérifié ; fixez le nombre vous-même.
preset-chr = Réponse CHR (reconstruction)
preset-holistic = Holistique : chaque domaine atteint
preset-two-of-four = Deux domaines sur quatre (composite)
    .source = D’après le composite de la stimulation en salves (Neuromodulation, doi 10.1111/ner.13212) : au moins deux sur quatre s’améliorent. La table des différences dit ce qui compte comme amélioré.
preset-opioid-stable = Opioïdes stables ou réduits
preset-opioid-reduced = Opioïdes réduits
preset-satisfaction = Satisfait
preset-pgic = Nettement amélioré (PGIC)

# D’où viennent les différences.
mcid-source-pain = 2 points sur 10 (usuel ; à vérifier). Atteint : le plancher des pourcentages, 3 sur 10.
mcid-source-odi = 10 points (usuel ; 8,2 à 13,3 après stimulation). Atteint : plus que « minime », 21.
mcid-source-eq5d = 0,08 dans la lombalgie chronique (PMC7053735). Atteint : place pour une différence.
mcid-source-hads-a = 1,4 à 1,7 point (à vérifier). Atteint : 8, cas douteux.
mcid-source-hads-d = 1,4 à 1,7 point (à vérifier). Atteint : 8, cas douteux.
mcid-source-isi = 2,4 à 2,6 points après stimulation. Atteint : 8, seuil usuel (à vérifier).
mcid-source-pcs = 6,5 points (PMC7053735). Atteint : 30, cliniquement significatif.
mcid-source-promis-pf = 3 points d’un score T (à vérifier). Atteint : une différence sous la moyenne.

# Qui est prédit, et quand.
moment-before-trial = Avant le test
    .definition = Tous les patients à qui un test de stimulation a été proposé. Un échec du test compte comme non-réponse, ce qui avantage le test quand on le compare au modèle.
moment-after-trial = Après le test
    .definition = Patients implantés seulement ; le résultat du test peut être un prédicteur. Une cohorte sans colonne de test ni d’implantation est réputée ne contenir que des patients implantés.

# Explantations.
explanted-inefficacy = Non-répondeur, sauf autre motif
    .definition = Explanté avant la visite : non-répondeur. Si le motif est noté et qu’il est autre (infection, IRM…), le résultat est inconnu, comme pour les perdus de vue.
explanted-failure = Non-répondeur, quel que soit le motif
    .definition = Un patient dont le dispositif a été retiré avant la visite ou le jour même est non-répondeur, quels que soient ses scores. Une explantation sans date compte comme antérieure à la visite.
explanted-censor = Résultat inconnu
    .definition = Compté à part, comme les perdus de vue ; les analyses de sensibilité disent ce que cela peut changer.
explanted-exclude = Écarté
    .definition = Non analysé. Cela embellit le taux de réponse : la plupart des dispositifs sont retirés faute d’effet.

# Perdus de vue et décédés.
lost-exclude = Écarté
    .definition = Non analysé, mais compté. Les analyses de sensibilité disent ce que cela peut changer.
lost-failure = Non-répondeur
    .definition = La lecture prudente : qui n’a pas été vu n’a pas répondu.
died-exclude = Écarté
    .definition = Non analysé : un décès tient rarement à la douleur.
died-failure = Non-répondeur
    .definition = Un décès avant la visite compte comme non-réponse.

# Pourquoi un patient n’est pas analysé.
exclusion-by-person = écarté à la main
exclusion-by-person-for = écarté à la main ({ $why })
exclusion-not-implanted = non implanté, ou implantation inconnue
exclusion-no-baseline = pas de score au départ
exclusion-baseline-too-low = trop peu de douleur au départ
exclusion-not-impaired = aucun domaine atteint au départ
exclusion-no-opioid = pas d’opioïdes au départ
exclusion-explanted = explanté avant la visite
exclusion-explanted-other = explanté pour un autre motif
exclusion-explanted-censored = explanté avant la visite, résultat inconnu
exclusion-died = décédé avant la visite
exclusion-visit-incomplete = vu à la visite, mais des scores manquent
exclusion-lost-to-follow-up = pas de score à la visite
exclusion-outside-window = vu seulement hors de la fenêtre
exclusion-no-outcome = résultat manquant
# Pourquoi un patient compte comme non-répondeur sans avoir été jugé.
counted-failed-trial = échec du test
counted-explanted = explanté avant la visite
counted-died = décédé avant la visite
counted-visit-incomplete = scores manquants à la visite
counted-lost-to-follow-up = non vu
counted-outside-window = vu seulement hors de la fenêtre

# Le diagramme de flux.
flow-file = Dans le fichier
flow-eligible = Peuvent être jugés
flow-to-be-seen = À revoir
flow-observed = Vus à la visite
flow-responders = Répondeurs
flow-non-responders = Non-répondeurs
flow-sum = { $seen } vus + { $counted } comptés comme non-répondeurs
flow-not-analysed = { $n } sur { $of } ne sont pas analysés
flow-analysed = Analysés
flow-of-these = dont
flow-left-out = non analysés : écartés
flow-unknown = non analysés : résultat inconnu
flow-counted = comptent comme non-répondeurs

# Ce que les perdus de vue pourraient changer.
sensitivity-title = Si les perdus de vue avaient été vus
sensitivity-known = Résultat connu
sensitivity-best = Si tous avaient répondu
sensitivity-worst = Si aucun n’avait répondu
sensitivity-weighted = Pondéré par la chance d’être vu
sensitivity-lead = { $n ->
        [one] Le résultat de { $n-text } patient n’est pas connu
       *[other] Le résultat de { $n-text } patients n’est pas connu
    }. La vraie part se trouve quelque part entre les deux extrêmes.
sensitivity-outside = { $n ->
        [one] { $n-text } patient explanté, écarté par choix, n’est
       *[other] { $n-text } patients explantés, écartés par choix, ne sont
    } dans aucun des deux.
sensitivity-weights = Plus grand poids : { $largest }. { $n ->
        [one] { $n } variable de départ dit
       *[other] { $n } variables de départ disent
    } qui a été vu. Juste seulement si, à ces variables données, la perte de vue ne dit rien de la réponse.
issue-sensitivity-few = Pas de pondération : il faut au moins { $least } patients vus et { $least } non vus (ici { $n-seen } et { $n-lost }).
issue-sensitivity-no-variable = Pas de pondération : aucune variable mesurée au départ n’est connue de tous.
    .remedy = Complétez l’âge, le sexe ou les scores de départ là où ils manquent.
issue-sensitivity-not-settled = Pas de pondération : le modèle de la présence à la visite ne s’est pas stabilisé.

# La définition dans les exports.
label-version = Définition { $fingerprint }, version { $version } dans cette étude
label-changed = { $n ->
        [one] changée une fois
       *[other] changée { $n } fois
    }, la dernière fois le { $date }
visit-by-column = La visite est celle dont les colonnes nomment le mois { $month }, quelle que soit sa date.
visit-window = La visite est la plus proche du mois { $month }, au plus { $weeks ->
        [one] { $weeks } semaine
       *[other] { $weeks } semaines
    } avant ou après ; selon sa date si elle est datée.

# Ce qui peut empêcher l’analyse.
issue-outcome-missing-scores =
    { $which ->
        [baseline] Cette cohorte n’a pas de colonne au départ pour : { $baseline }.
        [visit] Cette cohorte n’a pas de colonne à { $month } mois pour : { $follow-up }.
       *[both] Cette cohorte n’a pas de colonne au départ pour : { $baseline } ; ni à { $month } mois pour : { $follow-up }.
    }
    .remedy =
        { $visits ->
            [none] Choisissez une autre définition, ou « une colonne et une valeur ». Si les scores figurent dans le fichier sous un autre nom, vérifiez sur la page Cohorte comment leurs colonnes ont été comprises.
           *[other] Choisissez une autre définition ou une autre visite (ces scores existent aux mois : { $visits }), ou vérifiez sur la page Cohorte comment les colonnes ont été comprises.
        }
issue-outcome-missing-answer =
    Cette cohorte n’a pas de colonne pour { $what ->
        [pgic] l’impression de changement du patient
       *[satisfaction] la satisfaction
    } à { $month } mois.
    .remedy = Choisissez une autre définition, ou « une colonne et une valeur ».
issue-outcome-few-domains = Moins de deux domaines de la table ont des scores au départ et à { $month } mois.
    .remedy = Choisissez une autre visite, ou cochez d’autres domaines dans la table des différences.
issue-outcome-nobody-here = Aucun patient ne peut être analysé avec cette définition.
issue-outcome-at-least = On ne peut pas exiger { $at-least } critères sur { $n }.
    .remedy = Exigez-en au moins un, et au plus autant qu’il y en a.
issue-outcome-no-weights = Le score composite n’a pas encore de poids.
    .remedy = Ajoutez une mesure et saisissez son poids.
issue-outcome-pgic = La colonne « { $column } » devrait contenir des nombres entiers de 1 à 7, mais contient « { $found } ».
    .remedy = Corrigez la valeur dans le fichier source, ou choisissez « une colonne et une valeur ».
issue-outcome-percent = Une réduction de { $percent } % ne peut pas définir un répondeur.
    .remedy = Choisissez un pourcentage de 1 à 100 ; 30 et 50 sont usuels.
issue-outcome-neither-yes-nor-no = La colonne « { $column } » devrait dire oui ou non, mais contient « { $found } ».
    .remedy = Corrigez la valeur dans le fichier source (oui et non, ou 1 et 0), ou renommez la colonne pour qu’elle ne soit pas prise pour un test, une implantation, une explantation, un décès ou une satisfaction.
issue-outcome-unknown-level = Aucun patient n’a « { $found } » dans la colonne « { $column } ».
    .remedy = Ses valeurs sont : { $levels }. Les majuscules et les accents comptent.
issue-outcome-nobody =
    Aucun patient ne peut être analysé avec ce critère{ $reason ->
        [none] {""}
        [by-person] {" "}(écarté à la main : { $n-reason } sur { $n })
        [not-implanted] {" "}(non implanté ou implantation inconnue : { $n-reason } sur { $n })
        [no-baseline] {" "}(pas de score au départ : { $n-reason } sur { $n })
        [baseline-too-low] {" "}(trop peu de douleur au départ : { $n-reason } sur { $n })
        [not-impaired] {" "}(aucun domaine atteint : { $n-reason } sur { $n })
        [no-opioid] {" "}(pas d’opioïdes au départ : { $n-reason } sur { $n })
        [explanted] {" "}(explanté avant la visite : { $n-reason } sur { $n })
        [explanted-other] {" "}(explanté avant la visite : { $n-reason } sur { $n })
        [explanted-censored] {" "}(explanté avant la visite : { $n-reason } sur { $n })
        [died] {" "}(décédé avant la visite : { $n-reason } sur { $n })
        [visit-incomplete] {" "}(vu à la visite mais scores manquants : { $n-reason } sur { $n })
        [lost-to-follow-up] {" "}(pas de score à la visite : { $n-reason } sur { $n })
        [outside-window] {" "}(vu hors de la fenêtre : { $n-reason } sur { $n })
       *[no-outcome] {" "}(valeur manquante : { $n-reason } sur { $n })
    }.
    .remedy = Choisissez un autre critère, une autre visite, une autre fenêtre ou un autre moment. Si la douleur est cotée de 0 à 10, vérifiez son étendue sur la page Cohorte.
issue-outcome-one-class =
    { $class ->
        [all] Tous les patients analysés sont répondeurs
       *[none] Aucun patient analysé n’est répondeur
    } ({ $n ->
        [one] { $n } patient
       *[other] { $n } patients
    }) : il n’y a rien à prédire.
    .remedy = Choisissez un autre pourcentage, une autre visite, un autre site ou une autre valeur, ou changez la population prédite.

# La page du critère.
outcome-presets = Choisir une définition
outcome-presets-hint = À { $month } mois. Chaque ligne montre ce que donnerait cette cohorte.
outcome-changes = Reclassés
outcome-changes-tip = Combien de patients changent d’étiquette par rapport à la définition en cours, parmi ceux que les deux jugent.
outcome-own-criteria = Mes propres critères
outcome-own-weights = Mon propre score pondéré
outcome-own-level = Une colonne et une valeur
outcome-at-least = Au moins
outcome-of-criteria = critères sur { $n }
outcome-add-measure = Ajouter une mesure
outcome-remove = Retirer { $measure }
outcome-points = points
outcome-percent-unit = en % du départ
outcome-by-table = selon la table
outcome-weight = poids
outcome-least-sum = Répondeur à partir de
outcome-goal = Succès
outcome-goal-stable = stable ou réduite
outcome-goal-reduced = réduite
outcome-direction = Très nettement amélioré vaut
outcome-visit = Visite
outcome-window = Fenêtre
outcome-window-none = colonnes de ce mois
outcome-window-nearest = visite la plus proche
outcome-window-weeks = semaines
outcome-floor = Plancher de douleur
outcome-floor-unit = sur 100
outcome-floor-tip = Sous cette douleur de départ, un pourcentage ne veut rien dire et ne peut pas juger le patient.
outcome-explanted = Explanté avant la visite
outcome-lost = Non vu à la visite
outcome-died = Décédé avant la visite
outcome-mcids = Différences qui comptent
outcome-mcids-hint = Le moindre changement que les patients remarquent, et à partir de quand un domaine est atteint. À vous de les changer ; survolez une ligne pour sa source.
outcome-mcid-measure = Domaine
outcome-mcid-points = Différence
outcome-mcid-impaired = Atteint à partir de
outcome-mcid-holistic = Holistique
outcome-mcid-reset = Valeurs d’origine
outcome-agreement = Accord entre les définitions
outcome-agreement-hint = Part d’étiquettes égales parmi les patients que les deux jugent, et kappa de Cohen dessous (1 : accord entier, 0 : pas mieux que le hasard).
outcome-agreement-none = Moins de deux définitions sont possibles avec cette cohorte.
agreement-tip = { $a } et { $b } : même étiquette pour { $share } de { $n } patients.
outcome-cannot = impossible ici
relief-title = Soulagement lors du test : rapporté et calculé
relief-lead = { $n ->
        [one] { $n-text } patient a les deux
       *[other] { $n-text } patients ont les deux
    }. En moyenne, le soulagement rapporté est { $side ->
        [higher] supérieur
       *[lower] inférieur
    } de { $mean } points à celui qui découle des scores ; { $apart ->
        [one] { $apart-text } s’en écarte
       *[other] { $apart-text } s’en écartent
    } de plus de { $limit } points (voir les anomalies de la page Cohorte).
relief-x = Moyenne des soulagements rapporté et calculé (%)
relief-y = Rapporté − calculé (points)
relief-alt = Différences entre soulagement rapporté et calculé lors du test selon leur moyenne, un point par patient, avec la différence moyenne et la limite de { $limit } points de part et d’autre.
relief-mean = différence moyenne
relief-limit = limite
relief-points = patients
relief-calculated = Calculé (%)
relief-reported = Rapporté (%)
relief-difference = Différence
example-visit = Vu au mois { $month }.
example-step = { $measure } : { $baseline } au départ, { $after } à la visite
example-step-percent = { $measure } : { $baseline } au départ, { $after } à la visite ({ $side ->
        [better] mieux
       *[worse] moins bien
    } de { $percent })
example-met = rempli
example-not-met = non rempli
example-open = ouvert
example-total-chr = Somme : { $baseline } au départ, { $after } à la visite ; une baisse de { $fall }.
example-total-weighted = Somme pondérée : { $sum } ; un répondeur a au moins { $least }.
example-by-word = La réponse du patient décide.
