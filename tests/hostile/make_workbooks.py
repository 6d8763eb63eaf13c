#!/usr/bin/env python3
"""Workbooks, Parquet files and broken containers, without LibreOffice. Run by make.py."""

import io
import re
import struct
import warnings
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pandas
import pyarrow
import pyarrow.parquet
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from make import HEADER, HERE, REDCAP_DICTIONARY, ROWS

EPOCH = datetime(2021, 1, 1)


def typed(row):
    """Dates as dates."""
    return [date.fromisoformat(v) if isinstance(v, str) and v[:2] == "20" and v.count("-") == 2 else v for v in row]


def book(*sheets):
    """A workbook of (name, rows); its properties carry no clock."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    made.properties.created = made.properties.modified = EPOCH
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def save(made, name):
    """Saved with fixed times, so that the same script gives the same bytes."""
    held = io.BytesIO()
    made.save(held)
    with zipfile.ZipFile(held) as archive:
        parts = [(info.filename, archive.read(info)) for info in archive.infolist()]
    write_zip(name, [(path, re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2021-01-01T00:00:00Z", content)) for path, content in parts])


def write_zip(name, entries, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(HERE / name, "w", compression) as archive:
        for path, content in entries:
            info = zipfile.ZipInfo(path, (2021, 1, 1, 0, 0, 0))
            info.compress_type = compression
            archive.writestr(info, content)


def entries(name):
    with zipfile.ZipFile(HERE / name) as archive:
        return [(info.filename, archive.read(info)) for info in archive.infolist()]


BASE = [HEADER] + [typed(row) for row in ROWS]


def formats():
    save(book(("Patients", BASE)), "book-plain.xlsx")
    parts = [(path, content.replace(b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml") if path == "[Content_Types].xml" else content)
             for path, content in entries("book-plain.xlsx")]
    write_zip("book-macros.xlsm", parts)
    write_zip("book-named-csv.csv", entries("book-plain.xlsx"))
    write_zip("book-named-xls.xls", entries("book-plain.xlsx"))
    frame = pandas.DataFrame([typed(row) for row in ROWS], columns=HEADER)
    frame["age"] = frame["age"].astype("int32")
    frame["tabac"] = frame["tabac"].astype("category")
    frame["date_inclusion"] = pandas.to_datetime(frame["date_inclusion"]).dt.date
    frame.to_parquet(HERE / "parquet-plain.parquet", index=False, compression="snappy")
    table = pyarrow.table({
        "patient_id": pyarrow.array([7, 12, 30, 41], pyarrow.int64()),
        "seen_at": pyarrow.array([datetime(2021, 3, 25, 8, 30), None, datetime(2021, 4, 13), datetime(2021, 5, 31)], pyarrow.timestamp("us")),
        "opere": pyarrow.array([True, False, None, True]),
        "eva": pyarrow.array([7.5, float("nan"), None, float("inf")], pyarrow.float32()),
        "dose": pyarrow.array(["12.50", "7.25", None, "0.75"]).cast(pyarrow.decimal128(9, 2)),
        "items": pyarrow.array([[1, 2], [3], None, []], pyarrow.list_(pyarrow.int32())),
        "blob": pyarrow.array([b"\x00\xff", None, b"", b"x"], pyarrow.binary()),
        "note": pyarrow.array(["", "NA", " rien ", None]),
    })
    pyarrow.parquet.write_table(table, HERE / "parquet-types.parquet", compression="NONE")


def shapes():
    made = book(("Patients", [["Cohorte SCS du service"], ["Extraction du 1er octobre 2021"], []] + BASE))
    made["Patients"].merge_cells("A1:G1")
    save(made, "book-title-rows.xlsx")

    made = book(("Suivi", [["Patient", None, "EVA", None, "ODI", None], ["N°", "Sexe", "J0", "M12", "J0", "M12"]]
                 + [[f"P{n}", "F" if n % 2 else "H", 70 + n, 30 + n, 50 + n, 20 + n] for n in range(1, 7)]))
    for merged in ["A1:B1", "C1:D1", "E1:F1"]:
        made["Suivi"].merge_cells(merged)
    save(made, "book-two-headers.xlsx")

    made = book(("Suivi", [["Patient", "Douleur", None, None, None, "Incapacité"], [None, "Dos", None, "Jambe", None, "ODI"], [None, "J0", "M12", "J0", "M12", "J0"]]
                 + [[f"P{n}", 70 + n, 30 + n, 60 + n, 20 + n, 50 + n] for n in range(1, 7)]))
    for merged in ["A1:A3", "B1:E1", "B2:C2", "D2:E2"]:
        made["Suivi"].merge_cells(merged)
    save(made, "book-three-headers.xlsx")

    shifted = [[None] * 7] * 2 + [[None, None] + row[:3] + [None] + row[3:] for row in BASE[:5]] + [[], []] + [[None, None] + row[:3] + [None] + row[3:] for row in BASE[5:]]
    save(book(("Feuil1", shifted)), "book-blank-rows-and-columns.xlsx")
    save(book(("Feuil1", BASE + [["TOTAL", "=SUM(B2:B9)", None, None, "=SUM(E2:E9)"], ["Moyenne", 54.25, None, None, 74.6, 36.6]])), "book-totals.xlsx")
    save(book(("Feuil1", BASE + [[], [], ["Légende"], ["Code", "Libellé"], ["F", "femme"], ["H", "homme"]])), "book-table-below.xlsx")
    beside = [row + [None, None] + more for row, more in zip(BASE, [["Code", "Libellé"], ["F", "femme"], ["H", "homme"]] + [[]] * 6)]
    save(book(("Feuil1", beside)), "book-table-beside.xlsx")
    other = [["patient_id", "odi"]] + [[f"Z{n}", 40 + n] for n in range(30)]
    save(book(("Lisez-moi", [["Ce classeur contient la cohorte."], ["Ne pas modifier."]]), ("Patients", BASE), ("Brouillon", other)), "book-sheets.xlsx")

    made = book(("Suivi", [["patient_id", "visite", "EVA"]] + [[f"P{n // 2 + 1}" if n % 2 == 0 else None, "J0" if n % 2 == 0 else "M6", 70 - 5 * n] for n in range(8)]))
    for row in range(2, 10, 2):
        made["Suivi"].merge_cells(start_row=row, end_row=row + 1, start_column=1, end_column=1)
    save(made, "book-merged-ids.xlsx")

    made = book(("Patients", BASE))
    for row in (3, 5):
        made["Patients"].row_dimensions[row].hidden = True
    made["Patients"].column_dimensions["F"].hidden = True
    made["Patients"].auto_filter.ref = "A1:G9"
    made["Patients"]["B2"].comment = Comment("à vérifier", "personne")
    save(made, "book-hidden-rows.xlsx")

    made = book(("Patients", BASE))
    for cell, colour in [("E2", "FFFF0000"), ("E5", "FFFF0000"), ("F7", "FFFFFF00"), ("A4", "FF00FF00")]:
        made["Patients"][cell].fill = PatternFill("solid", start_color=colour)
    save(made, "book-colours.xlsx")
    visits = [["patient_id", "visite", "EVA", "ODI"]]
    for n in range(1, 9):
        for visit, eva in [("M6", 40 + n), ("M12", 30 + n)]:
            visits.append([f"P{n:03}", visit, eva, eva - 10])
    visits += [["P002", "M6", 99, 98], ["P999", "M6", 50, 40], [None, "M6", 51, 41], ["P003", None, 52, 42]]
    base = [row[:4] for row in BASE]
    save(book(("Patients", base + [["P005", 71, "F", date(2021, 6, 7)]]), ("Visites", visits)), "book-visits-sheet.xlsx")
    save(book(("Patients", base), ("Imagerie", [["patient_id", "deficit_sensitif"]] + [[f"P{n:03}", "Oui" if n % 2 else "Non"] for n in range(2, 11)])), "book-extra-sheet.xlsx")


def cells():
    formulas = [["id", "poids_kg", "taille_m", "imc"]] + [[f"P{n}", 60 + n, 1.7, f"=B{n + 1}/C{n + 1}^2"] for n in range(1, 8)]
    save(book(("F", formulas)), "book-formulas-without-values.xlsx")
    rows = [["id", "imc", "texte", "vrai", "eva_10"], ["007", 24.5, "#REF!", True, 7], ["008", None, "x", False, date(2021, 10, 7)], [" 009", 26.5, "x", True, 6],
            ["010", 27.5, "y", False, 5], ["011", 28.5, "y", True, 4], ["012", 29.5, "y", True, 3], ["013", 30.5, "y", True, 3], ["014", 31.5, "y", True, 8]]
    made = book(("Cellules", rows))
    sheet = made["Cellules"]
    sheet["B3"] = "#DIV/0!"
    sheet["B3"].data_type = "e"
    sheet["C4"] = CellRichText("x", TextBlock(InlineFont(b=True), ""), "")
    save(made, "book-cells.xlsx")
    save(book(("T", [["id", "eva", "odi", "date_inclusion"]] + [[f"P{n}", f"{n},5", str(40 + n) if n % 2 else 40 + n, f"{10 + n}/11/2020"] for n in range(1, 9)])), "book-numbers-as-text.xlsx")
    made = book(("Z", [["num_patient", "eva"]] + [[n, n + 0.5] for n in (7, 12, 130, 41)]))
    for row in range(2, 6):
        made["Z"].cell(row, 1).number_format = "00000"
    save(made, "book-ids-shown-with-zeros.xlsx")
    made = book(("Patients", [["id", "date_inclusion", "date_brute", "x"]]
                 + [[f"P{n}", EPOCH.date() + timedelta(days=31 * n), (EPOCH.date() + timedelta(days=31 * n) - date(1904, 1, 1)).days, n] for n in range(1, 7)]))
    made.epoch = CALENDAR_MAC_1904
    save(made, "book-dates-1904.xlsx")
    made = book(("Patients", [["id", "date_inclusion", "date_brute", "x"]]
                 + [[f"P{n}", EPOCH + timedelta(days=31 * n, hours=n - 1), (EPOCH - datetime(1899, 12, 30)).days + 31 * n, n] for n in range(1, 7)]))
    save(made, "book-dates-1900.xlsx")
    codes = [["Variable", "Libellé", "Unité", "Minimum", "Maximum", "Modalités"], ["patient_id", "Identifiant", "", "", "", ""], ["v1", "Âge à l’inclusion", "ans", 18, 90, ""],
             ["v2", "Tabagisme", "", "", "", "0 = jamais, 1 = ancien, 2 = actif"], ["v3", "EVA lombaire", "mm", 0, 100, ""]]
    save(book(("Données", [["patient_id", "v1", "v2", "v3"]] + [[f"P{n}", 40 + n, n % 3, 60 + n] for n in range(1, 9)]), ("Dictionnaire", codes)), "book-codebook.xlsx")
    import csv
    redcap = list(csv.reader(REDCAP_DICTIONARY))
    data = [["record_id", "surname", "sex", "age", "vas", "smoking"]] + [[f"{n:03}", f"Inventé{n}", n % 2 + 1, 50 + n, 120 if n == 3 else 60 + n, 9 if n == 4 else n % 3] for n in range(1, 9)]
    save(book(("data", data), ("dictionary", redcap)), "book-redcap-dictionary.xlsx")


# --- raw workbooks ---
TYPES = ('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
         'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
         '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
         '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
         '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>')
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
BOOK = f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'


def relations(target, kind="officeDocument"):
    return f'<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>'


def raw(sheet, *more, target="worksheets/sheet1.xml", book_xml=BOOK):
    return [("[Content_Types].xml", TYPES), ("_rels/.rels", relations("xl/workbook.xml")), ("xl/workbook.xml", book_xml),
            ("xl/_rels/workbook.xml.rels", relations(target, "worksheet")), ("xl/worksheets/sheet1.xml", sheet), *more]


def sheet_xml(data, before=""):
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData></worksheet>'


def text(value):
    return f'<c t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def number(value):
    return f"<c><v>{value}</v></c>"


SMALL = "<row>" + text("id") + text("eva") + text("odi") + "</row>" + "".join(
    "<row>" + text(f"P{n}") + number(n + 0.5) + number(40 + n) + "</row>" for n in range(1, 5))


def attacks():
    write_zip("book-cells-without-places.xlsx", raw(sheet_xml(SMALL)))
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="{0}"><c r="{1}{0}"><v>2</v></c></row>'
    write_zip("attack-far-cell.xlsx", raw(sheet_xml(far.format(20000, "XFD"))))
    write_zip("attack-far-corner.xlsx", raw(sheet_xml(far.format(1048576, "XFD"), '<dimension ref="A1:XFD1048576"/>')))
    stray = SMALL + '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    write_zip("attack-stray-cell.xlsx", raw(sheet_xml(stray)))
    write_zip("attack-dimension.xlsx", raw(sheet_xml(SMALL, '<dimension ref="A1:XFD1048576"/>')))
    write_zip("attack-impossible-place.xlsx", raw(sheet_xml('<row r="4294967295"><c r="ZZZZZZ99999999999"><v>1</v></c></row>' + SMALL)))
    wide = "<row>" + "".join(text(f"c{n}") for n in range(17_000)) + "</row><row>" + number(1) * 17_000 + "</row>"
    write_zip("attack-17000-columns.xlsx", raw(sheet_xml(wide)))
    write_zip("attack-traversal.xlsx", raw(sheet_xml(SMALL), ("../../../../tmp/prognostim-was-here", "x"), ("..\\..\\prognostim-was-here", "x"), ("/tmp/prognostim-was-here", "x")))
    write_zip("attack-relation-outside.xlsx", raw(sheet_xml(SMALL), target="../../../../../../etc/passwd"))
    write_zip("attack-relation-absolute.xlsx", raw(sheet_xml(SMALL), target="/etc/passwd"))
    laughs = '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
    write_zip("attack-entities.xlsx", raw(laughs + sheet_xml(SMALL.replace("P1", "&a11;"))[21:]))
    external = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    write_zip("attack-external-entity.xlsx", raw(external + sheet_xml(SMALL.replace("P1", "&f;"))[21:]))
    write_zip("attack-deep-xml.xlsx", raw(sheet_xml("<a>" * 200_000 + "</a>" * 200_000 + SMALL)))
    shared = f'<?xml version="1.0"?><sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>id</t></si></sst>'
    write_zip("attack-announced-texts.xlsx", raw(sheet_xml(SMALL), ("xl/sharedStrings.xml", shared)))
    index = sheet_xml('<row><c t="s"><v>99999999</v></c><c t="s"><v>-1</v></c></row>' + SMALL)
    write_zip("attack-text-index.xlsx", raw(index, ("xl/sharedStrings.xml", shared.replace("4294967295", "1"))))
    write_zip("attack-broken-xml.xlsx", raw(sheet_xml(SMALL)[:-60]))
    write_zip("attack-no-sheets.xlsx", raw(sheet_xml(SMALL), book_xml=BOOK.replace('<sheet name="S" sheetId="1" r:id="rId1"/>', "")))
    write_zip("attack-empty-sheet.xlsx", raw(sheet_xml("")))
    write_zip("attack-many-sheets.xlsx", raw(sheet_xml(SMALL), book_xml=BOOK.replace("<sheets>", "<sheets>" + "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId1"/>' for n in range(2, 5000)))))
    write_zip("attack-zip-without-book.xlsx", [("readme.txt", "nothing here")])
    write_zip("attack-document.xlsx", [("[Content_Types].xml", TYPES), ("word/document.xml", "<w/>")])
    twice = raw(sheet_xml(SMALL)) + [("xl/worksheets/sheet1.xml", sheet_xml("")), ("xl/workbook.xml", "<x/>")]
    write_zip("attack-entry-twice.xlsx", twice)
    write_zip("attack-million-empty-cells.xlsx", raw(sheet_xml("<row>" + "<c/>" * 100 + "</row>" + ("<row>" + "<c/>" * 100 + "</row>") * 20_000 + SMALL)))
    whole = (HERE / "book-plain.xlsx").read_bytes()
    (HERE / "attack-truncated.xlsx").write_bytes(whole[: len(whole) // 2])
    (HERE / "attack-truncated-end.xlsx").write_bytes(whole[:-40])
    at = whole.index(b"xl/worksheets/sheet1.xml") + 60
    (HERE / "attack-corrupted.xlsx").write_bytes(whole[:at] + bytes(b ^ 0x55 for b in whole[at : at + 40]) + whole[at + 40 :])
    parquet = (HERE / "parquet-plain.parquet").read_bytes()
    (HERE / "attack-truncated.parquet").write_bytes(parquet[: len(parquet) // 2])
    (HERE / "attack-corrupted.parquet").write_bytes(parquet[:200] + bytes(b ^ 0xFF for b in parquet[200:260]) + parquet[260:])
    (HERE / "attack-footer.parquet").write_bytes(b"PAR1" + struct.pack("<I", 0x7FFFFFFF) + b"PAR1")
    # Half a billion rows that are all the same take a few kilobytes.
    schema = pyarrow.schema([("patient_id", pyarrow.int32()), ("eva", pyarrow.int32())])
    with pyarrow.parquet.ParquetWriter(HERE / "attack-bomb.parquet", schema, compression="ZSTD", write_statistics=False, data_page_size=1 << 30, max_rows_per_page=1 << 30) as writer:
        same = pyarrow.array([7], pyarrow.int32()).take(pyarrow.array([0] * 1_000_000, pyarrow.int32()))
        many = pyarrow.chunked_array([same] * 50)
        for _ in range(10):
            writer.write_table(pyarrow.table({"patient_id": many, "eva": many}, schema), row_group_size=50_000_000)
    # A megabyte of zeros as one deflate block that ends at a byte and refers to nothing before it: tests/hostile.rs
    # strings ten thousand of them together.
    import zlib
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    (HERE / "bomb.deflate").write_bytes(packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH))


# --- xlsb: LibreOffice reads the format and does not write it, so its records are put together here ([MS-XLSB]) ---
def record(kind, body=b""):
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = len(body), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + body


def wide(value):
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def xlsb(name, rows, epoch_1904=False):
    fmt = record(0x267, struct.pack("<I", 0)) + record(0x268)
    font = record(0x263, struct.pack("<I", 1)) + record(0x2B, struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 0, 0) + b"\x07\x01\x00\x00\x00\x00\x00\xff" + b"\x02" + wide("Calibri")) + record(0x264)
    fill = record(0x25B, struct.pack("<I", 1)) + record(0x2D, struct.pack("<I", 0) + b"\x03\x40\x00\x00\x00\x00\x00\xff" * 2 + bytes(48)) + record(0x25C)
    border = record(0x265, struct.pack("<I", 1)) + record(0x2E, bytes(51)) + record(0x266)
    xf = lambda parent, number_format: record(0x2F, struct.pack("<HHHHHBBHBB", parent, number_format, 0, 0, 0, 0, 0, 0, 1 if number_format else 0, 0))
    xfs = record(0x272, struct.pack("<I", 1)) + xf(0xFFFF, 0) + record(0x273) + record(0x269, struct.pack("<I", 2)) + xf(0, 0) + xf(0, 14) + record(0x26A)
    styles = record(0x116) + fmt + font + fill + border + xfs + record(0x117)
    strings, places = [], {}
    data = b""
    for r, row in enumerate(rows):
        data += record(0x00, struct.pack("<IIHHBI", r, 0, 300, 0, 0, 0))
        for c, value in enumerate(row):
            at = lambda style=0: struct.pack("<II", c, style)
            if value is None:
                continue
            if isinstance(value, bool):
                data += record(0x04, at() + bytes([value]))
            elif isinstance(value, date):
                start = date(1904, 1, 1) if epoch_1904 else date(1899, 12, 30)
                data += record(0x05, at(1) + struct.pack("<d", (value - start).days))
            elif isinstance(value, int):
                data += record(0x02, at() + struct.pack("<i", value << 2 | 2))
            elif isinstance(value, float):
                data += record(0x05, at() + struct.pack("<d", value))
            elif value.startswith("#"):
                data += record(0x03, at() + bytes([0x17]))
            else:
                if value not in places:
                    places[value] = len(strings)
                    strings.append(value)
                data += record(0x07, at() + struct.pack("<I", places[value]))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    sheet = record(0x81) + record(0x94, size) + record(0x91) + data + record(0x92) + record(0x82)
    table = record(0x9F, struct.pack("<II", len(strings), len(strings))) + b"".join(record(0x13, b"\x00" + wide(s)) for s in strings) + record(0xA0)
    bundle = struct.pack("<II", 0, 1) + wide("rId1") + wide("Patients")
    workbook = (record(0x83) + record(0x99, struct.pack("<II", int(epoch_1904), 0) + wide("")) + record(0x8F) + record(0x9C, bundle) + record(0x90)
                + record(0x9D, struct.pack("<IIIdIB", 0, 0, 100, 0.001, 0, 0)) + record(0x84))
    kinds = [("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")]
    related = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{path}"/>' for n, (kind, path) in enumerate(kinds, 1))
    types = TYPES.replace("/xl/workbook.xml", "/xl/workbook.bin").replace("/xl/worksheets/sheet1.xml", "/xl/worksheets/sheet1.bin")
    for part, kind in [("sheet.main+xml", "sheet.binary.macroEnabled.main")]:
        types = types.replace("application/vnd.openxmlformats-officedocument.spreadsheetml." + part, "application/vnd.ms-excel." + kind)
    types = types.replace("application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml", "application/vnd.ms-excel.worksheet")
    types = types.replace("</Types>", '<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/><Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/></Types>')
    write_zip(name, [("[Content_Types].xml", types), ("_rels/.rels", relations("xl/workbook.bin")), ("xl/workbook.bin", workbook),
                     ("xl/_rels/workbook.bin.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' + related + "</Relationships>"),
                     ("xl/worksheets/sheet1.bin", sheet), ("xl/styles.bin", styles), ("xl/sharedStrings.bin", table)])


def binary():
    xlsb("book-plain.xlsb", BASE)
    xlsb("book-1904.xlsb", BASE, epoch_1904=True)
    parts = dict(entries("book-plain.xlsb"))
    broken = {**parts, "xl/worksheets/sheet1.bin": parts["xl/worksheets/sheet1.bin"][:150]}
    write_zip("attack-truncated-sheet.xlsb", broken.items())
    far = {**parts, "xl/worksheets/sheet1.bin": parts["xl/worksheets/sheet1.bin"].replace(struct.pack("<II", 0, 0) + struct.pack("<I", 0), struct.pack("<III", 16383, 0, 4_000_000_000), 1)}
    write_zip("attack-text-index.xlsb", far.items())
    write_zip("attack-no-relation.xlsb", [(p, c.replace(b"rId1", b"rId9") if p.endswith(".rels") and b"sheet1" in c else c) for p, c in parts.items()])


def main():
    warnings.filterwarnings("ignore", "Duplicate name")
    for make in [formats, shapes, cells, attacks, binary]:
        make()


if __name__ == "__main__":
    main()
