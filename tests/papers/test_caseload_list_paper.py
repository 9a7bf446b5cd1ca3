"""A list on paper: everybody who was listed, in the columns and the order of the screen, marked as personal."""

from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.casework.caseload_lists import ListQuestion
from coachdesk.errors import Cancelled, Refusal
from coachdesk.models import Client, JournalEntry
from coachdesk.papers.caseload_list import PrintList, list_document, write_list
from coachdesk.press.pdf import pdf
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading
from tests.makers import a_client, a_coach, ask, keep
from tests.press.paper import Paper
from tests.vault_fixtures import PERSON, TODAY

NAMES = tuple(f"Person{number:02}" for number in range(70))


@pytest.fixture
def people(vault: OpenVault) -> list[Client]:
    made = [a_client(first_name=name, last_name="", town="Kendal", coach_id=vault.coach_id) for name in NAMES]
    keep(vault, *made)
    return made


def wish(target: Path, **values: object) -> PrintList:
    question = ListQuestion(today=TODAY, **values)  # type: ignore[arg-type]  # named as they are there
    return PrintList(question=question, title="Open", target=target)


def test_everybody_listed_is_on_the_paper_in_order(
    vault: OpenVault, people: list[Client], tmp_path: Path
) -> None:
    printed = wish(tmp_path, columns=("name", "town"), order="name", descending=True)
    document, found = ask(vault, list_document, printed)
    paper = Paper(pdf(document))
    words = [text for _, text in paper.read()]
    told = "\n".join(words)
    places = [told.index(name) for name in reversed(NAMES)]
    assert places == sorted(places)
    assert len(found.rows) == len(people)
    assert "Keep it with you or locked away" in told
    assert "personal data" in document.title
    for said in ("70", "5 October 2026", "Name, the last first", "70 clients"):
        assert said in told


def test_the_paper_says_what_the_list_was_narrowed_to(
    vault: OpenVault, people: list[Client], tmp_path: Path
) -> None:
    colleague = a_coach(name="Iqra Malik")
    lone = a_client(first_name="Lone", last_name="", town="", coach_id=colleague.id)
    keep(vault, colleague, lone)
    only = wish(tmp_path, words="lone", only=(("town", ""),), whose=colleague.id.hex)
    document, _ = ask(vault, list_document, only)
    told = "\n".join(text for _, text in Paper(pdf(document)).read())
    for said in ("Iqra Malik", "With the words", "lone", "Only Town", "nothing there", "1 client"):
        assert said in told
    mine, _ = ask(vault, list_document, wish(tmp_path, whose="mine", words="person01"))
    assert "Mine" in "\n".join(text for _, text in Paper(pdf(mine)).read())
    assert people


def test_printing_stands_in_the_history_of_each_client(
    vault: OpenVault, people: list[Client], tmp_path: Path
) -> None:
    target = write_list(vault, wish(tmp_path / "new" / "list.pdf"), Watch())
    assert target.read_bytes().startswith(b"%PDF")
    with reading(vault) as session:
        query = select(JournalEntry).where(JournalEntry.field_group == "printed")
        entries = session.scalars(query).all()
        assert {entry.row_id for entry in entries} == {client.id for client in people}
        assert {(entry.label, entry.actor) for entry in entries} == {("Printed a list of 70 clients", PERSON)}


def test_a_name_without_an_ending_gets_one_and_replaces_nothing(vault: OpenVault, tmp_path: Path) -> None:
    keep(vault, a_client())
    (tmp_path / "mine.pdf").write_bytes(b"somebody else's")
    assert write_list(vault, wish(tmp_path / "mine"), Watch()).name == "mine-2.pdf"
    assert (tmp_path / "mine.pdf").read_bytes() == b"somebody else's"


def test_nobody_on_the_list_is_nothing_to_print(vault: OpenVault, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="nothing to print"):
        write_list(vault, wish(tmp_path / "list.pdf"), Watch())
    assert list(tmp_path.glob("*.pdf")) == []


def test_stopped_nothing_is_written(vault: OpenVault, people: list[Client], tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        write_list(vault, wish(tmp_path / "list.pdf"), Watch(cancelled=lambda: True))
    assert list(tmp_path.glob("*.pdf")) == []
    assert people
