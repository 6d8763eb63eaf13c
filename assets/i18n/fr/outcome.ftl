# Ce qu’est un répondeur, qui est prédit et qui est écarté.
# Sites de douleur.
pain-site-back = douleur lombaire
pain-site-leg = douleur de jambe
pain-site-worst = pire douleur
    .definition = La plus forte des douleurs lombaire et de jambe à chaque visite ; manquante si l’une des deux manque.

# Règles en toutes lettres.
rule-pain-reduction =
    { $site ->
        [back] Douleur lombaire réduite
        [leg] Douleur de jambe réduite
       *[worst] Pire douleur (lombaire ou de jambe) réduite
    } d’au moins { $percent } % à { $month } mois
    .formula = 100 × (départ − suivi) ÷ départ ≥ { $percent }
rule-level = « { $column } » vaut « { $event } »

# Définitions prêtes à l’emploi : nom et définition.
preset-pain50-12m = Pire douleur réduite de moitié à 12 mois
    .definition = Répond le patient dont 100 × (départ − 12 mois) ÷ départ vaut au moins 50, la douleur étant à chaque visite la plus forte des douleurs lombaire et de jambe. Non défini si la douleur de départ est inférieure à 30 sur 100.
preset-pain50-back-12m = Douleur lombaire réduite de moitié à 12 mois
    .definition = Répond le patient dont 100 × (départ − 12 mois) ÷ départ vaut au moins 50 pour la douleur lombaire. Non défini si la douleur de départ est inférieure à 30 sur 100.
preset-pain50-leg-12m = Douleur de jambe réduite de moitié à 12 mois
    .definition = Répond le patient dont 100 × (départ − 12 mois) ÷ départ vaut au moins 50 pour la douleur de jambe. Non défini si la douleur de départ est inférieure à 30 sur 100.
preset-pain30-12m = Pire douleur réduite de 30 % à 12 mois
    .definition = Répond le patient dont 100 × (départ − 12 mois) ÷ départ vaut au moins 30, la douleur étant à chaque visite la plus forte des douleurs lombaire et de jambe. Non défini si la douleur de départ est inférieure à 30 sur 100.
preset-pain30-back-12m = Douleur lombaire réduite de 30 % à 12 mois
    .definition = Répond le patient dont 100 × (départ − 12 mois) ÷ départ vaut au moins 30 pour la douleur lombaire. Non défini si la douleur de départ est inférieure à 30 sur 100.
preset-pain30-leg-12m = Douleur de jambe réduite de 30 % à 12 mois
    .definition = Répond le patient dont 100 × (départ − 12 mois) ÷ départ vaut au moins 30 pour la douleur de jambe. Non défini si la douleur de départ est inférieure à 30 sur 100.

# Qui est prédit, et quand.
moment-before-trial = Avant le test
    .definition = Tous les patients à qui un test de stimulation a été proposé. Un échec du test compte comme non-réponse, ce qui avantage le test quand on le compare au modèle.
moment-after-trial = Après le test
    .definition = Patients implantés seulement ; le résultat du test peut être un prédicteur. Une cohorte sans colonne de test ni d’implantation est réputée ne contenir que des patients implantés.

# Explantations.
explanted-failure = L’explantation compte comme non-réponse
    .definition = Un patient dont le dispositif a été retiré avant la visite ou le jour même est non répondeur, quels que soient ses scores. Une explantation sans date compte comme antérieure à la visite.
explanted-exclude = Les patients explantés sont écartés
    .definition = Un patient dont le dispositif a été retiré avant la visite ou le jour même n’est pas analysé. Cela embellit le taux de réponse : la plupart des dispositifs sont retirés faute d’effet.

# Pourquoi un patient n’est pas analysé.
exclusion-by-person = écarté à la main
exclusion-by-person-for = écarté à la main ({ $why })
exclusion-not-implanted = non implanté, ou implantation inconnue
exclusion-no-baseline = pas de score de douleur au départ
exclusion-baseline-too-low = douleur de départ inférieure à 30 sur 100
exclusion-explanted = explanté avant la visite
exclusion-lost-to-follow-up = pas de score de douleur à la visite
exclusion-no-outcome = résultat manquant

# Ce qui peut empêcher l’analyse.
issue-outcome-missing-pain =
    Cette cohorte n’a pas de colonne pour { $baseline ->
        [none] {""}
        [back] la douleur lombaire au départ
        [leg] la douleur de jambe au départ
       *[both] les douleurs lombaire et de jambe au départ
    }{ $baseline ->
        [none] {""}
       *[other] { $follow-up ->
            [none] {""}
           *[other] {" ni pour "}
        }
    }{ $follow-up ->
        [none] {""}
        [back] la douleur lombaire à { $month } mois
        [leg] la douleur de jambe à { $month } mois
       *[both] les douleurs lombaire et de jambe à { $month } mois
    }.
    .remedy =
        { $visits ->
            [none] Choisissez un autre site de douleur, ou « une colonne et une valeur ». Si les scores figurent dans le fichier sous un autre nom, vérifiez sur la page Cohorte comment leurs colonnes ont été comprises.
           *[other] Choisissez un autre site de douleur ou une autre visite (ce site a des scores aux mois : { $visits }), ou vérifiez sur la page Cohorte comment les colonnes ont été comprises.
        }
issue-outcome-percent = Une réduction de { $percent } % ne peut pas définir un répondeur.
    .remedy = Choisissez un pourcentage de 1 à 100 ; 30 et 50 sont usuels.
issue-outcome-neither-yes-nor-no = La colonne « { $column } » devrait dire oui ou non, mais contient « { $found } ».
    .remedy = Corrigez la valeur dans le fichier source (oui et non, ou 1 et 0), ou renommez la colonne pour qu’elle ne soit pas prise pour un test, une implantation ou une explantation.
issue-outcome-unknown-level = Aucun patient n’a « { $found } » dans la colonne « { $column } ».
    .remedy = Ses valeurs sont : { $levels }. Les majuscules et les accents comptent.
issue-outcome-nobody =
    Aucun patient ne peut être analysé avec ce critère{ $reason ->
        [none] {""}
        [by-person] {" "}(écarté à la main : { $n-reason } sur { $n })
        [not-implanted] {" "}(non implanté ou implantation inconnue : { $n-reason } sur { $n })
        [no-baseline] {" "}(pas de score de douleur au départ : { $n-reason } sur { $n })
        [baseline-too-low] {" "}(douleur de départ inférieure à 30 sur 100 : { $n-reason } sur { $n })
        [explanted] {" "}(explanté avant la visite : { $n-reason } sur { $n })
        [lost-to-follow-up] {" "}(pas de score de douleur à la visite : { $n-reason } sur { $n })
       *[no-outcome] {" "}(valeur manquante : { $n-reason } sur { $n })
    }.
    .remedy = Choisissez un autre critère, une autre visite ou un autre moment. Si la douleur est cotée de 0 à 10, vérifiez son étendue sur la page Cohorte.
issue-outcome-one-class =
    { $class ->
        [all] Tous les patients analysés sont répondeurs
       *[none] Aucun patient analysé n’est répondeur
    } ({ $n ->
        [one] { $n } patient
       *[other] { $n } patients
    }) : il n’y a rien à prédire.
    .remedy = Choisissez un autre pourcentage, une autre visite, un autre site ou une autre valeur, ou changez la population prédite.
