"""Files are read whatever program wrote them; what is no table says so and what to do."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coachdesk.errors import Refusal, Trouble
from coachdesk.exchange.sheets import decode, delimiter_of, read_sheets
from coachdesk.resources import resource

Write = Callable[[str, str], Path]
HEAD = "Ref,First name,Surname,DOB\n"


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_delimiter_and_encoding(mark: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes((HEAD + "C1,José,García,1/2/80\n").replace(",", mark).encode(encoding))
    (sheet,) = read_sheets([path])
    assert sheet.headings == ("Ref", "First name", "Surname", "DOB")
    assert sheet.rows[0].cells == ("C1", "José", "García", "1/2/80")
    assert sheet.kind == "clients"
    assert sheet.rows[0].number == 2


def test_a_delimiter_inside_quotes_does_not_count() -> None:
    assert delimiter_of('a;b\n"x,y,z";"1,2,3"\n') == ";"
    assert delimiter_of("only one column\nand a row\n") == ","


def test_a_named_separator_is_believed(write: Write) -> None:
    (sheet,) = read_sheets([write("c.csv", "sep=|\n" + HEAD.replace(",", "|") + "C1|A|B|1/2/80\n")])
    assert sheet.rows[0].cells == ("C1", "A", "B", "1/2/80")


def test_bytes_that_are_nothing_known_still_decode() -> None:
    assert decode(b"\x81abc") == "�abc"


def test_the_sample_is_read_alike_from_csv_and_workbook() -> None:
    folder = resource("practice", "caseload")
    parts = read_sheets([folder / name for name in ("clients.csv", "contacts.csv", "jobs.csv")])
    book = read_sheets([folder / "caseload.xlsx"])
    assert [len(sheet.rows) for sheet in parts] == [143, 2471, 56]
    assert [sheet.kind for sheet in book] == ["clients", "contacts", "jobs"]
    assert [[row.cells for row in sheet.rows] for sheet in parts] == [
        [row.cells for row in sheet.rows] for sheet in book
    ]


def test_empty_rows_are_left_out_and_counted(write: Write) -> None:
    (sheet,) = read_sheets([write("c.csv", HEAD + "C1,A,B,1/2/80\n" + ",,,\n" * 100_000 + "C2,C,D,\n\n\n")])
    assert [row.number for row in sheet.rows] == [2, 100_003]
    assert sheet.note == "100,000 empty rows were left out."


def test_headings_may_stand_under_a_title(write: Write) -> None:
    (sheet,) = read_sheets([write("c.csv", "Caseload of Barrow,,,\n,,,\n" + HEAD + "C1,A,B,\n")])
    assert sheet.headings[0] == "Ref"
    assert sheet.rows[0].number == 4


BAD = {
    "nothing chosen": (None, "No file was chosen"),
    "empty": (b"", "is empty"),
    "only blanks": (b" \n \n", "is empty"),
    "a PDF": (b"%PDF-1.7\n%....", "is a PDF document, not a table"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old .xls workbook or is protected"),
    "bytes": (b"ab\0\1\2", "is not a table of text"),
    "a broken workbook": (b"PK\x03\x04nonsense", "is damaged or is not an Excel workbook"),
    "empty rows only": (b",,,\n" * 100_000, "holds no rows, only empty ones"),
    "no headings": (
        b"CD0001,Emma,Braithwaite,09/04/1974\nCD0002,Chidi,Brown,1/2/80\n",
        "has no row of headings",
    ),
    "headings only": (HEAD.encode(), "has headings but no rows"),
    "doubled headings": (b"Ref,Surname,surname\n1,a,b\n", "more than one column headed"),
    "an open quote": (b'Ref,Surname\nC1,"Brown\nC2,Taylor\nC3,Hall\n', "is never closed"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_caseload_is_refused_in_a_sentence(name: str, tmp_path: Path) -> None:
    content, sentence = BAD[name]
    path = tmp_path / "caseload.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refusal, match=sentence) as refused:
        read_sheets([path] if content is not None else [])
    assert refused.value.message.endswith(".")


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"There is no file “gone\.csv”"):
        read_sheets([tmp_path / "gone.csv"])
    with pytest.raises(Refusal, match="is a folder"):
        read_sheets([tmp_path])


def test_a_file_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        os.ftruncate(file.fileno(), 201 * 1024 * 1024)
    with pytest.raises(Refusal, match="larger than 200 MB"):
        read_sheets([path])


def test_a_file_the_disk_does_not_give_up_is_a_trouble(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    path = write("c.csv", HEAD)

    def broken(_self: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", broken)
    with pytest.raises(Trouble, match="could not be read"):
        read_sheets([path])


def test_a_cell_beyond_all_measure_is_refused(write: Write) -> None:
    with pytest.raises(Refusal, match="could not be divided"):
        read_sheets([write("c.csv", HEAD + "x" * (64 * 1024 * 1024 + 1) + "\n")])
