"""The list of problems as a file: every column, nothing a spreadsheet would run, and a line in the journal."""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.errors import Trouble
from coachdesk.exchange.importing import ImportResult
from coachdesk.exchange.problem_list import SaveProblems, listed_problems, save_problems
from coachdesk.models import JournalEntry
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

HEADINGS = ("File", "Sheet", "Row", "Column", "Value", "What to do")
EVENT = "saved a list of import problems"

BringIn = Callable[..., ImportResult]
Write = Callable[[str, str], Path]


def events(vault: OpenVault) -> list[str]:
    with reading(vault) as session:
        query = select(JournalEntry.field_group).where(JournalEntry.operation == "event")
        return [name for name in session.scalars(query) if name == EVENT]


@pytest.fixture
def wish(bring_in: BringIn, write: Write, tmp_path: Path) -> SaveProblems:
    rows = 'C1,Ann,Bell,=HYPERLINK("x")\nC2,Bob,Hall,31/02/1980\n'
    result = bring_in(write("c.csv", f"Ref,First name,Surname,DOB\n{rows}"))
    problems = listed_problems(result.accounts)
    return SaveProblems(target=tmp_path / "list.csv", headings=HEADINGS, problems=problems)


def test_the_file_says_where_what_and_why(office: OpenVault, wish: SaveProblems) -> None:
    assert save_problems(office, wish, Watch.silent()) == wish.target
    with wish.target.open(newline="", encoding="utf-8-sig") as stream:
        head, first, second = csv.reader(stream)
    assert tuple(head) == HEADINGS
    assert first[:5] == ["c.csv", "", "2", "DOB", '\'=HYPERLINK("x")']
    assert second[:5] == ["c.csv", "", "3", "DOB", "31/02/1980"]
    assert "not a date" in second[5]
    assert events(office) == [EVENT]


def test_a_drive_that_does_not_take_it_leaves_no_word_in_the_journal(
    office: OpenVault, wish: SaveProblems, tmp_path: Path
) -> None:
    nowhere = SaveProblems(target=tmp_path / "gone" / "list.csv", headings=HEADINGS, problems=wish.problems)
    with pytest.raises(Trouble):
        save_problems(office, nowhere, Watch.silent())
    assert events(office) == []
