# La fenêtre autour de ses pages : commandes, barres, questions, éléments.

# Pages : nom, à quoi elle sert, ce qui s’y trouvera tant qu’elle est vide.
page-home = Accueil
    .tip = Par où commencer.
page-cohort = Cohorte
    .tip = Ce qui a été importé, avec chaque constat et sa cellule.
    .empty = Ouvrez un classeur ou un fichier csv tel que l’hôpital le tient. Le programme dit comment il a compris chaque colonne et ce dont il doute. Le fichier n’est jamais modifié.
page-outcome = Critère
    .tip = Ce qu’est un répondeur, qui est prédit et quand.
    .empty = Une fois une cohorte ouverte, dites ici ce qu’est un répondeur ; la part de répondeurs suit aussitôt.
page-predictors = Prédicteurs
    .tip = Ce que les modèles peuvent utiliser, et si la cohorte y suffit.
    .empty = Une fois une cohorte ouverte, cochez ici ce qui est connu avant la décision.
page-train = Entraînement
    .tip = Les modèles, leur validation et le calcul.
    .empty = Une fois une cohorte ouverte et le répondeur défini, les modèles sont entraînés et validés ici.
page-performance = Performance
    .tip = Jusqu’où l’on peut se fier aux prédictions.
    .empty = Vous verrez ici si les modèles distinguent les répondeurs parmi des patients qu’ils n’ont pas vus, et si leurs chances sont justes.
page-patients = Patients
    .tip = Chaque patient avec sa chance, et l’un d’eux pour la réunion.
    .empty = Chaque patient analysé reçoit ici une chance de modèles qui ne l’ont pas vu, avec sa dispersion et ses raisons.
page-report = Rapport
    .tip = Ce qui va sur le papier.
    .empty = Toute l’analyse est écrite ici dans un seul fichier autonome, et ses chiffres dans un autre pour d’autres programmes.

# Commandes.
command-open = Ouvrir…
    .tip = Ouvrir une étude, un classeur ou un fichier csv
command-save = Enregistrer
    .tip = Enregistrer l’étude avec sa cohorte et ses résultats
command-save-as = Enregistrer sous…
    .tip = Enregistrer l’étude sous un autre nom
command-save-without-patients = Enregistrer une copie sans patients…
    .tip = Enregistrer décisions et figures sans cohorte, patients ni notes
command-close = Fermer l’étude
    .tip = Fermer ce qui est ouvert
command-undo = Annuler
    .tip = Revenir sur la dernière décision
command-redo = Rétablir
    .tip = Reprendre la décision annulée
command-train = Entraîner les modèles
    .tip = Entraîner et valider les modèles choisis
command-compare = Comparer les modèles
    .tip = Mettre les modèles à côté d’autres, sur les mêmes patients
command-explain = Expliquer les modèles
    .tip = Calculer les courbes, les interactions et les points des modèles affichés
command-elsewhere = Juger sur une autre cohorte…
    .tip = Choisir un fichier d’autres patients : les résultats des modèles entraînés y sont montrés à côté des autres ; rien n’est appris de ces patients
command-cancel = Arrêter
    .tip = Arrêter l’entraînement ou la comparaison ; les résultats précédents restent
command-write-report = Écrire le rapport
    .tip = Écrire le rapport avec les options de sa page
command-next-patient = Patient suivant
    .tip = Montrer le patient suivant de la liste
command-previous-patient = Patient précédent
    .tip = Montrer le patient précédent de la liste
command-palette = Recherche ou commande
    .tip = Trouver tout ce que le programme sait faire
command-zoom-in = Agrandir
    .tip = Tout agrandir
command-zoom-out = Réduire
    .tip = Tout réduire
command-zoom-reset = Taille normale
    .tip = Revenir à 100 %
command-present = Présenter
    .tip = Grand et clair, la page seule, pour un projecteur ; de nouveau pour quitter
present-leave = Quitter la présentation (F11)
command-switch-theme = Clair ou sombre
    .tip = Passer du thème clair au thème sombre
command-switch-language = Français ou anglais
    .tip = Changer la langue de la fenêtre
command-about = À propos et raccourcis
    .tip = Ce qu’est le programme, et ses raccourcis
key-ctrl = Ctrl
key-shift = Maj
key-enter = Entrée
key-page-down = Page suivante
key-page-up = Page précédente

# Barres.
menu-study = Étude
palette-hint = Recherche ou commande
palette-nothing = Aucune commande ne contient ces mots
lang-en = English
lang-fr = Français
unsaved = Tout n’est pas enregistré
state-empty = Rien ici pour le moment.
state-ready = Prêt.
state-out-of-date = Dépassé.
autosaved-now = copie de secours à l’instant
autosaved = copie de secours il y a { $time }
n-findings = { $n ->
    [one] { $n-text } constat
   *[other] { $n-text } constats
}
problem-on = Problème sur la page { $page }
dialog-open = Une fenêtre de fichiers est ouverte.
dialog-type = Saisir plutôt le chemin
time-left = encore { $time } environ
drop-here = Déposez le fichier pour l’ouvrir
copied = Copié dans le presse-papiers.
saved = Enregistré.
file-written = Le fichier a été écrit.
report-done = Le rapport a été écrit.

# Travaux.
job-read = Lecture du fichier
job-open = Ouverture de l’étude
job-check = Vérification de la cohorte
job-derive = Détermination du critère
job-trial = Essai pour estimer la durée
job-train = Entraînement
job-try-comparison = Essai pour estimer la durée d’une comparaison
job-compare = Comparaison des modèles
job-explain = Calcul des courbes et des interactions
job-elsewhere = Jugement des modèles sur une autre cohorte
job-live = préparation du modèle du patient
job-ask = question au modèle
job-save = Enregistrement
job-autosave = Enregistrement d’une copie de secours
job-report = Écriture du rapport
job-text = Écriture du fichier
stage-of = { $subject } : { $stage }

# Questions par-dessus la page.
ok = OK
cancel = Annuler
open = Ouvrir
choose = Choisir…
ask-open = Ouvrir une étude ou une cohorte
ask-elsewhere = Choisir l’autre cohorte
ask-save = Enregistrer
ask-folder = Choisir un dossier
ask-files = Études et cohortes
ask-path = Chemin
    .about = Aucune fenêtre de fichiers n’a répondu sur ce système. Saisissez ou collez le chemin complet.
unsaved-title = Enregistrer d’abord votre travail ?
unsaved-about = Les décisions et les résultats non enregistrés seront perdus.
unsaved-save = Enregistrer
unsaved-discard = Quitter sans enregistrer
about-version = Version { $version }
about-text = Prognostim prédit le résultat de la stimulation médullaire à partir de la cohorte d’un centre, et dit jusqu’où l’on peut se fier à la prédiction.
about-offline = Il travaille sur cet ordinateur seulement : il n’ouvre aucune connexion et n’envoie rien.
about-keys = Raccourcis
about-renderer = Affiché avec { $name }.
close-about = Fermer

# Éléments des pages.
plot-as-table = Tableau
plot-as-figure = Figure
plot-copy = Copier
plot-save = Enregistrer…
plot-save-svg = SVG (redimensionnable)
plot-save-pdf = PDF
plot-save-png = PNG, { $dpi } ppp
plot-save-csv = Données en csv
plot-copy-data = Copier les données
plot-data-curve = Courbe
plot-data-low = Limite inférieure
plot-data-high = Limite supérieure
plot-data-band = Bande à 95 %
dismiss = Masquer
automatic = automatique
keep-in-mind = À garder à l’esprit
browse = Parcourir…
copy-table = Copier le tableau
n-shown = { $n } affichés sur { $of }
working = Calcul en cours…
reading = Le fichier est en cours de lecture…
training = Les modèles sont en cours d’entraînement…
waiting = En attente…
stale = Ces résultats sont dépassés : la cohorte ou les réglages ont changé depuis. Relancez le calcul.
    .remedy = Ils sont montrés tels qu’ils étaient jusqu’au prochain entraînement.
empty-cohort = Aucune cohorte n’est ouverte
empty-results = Aucun modèle n’a encore été entraîné
go-train = Aller à l’entraînement
recovery = Le programme s’est terminé sans enregistrer « { $name } ».
    .remedy = Son dernier état a été conservé. Reprenez-le, ou abandonnez-le.
recovery-open = Le reprendre
recovery-discard = L’abandonner

# Domaines.
domain-person = Personne
domain-history = Antécédents
domain-pain = Douleur
domain-disability = Incapacité
domain-distress = Détresse psychique
domain-quality-of-life = Qualité de vie
domain-treatment = Traitement
domain-course = Test et suivi
domain-other = Autres colonnes

# Nombres et durées.
n-patients = { $n ->
    [one] { $n-text } patient
   *[other] { $n-text } patients
}
n-of = { $n } sur { $of } ({ $share })
duration-secs = { $n } s
duration-mins = { $n } min
duration-hours = { $hours } h { $mins } min

# Ce qui peut échouer autour de la fenêtre.
issue-no-window = Aucune fenêtre ne peut s’ouvrir sur cet ordinateur : { $detail }
    .remedy = Tout peut se faire sans fenêtre : « prognostim analyse COHORTE --out DOSSIER » entraîne, valide et écrit le rapport. Pour essayer un mode d’affichage, donnez --renderer glow ou --renderer wgpu.
issue-trained = { $n ->
        [one] { $n } modèle entraîné
       *[other] { $n } modèles entraînés
    } sur { $patients } patients en { $secs } s.
issue-trained-model = { $model } : AUC corrigée { $auc } ; { $failed } rééchantillonnages sur { $resamples } ont échoué ; graine { $seed }.
issue-training-stopped = L’entraînement a été arrêté.

# La vérification : commandes et tâches.
command-find = Chercher dans le tableau
    .tip = Trouver un texte dans n’importe quelle cellule ; Entrée passe à la suivante
command-go-to-row = Aller à la ligne…
    .tip = Aller à un patient ou à une ligne du fichier
command-edit-cell = Corriger la cellule…
    .tip = Changer la valeur sous le curseur, avec un motif
command-previous-finding = Constat précédent
    .tip = Montrer la cellule du constat précédent
command-next-finding = Constat suivant
    .tip = Montrer la cellule du constat suivant
command-accept-finding = Accepter le constat comme juste
    .tip = La valeur est juste telle quelle ; elle ne sera plus signalée
command-query-finding = Poser la question
    .tip = Mettre le constat sur la liste des questions
job-arrange = Tri et recherche
job-copy = Préparation de la copie
job-fingerprint = Le fichier a-t-il changé ?

# Formulaires.
form-apply = Appliquer
form-go = Y aller
form-empty = Saisissez une valeur, ou cochez qu’elle manque.
form-not-a-number = Ce n’est pas un nombre tel que 7,5.
form-not-a-date = Ce n’est pas une date telle que 2021-03-04 ou 04/03/2021.
form-no-change = Rien ne changerait encore.
form-no-code = Cochez ou saisissez au moins une valeur.
form-factor = Le facteur doit être supérieur à zéro.
form-why-needed = Il faut un motif ici.
form-level-empty = Chaque modalité a besoin d’un nom, ou signifie manquant.
form-no-such-row = Il n’y a ni ce patient, ni cette ligne dans le fichier.
form-not-here = Choisissez d’abord une cellule qui peut être corrigée ; ce qui nomme un patient ne le peut pas.
form-why = Motif
form-note = Note
form-initials = Initiales
form-value = Nouvelle valeur
form-missing = manquant
form-means-missing = signifie manquant
form-set-missing = La valeur manque
form-date-hint = année-mois-jour ou jour/mois/année
form-cell = Patient { $patient } : { $column }
form-now = Valeur actuelle : { $value }
form-now-missing = Il n’y a rien pour l’instant.
form-unread = Le fichier contient « { $text } », qui n’a pas pu être lu.
form-kept = Sera conservé comme { $value }
form-unusual = Hors des valeurs habituelles ({ $low } à { $high }), à vérifier.
form-recode = Renommer les modalités de { $column }
    .about = Donnez le même nom à deux modalités pour les réunir.
form-level = Nouveau nom de { $level }
form-codes = Valeurs de { $column } qui signifient manquant
    .about = Cochez les valeurs qui veulent dire « non connu ». Les plus petites et les plus grandes sont proposées ; d’autres peuvent être saisies.
form-codes-more = Autres, séparées par des points-virgules
form-scale = Une autre unité pour { $column }
    .about = Chaque nombre de la colonne est multiplié.
form-factor-name = Facteur
form-unit-name = Nouvelle unité
form-becomes = { $before } devient { $after }
form-kind = Lire { $column } comme
    .about = Un nombre qui est un code est une catégorie ; une colonne qui nomme les patients est un identifiant.
form-exclude = Écarter le patient { $patient }
    .about = La ligne reste dans le tableau, barrée, et n’entre dans aucune analyse.
form-include = Analyser de nouveau le patient { $patient }
    .about = Le patient fait désormais partie de toutes les analyses.
form-mark = { $n ->
    [one] { $n-text } constat : { $status }
   *[other] { $n-text } constats : { $status }
}
    .about = Votre note est gardée avec le constat et figure dans le journal.
form-repair = Réparer { $n ->
    [one] { $n-text } cellule
   *[other] { $n-text } cellules
}
    .about = Ces cellules ne changeraient que dans cette étude, jamais dans le fichier source. Cela peut être annulé.
form-go-to = Aller à la ligne
form-go-to-name = Patient, ou numéro de la ligne dans le fichier
form-go-to-found = Patient { $patient }
reason-source = Vérifié dans le dossier
reason-typing = Faute de frappe
reason-unit = Autre unité

# Un fichier source mis à jour, et les corrections qui ne s’y appliquent plus.
updated = Le fichier source a changé depuis sa lecture.
    .remedy = Vos corrections peuvent être gardées quand il est relu.
updated-read = Le relire
updated-title = Le fichier a changé
updated-about = Ce fichier n’est plus celui qui avait été lu. Les corrections, les notes et les décisions sur les constats peuvent être gardées : elles sont appliquées au nouveau fichier, et ce qui ne s’y applique pas vous est montré.
updated-keep = Garder mes corrections
updated-anew = Recommencer
conflicts = { $n ->
    [one] { $n-text } correction ne s’applique plus au fichier.
   *[other] { $n-text } corrections ne s’appliquent plus au fichier.
}
    .remedy = Tant que vous n’avez pas décidé, la valeur du fichier est retenue.
conflicts-show = Décider
conflicts-title = Corrections qui ne s’appliquent plus au fichier
conflicts-about = Le fichier contient maintenant une autre valeur que celle qui avait été corrigée. Tant que vous n’avez pas décidé, la valeur du fichier est retenue.
conflicts-later = Plus tard
conflicts-keep-all = Garder toutes les valeurs du fichier
conflicts-again-all = Tout appliquer de nouveau
conflict-value = Patient { $patient }, { $column } : le fichier contient maintenant { $found }. Votre correction était { $before } → { $after }.
conflict-row = { $column } : le patient de votre correction { $before } → { $after } n’est plus dans le fichier.
conflict-column = { $column } n’est plus dans le fichier, ou est d’une autre nature. Votre correction était { $before } → { $after }.
conflict-keep = Garder la valeur du fichier
conflict-again = Appliquer de nouveau la correction
command-paste = Coller un tableau
    .tip = Ouvrir le tableau copié depuis un tableur
job-preview = Aperçu du fichier
job-recipe = Enregistrement de la façon de lire
job-survey = Décompte
paste-nothing = Le presse-papiers ne contient pas de texte.
paste-no-table = Ce qui a été collé n’est pas un tableau : copiez les cellules avec leurs en-têtes.
dropped-several = Un seul fichier s’ouvre à la fois : le premier a été ouvert.
day-month-year = { $day ->
    [1] 1er
   *[other] { $day }
} { $month } { $year }
month-name = { $month ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}

# Les questions envoyées, et leurs réponses.
queries = Liste de questions
queries-file = questions.xlsx
queries-write = Liste de questions…
    .tip = Écrit les constats en question dans un classeur avec la place des réponses ; tous ceux à voir si aucun n’est en question. Les patients y sont par pseudonyme.
queries-read = Lire les réponses…
    .tip = Lit le classeur revenu ; chaque réponse est montrée avant tout changement.
ask-answers = Choisir la liste de questions avec ses réponses
job-answers = Lecture des réponses
answers-title = { $n ->
    [0] Plus de réponse
    [one] { $n-text } réponse
   *[other] { $n-text } réponses
}
answers-about = Rien n’a encore changé. Chaque réponse est reprise ou laissée.
answers-close = Fermer la liste
answers-take-all = Tout reprendre
answer-change = { $before } → { $after } : { $answer } { $who }
answer-words = { $before } : { $answer } { $who }
answer-take = Reprendre
answer-leave = Laisser
