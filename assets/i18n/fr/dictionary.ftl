# Mesures, unités, moments, et ce dont le dictionnaire doute.
concept-patient-id = Patient
concept-centre = Centre
concept-inclusion-date = Date d’inclusion
concept-age = Âge
concept-sex = Sexe
concept-bmi = Indice de masse corporelle
concept-smoker = Tabac
concept-education = Niveau d’études
concept-work-status = Statut professionnel
concept-claim = Litige ou indemnisation
concept-pain-duration = Durée de la douleur
concept-n-surgeries = Opérations du rachis
concept-pain-location = Douleur prédominante
concept-pain-back = Douleur lombaire
concept-pain-leg = Douleur de jambe
concept-pain-global = Douleur globale
concept-odi = Indice d’incapacité d’Oswestry
concept-eq5d = Indice EQ-5D
concept-eq-vas = Échelle de santé EQ-5D
concept-promis-pf = PROMIS fonction physique
concept-hads-a = HADS anxiété
concept-hads-d = HADS dépression
concept-pcs = Catastrophisme
concept-pain-detect = painDETECT
concept-dn4 = DN4
concept-mme = Opioïdes, équivalent morphine
concept-gabapentinoid = Gabapentinoïde
concept-antidepressant = Antidépresseur
concept-pain-surface = Surface douloureuse
concept-sensory-deficit = Déficit sensitif
concept-trial-date = Date du test
concept-trial-success = Test positif
concept-trial-relief = Soulagement lors du test
concept-trial-relief-reported = Soulagement lors du test, selon le patient
concept-implanted = Implanté
concept-implant-date = Date d’implantation
concept-explanted = Explanté
concept-explant-date = Date d’explantation
concept-explant-reason = Motif d’explantation
concept-death-date = Date de décès
concept-died = Décès
concept-visit-date = Date de la visite
concept-satisfaction = Satisfaction
concept-pgic = Impression globale de changement
label-after = { $label }, { $months ->
        [one] un mois
       *[other] { $months } mois
    }
label-at-trial = { $label }, lors du test

unit-years = ans
unit-months = mois
unit-mg-per-day = mg/jour

timing-baseline = avant le test
timing-trial = lors du test
timing-after = { $months ->
        [one] un mois
       *[other] { $months } mois
    } après l’implantation
timing-after-implant = après l’implantation
timing-not-known = inconnu

issue-concept-header = L’en-tête nomme une mesure du dictionnaire.
issue-timing-header = L’en-tête nomme la visite.
issue-timing-usual = Aucune visite n’est nommée ; le moment habituel de la mesure est retenu.
issue-scale-found = Lue sur une échelle de 0 à { $top }.
issue-concept-twice = « { $column } » mesure la même chose au même moment que « { $first } », qui est utilisée.
    .remedy = Renommez ou retirez l’une des deux colonnes si ce n’est pas juste.
issue-pcs-ambiguous = « { $column } » peut être l’échelle de catastrophisme (PCS) ou la composante physique du SF-12 ; elle n’a été prise pour aucune des deux.
    .remedy = Renommez-la dans la source, par exemple PCS_catastrophisme ou SF12_physique.
issue-codes-as-numbers = « { $column } » est une mesure à modalités mais contient des nombres, qu’un modèle prendrait pour des quantités.
    .remedy = Traitez-la comme des codes (--categorical), ou écrivez les modalités en toutes lettres dans la source.
issue-unit-guessed = Rien n’indique l’unité de « { $column } » ; ses valeurs ont été prises pour des { $unit ->
        [months] mois
       *[other] années
    }.
    .remedy = Écrivez l’unité dans l’en-tête, par exemple Duree_douleur_ans.
issue-out-of-range = { $found } est hors de ce qui est plausible ici ({ $low } à { $high }).
    .remedy = Corrigez la valeur dans la source, ou laissez-la si elle est vraie.
issue-cm-among-mm = { $found } ressemble à des centimètres dans une colonne en millimètres (médiane { $median }) ; { $proposal } mm est proposé.
    .remedy = Regardez le formulaire du patient. Acceptez « cm-among-mm » pour multiplier par 10 les cellules signalées ; rien n’est changé avant.
issue-missing-code-suspected = { $found } ne peut pas être une valeur ici et signifie sans doute « manquant ».
    .remedy = Acceptez « missing-code-suspected » pour traiter ces cellules comme manquantes ; rien n’est changé avant.
issue-date-order = { $found } précède { $date } dans « { $other } », qui devrait être la date antérieure.
    .remedy = Corrigez l’une des deux dates dans la source.
issue-repaired-cm-among-mm = { $found } a été lu en centimètres : { $value } mm, comme vous l’avez accepté.
issue-repaired-missing-code-suspected = { $found } a été traité comme manquant, comme vous l’avez accepté.
issue-proposal-unknown = Il n’y a pas de correction nommée « { $found } ».
    .remedy = Les corrections sont : { $codes }.

unit-days = jours
label-computed = { $label } (calculé)

concept-person-name = Nom
concept-birth-date = Date de naissance
concept-national-number = Numéro de sécurité sociale
concept-address = Adresse
concept-phone = Téléphone
concept-email = Adresse e-mail
concept-height = Taille
concept-weight = Poids
concept-last-surgery-date = Date de la dernière opération du rachis
concept-surgery-type = Type d’opération du rachis
concept-psychiatric-history = Antécédents psychiatriques
concept-mri-date = Date de l’IRM
concept-sf12-pcs = SF-12, composante physique
concept-sf12-mcs = SF-12, composante mentale
concept-psqi = Qualité du sommeil (PSQI)
concept-isi = Sévérité de l’insomnie (ISI)
concept-fabq-pa = Peurs et évitement, activité physique (FABQ)
concept-fabq-w = Peurs et évitement, travail (FABQ)
concept-csq = Stratégies d’adaptation (CSQ)
concept-tsk = Kinésiophobie (TSK)
concept-benzodiazepine = Benzodiazépine
concept-trial-days = Durée du test
concept-waveform = Forme d’onde
concept-lead-type = Type d’électrode
concept-adverse-event = Événement indésirable

issue-concept-label = Le dictionnaire des variables du fichier dit de quelle mesure il s’agit.
issue-computed = Calculée par le programme à partir d’autres colonnes du fichier.
issue-fractions-among-percent = { $found } ressemble à une fraction dans une colonne de pourcentages ; { $proposal } % est proposé.
    .remedy = Acceptez « fractions-among-percent » pour multiplier par 100 les cellules indiquées ; rien n’est changé avant.
issue-percent-among-fractions = { $found } ressemble à un pourcentage dans une colonne de fractions ; { $proposal } est proposé.
    .remedy = Acceptez « percent-among-fractions » pour diviser par 100 les cellules indiquées ; rien n’est changé avant.
issue-months-among-years = { $found } ans n’est pas possible ; en mois, ce serait { $proposal } ans.
    .remedy = Regardez la fiche du patient. Acceptez « months-among-years » pour diviser par 12 les cellules indiquées ; rien n’est changé avant.
issue-metres-among-cm = { $found } ressemble à des mètres dans une colonne en centimètres ; { $proposal } cm est proposé.
    .remedy = Acceptez « metres-among-cm » pour multiplier par 100 les cellules indiquées ; rien n’est changé avant.
issue-cm-among-metres = { $found } ressemble à des centimètres dans une colonne en mètres ; { $proposal } m est proposé.
    .remedy = Acceptez « cm-among-metres » pour diviser par 100 les cellules indiquées ; rien n’est changé avant.
issue-grams-among-kg = { $found } ressemble à des grammes dans une colonne en kilogrammes ; { $proposal } kg est proposé.
    .remedy = Acceptez « grams-among-kg » pour diviser par 1000 les cellules indiquées ; rien n’est changé avant.
issue-birth-year-as-age = { $found } ressemble à une année de naissance ; l’âge serait { $proposal }, d’après l’année d’inclusion, et peut être d’un an plus petit avant l’anniversaire.
    .remedy = Regardez la fiche du patient. Acceptez « birth-year-as-age » pour mettre les âges indiqués ; rien n’est changé avant.
issue-decimal-slip = { $found } ne peut pas être une valeur ici ; son dixième, { $proposal }, le peut.
    .remedy = Regardez la fiche du patient. Acceptez « decimal-slip » pour diviser par 10 les cellules indiquées ; rien n’est changé avant.
issue-column-in-fractions = « { $column } » semble contenir des fractions (médiane { $median }) là où l’usage est en pourcentages ({ $n } valeurs).
    .remedy = Acceptez « column-in-fractions » pour multiplier toute la colonne par 100 ; rien n’est changé avant.
issue-column-in-months = « { $column } » semble contenir des mois (médiane { $median }) là où l’usage est en années ({ $n } valeurs).
    .remedy = Acceptez « column-in-months » pour diviser toute la colonne par 12 ; rien n’est changé avant.
issue-column-in-metres = « { $column } » est en mètres (médiane { $median }) là où l’usage est en centimètres ({ $n } valeurs).
    .remedy = Acceptez « column-in-metres » pour multiplier toute la colonne par 100 ; rien n’est changé avant.
issue-column-in-grams = « { $column } » semble être en grammes (médiane { $median }) là où l’usage est en kilogrammes ({ $n } valeurs).
    .remedy = Acceptez « column-in-grams » pour diviser toute la colonne par 1000 ; rien n’est changé avant.
issue-column-in-pounds = « { $column } » est en livres (médiane { $median }) là où l’usage est en kilogrammes ({ $n } valeurs).
    .remedy = Acceptez « column-in-pounds » pour convertir toute la colonne en kilogrammes ; rien n’est changé avant.
issue-missing-code-level = « { $found } » se trouve parmi des mots et veut sans doute dire « manquant » ({ $n } cellules).
    .remedy = Acceptez « missing-code-suspected » pour tenir ces cellules pour manquantes ; rien n’est changé avant.
issue-repaired-cell = { $found } a été lu comme { $value }, comme vous l’avez accepté.
issue-repaired-column = Les { $n } valeurs de « { $column } » ont été converties en { $unit }, comme vous l’avez accepté.
issue-levels-alike = Des modalités de « { $column } » disent la même chose en d’autres mots : { $pairs } ({ $n } cellules).
    .remedy = Acceptez « levels-alike » pour les écrire d’une seule façon ; rien n’est changé avant.
issue-repaired-levels = Dans « { $column } », des modalités ont été écrites d’une seule façon, comme accepté : { $pairs } ({ $n } cellules).
issue-identifier-found = « { $column } » nomme des personnes. Elle n’est montrée qu’ici : elle n’entre jamais dans le fichier d’étude, un modèle ou un export.
issue-identifier-in-text = { $n ->
        [one] Un texte
       *[other] { $n } textes
    } de « { $column } » { $n ->
        [one] nomme
       *[other] nomment
    } peut-être une personne (un nom après « Mme » ou « M. », une adresse e-mail, un numéro de téléphone ou de sécurité sociale).
    .remedy = Le texte libre n’entre jamais dans le fichier d’étude ni dans un export. Retirez les noms de la source si elle est transmise.
issue-age-differs = { $found } est indiqué, mais la date de naissance donne { $computed } ans à l’inclusion.
    .remedy = Merci de vérifier la date de naissance, la date d’inclusion et l’âge.
issue-total-differs = { $found } est indiqué comme total, mais les items donnent { $computed }.
    .remedy = Merci de vérifier les items et le total. C’est le total du fichier qui est utilisé.
issue-item-out-of-range = { $found } n’est pas une réponse de cet item ({ $low } à { $high }) ; elle compte comme manquante dans le total.
    .remedy = Merci de vérifier la réponse dans la source.
issue-items-from-one = Les items à partir de « { $column } » semblent comptés un de trop (les réponses vont de { $low } à { $high }) ; aucun total n’a été calculé.
    .remedy = Retirez un à chaque réponse dans la source, ou indiquez le total.
issue-eq5d-version-unknown = Rien ne dit si « { $column } » et les items qui l’accompagnent sont un EQ-5D à trois ou à cinq niveaux ; aucun indice n’a été calculé.
    .remedy = Écrivez 3L ou 5L dans les en-têtes, par exemple eq5d5l_mo.
issue-mme-blank-as-none = Chez { $n ->
        [one] un patient
       *[other] { $n } patients
    }, une dose vide compte comme aucune dose, car la dose d’un autre opioïde est indiquée.
issue-mme-drug-unknown = « { $found } » n’est pas un médicament dont le facteur est connu ; { $n ->
        [one] un patient n’a
       *[other] { $n } patients n’ont
    } pas d’équivalent morphine calculé.
    .remedy = Vérifiez l’orthographe, ou indiquez l’équivalent morphine lui-même.
issue-match-spelling = « { $found } » est proche de « { $read } ».
issue-match-label = Le dictionnaire des variables du fichier l’appelle « { $label } ».
issue-match-kind = L’en-tête nomme cette mesure, mais la colonne n’a pas pu être lue comme de telles valeurs.
issue-match-unit = L’en-tête donne l’unité habituelle, { $unit }.
issue-match-range = Les valeurs sont dans l’étendue de la mesure ({ $low } à { $high }).
issue-match-range-outside = { $share } des valeurs sont hors de l’étendue de la mesure.
