"""The plan as a file: whole or not at all, journalled, for those who may see it, under a name of nobody."""

from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.models import Client, Coach, Document, DocumentContent, JournalEntry, Plan
from coachdesk.models.base import new_id
from coachdesk.papers.plan import (
    PrintPlan,
    plan_file_name,
    write_plan,
)
from coachdesk.papers.plan_layouts import PlanLayout
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.undo import last_unit
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_coach,
)
from tests.papers.planned import LAYOUTS, Planned
from tests.vault_fixtures import PERSON, TODAY


def test_it_is_written_once_and_journalled(planned: Planned, tmp_path: Path) -> None:
    target = planned.write(tmp_path / "plans" / "mine.pdf")
    assert target == tmp_path / "plans" / "mine.pdf"
    assert list(target.parent.iterdir()) == [target]
    with reading(planned.vault) as session:
        rows = read_history(session, HistoryQuestion(client_id=planned.client.id, limit=50))
        newest = last_unit(session, PERSON)
        printed_events = select(JournalEntry.row_id).where(JournalEntry.field_group == "printed")
        of_whom = session.scalars(printed_events).all()
    assert "Printed the plan of MO" in [row.label for row in rows]
    assert of_whom == [planned.client.id]
    assert newest is not None
    assert newest.label == "Printed the plan of MO"  # the copy that was given can be taken back


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_folder_gets_a_file_that_names_nobody_and_replaces_nothing(
    planned: Planned, layout: PlanLayout, tmp_path: Path
) -> None:
    first, second, third = (planned.write(tmp_path, layout) for _ in range(3))
    assert first.name == plan_file_name(layout)
    assert [second.name, third.name] == [f"{first.stem}-2.pdf", f"{first.stem}-3.pdf"]


def test_a_name_without_an_ending_gets_one(planned: Planned, tmp_path: Path) -> None:
    (tmp_path / "mine.pdf").write_bytes(b"somebody else's")
    assert planned.write(tmp_path / "mine").name == "mine-2.pdf"
    assert (tmp_path / "mine.pdf").read_bytes() == b"somebody else's"
    assert planned.write(tmp_path / "mine.PDF").name == "mine.PDF"


def test_what_cannot_be_written_is_not_journalled(planned: Planned, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Trouble):
        planned.write(tmp_path / "file" / "mine.pdf")
    with reading(planned.vault) as session:
        rows = read_history(session, HistoryQuestion(client_id=planned.client.id, limit=50))
    assert not any("Printed" in row.label for row in rows)


@pytest.mark.parametrize(
    ("layout", "kept_as"),
    [
        (PlanLayout.STANDARD, "print"),
        (PlanLayout.LARGE, "large_print"),
        (PlanLayout.EASY_READ, "easy_read"),
    ],
)
def test_which_copy_was_given_stands_in_the_plan(
    planned: Planned, tmp_path: Path, layout: PlanLayout, kept_as: str
) -> None:
    planned.write(tmp_path, layout)
    with reading(planned.vault) as session:
        plan = session.get_one(Plan, planned.plan.id)
        assert (plan.copy_format, plan.copy_given_on) == (kept_as, TODAY)


def test_every_copy_is_kept_as_it_was_issued_once(planned: Planned, tmp_path: Path) -> None:
    first = planned.write(tmp_path)
    planned.write(tmp_path)
    large = planned.write(tmp_path, PlanLayout.LARGE)
    with reading(planned.vault) as session:
        query = select(Document, DocumentContent.content).join(
            DocumentContent, DocumentContent.document_id == Document.id
        )
        kept = session.execute(query.order_by(Document.id)).all()
        assert [one.title for one, _ in kept] == [
            "Action plan, version 2: standard",
            "Action plan, version 2: large print (18 point)",
        ]
        assert {(one.sort, one.plan_id, one.added_on) for one, _ in kept} == {
            ("plan_copy", planned.plan.id, TODAY)
        }
        assert [content for _, content in kept] == [first.read_bytes(), large.read_bytes()]


def test_a_draft_to_talk_about_is_no_copy_given(planned: Planned, tmp_path: Path) -> None:
    planned.change(Plan, planned.plan.id, agreed_on=None)
    planned.write(tmp_path)
    with reading(planned.vault) as session:
        assert session.get_one(Plan, planned.plan.id).copy_given_on is None
        newest = last_unit(session, PERSON)
    assert newest is not None
    assert newest.label != "Printed the plan of MO"


def test_stopping_leaves_nothing(planned: Planned, tmp_path: Path) -> None:
    asked = iter((False, False, True))
    watch = Watch(cancelled=lambda: next(asked))
    with pytest.raises(Cancelled):
        write_plan(planned.vault, PrintPlan(client_id=planned.client.id, target=tmp_path / "a.pdf"), watch)
    assert [one.name for one in tmp_path.iterdir()] == ["Furness.coachdesk"]


def test_nobody_prints_the_plan_of_a_colleagues_client_without_a_reason(
    planned: Planned, tmp_path: Path
) -> None:
    colleague = a_coach(name="Iqra Malik")
    planned.keep(colleague)
    planned.change(Client, planned.client.id, coach_id=colleague.id)
    planned.change(Coach, planned.vault.coach_id or new_id(), role="coach")
    with pytest.raises(ReasonNeeded):
        planned.write(tmp_path)


def test_nobody_is_printed_who_is_gone_or_erased(planned: Planned, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        write_plan(planned.vault, PrintPlan(client_id=new_id(), target=tmp_path), Watch.silent())
    with unit_of_work(planned.vault) as work:
        erase_client(work.session, EraseClient(client_id=planned.client.id, reason="They asked"))
    with pytest.raises(Refusal, match="has been erased"):
        planned.write(tmp_path)
