# Ce que l’import refuse, remarque et comprend.
stage-import = lecture du fichier

issue-file-missing = Le fichier { $file } n’existe pas.
    .remedy = Vérifiez le nom et le dossier ; pour un lecteur réseau, vérifiez qu’il est connecté.
issue-file-unreadable = Le fichier { $file } ne peut pas être lu : { $detail }
    .remedy = Fermez-le dans les autres programmes, vérifiez vos droits de lecture, ou copiez-le dans votre dossier.
issue-file-is-folder = { $file } est un dossier, pas un fichier.
    .remedy = Choisissez le fichier de la cohorte qu’il contient.
issue-file-too-large = Le fichier { $file } fait { $size } Mo ; la lecture est limitée à { $limit } Mo.
    .remedy = Ne gardez que les colonnes et les patients utiles, ou enregistrez le classeur en csv.
issue-file-empty = Le fichier { $file } est vide.
    .remedy = Exportez à nouveau la cohorte et vérifiez la taille du fichier.
issue-file-not-text = Le fichier { $file } n’est pas un tableau : il contient des données binaires, pas du texte.
    .remedy = Ouvrez-le dans le programme qui l’a produit et enregistrez-le en .xlsx ou en .csv.
issue-file-is-html = Le fichier { $file } est une page web ou du XML sous un autre nom, comme l’exportent certains systèmes hospitaliers.
    .remedy = Ouvrez-le dans un tableur et enregistrez-le en .xlsx ou en .csv.
issue-file-is-study = Le fichier { $file } est une étude de ce programme, pas une cohorte.
    .remedy = Ouvrez-le comme étude.
issue-workbook-encrypted = Le classeur { $file } est protégé par un mot de passe.
    .remedy = Ouvrez-le dans le tableur, retirez le mot de passe (Fichier, Informations, Protéger) et enregistrez une copie en .xlsx.
issue-zip-not-workbook = Le fichier { $file } est une archive zip, pas un classeur.
    .remedy = Décompressez-la et choisissez le fichier de la cohorte qu’elle contient.
issue-workbook-damaged = Le classeur { $file } est endommagé ou incomplet.
    .remedy = Ouvrez-le dans un tableur, qui saura peut-être le réparer, et enregistrez-le à nouveau ; ou refaites l’export.
issue-workbook-expands = Une fois décompressé, le classeur { $file } serait bien plus grand qu’une cohorte ; il n’a pas été ouvert.
    .remedy = Si vous lui faites confiance, ouvrez-le dans un tableur, supprimez les lignes et colonnes vides mises en forme et les feuilles inutiles, puis enregistrez-le en .csv.
issue-workbook-no-table = Le classeur { $file } ne contient aucun tableau avec un en-tête et au moins deux colonnes.
    .remedy = Mettez un patient par ligne et une mesure par colonne, avec les en-têtes sur une seule ligne au-dessus.
issue-workbook-too-many-sheets = Le classeur a { $n } feuilles ; la lecture est limitée à { $limit }.
    .remedy = Copiez les feuilles de la cohorte dans un classeur à part.
issue-table-too-large = Le tableau est trop grand : plus de { $limit-text } cellules, vides comprises.
    .remedy = Cherchez une cellule isolée loin en dessous ou à droite des données, et supprimez-la ; ou gardez moins de colonnes.
issue-too-many-columns = Le tableau a { $n-text } colonnes ; la lecture est limitée à { $limit-text }.
    .remedy = Cherchez des cellules isolées à droite des données, ou ne gardez que les colonnes utiles.
issue-single-column = Une seule colonne a été trouvée dans { $file }. Le fichier commence par « { $found } ».
    .remedy = Choisissez le séparateur à la main, ou vérifiez qu’il s’agit bien du fichier de la cohorte.
issue-duplicate-header = L’en-tête « { $column } » figure deux fois, dans les colonnes { $first } et { $second }.
    .remedy = Donnez à chaque colonne son propre en-tête dans le fichier source, puis importez-le à nouveau.
issue-no-patients = Il y a un en-tête, mais aucun patient au-dessous.
    .remedy = Vérifiez que c’est le bon fichier et la bonne feuille.
issue-encoding-unknown = « { $found } » n’est pas un encodage connu du programme.
    .remedy = Utilisez un nom comme utf-8, windows-1252, utf-16le ou macintosh.
issue-delimiter-unknown = « { $found } » ne peut pas séparer des colonnes.
    .remedy = Utilisez un point-virgule, une virgule, une tabulation ou une barre verticale.
issue-decimal-mark-unknown = « { $found } » n’est pas un séparateur décimal.
    .remedy = Utilisez un point ou une virgule.
issue-date-order-unknown = « { $found } » n’est pas un ordre de jour, mois et année.
    .remedy = Utilisez dmy (jour d’abord), mdy (mois d’abord) ou ymd (année d’abord).
issue-sheet-unknown = Le classeur n’a pas de tableau sur une feuille nommée « { $found } ».
    .remedy = Ses tableaux sont sur : { $names }.
issue-sheet-of-text = Une feuille (« { $found } ») est demandée, mais { $file } n’est pas un classeur.
    .remedy = N’indiquez pas de feuille.

issue-replacement-characters = { $n ->
        [one] Un caractère est illisible
       *[other] { $n-text } caractères sont illisibles
    } dans l’encodage { $encoding } et remplacés par « � ».
    .remedy = Choisissez un autre encodage (windows-1252 est habituel pour les exports français), ou enregistrez le fichier en UTF-8.
issue-encoding-guessed = L’encodage reconnu est { $encoding }.
    .remedy = Si des accents semblent faux, choisissez un autre encodage.
issue-decimal-mark-mixed = Des nombres sont écrits avec une virgule ({ $commas-text }) et d’autres avec un point ({ $points-text }) ; « { $mark } » a été pris comme séparateur décimal.
    .remedy = Écrivez tous les nombres de la même façon dans la source, ou choisissez le séparateur décimal à la main.
issue-decimal-mark-undecided = Tous les nombres qui ont un séparateur ont trois chiffres après lui : ce peut être une décimale ou un millier ; « { $mark } » a été lu comme séparateur décimal.
    .remedy = Regardez quelques valeurs, et choisissez le séparateur décimal à la main si elles sont fausses.
issue-date-order-mixed = Dans « { $column } », { $days-text } dates ne se lisent qu’avec le jour d’abord et { $months-text } qu’avec le mois d’abord ; la colonne a été lue dans l’ordre { $order }.
    .remedy = Écrivez toutes les dates de la même façon dans la source ; celles qui n’existent pas dans cet ordre sont signalées et laissées manquantes.
issue-date-order-undecided = Aucune date ne montre si le jour ou le mois vient d’abord ({ $n-text } dans « { $column } » se lisent des deux façons) : « { $found } » est { $dmy } avec le jour d’abord et { $mdy } avec le mois d’abord. Elles ont été lues dans l’ordre { $order }.
    .remedy = Regardez une date que vous connaissez, et choisissez l’ordre de la colonne ou du fichier s’il est faux.
issue-preamble-skipped = { $n ->
        [one] Une ligne au-dessus de l’en-tête a été ignorée
       *[other] { $n } lignes au-dessus de l’en-tête ont été ignorées
    } : « { $found } ».
issue-ragged-row = La ligne a { $n } cellules alors que l’en-tête en a { $expected }. Les cellules sans en-tête ont été laissées de côté, celles qui font défaut sont manquantes.
    .remedy = Cherchez un séparateur ou un guillemet à l’intérieur d’un texte de cette ligne.
issue-quote-unclosed = Une cellule contient { $n-text } retours à la ligne : son guillemet n’a sans doute jamais été fermé, et les lignes suivantes ont été avalées.
    .remedy = Supprimez ou doublez le guillemet de cette ligne dans la source.
issue-header-missing = La colonne { $position } a des valeurs mais pas d’en-tête ; elle est nommée « { $column } ».
    .remedy = Écrivez un en-tête dans la source.
issue-formula-without-value = La formule de cette cellule n’a pas de résultat enregistré ; la cellule a été lue comme vide.
    .remedy = Ouvrez le classeur dans un tableur et enregistrez-le : les résultats seront alors enregistrés.
issue-more-cells = { $n ->
        [one] Une autre cellule de cette colonne a
       *[other] { $n-text } autres cellules de cette colonne ont
    } le même problème que celles de la liste.
issue-sheet-left-out = La feuille « { $sheet } » nomme les mêmes patients, mais elle a plusieurs lignes par patient et pas de colonne de visite ; elle a été laissée de côté.
    .remedy = Ajoutez une colonne qui indique la visite (M1, M6, M12), ou gardez une ligne par patient.
issue-long-form = Le tableau a une ligne par visite : { $rows-text } lignes pour { $patients-text } patients. Ce qui change d’une visite à l’autre est devenu une colonne par visite.
issue-no-identifier = Aucune colonne n’identifie les patients ; ils sont désignés par leur ligne.
    .remedy = Ajoutez une colonne avec un pseudonyme par patient, intitulée « id ».
issue-id-missing = La ligne n’a pas d’identifiant de patient.
    .remedy = Complétez l’identifiant dans la source.
issue-duplicate-id = L’identifiant « { $found } » figure déjà à la ligne { $first }. Les deux lignes sont gardées comme deux patients ; les visites sont rattachées à la première.
    .remedy = Supprimez la ligne dans la source s’il s’agit du même patient, ou corrigez l’identifiant.
issue-rows-not-patients = { $rows-text } lignes n’ont que { $patients-text } identifiants différents : une ligne ne semble pas être un patient.
    .remedy = Gardez une ligne par patient, ou ajoutez une colonne qui indique la visite pour que les lignes puissent être réunies.
issue-unmatched-id = Aucun patient de la feuille des patients n’a l’identifiant « { $found } » ; la ligne n’a pas été utilisée.
    .remedy = Corrigez l’identifiant, ou ajoutez le patient à la feuille des patients.
issue-visit-missing = La ligne n’indique pas sa visite et n’a pas été utilisée.
    .remedy = Complétez la visite dans la source.
issue-duplicate-visit = La visite { $visit } du patient « { $found } » figure déjà à la ligne { $first } ; la première ligne a été utilisée.
    .remedy = Supprimez ou corrigez l’une des deux lignes dans la source.
issue-column-renamed = Une colonne « { $column } » existe déjà ; celle-ci est nommée « { $name } ».
    .remedy = Donnez des en-têtes différents aux colonnes de la source.
issue-column-empty = La colonne « { $column } » ne contient aucune valeur.
issue-one-level = Toutes les valeurs de « { $column } » sont « { $found } ».
issue-level-spelling = Dans « { $column } », { $others } a été lu comme « { $found } ».
issue-mixed-column = « { $column } » contient { $n-text } nombres parmi { $n_values-text } valeurs et a été lue comme du texte.
    .remedy = Corrigez les valeurs qui ne sont pas des nombres si la colonne doit être numérique.
issue-direct-identifier = « { $column } » semble contenir des noms ou des adresses. Elle n’est jamais utilisée comme prédicteur.
    .remedy = Retirez-la du fichier avant tout partage.
issue-missing-word = « { $found } » a été lu comme manquant dans « { $column } » ({ $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }).
issue-spreadsheet-error = Le tableur affiche ici l’erreur { $found } ; la cellule a été lue comme manquante.
    .remedy = Réparez la formule dans la source.
issue-number-unreadable = « { $found } » n’est pas un nombre ; la cellule a été lue comme manquante.
    .remedy = Écrivez un simple nombre dans la source, ou laissez la cellule vide.
issue-date-among-numbers = Une date ({ $found }) figure parmi des nombres ; la cellule a été lue comme manquante. Les tableurs changent en dates des saisies comme 7/10.
    .remedy = Écrivez à nouveau le nombre dans la source, dans une cellule au format nombre.
issue-date-unreadable = « { $found } » n’est pas une date qui existe ; la cellule a été lue comme manquante.
    .remedy = Écrivez la date sous la forme 31/05/2024 ou 2024-05-31 dans la source.
issue-two-digit-years = Dans « { $column } », { $n ->
        [one] une date a
       *[other] { $n-text } dates ont
    } une année à deux chiffres : jusqu’à 49 elle a été lue 20.., à partir de 50, 19...
    .remedy = Écrivez les années avec quatre chiffres.
issue-time-left-out = Dans « { $column } », { $n ->
        [one] une date a
       *[other] { $n-text } dates ont
    } une heure ; elle a été laissée de côté.
issue-day-numbers = Dans « { $column } », { $n ->
        [one] un nombre a été lu comme une date
       *[other] { $n-text } nombres ont été lus comme des dates
    } : les tableurs enregistrent les dates comme des jours.
    .remedy = Vérifiez l’une d’elles ; mettez la colonne au format date dans la source.
issue-percent-signs = Dans « { $column } », { $n ->
        [one] un nombre est écrit
       *[other] { $n-text } nombres sont écrits
    } avec un signe pour cent ; 70 % a été lu 70.
issue-thousands-mark = Dans « { $column } », { $n ->
        [one] un nombre est écrit
       *[other] { $n-text } nombres sont écrits
    } avec les milliers séparés.
issue-other-decimal-mark = Dans « { $column } », { $n ->
        [one] un nombre n’est pas écrit
       *[other] { $n-text } nombres ne sont pas écrits
    } avec le séparateur décimal du fichier, « { $mark } » ; 7.5 et 7,5 ont été lus de la même façon.
    .remedy = Vérifiez ces valeurs ; écrivez tous les nombres de la même façon.
issue-numbers-as-text = Dans « { $column } », { $n ->
        [one] un nombre est enregistré
       *[other] { $n-text } nombres sont enregistrés
    } comme texte dans le classeur ; lecture comme nombre.

issue-codebook = Décrite dans le dictionnaire des variables.
issue-kind-empty = aucune valeur
issue-kind-identifier = en-tête d’identifiant, { $n-text } valeurs différentes sur { $n_values-text }
issue-kind-date = { $n-text } valeurs sur { $n_values-text } sont des dates
issue-kind-zero-one = { $n-text } valeurs sur { $n_values-text } sont 0 ou 1
issue-kind-numeric = { $n-text } valeurs sur { $n_values-text } sont des nombres
issue-kind-yes-no = { $n-text } valeurs disent oui ou non
issue-kind-levels = { $k } textes différents en { $n-text } valeurs
issue-kind-text = { $n-text } textes différents ou longs

kind-identifier = identifiant
kind-numeric = nombre
kind-binary = deux modalités
kind-categorical = modalités
kind-date = date
kind-text = texte

check-title = Ce qui a été compris de { $file }
check-size = { $patients-text } patients, { $columns-text } colonnes
check-dialect = Encodage { $encoding }, séparateur « { $delimiter } »
check-decimal-mark = séparateur décimal « { $mark } »
check-date-order = dates { $order }
check-tab = tabulation
check-sheets = Feuilles
check-sheet-used = { $name } : { $rows-text } lignes, utilisée
check-sheet-unused = { $name } : non utilisée
check-columns = Colonnes
check-head-name = nom
check-head-kind = nature
check-head-unit = unité
check-head-meaning = signification
check-head-timing = moment
check-head-missing = manquants
check-issues = Remarques
check-counts = { $errors ->
        [one] { $errors-text } erreur
       *[other] { $errors-text } erreurs
    }, { $warnings ->
        [one] { $warnings-text } avertissement
       *[other] { $warnings-text } avertissements
    }, { $notes ->
        [one] { $notes-text } note
       *[other] { $notes-text } notes
    }
check-located = { $place } : { $message }
check-no-issues = Rien à signaler.
check-masked = ‹masqué›
check-proposals = Corrections que vous pouvez accepter
check-proposal = --accept { $code } : { $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }

issue-header-row-unknown = La ligne { $row } ne contient pas d’en-tête : elle est vide, ou la feuille se termine avant.
    .remedy = Choisissez la ligne où figurent les noms des colonnes.
issue-header-rows-unknown = Un en-tête de { $n } lignes ne peut pas être lu ; il peut en avoir de 1 à { $limit }.
    .remedy = Choisissez 1, 2 ou 3 lignes d’en-tête.
issue-skip-rows-unknown = Les lignes { $from } à { $to } ne peuvent pas être laissées de côté.
    .remedy = Les lignes se comptent à partir de 1, et la première précède la dernière.
issue-range-unknown = « { $found } » n’est pas une plage de cellules.
    .remedy = Écrivez la plage comme un tableur, par exemple B3:AF200, ou B:AF pour des colonnes entières.
issue-range-empty = La plage { $found } ne contient rien.
    .remedy = Comparez la plage à la feuille.
issue-codebook-unreadable = Le fichier { $file } n’est pas un dictionnaire des données : il n’a ni colonne pour le nom des variables, ni colonne pour leurs libellés ou unités.
    .remedy = Choisissez le dictionnaire de la cohorte, ou un tableau avec les en-têtes « variable » et « libellé ».
issue-codebook-beside = Un dictionnaire des données se trouve à côté de ce fichier : { $found }. Il n’a pas été lu.
    .remedy = Choisissez-le comme dictionnaire pour utiliser ses libellés, ses bornes et ses codes.
issue-range-left-out = Hors de la plage { $found }, laissé de côté : { $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }.
issue-rows-skipped = Laissé de côté avec les lignes à ignorer : { $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }.
issue-merged-cells-filled = Fusionné sur plusieurs lignes, et lu dans chacune : { $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }.
    .remedy = Vérifiez quelques-unes de ces lignes ; écrivez la valeur dans chaque ligne de la source.
issue-header-repeated = L’en-tête est répété sur cette ligne ; la ligne n’a pas été lue comme un patient.
issue-totals-row = La ligne « { $found } » résume d’autres lignes et a été laissée de côté ({ $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }).
    .remedy = Rien à faire s’il s’agit d’un total. S’il s’agit d’un patient, donnez un identifiant à la ligne.
issue-notes-below = Sous le tableau, { $n ->
        [one] une ligne a été lue
       *[other] { $n } lignes ont été lues
    } comme une note, pas comme un patient : « { $found } ».
issue-header-shifted = Chaque ligne a une cellule de plus que l’en-tête ; la première colonne a été considérée comme sans en-tête.
    .remedy = Vérifiez que les valeurs sont sous les bons en-têtes ; donnez un en-tête à la première colonne.
issue-sheet-of-words = La feuille « { $sheet } » ne contient pas de tableau et n’a pas été utilisée ({ $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }).
issue-sheet-not-joined = Un autre tableau (en-tête ligne { $row }, { $rows-text } lignes) ne nomme pas les patients de la cohorte et a été laissé de côté ({ $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }).
    .remedy = Pour le rattacher, ajoutez une colonne avec les mêmes identifiants et le même en-tête que dans le tableau des patients.
issue-sheet-left-out-by-choice = La feuille « { $sheet } » a été laissée de côté par choix ({ $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }).
issue-sheet-to-leave-out-unknown = Aucun tableau ne figure sur une feuille nommée « { $found } », qui devait être laissée de côté.
    .remedy = Vérifiez le nom, ou retirez la feuille de la liste.
issue-redcap-repeats-left-out = Instruments répétés : { $rows ->
        [one] une ligne laissée
       *[other] { $rows-text } lignes laissées
    } de côté ({ $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }) ; la première instance de chaque instrument a été gardée.
    .remedy = Si une autre instance est la bonne, ne gardez qu’elle dans l’export.
issue-id-blanks = L’identifiant « { $found } » ne diffère de celui de la ligne { $first } que par des espaces. Les deux lignes sont gardées comme deux patients ; les visites sont rattachées à la première.
    .remedy = Supprimez les espaces dans la source, et la ligne s’il s’agit du même patient.
issue-id-blanks-joined = L’identifiant « { $found } » n’est pas entouré des mêmes espaces que dans le tableau des patients ; la ligne a été rattachée quand même.
    .remedy = Supprimez les espaces dans la source.
issue-id-matched-loosely = L’identifiant « { $found } » a été considéré comme celui de la ligne { $first } des patients : ils ne diffèrent que par des zéros en tête ou des majuscules.
    .remedy = Vérifiez qu’il s’agit du même patient, et écrivez l’identifiant partout de la même façon.
issue-patients-without-visit = { $n ->
        [one] Un patient n’a
       *[other] { $n-text } patients n’ont
    } aucune ligne dans le tableau des visites (patient numéro { $patients }).
    .remedy = Vérifiez si leurs visites manquent ou portent un autre identifiant.
issue-column-left-out = « { $column } » a été laissée de côté par choix ({ $n ->
        [one] une cellule
       *[other] { $n-text } cellules
    }).
issue-column-choice-unused = Le fichier n’a pas de colonne « { $column } », pour laquelle une façon de lire avait été choisie.
    .remedy = Vérifiez l’en-tête, ou retirez ce choix.
issue-code-unknown = « { $found } » ne fait pas partie des codes du dictionnaire pour « { $column } » ; la cellule a été lue comme manquante.
    .remedy = Corrigez la cellule dans la source, ou complétez le dictionnaire.
issue-censored-value = « { $found } » dit seulement que la valeur est { $sign } { $bound } ; la cellule a été lue comme manquante.
    .remedy = Décidez de la valeur à retenir, et écrivez-la dans la source ou comme correction.
issue-score-unlike = « { $found } » est un score sur un autre nombre de points que le reste de la colonne, ou au-delà ; la cellule a été lue comme manquante.
    .remedy = Écrivez tous les scores de la colonne sur le même nombre de points.
issue-unit-unlike = « { $found } » est en { $unit }, la colonne en { $usual } ; la cellule a été lue comme manquante.
    .remedy = Convertissez la valeur dans la source, ou écrivez-la comme correction.
issue-unit-alone = « { $found } » indique son unité ({ $unit }), ce que ne font pas la plupart des valeurs de la colonne ; elle peut être différente, et la cellule a été lue comme manquante.
    .remedy = Écrivez l’unité dans l’en-tête de la colonne si elle est la même partout ; sinon, convertissez la valeur par une correction.
issue-row-nearly-empty = La ligne ne contient que « { $found } » ; elle a été lue comme un patient dont on ne sait rien d’autre.
    .remedy = Si c’est un titre entre les patients, laissez la ligne de côté dans « Fichier », ou excluez-la avec un motif.
issue-scores-out-of = Dans « { $column } », { $n ->
        [one] un score est écrit
       *[other] { $n-text } scores sont écrits
    } sur { $of } ; 7/{ $of } a été lu comme 7.
issue-units-beside = Dans « { $column } », { $n ->
        [one] un nombre est écrit
       *[other] { $n-text } nombres sont écrits
    } avec l’unité { $unit } ; le nombre a été lu.
issue-kind-coded = { $n-text } valeurs sur { $n_values-text } sont des codes du dictionnaire : { $codes }
issue-kind-form-status = état d’un formulaire REDCap, pas une mesure

issue-workbook-too-demanding = La lecture de { $file } demandait trop de mémoire ou de temps et a été arrêtée.
    .remedy = Ouvrez-le dans un tableur, supprimez les lignes et colonnes vides mais mises en forme et les feuilles inutiles, puis enregistrez-le en .xlsx ou en .csv (UTF-8).
issue-workbook-path = Le fichier { $file } contient une entrée dont le nom mène hors du fichier, ce qu’aucun tableur n’écrit ; il n’a pas été ouvert.
    .remedy = Demandez à la personne qui vous l’a donné. Si vous lui faites confiance, ouvrez-le dans un tableur et enregistrez-le de nouveau.
issue-reader-absent = La partie du programme qui lit ce type de fichier n’a pas pu être lancée ({ $detail }).
    .remedy = Réinstallez le programme, ou enregistrez le fichier en .xlsx ou en .csv (UTF-8).
issue-column-type-unread = La colonne « { $column } » contient des valeurs du type { $kind }, qui n’est pas lu ; elle a été laissée de côté.
    .remedy = Exportez-la en nombres, textes ou dates simples si elle est nécessaire.
issue-quote-unknown = « { $found } » ne peut pas entourer des cellules.
    .remedy = Utilisez un guillemet droit double ou simple, ou aucun.
issue-quote-literal = Un guillemet s’ouvre dans cette ligne et ne se ferme jamais ; il a été lu comme une partie du texte.
    .remedy = Supprimez ou doublez le guillemet dans cette ligne de la source.
issue-colours-are-not-data = { $n ->
        [one] Une cellule de cette feuille a
       *[other] { $n-text } cellules de cette feuille ont
    } une couleur de fond propre ({ $cells }). Les couleurs ne sont pas des données : leur signification n’a pas été lue.
    .remedy = Si une couleur a un sens, ajoutez une colonne qui le dit en toutes lettres.
issue-header-holds-values = Cette ligne a été lue comme l’en-tête, mais elle contient des nombres ou des dates : le tableau n’a peut-être pas d’en-tête, et cette ligne est peut-être un patient.
    .remedy = Mettez les noms des colonnes dans une ligne au-dessus des données, ou choisissez la ligne d’en-tête.
issue-months-in-words = Dans « { $column } », { $n ->
        [one] une date a
       *[other] { $n-text } dates ont
    } le mois en toutes lettres.
issue-formula-as-text = Un tableur exécuterait « { $found } » comme une formule ; elle a été lue comme du texte et jamais exécutée.
    .remedy = Inscrivez dans la source ce que la cellule doit contenir, si ce n’est pas ce texte.
issue-codebook-alone = Ce fichier est un dictionnaire de { $n-text } variables, et non un tableau de patients.
    .remedy = Ouvrez l’export des données et choisissez ce fichier comme dictionnaire à l’ouverture.
