#!/usr/bin/env python3
"""Makes the files of this folder: text, then workbooks (make_workbooks.py), then what needs LibreOffice (make_office.py).

python3 with openpyxl, pandas, pyarrow and msoffcrypto-tool; `soffice` 7.4 and its python3-uno for ods, xls and encrypted workbooks.
The files are committed, so that the tests need none of it; expectations are written by hand and never made here.
Everything is invented: no name, number or address belongs to anybody.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

# One table in many clothes. None is an empty cell.
HEADER = ["patient_id", "age", "sexe", "date_inclusion", "EVA_lombaire_J0", "EVA_lombaire_M12", "tabac"]
ROWS = [
    ["P001", 54, "F", "2021-03-25", 72, 30.5, "Oui"],
    ["P002", 61, "H", "2021-04-02", 65, 41, "Non"],
    ["P003", 47, "F", "2021-04-13", 80, None, "Non"],
    ["P004", 39, "H", "2021-05-31", 77.5, 12, "Oui"],
    ["P005", 70, "F", "2021-06-07", 58, 55, "Non"],
    ["P006", 66, "H", "2021-06-18", 69, 20.5, "Non"],
    ["P007", 52, "F", "2021-07-09", 91, 64, "Oui"],
    ["P008", 45, "H", "2021-09-30", 84, 33, "Non"],
]


def french_date(iso):
    year, month, day = iso.split("-")
    return f"{day}/{month}/{year}"


def shown(value, decimal=".", dates=str):
    if value is None:
        return ""
    if isinstance(value, float):
        return str(value).replace(".", decimal)
    if isinstance(value, str) and value[:2] == "20" and value.count("-") == 2:
        return dates(value)
    return str(value)


def lines(delimiter=",", decimal=".", dates=str, quote=lambda field: field, header=HEADER, rows=ROWS):
    yield delimiter.join(quote(name) for name in header)
    for row in rows:
        yield delimiter.join(quote(shown(value, decimal, dates)) for value in row)


def put(name, text, encoding="utf-8", end="\n", bom=b""):
    data = text if isinstance(text, bytes) else None
    if data is None:
        if not isinstance(text, str):
            text = "\n".join(text) + "\n"
        data = bom + text.replace("\n", end).encode(encoding)
    (HERE / name).write_bytes(data)


def dialects():
    french = dict(delimiter=";", decimal=",", dates=french_date)
    put("csv-comma.csv", lines())
    put("csv-utf8-bom.csv", lines(**french), bom=b"\xef\xbb\xbf", end="\r\n")
    put("csv-utf16le-bom.txt", lines(delimiter="\t", decimal=",", dates=french_date), "utf-16-le", "\r\n", b"\xff\xfe")
    put("csv-utf16be-bom.txt", lines(delimiter="\t", decimal=",", dates=french_date), "utf-16-be", "\r\n", b"\xfe\xff")
    put("csv-utf16le-bare.csv", lines(**french), "utf-16-le", "\r\n")
    put("tsv-tab.tsv", lines(delimiter="\t"))
    put("txt-bar.txt", lines(delimiter="|"))
    put("txt-caret.txt", lines(delimiter="^"))
    put("txt-space.txt", lines(delimiter=" ", rows=[[v if v is not None else "NA" for v in r] for r in ROWS]))
    put("csv-sep-line.csv", ["sep=;"] + list(lines(**french)), end="\r\n")
    put("csv-all-quoted.csv", lines(quote=lambda field: f'"{field}"', **french), end="\r\n")
    put("csv-old-mac-line-ends.csv", lines(**french), end="\r")
    mixed = "".join(line + ("\r\n" if n % 2 else "\n") for n, line in enumerate(lines(**french)))
    put("csv-mixed-line-ends.csv", mixed.encode().rstrip(b"\r\n"))
    put("csv-named-xls.xls", lines(delimiter="\t", decimal=",", dates=french_date), "windows-1252", "\r\n")
    put("pasted-block.txt", lines(delimiter="\t", decimal=",", dates=french_date), end="\r\n")

    accents = ["numéro_patient", "âge", "opéré", "siège", "durée"]
    rows = [["é001", 54, "Oui", "fémur", 7.5], ["é002", 61, "Non", "fémur", 3.5], ["é003", 47, "Oui", "forêt", 1.5],
            ["é004", 58, "Non", "forêt", 2.5], ["é005", 39, "Oui", "fémur", 4.5], ["é006", 66, "Non", "fémur", 6.5]]
    for name, encoding, end in [("csv-windows-1252.csv", "windows-1252", "\r\n"), ("csv-latin1.csv", "latin-1", "\n"),
                                ("csv-mac-roman.csv", "mac-roman", "\r")]:
        put(name, lines(";", ",", header=accents, rows=rows), encoding, end)
    latin9 = [["cœur", 54.5, "sœur"], ["bœuf", 61.5, "sœur"], ["nœud", 47.5, "mère"], ["œil", 58.5, "mère"],
              ["vœu", 39.5, "sœur"], ["œuf", 66.5, "mère"]]
    put("csv-latin9.csv", lines(";", ",", header=["code_cœur", "âge", "œdème"], rows=latin9), "iso-8859-15")
    put("csv-broken-utf8.csv", "id;siège;x\nA;café fémur été;1\nB;œdème à côté;2\n".encode() + b"C;caf\xe9 t\xc3\xb4t;3\nD;for\xc3\xaat;4\n")


def quotes():
    put("csv-quotes-inside.csv", ['id,comment,x,y', '1,"said ""ouch"", twice",3,1.5', '2,"a, b; c",4,2.5',
                                  '3,"two', 'lines",5,3.5', '4,plain,oops,4.5', '5,"",6,5.5', '6,x,7,6.5', '7,y,8,7.5',
                                  '8,z,9,8.5'])
    put("csv-single-quotes.csv", ["id;siege;x;note", "'1';'dos; jambe';1,5;'l''été'", "'2';'dos';2,5;'rien'",
                                  "'3';'jambe; dos';3,5;'rien'", "'4';'dos';4,5;'rien'"])
    put("csv-quote-inch.csv", ['id;taille;note;x', '1;70;lit 5" large;1', '2;71;12" ; encore;2', '3;72;rien;3', '4;73;rien;4'])
    many = [f"{n};libre {n};{n % 7}" for n in range(1, 120)]
    many[9] = '10;"jamais fermé;3'
    put("csv-quote-unclosed.csv", ["id;texte;score"] + many)


def numbers():
    rows = []
    for n, mark in enumerate([" ", "\u00a0", "\u2009", "\u202f", "'", "\u2019", " ", "\u202f"]):
        rows.append(f"P{n};1{mark}20{n};{n},5")
    put("csv-thousands-spaces.csv", ["id;cout;eva"] + rows)
    put("csv-thousands-point.csv", ["id;cout;eva", "A;1.234,5;7,5", "B;12.345,75;6,5", "C;987,5;1,25", "D;1.000.000,0;2,5"])
    put("csv-thousands-comma.csv", ['id,cost,vas', 'A,"1,234.5",7.5', 'B,"12,345.75",6.5', 'C,987.5,1.25', 'D,"1,000,000.0",2.5'])
    put("csv-decimal-mixed.csv", ["id;eva;odi", "A;7,5;40", "B;6.5;42", "C;5,5;44", "D;4,5;46", "E;3.5;48", "F;2,5;50"])
    put("csv-decimal-undecided.csv", ["id;surface;x", "A;1,234;1", "B;2,345;2", "C;3,456;3", "D;4,567;4"])
    put("csv-negative.csv", ["id;a;b;c", "A;-1,5;\u22121,5;1,5", "B;-2;\u22122;2", "C;+3;3;3", "D;0;0;(4)", "E;5;5;5", "F;6;6;6", "G;7;7;7"])


def cells():
    put("cells-forms.csv", [
        "id;eva;douleur_sur_10;soulagement;crp;distance;cout;dose",
        "A;7,5;7/10;70 %;<0,5;> 100;1 200;12 mg",
        "B;6;5/10;55 %;0,8;80;900;20 mg",
        "C;5,5;8/10;30 %;1,2;75;1 050;5 mg",
        "D;4;10/10;0 %;3,4;60;800;10 mg",
        "E;3,5;6/10;100 %;2,2;50;10 000;15 mg",
        "F;8;3/10;12,5 %;0,9;45;600;30 mg"])
    put("cells-odd-ones.csv", [
        "id;eva;dose;odi;note",
        "A;7;20 mg;40;ok", "B;6/10;30 mg;42;ok", "C;env. 5;0,5 g;44;ok", "D;4-5;10 mg;46 %;ok", "E;3;15 mg;48;ok",
        "F;8;25 mg;douze;ok", "G;9;20 mg;52;ok", "H;2;20 mg;54;ok", "I;1;20 mg;56;ok", "J;7;20 mg;58;ok",
        "K;6;20 mg;60;ok", "L;5;20 mg;62;ok", "M;4;10 mg;60;ok", "N;3;10 mg;61;ok", "O;2;10 mg;62;ok", "P;2;10 mg;63;ok"])
    words = ["NA", "ND", "NC", "NR", "NSP", "manquant", ".", "", "na", "n/a", "Non renseigné", "?"]
    put("missing-words.csv", ["id;odi;siege"] + [f"P{n:02};{word};{word}" for n, word in enumerate(words)]
        + [f"Q{n:02};{20 + n};{'dos' if n % 2 else 'jambe'}" for n in range(30)])
    put("missing-numbers.csv", ["id;age;nrs_dos_j0;hads_a;n_libre;distance_m"]
        + ["A;54;7;12;3;400", "B;99;99;99;2;999", "C;61;6;8;-9;350", "D;47;-9;7;4;500", "E;70;5;-1;99;450",
           "F;66;8;9;1;999", "G;52;4;11;2;800", "H;45;3;6;0;1200"])
    put("yes-no.csv", ["id;opere;implante_o;smoker;vrai;un_zero;un_deux;sexe_hf;sexe_mf;sexe"]
        + ["A;Oui;O;Yes;Vrai;1;1;H;M;1", "B;Non;N;No;Faux;0;2;F;F;2", "C;oui;O;yes;VRAI;1;1;H;M;1",
           "D;NON;N;no;Faux;0;2;F;F;2", "E;Oui;O;Yes;Vrai;1;2;F;M;2", "F;Non;N;No;Faux;0;1;H;F;1"])
    put("error-cells.csv", ["id;imc;odi;taux", "A;#REF!;40;1", "B;24,5;#DIV/0!;2", "C;26,5;44;#N/A", "D;27,5;46;4",
                            "E;28,5;#VALEUR!;5", "F;29,5;50;6", "G;30,5;52;7"])
    put("ids-zeros-and-blanks.csv", ["id_patient;eva;code_postal", "007;1,5;01000", "0042;2,5;06300", " 15;3,5;75014",
                                     "1E5;4,5;13001", "12345678901234567;5,5;02100", "0x1F;6,5;69003"])
    put("ids-look-alike.csv", ["patient_id;eva", "P1;1,5", "p1;2,5", "P1 ;3,5", "P01;4,5", "P\u200b2;5,5", "P2;6,5"])
    put("types-from-all-rows.csv", ["id;eva;tardif;texte"]
        + [f"{n};{n % 11};;{n % 11}" for n in range(1, 290)]
        + [f"{n};{n % 11},5;{n},25;mot libre numéro {n}" for n in range(290, 301)])
    put("words-among-numbers.csv", ["id;a;b", "1;dos;1", "2;jambe;2", "3;3;3", "4;dos;4", "5;5;5", "6;jambe;6", "7;7;7", "8;dos;8"])


def dates():
    put("dates-dmy.csv", ["id;date_inclusion;x", "A;03/04/2021;1", "B;25/03/2021;2", "C;01/02/2021;3", "D;12/11/2020;4"])
    put("dates-mdy.csv", ["id;date_inclusion;x", "A;03/04/2021;1", "B;03/25/2021;2", "C;01/02/2021;3", "D;12/11/2020;4"])
    put("dates-undecidable.csv", ["id;date_inclusion;x", "A;03/04/2021;1", "B;05/06/2021;2", "C;01/02/2021;3", "D;12/11/2020;4"])
    put("dates-order-by-column.csv", ["id;date_inclusion;date_implant;x", "A;25/03/2021;04/30/2021;1", "B;03/04/2021;05/06/2021;2",
                                      "C;30/11/2020;12/24/2020;3", "D;01/02/2021;03/04/2021;4"])
    put("dates-impossible.csv", ["id;date_inclusion;x", "A;31/02/2021;1", "B;25/03/2021;2", "C;00/01/2021;3", "D;13/13/2021;4",
                                 "E;14/11/2020;5", "F;15/11/2020;6"] + [f"G{n};{n}/11/2020;{n}" for n in range(16, 30)])
    put("dates-many-ways.csv", ["id;date_inclusion;date_implant;date_explant;date_visite;x",
                                "A;2021-03-25;25.03.21;25 mars 2021;20210325;1", "B;2021-04-02 08:30;02.04.21;2 avril 2021;20210402;2",
                                "C;2021-04-13T00:00:00;13.04.99;13-avr-2021;20210413;3", "D;2021-05-31;31.05.21;31 May 2021;20210531;4",
                                "E;2021-06-07;07.06.21;1er juin 2021;20210607;5"])
    put("dates-serials.csv", ["id;date_inclusion;x", "A;44280;1", "B;44288;2", "C;44299;3", "D;44347;4"])
    put("dates-serial-among-texts.csv", ["id;date_inclusion;x", "A;25/03/2021;1", "B;44288;2", "C;13/04/2021;3", "D;31/05/2021;4",
                                         "E;07/06/2021;5", "F;18/06/2021;6", "G;09/07/2021;7"])
    put("dates-missing.csv", ["id;date_inclusion;x", "A;NA;1", "B;25/03/2021;2", "C;;3", "D;99/99/9999;4", "E;31/05/2021;5",
                              "F;01/01/1900;6", "G;07/06/2021;7", "H;08/06/2021;7", "I;09/06/2021;7", "J;10/06/2021;7"])


def shapes():
    base = list(lines(";", ",", french_date))
    put("shape-title-rows.csv", ["Service de neurochirurgie;;;;;;", "Extraction du 01/10/2021;;;;;;", ";;;;;;"] + base)
    put("shape-comment-lines.csv", ["# exported by a system", "# do not edit", ""] + base)
    put("shape-units-row.csv", [base[0], ";ans;;;mm;mm;"] + base[1:])
    put("shape-two-headers.csv", ["patient_id;EVA;;ODI;", ";J0;M12;J0;M12", "P1;72;30;44;20", "P2;65;41;50;31", "P3;80;25;62;30", "P4;77;12;48;16"])
    put("shape-totals.csv", base + ["Total;434;;;;;3", "Moyenne;54,25;;;74,6;36,6;", "N=8;;;;;;"])
    put("shape-blank-rows-and-columns.csv", [f"{line.split(';')[0]};;{';'.join(line.split(';')[1:])};" for line in base[:5]]
        + [";;;;;;;;", ""] + [f"{line.split(';')[0]};;{';'.join(line.split(';')[1:])};" for line in base[5:]] + [";;;;;;;;"] * 3)
    put("shape-two-tables.csv", base + ["", "", "code;libellé", "F;femme", "H;homme"])
    put("shape-header-repeated.csv", base[:5] + [base[0]] + base[5:])
    put("shape-ragged.csv", ["id;eva;odi", "A;1,5;40", "B;2,5", "C;3,5;42;trop;encore", "D;4,5;43;;", "E;5,5;44"])
    put("shape-header-missing.csv", ["id;;odi;", "A;1,5;40;x", "B;2,5;41;y", "C;3,5;42;x", "D;4,5;43;y"])
    put("shape-header-only.csv", ["id;eva;odi"])
    put("shape-no-header.csv", ["P001;54;F;72,5", "P002;61;H;65,5", "P003;47;F;80,5", "P004;39;H;77,5"])
    put("shape-one-column.csv", ["id", "A", "B", "C"])
    put("shape-duplicate-header.csv", ["id;eva;odi;eva", "A;1,5;40;2", "B;2,5;41;3", "C;3,5;42;4"])
    put("shape-transposed.csv", ["patient_id;P1;P2;P3;P4;P5;P6", "age;54;61;47;39;70;66", "sexe;F;H;F;H;F;H", "EVA;72;65;80;77;58;69"])
    put("shape-long-header.csv", ["id;" + "très long intitulé " * 40 + ";x", "A;1,5;1", "B;2,5;2", "C;3,5;3"])


def visits():
    put("visits-four-spellings.csv", ["patient_id;EVA_J0;M3 EVA;EVA_M6;eva.12m", "P1;72;60;50;40", "P2;65;55;45;35", "P3;80;70;60;50", "P4;77;67;57;47"])
    long = ["patient_id;visite;sexe;EVA;ODI"]
    for n in range(1, 7):
        for visit, eva in [("J0", 70 + n), ("M6", 40 + n), ("M12", 30 + n)]:
            if not (n == 3 and visit == "M6"):
                long.append(f"P{n};{visit};{'F' if n % 2 else 'H'};{eva};{eva - 10}")
    put("visits-long.csv", long)
    put("visits-long-doubled.csv", long[:8] + ["P2;M6;H;99;98", ";M6;H;50;40", "P6;;H;50;40"] + long[8:])
    header = ["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "sex", "age", "vas",
              "comorbid___1", "comorbid___2", "comorbid____99", "baseline_complete"]
    raw, labels = [",".join(header)], []
    labels.append('"Record ID","Event Name","Repeat Instrument","Repeat Instance","Sex","Age (years)","Pain today",'
                  '"Comorbidity (choice=Diabetes)","Comorbidity (choice=Depression)","Comorbidity (choice=Unknown)","Complete?"')
    for n in range(1, 7):
        for event, label, vas in [("baseline_arm_1", "Baseline (Arm 1: SCS)", 70 + n), ("month_6_arm_1", "Month 6 (Arm 1: SCS)", 40 + n),
                                  ("month_12_arm_1", "Month 12 (Arm 1: SCS)", 30 + n)]:
            first = event.startswith("base")
            boxes = [n % 2, int(n == 3), 0] if first else ["", "", ""]
            raw.append(",".join(map(str, [f"{n:03}", event, "", "", (n % 2 + 1) if first else "", 50 + n if first else "", vas, *boxes, 2 if first else ""])))
            words = [("Checked" if box else "Unchecked") if first else "" for box in boxes]
            sex = ("Female" if n % 2 else "Male") if first else ""
            labels.append(",".join(f'"{x}"' for x in [f"{n:03}", label, "", "", sex, 50 + n if first else "", vas, *words, "Complete" if first else ""]))
    put("redcap-raw.csv", raw)
    put("redcap-labels.csv", labels)
    put("redcap-dictionary.csv", REDCAP_DICTIONARY)


REDCAP_DICTIONARY = [
    '"Variable / Field Name","Form Name","Section Header","Field Type","Field Label","Choices, Calculations, OR Slider Labels",'
    '"Field Note","Text Validation Type OR Show Slider Number","Text Validation Min","Text Validation Max",Identifier?,'
    '"Branching Logic (Show field only if...)","Required Field?","Custom Alignment","Question Number (surveys only)",'
    '"Matrix Group Name","Matrix Ranking?","Field Annotation"',
    'record_id,baseline,,text,"Record ID",,,,,,,,,,,,,',
    'surname,baseline,,text,"Family name",,,,,,y,,,,,,,',
    'sex,baseline,,radio,Sex,"1, Male | 2, Female",,,,,,,y,,,,,',
    'age,baseline,,text,"Age at inclusion",,years,integer,18,90,,,y,,,,,',
    'vas,baseline,,text,"Pain today",,,number,0,100,,,,,,,,',
    'smoking,baseline,,dropdown,Smoking,"0, Never | 1, Former | 2, Current | 9, Unknown",,,,,,,,,,,,',
]


def meaning():
    put("units-cm-among-mm.csv", ["id;EVA_lombaire_J0;EVA_lombaire_M12", "A;72;30", "B;6,5;41", "C;80;25", "D;77;12", "E;58;55", "F;7,8;20", "G;91;64", "H;84;33"])
    put("units-mixed.csv", ["id;taille_cm;taux_soulagement;duree_douleur_annees;poids_kg", "A;172;0,7;5;70", "B;1,65;0,55;7;62", "C;181;0,3;12;85",
                            "D;168;45;96;71", "E;175;0,9;3;90", "F;159;0,15;8;55", "G;164;0,25;120;66", "H;178;0,35;4;79"])
    odi = ["id;" + ";".join(f"odi_{n}" for n in range(1, 11)) + ";odi_total"]
    scores = [[3, 2, 4, 1, 3, 2, 4, 3, 2, 1], [5] * 10, [0, 1] * 5, [2, 2, 2, "", 2, 2, 2, 2, 2, 2], [1, "", "", "", 1, 1, 1, 1, 1, 1], [4, 4, 3, 3, 2, 2, 1, 1, 0, 0]]
    totals = [50, 100, 20, 40, 20, 40]  # right: 50 100 10 40 (of nine) none 40
    for n, (items, total) in enumerate(zip(scores, totals)):
        odi.append(f"P{n};" + ";".join(map(str, items)) + f";{total}")
    put("prom-odi-items.csv", odi)
    put("prom-eq5d-items.csv", ["id;eq5d_mo;eq5d_sc;eq5d_ua;eq5d_pd;eq5d_ad;eq5d_index", "A;5;5;5;5;5;-0,5255", "B;3;3;3;4;3;0,5511", "C;1;1;1;1;1;1",
                                "D;2;1;1;1;1;0,5", "E;2;2;2;2;2;", "F;1;2;3;;1;"])
    put("prom-two-pcs.csv", ["id;PCS;SF12_PCS;SF12_MCS", "A;32;38,5;41,5", "B;18;42,1;47,2", "C;44;29,8;35,5", "D;27;33,3;40,1", "E;12;51,2;55,0"])
    put("identifiers.csv", [
        "IPP;nom;prenom;date_naissance;NIR;telephone;email;adresse;EVA;commentaire",
        "000123;Exemplaire;Alix;12/05/1960;160057501200133;06 00 00 00 01;alix@example.org;1 rue Inventée, Nulleville;72;appeler Alix Exemplaire au 06 00 00 00 01",
        "000124;Fictif;Bao;25/11/1955;255117501200244;06 00 00 00 02;bao@example.org;2 rue Inventée, Nulleville;65;RAS",
        "000125;Modèle;Cléo;30/01/1971;271017501200355;06 00 00 00 03;cleo@example.org;3 rue Inventée, Nulleville;80;",
        "000126;Type;Dani;14/07/1948;148077501200466;06 00 00 00 04;dani@example.org;4 rue Inventée, Nulleville;77;vu par le Dr Imaginaire"])
    put("identifiers-disguised.csv", ["num;champ1;champ2;champ3;eva", "1;alix@example.org;06 00 00 00 01;160057501200133;7,5", "2;bao@example.org;06 00 00 00 02;255117501200244;6,5",
                                      "3;cleo@example.org;06 00 00 00 03;271017501200355;8,5", "4;dani@example.org;06 00 00 00 04;148077501200466;5,5"])


def attacks():
    put("attack-empty.csv", b"")
    put("attack-empty.xlsx", b"")
    put("attack-blank.csv", b" \r\n\t\n  \n")
    put("attack-bom-only.csv", b"\xef\xbb\xbf")
    put("attack-sep-only.csv", b"sep=;\r\n")
    put("attack-nul-bytes.csv", b"id;eva;odi\nA;1\x00;40\nB;2;41\x00\nC;3;42\n")
    put("attack-formula-injection.csv", ["id;note;eva", "A;=cmd|' /C calc'!A0;1,5", 'B;"=HYPERLINK(""http://example.org"",""clic"")";2,5', "C;@SUM(1+1)*cmd|' /C calc'!A0;3,5",
                                         "D;+1+cmd|' /C calc'!A0;4,5", "E;-2+3+cmd|' /C calc'!A0;5,5", "F;rien;6,5"])
    put("attack-formula-header.csv", ["id;=1+1;eva", "A;1;1,5", "B;2;2,5", "C;3;3,5", "D;4;4,5"])
    put("attack-binary.csv", bytes((n * 7919 + n * n) % 256 for n in range(4000)))
    put("attack-png.csv", b"\x89PNG\r\n\x1a\n" + bytes(300))
    put("attack-html.xls", "<html><body><table><tr><td>id</td><td>eva</td></tr><tr><td>1</td><td>7,5</td></tr></table></body></html>\n")
    put("attack-xml-2003.xls", '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"/></Workbook>\n')
    put("attack-bidi-and-invisible.csv", ["id;\u202eavE;x\u200b", "A\u200b;1;2", "\u202eB;2;3", "C\u0007;3;4", "D;4;5"])
    put("attack-only-delimiters.csv", [";" * 50] * 50)
    put("attack-quotes-only.csv", '"' * 5001)
    put("attack-many-quotes.csv", ["id;x"] + ['"' * (n % 9) + ";" + '"' * (n % 5) for n in range(300)])


def main():
    for make in [dialects, quotes, numbers, cells, dates, shapes, visits, meaning, attacks]:
        make()
    for script in ["make_workbooks.py", "make_office.py"]:
        subprocess.run([sys.executable, str(HERE / script)], check=True)


if __name__ == "__main__":
    main()
