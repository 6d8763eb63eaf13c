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
command-cancel = Arrêter
    .tip = Arrêter l’entraînement ; les résultats précédents restent
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
job-train = Entraînement
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
    } sur { $patients } patients en { $secs } s.
issue-training-stopped = L’entraînement a été arrêté.
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
