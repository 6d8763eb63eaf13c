# Fichiers d'étude sur le disque.
issue-study-damaged = Le fichier d’étude { $path } est endommagé : { $detail }
    .remedy = Le fichier n’a pas été touché. Ouvrez la version précédente à côté de lui (le même nom suivi de ~), ou une sauvegarde.
issue-study-newer = Le fichier d’étude { $path } a été écrit par une version plus récente de Prognostim.
    .remedy = Le fichier n’a pas été touché. Installez la version plus récente et ouvrez-le avec elle.
issue-study-not-a-study = Le fichier { $path } n’est pas une étude Prognostim.
    .remedy = Choisissez un fichier qui se termine par .prognostim ; une cohorte (csv ou xlsx) s’ouvre avec Importer.
issue-study-locked = L’étude { $path } est en cours de modification dans une autre fenêtre.
    .remedy = Fermez-la d’abord là-bas ; deux personnes écraseraient chacune le travail de l’autre.
issue-study-column-left-out = La colonne « { $column } » n’est pas gardée dans le fichier d’étude, car identifiants et texte libre peuvent nommer un patient.
    .remedy = Rien à faire ; le fichier source la contient toujours.
