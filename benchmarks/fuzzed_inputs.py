"""Sound sheets and workbooks in every form one meets, and the ways in which bytes are changed."""

import csv
import io
import random
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook

STREWN = (
    b'"', b"\0", b"\n", b"\r\n", b",", b";", b"\xff\xfe", b"\xef\xbb\xbf", b"sep=,\n", b"-1", b"1e999", b"null", b"[]", b"{}",
    b"9" * 40, b"99999-99-99", b"=1+1", b"../../x", b"\xf0\x9f\x98\x80", b"&", b"<", b"true", b'{"a":' * 300, b"NaN", b"0x",
)  # fmt: skip


def mutated(sound: bytes, chance: random.Random) -> bytes:
    """Return bytes changed in one to four places, as damage and malice would."""
    content = bytearray(sound)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        place = chance.randrange(len(content) + 1)
        length = chance.choice((1, 1, 2, 8, 64, 512))
        how = chance.randrange(7)
        if how == 0 and place < len(content):
            content[place] ^= 1 << chance.randrange(8)
        elif how == 1:
            del content[place : place + length]
        elif how == 2:
            content[place:place] = content[place : place + length]
        elif how == 3:
            content[place:place] = chance.choice(STREWN)
        elif how == 4:
            content[place : place + length] = chance.randbytes(length)
        elif how == 5:
            content[place : place + length] = chance.choice(STREWN)
        else:
            del content[place:]
    return bytes(content)


ROWS = (
    ("Ref", "First name", "Surname", "DOB", "Gender", "Postcode", "Mobile", "Start date", "Barriers"),
    ("X1", "Maya", "Okonkwo", "01/02/1990", "Female", "CA14 2AA", "07700 900001", "01/04/2026", "Mental health"),
    ("X2", "Zoë", "O'Brien", "1987", "Male", "LA14 9ZZ", "07700 900002", "2026-05-01", ""),
    ("X3", 'Ann "Annie"', "Weir", "about 40", "", "", "", "", "pain; anxiety"),
)  # fmt: skip
TALKS = (
    ("Ref", "Date", "Type", "Mins", "What happened", "Next date"),
    ("X1", "01/05/2026", "Phone", "30", "Talked about mornings,\nand the bus", "08/05/2026"),
    ("X2", "5/6/26", "Text", "", "", ""),
)
JOBS = (("Ref", "Employer", "Job title", "Start date", "Hours", "Pay"),
        ("X1", "Bay Bakery", "Packer", "01/06/2026", "16", "£12.60"))  # fmt: skip


def as_csv(rows: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Return rows as a spreadsheet would write them."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def csv_files() -> list[bytes]:
    """Return sound sheets in every form one meets."""
    texts = [as_csv(rows) for rows in (ROWS, TALKS, JOBS)]
    return [
        *(text.encode() for text in texts),
        as_csv(ROWS, ";").encode("cp1252"),
        as_csv(ROWS, "\t").encode("utf-16"),
        b"\xef\xbb\xbfsep=;\r\n" + as_csv(TALKS, ";").encode(),
    ]


def workbook_files() -> list[bytes]:
    """Return sound workbooks."""
    found = []
    for tables in ((ROWS,), (ROWS, TALKS, JOBS)):
        book = Workbook(write_only=True)
        for number, rows in enumerate(tables):
            sheet = book.create_sheet(f"Sheet {number}")
            for row in rows:
                sheet.append(list(row))
        content = io.BytesIO()
        book.save(content)
        found.append(content.getvalue())
    return found


def repacked(sound: bytes, chance: random.Random) -> bytes:
    """Return a workbook one part of which was changed, packed again so that its checksums are right."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound)) as packed, zipfile.ZipFile(target, "w") as again:
        names = packed.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = packed.read(name)
            again.writestr(name, mutated(content, chance) if name == chosen else content)
    return target.getvalue()
