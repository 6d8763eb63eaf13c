# Ce que dit la ligne de commande.
demo-without-display = Aucun écran trouvé : la démonstration s’exécute sans fenêtre et écrit son rapport dans prognostim-demo.
compare-takes = La comparaison des modèles prendra environ { $n ->
        [one] une seconde
       *[other] { $n } secondes
    }.
seconds-left = { $n ->
        [one] encore { $n } seconde
       *[other] encore { $n } secondes
    }
issue-no-window-built = Ce programme a été construit sans sa fenêtre.
    .remedy = Utilisez la ligne de commande : prognostim analyse COHORTE --out DOSSIER ; prognostim --help en dit plus.
issue-unknown-sample = Il n’y a pas de cohorte d’exemple « { $name } ».
    .remedy = Choisissez parmi { $names }.
issue-output-closed = La réponse n’a pas pu être écrite : { $detail }
issue-study-without-cohort = Cette étude a été enregistrée sans ses patients.
    .remedy = Analysez plutôt le fichier de la cohorte.
export-left-out = Écartées parce qu’elles peuvent nommer des patients (--keep-id les garde) : { $columns }
export-excluded = { $n ->
        [one] Un patient a été écarté
       *[other] { $n-text } patients ont été écartés
    }, comme l’étude en a décidé.
