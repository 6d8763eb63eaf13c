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
concept-implanted = Implanté
concept-implant-date = Date d’implantation
concept-explanted = Explanté
concept-explant-date = Date d’explantation
concept-explant-reason = Motif d’explantation
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
