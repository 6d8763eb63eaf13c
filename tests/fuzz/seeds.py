#!/usr/bin/env python3
"""Inputs to begin with, from the samples and tests/hostile: `tests/fuzz/seeds.py FOLDER` writes FOLDER/delimited and FOLDER/workbook.

The study target writes its own (`SEEDS_TO`, see README.md).
"""

import sys
import zipfile
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
BETWEEN = b"\n=====\n"
KINDS = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet"]
PARTS = {
    b"x": ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"],
    b"b": ["xl/worksheets/sheet1.bin", "xl/workbook.bin", "xl/sharedStrings.bin", "xl/styles.bin"],
    b"o": ["content.xml"],
}


def main():
    folder = Path(sys.argv[1])
    for target in ["delimited", "workbook"]:
        (folder / target).mkdir(parents=True, exist_ok=True)
    for path in sorted([*(TOP / "sample-cohorts").iterdir(), *(TOP / "tests/hostile").iterdir()]):
        if path.suffix in [".py", ".ron", ".md", ".deflate"] or not path.is_file() or path.stat().st_size > 60_000:
            continue
        data = path.read_bytes()
        if not data.startswith((b"PK", b"\xd0\xcf", b"PAR1")):
            # With nothing said about the file, and with everything.
            for choice in [0, 0xFC]:
                (folder / "delimited" / f"{path.name}-{choice}").write_bytes(bytes([choice]) + data[:8_000])
        if path.suffix in KINDS:
            (folder / "workbook" / path.name).write_bytes(bytes([KINDS.index(path.suffix)]) + data)
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = set(archive.namelist())
                for choice, parts in PARTS.items():
                    if parts[0] not in names:
                        continue
                    try:
                        held = [archive.read(part) if part in names else b"" for part in parts]
                    except (zipfile.BadZipFile, zipfile.zlib.error, NotImplementedError, RuntimeError):
                        continue
                    joined = choice + BETWEEN.join(held)
                    if len(joined) < 60_000:
                        (folder / "workbook" / f"{path.name}-{choice.decode()}").write_bytes(joined)


if __name__ == "__main__":
    main()
