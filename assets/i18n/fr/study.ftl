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

issue-key-missing = La clé { $key } qui produit les pseudonymes de cette étude n’est pas sur cet ordinateur.
    .remedy = Copiez le fichier depuis l’ordinateur où l’étude a été créée, dans le même dossier de clés. Sans elle, l’étude s’ouvre comme avant, mais les corrections ne retrouvent leurs patients dans un nouvel export que par la ligne, et les pseudonymes ne peuvent plus être produits : une clé perdue ne se remplace pas.
issue-key-damaged = Le fichier de clé { $path } est endommagé.
    .remedy = Remettez-en une copie à sa place. Une clé perdue ne se remplace pas ; sans elle, les corrections ne retrouvent leurs patients dans un nouvel export que par la ligne.
issue-key-collision = Deux patients auraient le même pseudonyme ; aucun n’a donc été donné.
    .remedy = C’est très rare. Les patients sont désignés par leur ligne (P001) ; une nouvelle étude reçoit une autre clé.
