# Ce que la revue cherche, et comment elle le demande. Les mots invitent à vérifier et n’accusent personne.
issue-meaning-chosen = Vous avez dit ce que mesure cette colonne.
issue-not-of-kind = « { $found } » ne peut pas être lu comme une valeur de cette colonne ; la cellule est manquante.
    .remedy = Corrigez la cellule, ou dites ce que ce texte veut dire.
issue-blank-required = La cellule est vide ; cette valeur est nécessaire.
    .remedy = Complétez-la d’après le dossier du patient, ou acceptez qu’elle soit inconnue.
issue-required-unknown = « { $found } » est exigé, mais aucune colonne ne porte ce nom.
    .remedy = Choisissez de nouveau la colonne dans la liste des valeurs exigées.
issue-no-such-choice = « { $found } » n’est aucun des choix possibles ({ $levels }).
    .remedy = Vérifiez la cellule, s’il vous plaît ; corrigez-la ou recodez la colonne.
issue-choice-misspelt = « { $found } » n’apparaît qu’une fois et ressemble à « { $other } ».
    .remedy = À vérifier ; si c’est la même chose, recodez.
issue-outlier = { $found } est loin des autres patients (médiane { $median }) ; à vérifier, s’il vous plaît.
    .remedy = Comparez avec le dossier du patient. Si c’est juste, acceptez la valeur : elle ne sera plus demandée.
issue-bmi-differs = L’indice de masse corporelle vaut { $found } ; le poids et la taille donnent { $computed }.
    .remedy = Vérifiez ces trois valeurs, s’il vous plaît.
issue-of-other-sex = « { $found } » se trouve dans une colonne qui ne concerne pas { $sex ->
        [female] une femme
       *[male] un homme
    } ; vérifiez cette valeur et le sexe, s’il vous plaît.
    .remedy = Corrigez celle des deux qui n’est pas juste.
issue-visit-before-implant = La visite est datée du { $found }, avant l’implantation ({ $date }) ; à vérifier.
    .remedy = Corrigez la date de la visite ou celle de l’implantation.
issue-visit-order = La visite est datée du { $found }, avant la visite précédente de « { $other } » ({ $date }) ; à vérifier.
    .remedy = Corrigez la date qui n’est pas juste.
issue-trial-relief-apart = Le soulagement lors du test est rapporté à { $found } %, mais { $from } donnent { $calculated } % : plus de 20 points d’écart.
    .remedy = Demandez si l’un des deux est mal saisi ; si les deux sont justes, acceptez-le. Les deux restent séparés.
issue-visit-window = La visite du mois { $month } est datée du { $found }, { $weeks ->
        [one] { $weeks } semaine
       *[other] { $weeks } semaines
    } { $side ->
        [early] avant la date prévue
       *[late] après la date prévue
    }.
    .remedy = Vérifiez la date. Si elle est juste, acceptez-la ou élargissez la fenêtre.
issue-explant-date-without-explant = Il y a une date d’explantation ({ $found }), mais le patient est dit non explanté.
    .remedy = Corrigez l’une des deux valeurs.
issue-implant-date-without-implant = Il y a une date d’implantation ({ $found }), mais le patient est dit non implanté.
    .remedy = Corrigez l’une des deux valeurs.
issue-explanted-never-implanted = Le patient est dit explanté, mais non implanté.
    .remedy = Corrigez l’une des deux valeurs.
issue-value-after-explant = Une valeur du mois { $month } ({ $found }) est postérieure à l’explantation ({ $date }) ; à vérifier.
    .remedy = Si le patient était encore suivi, acceptez-la ; sinon corrigez la date ou videz les valeurs de cette visite.
issue-duplicate-person = La même date de naissance, le même sexe et la même date d’opération se trouvent déjà à la ligne { $first } : c’est peut-être le même patient.
    .remedy = Si c’est le même patient, écartez l’une des lignes en donnant la raison.
issue-identical-row = Les { $n } valeurs de cette ligne sont celles de la ligne { $first } : c’est peut-être le même patient, saisi deux fois.
    .remedy = Si c’est le même patient, écartez l’une des lignes en donnant la raison.
issue-rule-broken = Votre règle « { $rule } » n’est pas respectée ici : { $values }.
    .remedy = Vérifiez ces valeurs, s’il vous plaît, ou changez la règle.
issue-rule-stopped = La règle « { $found } » n’a pas pu être lue au-delà de « { $before } » (caractère { $position }{ $seen ->
        [nothing] {""}
       *[other] , à « { $seen } »
    }) : { $wanted ->
        [operand] un nom, un nombre ou une parenthèse était attendu ici
        [close] il manque ici une parenthèse fermante
        [then] « alors » était attendu ici
        [quote] le guillemet n’est jamais fermé
        [missing] « manquant » était attendu ici
        [list] une liste telle que (1, 2, 3) était attendue ici
        [number] ce n’est ni un nombre ni une date telle que 2024-05-31
        [known] ce signe ne veut rien dire dans une règle
        [function] il n’y a pas de telle fonction
        [one-argument] cette fonction prend une valeur
        [two-arguments] cette fonction prend deux valeurs
        [shallower] la règle a trop de parties
       *[operator] une comparaison, « et » ou « ou » était attendu ici
    }.
    .remedy = Écrivez par exemple odi_m12 <= 100, ou si sexe = « F » alors prostate est manquant. Les noms qui contiennent des espaces se mettent entre `accents graves` ; les décimales s’écrivent avec un point.
issue-rule-types = La règle « { $found } » { $wrong ->
        [arithmetic] calcule avec autre chose que des nombres
        [dates] mesure le temps entre des choses qui ne sont pas des dates
        [no-condition] relie quelque chose qui n’est ni vrai ni faux
        [compared-condition] compare quelque chose qui est vrai ou faux
        [missing-condition] demande d’une comparaison entière si elle manque
        [date-with-other] compare une date avec autre chose qu’une date
       *[no-rule] ne compare rien avec une colonne
    }.
    .remedy = Comparez des nombres entre eux, des textes entre guillemets et des dates telles que 2024-05-31.
issue-rule-too-long = La règle dépasse { $n-text } caractères.
    .remedy = Partagez-la en plusieurs règles.
issue-derived-no-name = La nouvelle variable n’a pas de nom.
    .remedy = Écrivez-en un, court comme un en-tête.
issue-derived-name-taken = Une colonne s’appelle déjà « { $column } ».
    .remedy = Choisissez un autre nom.
issue-derived-of-text = « { $column } » contient des identifiants ou du texte libre, dont rien ne se calcule.
    .remedy = Utilisez des colonnes de nombres, de dates ou de modalités.
issue-derived-constant = « { $found } » ne nomme aucune colonne.
    .remedy = Écrivez une formule sur des colonnes, comme jambe - dos.
issue-derived-no-number = « { $found } » ne donne ni un nombre ni oui ou non.
    .remedy = Pour des dates utilisez days(première, seconde) ; pour des modalités, comparez à un texte entre guillemets.
issue-rule-unknown-name = La règle « { $found } » nomme « { $name } », or aucune colonne ne s’appelle ainsi{ $near ->
        [none] {""}
       *[other]  ; presque pareils : { $near }
    }.
    .remedy = Prenez le nom de la colonne tel que le tableau le montre, entre `accents graves` s’il contient des espaces.

# Tableaux copiés ou exportés.
tsv-variable = Variable
tsv-missing = Manquants
tsv-missing-percent = Manquants (%)
tsv-moment = Mesuré
tsv-values = Valeurs
tsv-missing-together = Manquants ensemble
tsv-patients = Patients
tsv-patient = Patient
tsv-centre = Centre
tsv-not-known = inconnu
tsv-implanted = Implanté le
tsv-due-on = Prévue le

visit-state-done = faite
visit-state-due = à faire
visit-state-overdue = en retard
visit-state-lost = perdue de vue
visit-state-not-yet = pas encore
visit-state-unknown = inconnue

# Questions envoyées, et réponses revenues.
query-sheet = Questions
query-number = N°
query-patient = Patient
query-sheet-of = Feuille
query-row = Ligne
query-letters = Colonne
query-variable = Variable
query-label = Signification
query-found = Valeur trouvée
query-question = Question
query-answer = Réponse
query-new-value = Nouvelle valeur
query-initials = Initiales
query-date = Date
query-words = { $finding } Pourriez-vous vérifier dans le dossier du patient ? Laissez « Nouvelle valeur » vide si c’est juste.
issue-queries-no-list = Ce fichier n’est pas une liste de questions de ce programme, ou ses colonnes masquées ont été supprimées.
    .remedy = Choisissez le fichier qui a été envoyé, avec les réponses ; les colonnes masquées doivent rester.
issue-queries-no-answers = La liste n’a ni colonne « Réponse » ni colonne « Nouvelle valeur ».
    .remedy = Gardez les en-têtes tels qu’ils ont été envoyés.
issue-query-without-key = La réponse « { $found } » se trouve sur une ligne qui ne dit plus quelle était la question.
    .remedy = Saisissez-la à la main, ou posez de nouveau la question.
issue-query-answered-twice = La même question a déjà une réponse plus haut.
    .remedy = Regardez les deux et acceptez-en une.
issue-list-too-long = La liste dépasse { $n-text } lignes.
    .remedy = Choisissez moins de constats, ou exportez-la en .csv.
answer-conflict-row-gone = le patient n’est plus dans la cohorte
answer-conflict-column-gone = la colonne n’est plus dans la cohorte
answer-conflict-value-changed = la cellule contient maintenant une autre valeur
answer-conflict-unreadable = la nouvelle valeur n’est pas de la nature de la colonne

# La liste de travail des visites.
worklist-sheet = Visites
worklist-visit = Visite
worklist-state = État
worklist-until = Jusqu’au
worklist-days-late = Jours de retard
worklist-note = Remarque
