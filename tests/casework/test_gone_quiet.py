"""Who has gone quiet is one rule: list, side pane and the team's page name the same people in the practice world."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.caseload_lists import ListQuestion, count_list, read_list
from coachdesk.casework.caseload_reading import shipped_list
from coachdesk.casework.clients import CaseloadFilter, count_clients, list_clients
from coachdesk.casework.fading import FadingQuestion, fading_clients, read_fading
from coachdesk.casework.plain_rows import key_of
from coachdesk.casework.practice import PracticeWish, make_practice
from coachdesk.models import Client, Coach, Contact, ContactRhythm, Pause
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.test_practice import TODAY, empty_world
from tests.makers import days_ago


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = empty_world(tmp_path_factory.mktemp("quiet") / "Practice.coachdesk")
    make_practice(vault, PracticeWish(today=TODAY, clients=60, seed=11), Watch.silent())
    yield vault
    vault.close()


def on_the_teams_page(session: Session, coach_id: UUID | None = None) -> set[UUID]:
    return {row.id for row in read_fading(session, FadingQuestion(today=TODAY, coach_id=coach_id)).fading}


def same_everywhere(session: Session) -> set[UUID]:
    """Return who is fading, once every place has named the same people."""
    quiet = ListQuestion(today=TODAY, list="quiet")
    fading = on_the_teams_page(session)
    assert {row.id for row in read_list(session, quiet).rows} == fading
    assert count_list(session, quiet) == read_list(session, quiet).counts["quiet"] == len(fading)
    for coach_id in (None, *session.scalars(select(Coach.id))):
        theirs = on_the_teams_page(session, coach_id)
        pane = CaseloadFilter(today=TODAY, coach_id=coach_id, working="quiet")
        assert {row.id for row in list_clients(session, pane)} == theirs
        assert count_clients(session, pane)["quiet"] == len(theirs)
        asked = FadingQuestion(today=TODAY, coach_id=coach_id)
        assert {key_of(kept) for kept in fading_clients(session, asked)} == theirs
    return fading


def test_list_pane_and_team_page_name_the_same_people(world: OpenVault) -> None:
    with reading(world) as session:
        before = same_everywhere(session)
        rows = read_fading(session, FadingQuestion(today=TODAY)).rows
    with unit_of_work(world, label="A hard month") as work:
        running = [row.id for row in rows if row.every_days is not None and not row.pause_reason]
        missing, paused, agreed, died = running[-4:]
        for contact in work.session.scalars(select(Contact).where(Contact.client_id.in_([missing, paused]))):
            contact.did_not_attend = True
        for pause in work.session.scalars(select(Pause).where(Pause.client_id == missing)):
            pause.to_on = pause.from_on
        work.session.add(ContactRhythm(client_id=agreed, every_days=1, agreed_on=days_ago(300), reason=""))
        for contact in work.session.scalars(select(Contact).where(Contact.client_id.in_([agreed, died]))):
            contact.happened_on = days_ago(200)
        work.session.get_one(Client, died).died_on = days_ago(2)
    with reading(world) as session:
        after = same_everywhere(session)
    assert {missing, agreed} <= after
    assert died not in after
    assert before - {died} <= after


def test_the_words_beside_the_list_are_the_rule() -> None:
    assert shipped_list("quiet").meaning == "No contact for longer than was agreed."
