"""The sheet with the recovery key: everything on one page, to be typed from, read by a camera and kept."""

import datetime as dt
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from coachdesk.errors import Refusal, Trouble
from coachdesk.papers.recovery_sheet import RecoverySheet, recovery_sheet, write_recovery_sheet
from coachdesk.vault.recovery import new_recovery_key, secret_of
from tests.press.paper import Paper

KEY = new_recovery_key()
SHEET = RecoverySheet(
    organisation="Furness Into Work",
    vault_name="Barrow",
    made_on=dt.date(2026, 10, 5),
    key=KEY,
)


def test_the_key_is_read_back_from_the_page_and_opens_as_printed() -> None:
    read = Paper(recovery_sheet(SHEET)).read()
    spelled = [words.split() for tag, words in read if tag == "LBody"]
    groups = ["".join(words) for words in spelled if len(words) == 5 and max(map(len, words)) == 1]
    assert "-".join(groups) == KEY
    assert secret_of(" ".join(groups)) == secret_of(KEY)


def test_the_sheet_says_whose_it_is_and_what_to_do_with_it() -> None:
    words = " ".join(words for _, words in Paper(recovery_sheet(SHEET)).read())
    for told in (
        "Furness Into Work",
        "Barrow",
        "5 October 2026",
        "Group 8",
        "trustee",
        "Do not photograph it",
        "Use the recovery key",
        "Received on, signature",
    ):
        assert told in words


def test_it_is_one_tagged_page_with_words_for_the_square_code() -> None:
    paper = Paper(recovery_sheet(SHEET))
    assert len(paper.pdf.pages) == 1
    assert paper.loose_paint() == []
    (figure,) = paper.elements("Figure")
    assert "recovery key" in str(figure.Alt)
    assert KEY not in str(figure.Alt)


def test_the_key_is_not_in_what_the_file_says_of_itself() -> None:
    found = pikepdf.open(BytesIO(recovery_sheet(SHEET)))
    told = f"{dict(found.docinfo)} {found.Root.Metadata.read_bytes()!r}"
    assert KEY not in told
    assert KEY[:5] not in told


def test_the_same_sheet_gives_the_same_bytes() -> None:
    assert recovery_sheet(SHEET) == recovery_sheet(SHEET)


def test_a_long_name_still_fits_on_the_page() -> None:
    sheet = replace(SHEET, organisation="The Furness and South Cumbria Partnership " * 4, vault_name="V" * 60)
    assert len(Paper(recovery_sheet(sheet)).pdf.pages) == 1


def test_a_key_with_a_slip_is_not_printed(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        write_recovery_sheet(tmp_path / "sheet.pdf", replace(SHEET, key=KEY[1:]))
    assert list(tmp_path.iterdir()) == []


def test_it_is_written_where_the_person_says_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "temp"
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    place = tmp_path / "stick"
    place.mkdir()
    write_recovery_sheet(place / "sheet.pdf", SHEET)
    assert [path.name for path in place.iterdir()] == ["sheet.pdf"]
    assert list(elsewhere.iterdir()) == []
    assert (place / "sheet.pdf").stat().st_mode & 0o777 == 0o600
    assert (place / "sheet.pdf").read_bytes() == recovery_sheet(SHEET)
    with pytest.raises(Trouble):
        write_recovery_sheet(tmp_path / "nowhere" / "sheet.pdf", SHEET)
