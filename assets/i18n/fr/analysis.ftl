# Ce qu’une analyse refuse, signale et fait.
stage-imputation = imputation des valeurs manquantes
stage-fit = apprentissage sur tous les patients
stage-cross-validation = validation croisée
stage-half-samples = nouvel apprentissage sur des demi-échantillons
stage-bootstrap = optimisme par bootstrap
stage-contributions = raisons pour chaque patient
stage-centres = chaque centre jugé par les autres
stage-later = patients ultérieurs jugés par les premiers
stage-external = une autre cohorte
stage-two-stage = bootstrap à deux étages des limites
stage-permutation = essai sur des résultats mélangés
stage-prospect = cohortes simulées
stage-compare = comparaison sur les mêmes plis
stage-live = préparation des réponses pour un patient
stage-effects = courbes et interactions

issue-one-class = Tous ces patients ont le même résultat.
    .remedy = Un modèle a besoin de répondeurs et de non-répondeurs : vérifiez la définition d’un répondeur.
issue-too-few-events = Seuls { $n } patients ont le résultat le plus rare ; il en faut au moins { $least } pour apprendre et valider quoi que ce soit.
    .remedy = Ajoutez des patients, ou choisissez un critère qui partage mieux la cohorte.
issue-not-a-predictor = La colonne « { $column } » ne peut pas être un prédicteur : elle contient des identifiants, des dates ou du texte libre.
    .remedy = Choisissez un nombre ou une catégorie.
issue-predictor-is-outcome = « { $column } » définit le résultat et ne peut pas le prédire.
    .remedy = Retirez-la des prédicteurs.
issue-predictor-after-decision = « { $column } » est mesurée après la décision : elle n’est pas connue au moment de prédire.
    .remedy = Retirez-la des prédicteurs.
issue-predictor-at-trial = « { $column } » est mesurée pendant la phase de test, après le moment d’une prédiction avant test.
    .remedy = Retirez-la, ou prédisez après le test.
issue-predictor-too-good = « { $column } » sépare à elle seule presque parfaitement les répondeurs des autres (AUC { $auc } ; une question est posée à partir de { $limit }).
    .remedy = Une telle colonne est presque toujours le critère déguisé, ou a été mesurée plus tard qu’elle ne le dit. Décochez-la, ou ouvrez sa forme sur la page Prédicteurs et écrivez pourquoi elle peut prédire.
issue-predictor-hardly-varies = Dans « { $column } », presque tous les patients ont la même valeur.
    .remedy = Son effet s’estime mal ; envisagez de la laisser de côté.
issue-predictor-constant = « { $column } » a la même valeur chez tous les patients analysés, ou n’en a aucune.
    .remedy = Retirez-la des prédicteurs.
issue-no-predictor = Aucun prédicteur n’est choisi.
    .remedy = Cochez au moins un prédicteur, ou nommez des colonnes avec --predictors.
issue-imputation-out-of-range = L’imputation multiple demande de 2 à 1 000 imputations et de 1 à 200 tours.
    .remedy = 20 imputations et 10 tours conviennent à la plupart des cohortes.
issue-delta-not-numeric = Les valeurs manquantes de { $column } ne peuvent pas être déplacées : ce n’est pas un prédicteur numérique de cette analyse.
    .remedy = Choisissez un nombre parmi les prédicteurs cochés, ou retirez l’analyse de sensibilité.
issue-delta-out-of-range = L’analyse de sensibilité de { $column } demande de 1 à { $most } décalages, chacun un nombre.
    .remedy = Par exemple -10 ; -5 ; 0 ; 5 ; 10 dans l’unité de la variable.
issue-compare-too-few = Une comparaison demande au moins deux modèles.
    .remedy = Nommez un autre modèle, ou un modèle pour comparaison seulement.
issue-challenger-too-many-rows = Ce modèle est laissé de côté au-delà de { $most } patients d’apprentissage ; il y en a { $n }.
    .remedy = Comparez les autres ; la bibliothèque derrière celui-ci demanderait trop de mémoire et ne pourrait pas être arrêtée.
issue-challenger-failed = La bibliothèque derrière ce modèle n’a pas pu l’ajuster : { $detail }
    .remedy = Comparez les autres.
issue-no-learner = Aucun modèle n’est choisi.
    .remedy = Choisissez-en au moins un ; ridge et forêt conviennent à la plupart des cohortes.
issue-alpha-out-of-range = La part du lasso dans l’elastic net doit être comprise entre 0 et 1, exclus.
    .remedy = Par exemple 0,5 ; 0 est le modèle ridge et 1 le lasso.
issue-trees-out-of-range = Le nombre d’arbres doit être compris entre 50 et 100 000.
    .remedy = 500 arbres conviennent à la plupart des cohortes.
issue-forest-out-of-range = Les réglages de la forêt ne peuvent pas être suivis : une division demande au moins une colonne, un arbre une profondeur d’au moins 1, une feuille au moins un patient, et chaque arbre une part des patients supérieure à 0 et d’au plus 1, ou d’au plus 0,9 quand les patients sont tirés sans remise, pour que chaque arbre en laisse de côté.
    .remedy = Retirez ce réglage ; les valeurs habituelles conviennent à la plupart des cohortes.
issue-plan-too-small = La validation est trop petite pour être parlante : il faut au moins 2 blocs, 1 répétition, 20 bootstraps et 20 demi-échantillons.
    .remedy = Augmentez ces nombres ; 200 bootstraps, 10 blocs et 20 répétitions conviennent à la plupart des cohortes.
issue-two-stage-out-of-range = Le bootstrap à deux étages demande de 20 à 10 000 rééchantillons externes et de 2 à 10 000 dans chacun.
    .remedy = 80 rééchantillons externes et 12 dans chacun conviennent à la plupart des cohortes.
issue-permutations-out-of-range = Le test de permutation demande de 19 à 100 000 permutations.
    .remedy = 200 conviennent à la plupart des cohortes ; avec moins de 19, aucune valeur p ne peut descendre à 0,05.
issue-simulated-out-of-range = La simulation demande de 20 à 100 000 cohortes.
    .remedy = 200 conviennent à la plupart des questions.
issue-external-failed = Les modèles n’ont pas pu être jugés sur { $file }. { $why }
issue-external-same-file = C’est le fichier sur lequel les modèles ont été entraînés.
    .remedy = Choisissez un fichier d’autres patients.
issue-external-no-predictor = L’autre cohorte n’a aucun des prédicteurs.
    .remedy = Ses colonnes doivent porter les mêmes noms ; regardez-les avec la vérification d’un fichier.
issue-external-other-kind = La colonne { $column } est un nombre dans une cohorte et des modalités dans l’autre.
    .remedy = Donnez à la colonne la même forme dans les deux fichiers.
issue-strata-parts-out-of-range = Des strates par quantiles ont de 2 à 10 groupes.
    .remedy = Par exemple 3.
issue-strata-threshold-out-of-range = Le seuil entre les strates doit être compris entre 0 et 1.
    .remedy = Par exemple 0,4.
issue-strata-without-patients = Ces résultats ne contiennent pas de patients : leurs strates ne peuvent pas être redécoupées.
    .remedy = Ouvrez l’étude avec ses patients, ou entraînez de nouveau.
issue-movement-same-outcome = C’est la définition du critère que ces résultats ont déjà.
    .remedy = Choisissez une autre définition.
issue-cuts-out-of-order = Les deux seuils doivent être compris entre 0 et 1, le plus bas d’abord.
    .remedy = Par exemple 0,4 et 0,6.
issue-folds-failed = La validation croisée n’a donné aucune chance à certains patients, car trop d’ajustements ont échoué.
    .remedy = Choisissez moins de blocs ou moins de prédicteurs.
issue-forest-too-few-trees = Avec si peu d’arbres, certains patients ont été vus par tous et n’ont pas de chance hors sac.
    .remedy = Faites pousser plus d’arbres ; 500 conviennent à la plupart des cohortes.
issue-live-values = Le modèle demande { $n } valeurs, une par prédicteur, connue ou non.
    .remedy = Donnez une valeur à chaque prédicteur ou laissez-le ouvert.
issue-live-nobody = Ce patient n’est pas parmi les patients analysés.
    .remedy = Choisissez un patient dans la liste.
issue-live-not-a-value = Cela ne peut pas être une valeur de ce prédicteur.
    .remedy = Entrez un nombre, choisissez l’une des modalités de la cohorte ou laissez ouvert.

issue-fit-constant = Constant chez ces patients, laissé hors de l’ajustement : { $columns }.
issue-fit-aliased = Redondant avec d’autres prédicteurs, laissé hors de l’ajustement : { $columns }.
    .remedy = Ne gardez que l’un des prédicteurs qui se répètent.
issue-fit-separated = Séparation parfaite : { $columns } distingue sans exception les répondeurs des autres ; son rapport de cotes serait infini.
    .remedy = Utilisez le modèle de Firth ou ridge, regroupez les catégories rares, ou retirez le prédicteur.
issue-fit-separated-firth = Séparation parfaite : { $columns } distingue sans exception les répondeurs des autres. Seule la pénalité de Firth garde le rapport de cotes fini ; sa vraisemblance peut avoir ici plusieurs maximums, si bien qu’un autre logiciel peut en trouver un autre.
    .remedy = Regroupez les catégories rares, retirez le prédicteur, ou utilisez le modèle ridge.
issue-fit-too-many = { $n-parameters } coefficients pour { $n } patients : sans une pénalité réglable, il n’y a pas de réponse.
    .remedy = Utilisez le modèle ridge, lasso ou elastic net, ou choisissez moins de prédicteurs.
issue-fit-unsettled = L’ajustement ne s’est pas stabilisé.
    .remedy = Utilisez le modèle de Firth ou ridge, ou moins de prédicteurs.

issue-synthetic-cohort = Cette cohorte est synthétique : ne pas utiliser en clinique.
issue-partial-results = Résultats partiels : le travail a été arrêté avant que ceci soit fini : { $what }.
    .remedy = Relancez l’apprentissage pour les résultats complets.
issue-sample-size-short = La cohorte compte { $n } patients alors qu’il en faudrait { $required } pour ces prédicteurs ({ $missing } de plus) ; une chance est alors fausse de { $points } points en moyenne.
    .remedy = Choisissez moins de prédicteurs, ou recueillez plus de patients ; lisez les chances avec leur étendue.
issue-predictor-often-missing = « { $label } » manque chez { $share } des patients.
    .remedy = Demandez-vous si la valeur peut être obtenue avant la décision ; sinon, retirez-la.
issue-imputed-as-straight = Les valeurs manquantes sont imputées par des droites et sans produits, mais ces prédicteurs entrent courbés ou multipliés dans les modèles : { $labels }.
    .remedy = Leurs courbes et interactions sortent trop faibles et trop sûres. Comparez avec une forme linéaire, ou sans l’interaction.
issue-auc-too-good = L’AUC de { $auc } { $learner ->
        [forest] de la forêt
        [firth] du modèle de Firth
        [ridge] du modèle ridge
        [lasso] du modèle lasso
        [elastic-net] de l’elastic net
       *[other] du modèle logistique
    } dépasse ce que des études honnêtes trouvent sur cette question dans une cohorte aussi petite.
    .remedy = Cherchez un prédicteur qui connaît le résultat, et des patients en double.
issue-slope-uncertain = La pente de calibration { $learner ->
        [forest] de la forêt
        [firth] du modèle de Firth
        [ridge] du modèle ridge
        [lasso] du modèle lasso
        [elastic-net] de l’elastic net
       *[other] du modèle logistique
    } est incertaine ({ $low } à { $high }) : les chances peuvent être trop tranchées ou trop prudentes.
issue-resamples-failed = { $failed } rééchantillonnages sur { $n } { $learner ->
        [forest] de la forêt
        [firth] du modèle de Firth
        [ridge] du modèle ridge
        [lasso] du modèle lasso
        [elastic-net] de l’elastic net
       *[other] du modèle logistique
    } ont échoué ; la validation repose sur les autres.
    .remedy = Regroupez les catégories rares ou choisissez moins de prédicteurs.
issue-fit-not-converged = { $learner ->
        [forest] La forêt
        [firth] Le modèle de Firth
        [ridge] Le modèle ridge
        [lasso] Le modèle lasso
        [elastic-net] L’elastic net
       *[other] Le modèle logistique
    } n’a pas convergé : ses coefficients ne veulent rien dire.
    .remedy = Utilisez le modèle ridge, ou choisissez moins de prédicteurs.
sample-size-answer = { $n } patients sont demandés, avec { $parameters ->
    [one] un paramètre
   *[other] { $parameters } paramètres
} et un R² de Cox-Snell de { $r2 }.
sample-size-budget = { $n } patients permettent { $budget ->
    [0] zéro paramètre
    [one] un paramètre
   *[other] { $budget } paramètres
} selon les critères qui dépendent de leur nombre ; avec ceux demandés, une chance est fausse de { $error } points en moyenne.
issue-sample-size-unanswerable = Aucun effectif ne découle de ces chiffres.
    .remedy = L’AUC doit être supérieure à 0,5 et inférieure à 1, la part de répondeurs entre 0 et 1.
