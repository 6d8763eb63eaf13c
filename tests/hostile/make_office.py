#!/usr/bin/env python3
"""What LibreOffice writes: ods, xls, formulas with their results, passwords; and what is then broken. Run by make.py.

LibreOffice reads xlsb and does not write it; make_workbooks.py writes that itself.
"""

import struct
import subprocess
import tempfile
import zipfile
from pathlib import Path

from msoffcrypto.format.ooxml import OOXMLFile

HERE = Path(__file__).resolve().parent
EXCEL_97, EXCEL_2007, ODS = "MS Excel 97", "Calc MS Excel 2007 XML", "calc8"
# Source, file to write, filter, password.
WORK = [
    ("book-plain.xlsx", "book-plain.ods", ODS, ""), ("book-plain.xlsx", "book-plain.xls", EXCEL_97, ""),
    ("book-cells.xlsx", "book-cells.ods", ODS, ""), ("book-cells.xlsx", "book-cells.xls", EXCEL_97, ""),
    ("book-dates-1904.xlsx", "book-dates-1904.ods", ODS, ""), ("book-dates-1904.xlsx", "book-dates-1904.xls", EXCEL_97, ""),
    ("book-sheets.xlsx", "book-sheets.ods", ODS, ""), ("book-two-headers.xlsx", "book-two-headers.ods", ODS, ""), ("book-two-headers.xlsx", "book-two-headers.xls", EXCEL_97, ""),
    ("book-formulas-without-values.xlsx", "book-formulas.xlsx", EXCEL_2007, ""), ("book-formulas-without-values.xlsx", "book-formulas.ods", ODS, ""),
    ("book-formulas-without-values.xlsx", "book-formulas.xls", EXCEL_97, ""), ("book-colours.xlsx", "book-colours.ods", ODS, ""),
    ("book-plain.xlsx", "book-flat.fods", "OpenDocument Spreadsheet Flat XML", ""),
    ("book-plain.xlsx", "attack-password.ods", ODS, "secret"), ("book-plain.xlsx", "attack-password.xls", EXCEL_97, "secret"),
]

# Runs in the Python of LibreOffice, which alone has `uno`.
INSIDE = r'''
import sys, time, uno
from com.sun.star.beans import PropertyValue
from pathlib import Path
port, *work = sys.argv[1:]
def property(name, value):
    return PropertyValue(Name=name, Value=value)
resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
for attempt in range(120):
    try:
        context = resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
while work:
    source, target, filter_name, password = work[:4]
    work = work[4:]
    document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (property("Hidden", True),))
    document.calculateAll()
    wanted = [property("FilterName", filter_name)] + ([property("Password", password)] if password else [])
    try:
        document.storeToURL(Path(target).as_uri(), tuple(wanted))
        print(target)
    except Exception as error:
        print("not written:", target, error)
    document.close(True)
try:
    desktop.terminate()
except Exception:
    pass
'''


def office():
    arguments = [part for source, target, kind, password in WORK for part in (str(HERE / source), str(HERE / target), kind, password)]
    with tempfile.TemporaryDirectory() as profile:
        port = "20121"
        server = subprocess.Popen(["soffice", f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--norestore",
                                   f"--accept=socket,host=127.0.0.1,port={port};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            subprocess.run(["/usr/bin/python3", "-c", INSIDE, port, *arguments], check=True)
            server.wait(60)
        finally:
            server.kill()


def write_zip(name, entries):
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in entries:
            info = zipfile.ZipInfo(path, (2021, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if path == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


def ods(name, table, before=""):
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"' for short, long in [("office", "office"), ("table", "table"), ("text", "text")])
    content = f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet><table:table table:name="S">{table}</table:table></office:spreadsheet></office:body></office:document-content>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = f'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    write_zip(name, [("mimetype", kind), ("content.xml", content), ("META-INF/manifest.xml", manifest)])


def passwords():
    """LibreOffice gives no password to xlsx when it is driven like this."""
    with open(HERE / "book-plain.xlsx", "rb") as plain, open(HERE / "attack-password.xlsx", "wb") as locked:
        OOXMLFile(plain).encrypt("secret", locked)


def break_things():
    cell = lambda value: f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
    number = lambda value: f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    row = lambda *cells: "<table:table-row>" + "".join(cells) + "</table:table-row>"
    small = row(cell("id"), cell("eva"), cell("odi")) + "".join(row(cell(f"P{n}"), number(n + 0.5), number(40 + n)) for n in range(1, 5))
    ods("attack-empty-rest.ods", small + '<table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>')
    ods("attack-repeated-cells.ods", small + '<table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>')
    ods("attack-repeated-forever.ods", small + '<table:table-row table:number-rows-repeated="18446744073709551615"><table:table-cell table:number-columns-repeated="4294967295" office:value-type="float" office:value="1"/></table:table-row>')
    ods("attack-deep-xml.ods", "<text:p>" * 200_000 + "</text:p>" * 200_000 + small)
    laughs = '<!DOCTYPE lolz [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
    ods("attack-entities.ods", small.replace("P1", "&a11;"), laughs)
    for source in ["book-plain.ods", "book-plain.xls"]:
        whole = (HERE / source).read_bytes()
        (HERE / f"attack-truncated{Path(source).suffix}").write_bytes(whole[: len(whole) // 2])
    xls = bytearray((HERE / "book-plain.xls").read_bytes())
    # The table of sectors begins where the header says; each entry names the next sector of its file.
    fat = 512 + 512 * struct.unpack_from("<I", xls, 0x4C)[0]
    circle = bytearray(xls)
    for n in range(128):
        struct.pack_into("<I", circle, fat + 4 * n, n)
    (HERE / "attack-circle.xls").write_bytes(circle)
    long = bytearray(xls)
    struct.pack_into("<I", long, 0x2C, 0xFFFFFFF0)  # So many sectors of tables.
    struct.pack_into("<I", long, 0x48, 0xFFFFFFF0)
    (HERE / "attack-announced-sectors.xls").write_bytes(long)
    shift = bytearray(xls)
    struct.pack_into("<H", shift, 0x1E, 63)  # A sector of 2^63 bytes.
    (HERE / "attack-sector-size.xls").write_bytes(shift)
    corrupted = bytearray(xls)
    for at in range(1024, len(corrupted), 37):
        corrupted[at] ^= 0x5A
    (HERE / "attack-corrupted.xls").write_bytes(corrupted)
    # A cell in the last row and the last column of an old workbook (65,536 x 256): DIMENSIONS says so too.
    stream = xls.find(struct.pack("<HH", 0x0200, 14))
    if stream > 0:
        far = bytearray(xls)
        struct.pack_into("<IIHH", far, stream + 4, 0, 0xFFFFFFFF, 0, 0xFFFF)
        (HERE / "attack-dimension.xls").write_bytes(far)


def main():
    office()
    passwords()
    break_things()


if __name__ == "__main__":
    main()
