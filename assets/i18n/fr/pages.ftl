# Les pages.

# Accueil.
home-title = Que souhaitez-vous faire ?
home-nothing-open = Rien n’est ouvert. Ouvrez votre propre cohorte, ou regardez d’abord un exemple.
home-open = Ouvert : { $name }, { $patients }.
home-open-file = Ouvrir un fichier
home-path = Chemin d’un fichier
home-path-hint = /chemin/vers/cohorte.xlsx
home-drop = Ou déposez une étude, un classeur ou un fichier csv n’importe où dans cette fenêtre.
home-recent = Récents
home-no-recent = Ce que vous ouvrez sera listé ici.
home-forget = Retirer { $name } de la liste
home-samples = Cohortes d’exemple
    .about = Simulées à partir de chiffres publiés ; synthétiques, ne pas utiliser en clinique.
open-sample = Ouvrir { $name }
study-name = Nom de l’étude
sample-multicentre = Cinq centres
    .about = 420 patients, classeur avec bilan initial, test et visites de suivi
sample-single-centre-fr = Un centre français
    .about = 120 patients, csv tel qu’un hôpital français l’exporte, avec ses petits défauts
sample-registry = Registre
    .about = 20 000 patients, csv ; créé à l’ouverture
door-review = Vérifier une cohorte
    .about = Voir comment un fichier a été compris, cellule par cellule, et ce qu’il faut vérifier avant tout calcul.
door-train = Entraîner un modèle
    .about = Dire ce qu’est un répondeur, cocher ce qui est connu avant la décision, et voir ce que vaut la prédiction.
door-meet = Présenter en réunion
    .about = Un patient sur une page : la chance de réponse avec sa dispersion, et pourquoi.

# Cohorte.
cohort-sentence = { $patients }, { $columns } colonnes, { $findings ->
    [0] rien à vérifier
    [one] { $findings-text } constat à regarder
   *[other] { $findings-text } constats à regarder
}. Le fichier source n’est jamais modifié.
cohort-findings = Constats
cohort-table = Tableau
import = Ouvrir un autre…
search-rows = Chercher dans le tableau
repaired = réparé
and-more = et { $n-text } de plus
show-less = Réduire
proposal-accept = Réparer { $n ->
    [one] { $n-text } cellule
   *[other] { $n-text } cellules
}
proposal-tip = Ne change la cohorte que dans cette étude, jamais le fichier source ; chaque cellule changée est notée.
reading-encoding = Encodage
reading-delimiter = Colonnes séparées par
reading-decimal = Marque décimale
reading-dates = Ordre des dates
reading-sheet = Feuille des patients
delimiter-semicolon = point-virgule
delimiter-comma = virgule
delimiter-tab = tabulation
decimal-comma = virgule (7,5)
decimal-point = point (7.5)
dates-dmy = jour, mois, année
dates-mdy = mois, jour, année
dates-ymd = année, mois, jour
column-row = Ligne
column-choose = Cliquez sur le titre d’une colonne pour la regarder.
column-name = Nom
column-kind = Lue comme
column-timing = Mesurée
column-domain = Domaine
column-unit = Unité
column-range = Valeurs plausibles
column-missing = Manquants
column-median = Médiane (quartiles)
column-span = Du plus petit au plus grand
column-findings = Constats
column-reasons = Pourquoi :
column-no-levels = Cette colonne n’est pas dénombrée : elle contient des dates, du texte ou des identifiants.
median-quartiles = { $median } ({ $lower } à { $upper })
histogram-alt = Histogramme de { $low } à { $high } ; la barre la plus haute compte { $most ->
    [one] { $most-text } patient
   *[other] { $most-text } patients
}.
axis-patients = Patients

# Critère.
outcome-sentence = { $rule } : { $share } des patients analysés répondent.
outcome-definition = Ce qu’est un répondeur
outcome-analysed = Analysés
outcome-respond = Répondeurs
outcome-site = Douleur
outcome-percent = Réduite d’au moins
month-short = { $n ->
    [one] { $n } mois
   *[other] { $n } mois
}
outcome-column = Colonne
outcome-event = Signifie répondeur
outcome-population = Qui est prédit, et quand
outcome-rate = Répondeurs
outcome-flow = Qui est analysé
outcome-example = Un patient, pas à pas
responders-of = { $n } patients analysés sur { $of } ont répondu
example-patient = Patient { $id }
example-responder = Ce patient est donc répondeur.
example-non-responder = Ce patient n’est donc pas répondeur.
next-predictors = Ensuite : prédicteurs

# Prédicteurs.
predictors-sentence = { $n ->
    [one] { $n } colonne cochée sur { $of }
   *[other] { $n } colonnes cochées sur { $of }
}. Cochez ce qui est connu au moment de la décision et ce que l’expérience suggère, avant de regarder les résultats.
predictors-default = Cocher les usuels
    .tip = Toute colonne de moment connu, mesurée avant la décision
predictors-rules = Ce qui peut être coché
    .text = Seulement ce qui est connu au moment de la décision. Ce qui a été mesuré plus tard, ce qui compose le critère et les colonnes sans variation ne peuvent pas être cochés. Une colonne de moment inconnu n’entre que si vous la cochez vous-même. N’écartez pas un prédicteur à cause de son p : les chiffres en deviendraient trop beaux.
missing-share = { $share } manquants
much-missing = Plus d’un cinquième des valeurs manque.
n-parameters = { $n ->
    [one] { $n } paramètre
   *[other] { $n } paramètres
}
    .tip = Ce qu’il coûte dans un modèle logistique : un pour un nombre, un par modalité supplémentaire, un de plus s’il manque des valeurs
form-open = forme, modalités et distribution
form-curve = Agit comme
form-reference = Comparé à
form-least = Regrouper les modalités de moins de
form-levels = Chaque modalité, sauf celle de comparaison, coûte un paramètre. Celles que trop peu de patients d’entraînement présentent sont regroupées en une seule.
form-binary = Oui ou non : un paramètre.
form-code = Les nombres sont des codes
    .tip = Chaque nombre est une modalité, comme 1 pour actif et 2 pour retraité
curve-linear = droite
    .about = Chaque unité de plus change le logit d’autant : un paramètre.
curve-spline = spline, { $n } nœuds
    .about = Une courbe lisse (spline cubique restreinte aux nœuds de Harrell, apprise à l’entraînement) : un paramètre de moins que de nœuds.
curve-log = logarithme
    .about = Chaque doublement change le logit d’autant : un paramètre. Pour des durées et des doses ; une colonne à valeurs négatives reste une droite.
confirm-why = Pourquoi peut-il prédire malgré tout ?
confirm = Confirmer
confirmed-why = Confirmé : { $why }
confirm-take-back = Revenir dessus
remove = Retirer
lock-title = Spécification
lock-open = Pas encore verrouillée.
lock-since = Verrouillée le { $date } ({ $hash }){ $n ->
    [0] ; inchangée depuis.
    [one] ; entraînée avec un changement depuis.
   *[other] ; entraînée avec { $n } changements depuis.
}
lock-now = Verrouiller
lock-about = Le critère, les prédicteurs et leurs formes sont notés avec date et empreinte. Jusque-là, rien ne montre le lien entre un prédicteur et le critère. L’entraînement verrouille aussi. Les changements ultérieurs sont permis, comptés et imprimés dans le rapport.
interactions-title = Interactions
interactions-about = Un prédicteur compte-t-il davantage quand un autre est élevé ? Choisissez-en peu, par expérience. Chacune coûte le produit des paramètres des deux (d’une spline, sa partie droite).
interaction-first = Premier
interaction-second = Second
interaction-add = Ajouter
interaction-remove = Retirer l’interaction { $pair }
derived-title = Nouvelle variable
derived-name = Nom
derived-formula = Formule, comme jambe - dos
derived-add = Ajouter la variable
derived-remove = Retirer la variable { $name }
derived-about = Calculée à partir d’autres colonnes, patient par patient : différences, rapports, sommes, ou une condition comme imc >= 30. Elle est mesurée quand la plus tardive de ses parties l’est.
redundancy-title = Prédicteurs redondants ?
redundancy-none = Aucune paire n’est corrélée au-delà de 0,7 et aucun n’est prédit par les autres.
redundancy-inflated = Inflation de la variance à partir de 5
redundancy-all = entièrement prédit
redundancy-about = Corrélations de rangs et inflation de la variance des prédicteurs cochés, sans regarder le critère.
size-title = La cohorte est-elle assez grande ?
size-of = { $n } patients ; il en faudrait environ { $required }
size-enough = Assez grande pour ces prédicteurs.
size-short = Trop peu pour { $parameters ->
    [one] { $parameters-text } paramètre
   *[other] { $parameters-text } paramètres
} : les chances seront fausses d’environ { $error } points en moyenne. Ces patients en permettent { $budget ->
    [0] moins d’un
   *[other] environ { $budget-text }
} : décochez ce que l’expérience ne suggère pas, ou ajoutez des patients.
size-shrinkage = Pas taillé sur ces patients
size-optimism = Pas d’ajustement flatteur
size-overall-risk = Part de répondeurs précise
size-mape = Chances fausses de 5 points au plus
size-parameters = Paramètres
size-budget = Paramètres que ces patients permettent
size-rate = Part de répondeurs
size-epp = Événements par paramètre
size-error = Erreur attendue d’une chance
size-auc = AUC supposée
size-details = Détails
size-criteria = Un paramètre est un nombre que le modèle doit apprendre : un pour un nombre ou un oui ou non, un par modalité supplémentaire. Patients nécessaires pour que chacun de ces points tienne :
size-source = Critères de Riley et collègues (BMJ 2020;368:m441).
points = { $n } points
next-train = Ensuite : entraînement

# Entraînement.
train-models = Modèles
about-logistic = Additionne l’apport de chaque prédicteur. Sans pénalité : demande beaucoup de patients par prédicteur.
about-ridge = Le même, avec des apports ramenés vers zéro autant que des patients non vus le demandent. Le choix stable pour une petite cohorte.
about-firth = Régression logistique qui corrige les petits effectifs et reste finie quand un prédicteur distingue tous les répondeurs.
about-lasso = Garde peu de prédicteurs et écarte les autres ; ceux qu’elle garde peuvent changer avec quelques patients.
about-elastic-net = Entre ridge et lasso : écarte des prédicteurs, mais garde ensemble ceux qui disent la même chose.
about-forest = Fait la moyenne de nombreux arbres de décision ; trouve seule les interactions, mais ses raisons se lisent moins bien.
train-forest = Forêt
forest-trees = Arbres
    .help = Plus d’arbres : des chances plus stables, un calcul plus long. 500 suffisent largement.
forest-node = Plus petit nœud divisé
    .help = Un groupe de ce nombre de patients ou moins n’est plus divisé. Plus grand : des chances plus lisses.
forest-mtry = Prédicteurs essayés par division
    .help = Automatique : la racine carrée de leur nombre.
train-penalty = Pénalité
penalty-rule = Force choisie par
penalty-minimum = meilleure validation croisée
    .help = La force qui prédit le mieux des patients non utilisés.
penalty-one-se = une erreur type
    .help = La pénalité la plus forte à moins d’une erreur type de la meilleure : moins de prédicteurs, chances plus proches de la moyenne.
penalty-aic = critère d’Akaike
    .help = Ajustement contre paramètres effectifs, sans validation croisée : plus rapide, plus grossier.
penalty-alpha = Part du lasso
    .help = Près de 0, l’elastic net garde tous les prédicteurs et les rétrécit comme ridge ; près de 1, il en écarte comme le lasso.
recalibration = Recalibration
recalibration-none = aucune
    .help = Les chances telles que le modèle les donne.
recalibration-intercept = constante
    .help = Déplace toutes les chances pour qu’autant de patients répondent que prévu. Apprise sur des patients que le modèle n’a pas vus, dans chaque rééchantillon.
recalibration-intercept-slope = constante et pente
    .help = Ramène aussi vers la moyenne les chances trop extrêmes. Apprise sur des patients que le modèle n’a pas vus, dans chaque rééchantillon.
recalibration-logistic = logistique (Platt)
    .help = Constante et pente avec les cibles de Platt, qui empêchent quelques patients de tirer trop fort. Apprise sur des patients que le modèle n’a pas vus.
recalibration-beta = bêta
    .help = Une courbe qui peut plier à chaque bout. Demande quelques centaines de patients. Apprise sur des patients que le modèle n’a pas vus.
recalibration-isotonic = isotonique
    .help = N’importe quelle courbe croissante, par paliers. Instable en dessous de 200 patients environ. Apprise sur des patients que le modèle n’a pas vus.
forest-more = Comment les arbres poussent
forest-rule = Divisions choisies par
    .help = Les deux cherchent des groupes plus purs ; la perte logarithmique tient un peu plus compte des groupes rares. L’écart est faible.
forest-gini = Gini
forest-log-loss = perte logarithmique
forest-leaf = Plus petite feuille
    .help = Patients au moins derrière une chance. Plus grand : des chances plus lisses.
forest-depth = Profondeur maximale
    .help = Divisions successives au plus. Peu : des arbres simples qui trouvent peu d’interactions.
forest-no-limit = sans limite
forest-draw = Patients d’un arbre
    .help = Avec remise, un arbre voit environ 63 patients sur 100, certains plusieurs fois ; sans remise, 63 sur 100 une fois.
forest-with = avec remise
forest-without = sans remise
forest-class = Proportion de répondeurs
    .help = Chaque arbre tire répondeurs et non-répondeurs dans la proportion de la cohorte ; plus stable quand les répondeurs sont rares.
forest-class-kept = gardée dans chaque arbre
forest-tuned = Réglage
    .help = Essaie une vingtaine de forêts de 100 arbres et retient le nombre de prédicteurs essayés et la plus petite feuille qui prédisent le mieux les patients laissés de côté. Prend quatre à cinq fois plus de temps ; la validation croisée refait ce choix dans chaque part.
forest-tuned-on = choisir prédicteurs essayés et plus petite feuille
forest-gaps = Valeurs manquantes
    .help = Imputées : comme décidé plus haut, comme pour les autres modèles. Meilleur côté : chaque division envoie les patients sans la valeur du côté qui les prédit mieux ; rien n’est rempli pour la forêt.
forest-gaps-imputed = imputées
forest-gaps-side = meilleur côté
train-validation = Validation
plan-bootstraps = Rééchantillonnages bootstrap
    .help = Combien de fois un modèle logistique est refait pour mesurer combien il se flatte.
plan-folds = Parts
    .help = Parts en lesquelles la cohorte est coupée ; chacune est prédite par des modèles qui ne l’ont pas vue.
plan-repeats = Répétitions
    .help = Combien de fois la cohorte est coupée à nouveau.
plan-halves = Demi-échantillons
    .help = Combien de fois chaque modèle est refait sur la moitié des patients : la dispersion de chaque chance en vient.
plan-two-stage = Limites
    .help = Telles quelles, les limites ignorent que le modèle lui-même serait différent sur une autre cohorte, et sont trop étroites. Le bootstrap à deux étages refait tout pour 80 rééchantillons des patients, 12 fois dans chacun : long, mais honnête.
plan-two-stage-on = bootstrap à deux étages
plan-permutation = Face au hasard
    .help = Réentraîne le premier modèle sur 200 mélanges du résultat : combien de fois le hasard seul fait-il aussi bien ?
plan-permutation-on = test de permutation
plan-simulation = Ce qu’une telle cohorte peut montrer
    .help = Entraîne le premier modèle sur 200 cohortes simulées de cette taille dont la vérité est connue : ce qu’il paraît chez lui, et ce qu’il fait ailleurs.
plan-simulation-on = étude par simulation
plan-seed = Graine
    .help = La même graine donne les mêmes chiffres.
train-strata = Strates
    .about = Les strates décrivent ; elles n’entraînent rien. Une autre règle s’applique aussitôt, sans nouvel entraînement. Un patient dont la dispersion franchit un seuil est indéterminé.
strata-rule = Découper
strata-rule-hand = à la main
strata-rule-quantiles = en groupes d’effectifs égaux
strata-rule-threshold = à un seul seuil
strata-groups = Nombre de groupes
    .help = Selon les chances de chaque modèle dans cette cohorte : 3 pour des tiers, 4 pour des quarts.
strata-threshold = Seuil
    .help = La chance à partir de laquelle l’équipe agirait : le seuil du bénéfice net de la page de performance.
strata-low = Improbable sous
strata-high = Probable à partir de
train-run = Calcul
    .about = Vous pouvez continuer à travailler pendant le calcul. Les résultats sont gardés pour cette étude.
train-log = Journal
    .empty = Rien n’a encore été entraîné.
train-trying = Essai pour estimer la durée…
train-log-when = Heure
train-log-what = Ce qui s’est passé
train-log-file = journal-entrainement.xlsx
train-estimate = Environ { $time } sur cet ordinateur.
train-ready = Prêt à entraîner sur { $patients }.
train-done = Les résultats sont à jour.
train-no-learner = Cochez au moins un modèle.
see-performance = Voir la performance
stop-training = Arrêter

# Performance.
next-patients = Ensuite : patients
shown-model = Modèle affiché
performance-figures = Chiffres sur des patients que le modèle n’a pas vus
threshold-title = À partir de quelle chance agiriez-vous ?
threshold-from = Agir dès une chance de
threshold-note = Compté sur des patients qui n’ont pas servi au modèle ; parts avec limites à 95 % (Wilson). Un tableau à un seuil n’est pas une mesure d’un modèle.
within-title = Patients selon leur chance
within-offer = Faites glisser le pointeur sur une courbe pour marquer une étendue de chances et voir qui s’y trouve.
within-between-cuts = Entre les seuils
within-from = Chance de (%)
within-to = à (%)
within-clear = Effacer
performance-roc = Courbes ROC et précision-rappel
performance-roc-note = Aucune des deux ne montre si les chances sont justes, ni ce qu’apporte d’agir d’après elles.
performance-by-chance = si parfaitement calibré
performance-by-chance-note = « Si parfaitement calibré » : où se trouverait la valeur du modèle affiché dans 95 cohortes sur 100 de cette taille si toutes ses chances étaient justes.
apparent = apparent
apparent-warning = Les chiffres gris sont ceux des patients d’entraînement. Ils flattent et ne figurent ici que pour montrer de combien.
method = { $method } ; { $n } rééchantillonnages en tout{ $failed ->
    [0] {""}
    [one] , { $failed } échec
   *[other] , { $failed } échecs
}.
cross-validated = AUC en validation croisée { $auc } (écart-type entre répétitions { $sd }).
no-lead-trial = « Suivre le test » n’est pas tracé : chez les patients analysés, le résultat du test n’est pas connu ou ne varie pas.
stability-words = Sur { $n } réentraînements avec la moitié des patients, une chance se déplace de { $points } points en moyenne.
explanation-offer = Comment la chance change-t-elle avec chaque prédicteur, lesquels en disent plus ensemble que séparément, et comment additionner le modèle à la main ? Cela prend de quelques secondes à quelques minutes.
explanation-predictor = Prédicteur
explanation-stop = Arrêter
explanation-done = Les courbes et les interactions ont été calculées
comparison-title = Comparaison des modèles
comparison-offer = Le modèle choisi suffit-il, ou un autre ferait-il mieux ? Vos modèles sont mis à côté de cinq autres, sur les mêmes patients. Ces autres servent à la comparaison seulement : aucune chance de patient n’en vient.
comparison-trying = Essai pour estimer la durée…
comparison-estimate = Cela prend environ { $time }.
comparison-stop = Arrêter la comparaison
comparison-grey = Les modèles en gris servent à la comparaison seulement.
comparison-done = Les modèles ont été comparés
elsewhere-offer = Que valent les modèles ailleurs ? Choisissez un fichier de patients d’un autre centre ou d’une autre période. Il est lu comme le fichier de cette étude, avec ses réparations et ses corrections de colonnes entières. Rien n’est appris de ces patients, et les modèles restent tels quels.
elsewhere-again = Choisir un autre fichier…
elsewhere-stop = Arrêter
elsewhere-done = Les modèles ont été jugés sur l’autre cohorte
performance-terms = Coefficients en rapports de cotes
term = Prédicteur
odds-step = Pour un pas de
terms-about = Un nombre est comparé sur le pas indiqué, environ la distance entre ses quartiles ; une modalité avec la modalité de référence. Un rapport de cotes n’est pas une cause.

# Patients.
patients-about = La chance de chaque patient vient de modèles qui ne l’ont pas vu. Réponse sous stimulation, et non bénéfice causé par elle.
patients-table = Patients
patients-hint = Double-clic ou Entrée : page de réunion.
patients-id = Patient
    .tip = Pseudonyme, le même dans toutes les exportations de cette étude
patients-chance = Chance
    .tip = Chance de réponse
patients-spread = Dispersion
    .tip = 95 % des réentraînements sur la moitié des patients ; pas un intervalle de confiance
patients-scale = De 0 à 100 %
    .tip = La chance par un point, sa dispersion par une barre
patients-stratum = Strate
    .tip = Selon les seuils des réglages ; indéterminé si la dispersion en franchit un
patients-observed = Observé
    .tip = Ce qui s’est réellement passé
patients-centre = Centre
    .tip = Comme la cohorte le nomme
patients-warnings = Attention
    .tip = Valeurs hors de l’étendue des autres patients ou jamais vues ensemble chez eux, et prédicteurs sans valeur
patients-warning-outside = hors des données
patients-warning-missing = valeurs manquantes
patients-warning-undetermined = indéterminé
patients-outside-of = hors des données : { $labels }
patients-unlike = valeurs jamais vues ensemble
patients-n-missing = { $n ->
    [one] 1 valeur manquante
   *[other] { $n } valeurs manquantes
}
list-table = Tableau
list-plot = Graphique en bandes
list-strata = Strates
movement-title = Qui changerait de strate avec un autre critère ?
movement-offer = Une strate vaut pour une définition du critère. Les modèles sont entraînés une fois de plus avec la définition choisie ici, avec les mêmes prédicteurs, et la strate de chaque patient est mise à côté de l’actuelle. La définition de l’étude ne change pas.
movement-choose = Une autre définition du critère
movement-run = Entraîner et comparer
movement-stop = Arrêter cet entraînement
movement-done = Les strates de l’autre critère sont à côté des actuelles.
list-all = Tous les patients
filter-all = { $what } : tout
filter-by = Filtrer par : { $what }
strip-hint = Un clic sur un patient ouvre la page de réunion.
search-patients = Chercher un patient
open-patient = Page de réunion
all-patients = Tous les patients
responded = a répondu
did-not-respond = n’a pas répondu
undetermined-why = la dispersion franchit un seuil : à discuter
patient-title = Patient { $id }
patient-place = { $n } sur { $of }
chance-title = Chance de réponse
about-in-ten = { $n ->
    [0] Moins de 1 patient sur 10 comme lui répond
    [one] Environ 1 patient sur 10 comme lui répond
    [10] Presque tous les patients comme lui répondent
   *[other] Environ { $n } patients sur 10 comme lui répondent
}
other-says = { $model } : { $chance }
reasons-title = Pourquoi
reasons-none = Aucun prédicteur n’éloigne cette chance de la moyenne.
reasons-about = Ce que le modèle utilise, non ce qui cause la réponse. Changer une valeur ne change pas le résultat.
reason-number = { $label } { $value } (la moitié des patients : { $low } à { $high })
reason-level = { $label } : { $value }
reason-missing = { $label } : inconnu
alike-title = Patients semblables
    .about = Selon les arbres de la forêt qui n’ont vu ni l’un ni l’autre : dans combien tous deux finissent dans la même feuille. Leur issue n’est pas une promesse.
alike-line = { $id } : { $observed } · même feuille dans { $share } des arbres
what-if-title = Non connu : et si ?
what-if-suppose = Supposer { $label }
what-if-chance = Avec cela, la chance serait de { $chance } ({ $range } sur les réentraînements).
what-if-worth = Que vaudrait-il de le savoir ?
what-if-narrower = Connaître { $label } resserrerait la bande de { $now } à { $known } points en moyenne ; la chance pourrait être de { $range }.
what-if-no-narrower = Connaître { $label } ne resserrerait pas la bande ({ $now } points maintenant, { $known } alors) ; la chance pourrait être de { $range }.
what-if-note = Seulement pour des valeurs non connues, dans l’étendue des patients. Cela dit ce que dirait le modèle, pas ce que ferait un traitement de la valeur.
reason-holds = dans { $share } des réentraînements
alike-near = { $id } : { $observed } ; distance { $distance }
alike-near-about = Les plus proches par les valeurs réduites des prédicteurs (0 : identique, 1 : opposé en tout).
together-unusual = Chaque valeur se trouve dans les données, mais aucun patient ne les réunit : hors des données.
unusual-title = Manquant ou inhabituel
candidate-title = Candidat { $id }
patient-place-today = { $n } sur { $of } aujourd’hui
meeting-minutes = { $n ->
    [one] à l’écran depuis { $n } minute
   *[other] à l’écran depuis { $n } minutes
}
of-hundred = { $n } patients comme lui sur 100 répondent
chance-is = chance
chance-range = selon les réentraînements
chance-range-gaps = selon les réentraînements et ce qui n’est pas connu
missing-words-new = { $label } : non connu ; la valeur usuelle a été prise, et la dispersion contient ce que d’autres patients ont là.
models-agree = Les modèles disent à peu près la même chose (écart d’au plus { $points } points).
models-within = Les modèles diffèrent d’au plus { $points } points ; chaque chance se trouve dans la dispersion de l’autre.
models-apart = Les modèles ne s’accordent pas : { $points } points d’écart, plus que leurs dispersions ne l’expliquent. Ne vous fiez pas à un seul.
trial-none = Test de stimulation : aucun résultat qui varie dans cette cohorte.
trial-good = Test réussi. Sur { $n } patients dont le test a réussi, { $responded } ont répondu ({ $range }).
trial-bad = Test échoué. Sur { $n } patients dont le test a échoué, { $responded } ont répondu ({ $range }).
trial-unknown = Test non connu. Sur { $n } patients dont le test a réussi, { $responded } ont répondu ({ $range }).
trial-favoured = Un test échoué compte ici comme non-réponse, ce qui avantage le test.
covered-outside = Hors des données : { $labels }. Aucun patient de cette cohorte n’est ainsi.
covered-together = Hors des données : aucun patient de cette cohorte n’a ces valeurs ensemble.
covered = Hors des données
    .remedy = Une chance peut être calculée, mais rien ne dit qu’elle soit juste. Discutez sans elle.
covered-show = L’afficher quand même
reasons-part-raises = { $part } : augmente la chance
reasons-part-lowers = { $part } : diminue la chance
reasons-sum-log-odds = Somme : la moyenne { $base } et toutes les raisons { $reasons } donnent une log-cote de { $total }, soit une chance de { $chance }.
reasons-sum-share = Somme : la moyenne { $base } % et toutes les raisons { $reasons } points donnent { $total } %.
alike-lead = { $responded } de ces { $n } patients ont répondu.
what-if-waiting = Calcul en cours …
note-field = Note
choice-none = Rien de décidé
choice-trial = Proposer un test
choice-implant = Proposer l’implantation
choice-optimise = Améliorer d’abord les autres traitements
choice-not-now = Pas maintenant
choice-no-consensus = Pas de consensus
decided-on = Décidé le { $day }
people-hint = Personnes présentes
protocol-title = Protocole et avis éthique
protocol-about = Ce sont de vrais patients. Sous quel protocole et quel avis éthique en discutez-vous ? La question n’est posée qu’une fois ; la réponse figure sous chaque patient.
protocol-hint = Par exemple un numéro de protocole et la référence du comité
protocol-keep = Garder
protocol-none = Il n’y en a pas
day-title = Aujourd’hui :
day-join = Ajouter à la liste du jour
day-leave = Retirer de la liste du jour
day-clear = Vider la liste
candidates-title = Candidats :
new-candidate = Nouveau candidat
    .tip = Saisir les valeurs d’une personne qui n’est pas dans la cohorte ; sans nom
candidate-values = Valeurs : { $n } sur { $of } connues
candidate-about = Pas de nom ici. Ce qui n’est pas connu reste vide. Gardé dans l’étude.
candidate-beyond = Hors des données : les patients vont de { $low } à { $high }
candidate-impossible = Impossible : de { $low } à { $high }. Valeur non gardée.
candidate-no-number = Ce n’est pas un nombre. Valeur non gardée.
candidate-unknown = Non connu
candidate-open = Montrer les valeurs
candidate-close = Cacher les valeurs
candidate-forget = Supprimer ce candidat
candidate-waiting = Préparation du modèle …
candidate-stale = Les résultats ne sont plus à jour. Entraînez à nouveau pour voir une chance.
meeting-print = Page à imprimer
    .tip = Une page pour le dossier : chance, dispersion, raisons, avertissements, décision
    .file = page
meeting-home = Page à emporter
    .tip = Une page pour le patient, en mots simples
    .file = a-emporter
handout-title = Ce qu’un calcul dit de votre traitement
handout-lead = Sur 100 personnes dont les valeurs ressemblent aux vôtres, environ { $n } répondent à la stimulation médullaire.
handout-range = Ce nombre n’est pas exact. Quand le calcul a été répété sur des parties des données, il était de { $range }.
handout-response = « Répondre » veut dire ici : { $response }
handout-from = Le calcul a appris de { $n } patients d’une cohorte. Votre équipe peut voir des choses qu’il ne connaît pas.
handout-not-you = Il dit combien de personnes comme vous répondent, et non si vous répondrez.
handout-covered = Pour vous, le calcul ne donne aucun nombre digne de confiance.
handout-ask = Parlez-en avec votre équipe : ce qui compte pour vous compte autant que ce nombre.
foot-model = Modèle du { $day }, n = { $n } ; { $external }
foot-external = éprouvé sur une cohorte externe.
foot-not-external = non validé sur des patients d’un autre centre.
foot-protocol = Protocole et éthique : { $protocol }
foot-no-protocol = Ni protocole ni avis éthique n’ont été donnés.
outside-words = { $label } : hors des données des autres patients. Ne vous fiez pas à cette chance.
missing-words-side = { $label } n’est pas connu ; chaque division a envoyé le patient du côté qui prédit mieux de tels patients.
missing-words = { $label } n’est pas connu ; la valeur habituelle a été prise.
nothing-unusual = Toutes les valeurs sont connues et dans les données des autres patients.
note-title = Note et décision
note-hint = Ce qui a été dit, ce qui a été décidé
note-about = Gardée dans l’étude sous le pseudonyme.
no-such-patient = Ce patient n’existe pas sous ce modèle.

# Rapport.
report-about = Un seul fichier autonome, à imprimer ou à envoyer ; les figures portent leurs méthodes et leurs avertissements.
report-write = Enregistrer le rapport
report-written = Le rapport a été écrit dans { $folder }
copy-path = Copier le chemin
report-form = Forme
report-formats = Écrire
report-html = Le rapport en une page (report.html)
report-json = Les chiffres pour d’autres programmes (results.json)
report-svg = Chaque figure dans un fichier (svg)
report-language = Langue
report-folder = Dossier du rapport
    .about = Il est créé s’il n’existe pas. Les fichiers de même nom sont remplacés.
report-privacy = Confidentialité
report-ids = Codes d’origine des patients au lieu de pseudonymes
    .about = Les patients s’appellent P001, P002 et ainsi de suite. Les codes de la source restent dans cette étude.
    .warning = Le rapport contiendra les codes du fichier source : il ne doit pas quitter l’hôpital.
report-fact-patients = Patients analysés
report-fact-outcome = Critère
report-fact-rate = Répondeurs
report-fact-models = Modèles
report-part-flow = Qui a été analysé et pourquoi d’autres non
report-part-performance = La performance corrigée, avec ses méthodes
report-part-figures = Calibration, courbe de décision, stabilité
report-part-importance = Importance des prédicteurs et coefficients
report-part-patients = Chaque patient avec chance, dispersion et strate
report-part-method = Méthodes, réglages et constats de la vérification
tab-review = Revue

# La vérification.
tab-trail = Journal
findings-none-open = Il ne reste rien que vous devriez regarder.
findings-none = Aucun.
findings-show = Tout montrer
rows-only = Ces lignes seulement
rows-all = Toutes les lignes
rows-found = Lignes avec constats
rows-waiting = Tri et recherche…
status-open = à voir
status-queried = en question
status-answered = avec réponse
status-corrected = avec correction
status-accepted = admis
finding-accept = Accepter comme juste
    .tip = La valeur est juste telle quelle ; elle ne sera plus signalée tant qu’elle reste.
    .all = Accepter les { $n } comme justes…
finding-query = Poser la question
    .tip = Met le constat sur la liste des questions.
    .all = Poser les { $n } questions…
finding-reopen = Rouvrir
    .tip = Le constat compte de nouveau parmi ce qu’il faut regarder.
    .all = Rouvrir les { $n }…
finding-correct = Corriger…
finding-note = Note
finding-marked = { $status }, { $at } { $who } { $note }
finding-answer = Réponse : { $answer }
finding-choose = Choisissez d’abord un constat.
finding-out-of-range = Valeurs hors des limites habituelles, à vérifier
finding-date-order = Dates qui ne se suivent pas, à vérifier
finding-cm-among-mm = Valeurs qui ressemblent à des centimètres parmi des millimètres
finding-missing-code-suspected = Valeurs qui veulent peut-être dire « non connu »
finding-duplicate-id = Le même identifiant sur plusieurs lignes
finding-id-missing = Lignes sans identifiant
finding-column-renamed = Colonnes qui portaient le même nom
finding-outlier = Valeurs éloignées de celles des autres patients, à vérifier
finding-blank-required = Cellules vides là où une valeur est nécessaire
finding-not-of-kind = Cellules qui n’ont pas pu être lues selon leur colonne
finding-no-such-choice = Valeurs qui ne sont pas parmi les choix
finding-choice-misspelt = Valeurs qui ressemblent à une autre, à vérifier
finding-bmi-differs = Indice de masse corporelle en désaccord avec taille et poids
finding-visit-before-implant = Visites datées d’avant l’implantation, à vérifier
finding-visit-order = Visites qui ne se suivent pas, à vérifier
finding-trial-relief-apart = Soulagement rapporté loin des scores
finding-visit-window = Visites en avance ou en retard sur leur mois
finding-value-after-explant = Valeurs datées d’après l’explantation, à vérifier
finding-duplicate-person = Lignes qui sont peut-être le même patient
finding-identical-row = Lignes entièrement identiques
repair-take-back = Revenir sur la réparation
column-menu = Menu de la colonne
column-correct = Corriger la colonne
sort-upwards = Croissant
sort-downwards = Décroissant
filter = Filtrer
filter-clear = Effacer
filter-from = de
filter-to = à
filter-contains = avec ce texte
filter-missing = manquant
filter-present = présent
menu-recode = Renommer les modalités…
menu-codes = Valeurs qui signifient manquant…
menu-scale = Une autre unité…
menu-kind = Lire comme…
menu-edit = Corriger la cellule…
menu-copy = Copier
menu-only = Seulement les lignes avec { $value }
menu-exclude = Écarter ce patient…
menu-include = Analyser de nouveau ce patient…
match-next = Occurrence suivante
match-previous = Occurrence précédente
cell-excluded = Écarté de toute analyse : { $why }
cell-unread = Compte comme manquant : « { $text } » n’a pas pu être lu.
cell-corrected = Corrigé de { $before } en { $after }, { $at } { $who } { $why }
trail-about = Tout ce qui a été fait aux données. Rien n’en est jamais retiré, pas même par une annulation.
deeds-when = Quand (UTC)
deeds-who = Qui
deeds-what = Quoi
deeds-patient = Patient
deeds-column = Colonne
deeds-before = Avant
deeds-after = Après
deeds-why = Motif
deeds-state = État
trail-taken-back = annulé
trail-everyone = Tout le monde
trail-every-column = Toutes les colonnes
trail-every-kind = Toutes les actions
trail-export = Exporter en csv…
trail-file = journal.xlsx
trail-hash = SHA-256 { $hash }…
trail-no-meaning = aucune mesure connue
search-trail = Chercher dans le journal
did-read = Fichier lu
did-cell = Cellule corrigée
did-recode = Modalité renommée
did-codes = Valeurs mises à manquant
did-scale = Unité changée
did-exclude = Patient écarté
did-include = Patient analysé de nouveau
did-meaning = Sens donné
did-derive = Variable calculée
trail-not-derived = retirée
did-kind = Lu comme
did-undone = Correction { $n } annulée
did-redone = Correction { $n } rétablie
did-marked = Constat traité
tab-file = Fichier
tab-measures = Mesures
tab-missing = Manquants
tab-follow-up = Suivi
tab-table-one = Tableau 1

# Cohorte : le fichier.
recipe-line = Lu comme le fichier du { $date } ({ $n ->
    [one] { $n } choix
   *[other] { $n } choix
}).
recipe-new = { $n ->
    [one] Nouvelle colonne
   *[other] Nouvelles colonnes
} : { $columns }.
recipe-gone = { $n ->
    [one] Colonne disparue
   *[other] Colonnes disparues
} : { $columns }.
recipe-afresh = Repartir de zéro
recipe-why = Comme pour le dernier fichier de cette forme
file-columns = { $n ->
    [one] { $n-text } colonne
   *[other] { $n-text } colonnes
}
file-rows = { $n ->
    [one] { $n-text } ligne
   *[other] { $n-text } lignes
}
file-from-sheet = de la feuille « { $name } »
file-separated = colonnes séparées par { $mark }
file-decimal-comma = virgule décimale
file-decimal-point = point décimal
file-dates = dates en { $order }
file-to-decide = { $n ->
    [0] rien à décider
    [one] { $n-text } point à décider
   *[other] { $n-text } points à décider
}
file-unchanged = { $name } est seulement lu, jamais modifié.
file-use = Utiliser ainsi
    .tip = Relire la cohorte de cette façon ; les corrections restent
file-back = Revenir à ce qui est utilisé
file-sheets = Feuilles
file-read-sheet = Lire la feuille { $name }
file-text = Fichier texte
file-quote = Guillemets autour du texte
quote-none = aucun
file-values = Nombres et dates
file-codebook = Dictionnaire des données
    .none = aucun ; un fichier voisin, ou son chemin
file-rows-title = Lignes
file-header-row = Première ligne de l’en-tête
file-header-rows = Lignes de l’en-tête
file-skip = Lignes à laisser de côté (3, 7-9)
    .none = aucune
file-range = Partie de la feuille (B3:AF200)
    .whole = toute la feuille
automatic-found = automatique, trouvé : { $found }
file-lines = Lignes
    .about = Les premières lignes telles qu’elles sont. Cliquez un numéro de ligne pour dire où est l’en-tête ou laisser la ligne de côté.
file-columns-title = Colonnes
line-title = titre
line-header = en-tête
line-blank = vide
line-totals = totaux
line-skipped = écartée
row-name = Ligne { $row }
row-header-here = L’en-tête commence ici
row-skip = Laisser cette ligne de côté
row-read = Lire de nouveau cette ligne
sheet-patients = patients
sheet-visits = visites
sheet-joined = jointe par patient
sheet-codebook = dictionnaire des codes
sheet-left-out = non utilisée
sheet-words = { $part } ; { $rows ->
    [one] { $rows-text } ligne
   *[other] { $rows-text } lignes
}, { $columns ->
    [one] { $columns-text } colonne
   *[other] { $columns-text } colonnes
}
column-example = { $read }, lu dans « { $text } »
column-counts = { $values ->
    [one] { $values-text } valeur
   *[other] { $values-text } valeurs
}, { $missing ->
    [0] aucune ne manque
    [one] { $missing-text } manquante
   *[other] { $missing-text } manquantes
}
column-unread = { $n ->
    [one] { $n-text } cellule non lue
   *[other] { $n-text } cellules non lues
}
    .tip = Montrer ces cellules
column-code = { $code } ({ $n-text }) veut dire manquant
    .tip = Cochez si cette valeur dit que rien n’est connu
    .word = Un mot qui dit que rien n’est connu
column-leave-out = écarter
column-leave-out-of = Écarter { $column }
column-kind-of = Lecture de { $column }
ask-date-dmy = Jour d’abord (31/12)
ask-date-mdy = Mois d’abord (12/31)
ask-pcs = Quelle échelle est « { $column } » ?

# Cohorte : mesures.
measures-sentence = { $n-text } colonnes sur { $of } sont prises pour une mesure du dictionnaire ; { $said ->
    [0] aucune n’est encore confirmée
    [one] { $said-text } est confirmée
   *[other] { $said-text } sont confirmées
}.
measures-search = Chercher une colonne
measures-all = Toutes les colonnes
measures-open = Ce qui n’est pas sûr
measures-accept-sure = Accepter tout ce qui est sûr ({ $n })
measures-accept-likely = Accepter aussi le probable ({ $n })
measures-accept = Accepter
measures-accept-of = Accepter : { $column } est { $measure }
measures-column = Colonne
measures-measure = Est prise pour
measures-sureness = Certitude
measures-none = Aucune colonne ne convient.
measures-nothing = rien dans le dictionnaire
measures-find = Chercher une mesure
measures-or = Peut-être { $measure }
measures-look = Voir les valeurs
measures-measure-of = Mesure de { $column }
measures-timing-of = Moment de { $column }
measures-unit-of = Unité de { $column }
measures-why-accepted = Proposition du dictionnaire, acceptée
measures-why-chosen = Choisi à la main
score-line = { $measure }, { $moment }, à partir de { $items ->
    [one] { $items-text } colonne
   *[other] { $items-text } colonnes
} : { $n ->
    [one] { $n-text } patient
   *[other] { $n-text } patients
}{ $incomplete ->
    [0] {""}
    [one] , { $incomplete-text } avec trop peu de réponses
   *[other] , { $incomplete-text } avec trop peu de réponses
}{ $total ->
    [none] .
   *[other] . Le fichier donne un total dans « { $total } », qui est utilisé.
}
measures-scores = Scores calculés
sureness-nothing = inconnu
sureness-guess = hypothèse
sureness-likely = probable
sureness-sure = sûr
sureness-said = confirmé

# Cohorte : valeurs manquantes.
missing-sentence = { $share } des valeurs de { $patients } dans { $variables ->
    [one] { $variables-text } colonne
   *[other] { $variables-text } colonnes
} manquent ; { $much ->
    [0] dans aucune colonne il n’en manque plus d’un cinquième
    [one] dans { $much-text } colonne il en manque plus d’un cinquième
   *[other] dans { $much-text } colonnes il en manque plus d’un cinquième
}.
missing-empty = Il n’y a aucune colonne à compter.
missing-map = À qui il manque quoi
    .about = Une bande par patient. Cliquez une colonne pour voir ses patients.
missing-by-file = Comme le fichier
missing-by-pattern = Par motif
missing-is = manque
missing-is-not = connu
missing-of = { $label } : { $words } manquent
missing-cell = Ligne { $row }, { $label } : { $value }
missing-alt = Carte des valeurs manquantes par patient et colonne. Il manque le plus dans : { $worst }.
missing-alt-none = Carte des valeurs manquantes par patient et colonne : rien ne manque.
missing-visits = Par visite
missing-moment-unknown = Moment inconnu
missing-together = Ce qui manque ensemble
missing-nothing = rien ne manque
missing-centres = Par centre
    .about = Les colonnes qui diffèrent le plus entre centres.

# Cohorte : suivi.
follow-up-sentence = Au { $date }, { $due ->
    [one] { $due-text } patient est à voir
   *[other] { $due-text } patients sont à voir
} et { $overdue ->
    [one] { $overdue-text } est en retard
   *[other] { $overdue-text } sont en retard
}.
follow-up-empty = Aucune visite après l’implantation n’a été trouvée : il faut une date d’implantation et des colonnes mesurées à une visite.
follow-up-as-of = À la date du
    .tip = Année-mois-jour, par exemple 2026-03-12
follow-up-today = Aujourd’hui
follow-up-all = Tous
visit-done = vu
visit-due = à voir
visit-overdue = en retard
visit-lost = perdu de vue
visit-not-yet = pas encore
visit-unknown = inconnu
visit-on = { $state }, { $date }
visit-overdue-since = en retard depuis le { $date } ({ $n ->
    [one] { $n } semaine
   *[other] { $n } semaines
})
worklist = Enregistrer la liste ({ $n })…
    .tip = Chaque visite à faire ou en retard, en fichier csv à imprimer ou à remplir
worklist-file = liste-de-travail.xlsx
worklist-codes = Codes patients de l’hôpital
    .tip = Avec les codes du fichier au lieu des pseudonymes : la liste ne doit pas quitter l’hôpital
worklist-patient = Patient
worklist-implanted = Implanté

# Cohorte : tableau 1.
table-one-sentence = { $n ->
    [one] { $n-text } patient
   *[other] { $n-text } patients
}, { $variables ->
    [one] { $variables-text } colonne
   *[other] { $variables-text } colonnes
} ; les parts sont celles des valeurs connues.
table-one-empty = Il n’y a aucune colonne à résumer.
table-one-about = Différence standardisée : la plus grande entre deux groupes ; au-delà de 0,1 elle mérite un regard. Pas de valeurs p : elles testeraient ce qui ne diffère que par hasard.
table-one-by = Groupes
table-one-by-nobody = aucun
table-one-closed = S’ouvre quand la spécification est verrouillée (page Prédicteurs) : jusque-là, rien ne montre le lien entre prédicteurs et critère.
table-one-by-outcome = par résultat
table-one-by-centre = par centre
table-one-form = Quantités
table-one-mean = moyenne (ET)
table-one-median = médiane (quartiles)
table-one-form-of = { $variable } : { $form }. Cliquez pour l’autre forme.
table-one-variable = Variable
table-one-overall = Ensemble
table-one-group = { $name } (n = { $n })
table-one-difference = Diff. std.
table-one-missing = Manquants
table-one-responders = Répondeurs
table-one-others = Non-répondeurs
table-one-file = tableau-1.xlsx
file-patients = Patients
file-keyed = Pseudonymes à clé (P-7K3QX2MA) au lieu de P001
    .tip = Le même patient a alors le même pseudonyme dans chaque export. La clé { $key } reste sur cet ordinateur, dans le dossier « keys » des données du programme, et n’est jamais dans une étude : copiez-la pour l’utiliser ailleurs ; si elle est perdue, les pseudonymes ne peuvent pas être refaits.
cohort-rules = Règles
rules-own = Vos règles
    .tip = Une ligne chacune, comme une phrase qui doit être vraie. Les noms comme dans le tableau, entre accents graves s’ils contiennent des espaces.
rules-hint = odi_m12 <= 100
rules-new = Nouvelle règle
rules-add = Ajouter la règle
rules-remove = Retirer
rules-findings = { $n ->
        [0] vraie partout
        [one] un constat
       *[other] { $n } constats
    }
rules-required = Jamais vide
rules-required-add = Ajouter une colonne…
rules-limits = Limites
rules-outlier = écarts types robustes à la médiane à partir desquels une valeur est à vérifier
    .tip = Distance à la médiane en unités de 1,4826 fois l’écart absolu médian.
rules-window = semaines d’avance ou de retard permises pour une visite
    .tip = Sert aussi au tableau du suivi.

# --- Valeurs manquantes sur la page des prédicteurs ---
missing-plan = Valeurs manquantes dans les modèles
missing-single = Remplacées une fois
    .about = Un nombre reçoit la médiane des patients d’apprentissage, une modalité la plus fréquente ; quand au moins une valeur sur cinq manque, un indicateur le signale. Simple et rapide. Quand des valeurs manquent pour une raison, les coefficients sont faussés et leurs intervalles trop étroits.
missing-multiple = Imputées plusieurs fois
    .about = Chaque valeur manquante est remplacée par plusieurs valeurs plausibles d’après ce que l’on sait du patient. Cela est appris de nouveau dans chaque rééchantillon, et un patient dont des valeurs manquent reçoit une dispersion plus large. L’entraînement est bien plus long.
missing-m = Imputations
    .help = Autant que le pourcentage de patients incomplets est une bonne règle.
missing-rounds = Tours
    .help = Les figures de convergence montrent s’ils suffisent.
missing-visit = Ordre dans un tour
missing-delta = Analyse de sensibilité
    .help = Et si les valeurs manquantes étaient plus hautes ou plus basses que les données ne peuvent le dire ? Les valeurs imputées d’une variable sont déplacées et le modèle est refait.
missing-delta-none = aucune
missing-deltas = Décalages
    .help = Dans l’unité de la variable, séparés par des points-virgules.
missing-seen = Ce qui a été imputé au dernier entraînement
missing-stale = Les réglages ont changé depuis.
missing-shown = Prédicteur
missing-words-imputed = { $label } n’est pas connu ; des valeurs plausibles ont été imputées, et la dispersion en est plus large.
gaps-alone-words = Aucun autre patient ne manque de la même combinaison de valeurs. Personne ne peut dire ce que vaut cette chance.
