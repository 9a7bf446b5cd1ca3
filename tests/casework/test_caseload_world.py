"""In a real encrypted vault: registering, recording, finding, and lists whose cost does not grow with clients."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from coachdesk.casework.check_ins import CheckInAnswers
from coachdesk.casework.clients import CaseloadFilter, NewClient, count_clients, list_clients, register_client
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.duplicates import LikelyDuplicates, likely_duplicates
from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.job_starts import RecordJob, record_job
from coachdesk.casework.search import FindAnybody, find_anybody
from coachdesk.casework.today import TodayQuestion, read_today
from coachdesk.errors import Refusal
from coachdesk.models import Action, JournalEntry
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import TODAY


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


@pytest.fixture
def furnished(vault: OpenVault) -> OpenVault:
    furnish_vault(vault)
    return vault


def registered(vault: OpenVault, first: str, last: str, phone: str = "", weeks: int = 20) -> UUID:
    started = TODAY - days(7 * weeks)
    with unit_of_work(vault) as work:
        return register_client(
            work.session,
            NewClient(
                first_name=first,
                last_name=last,
                phone=phone,
                birth="9/4/1974",
                programme_key="connect-to-work",
                today=TODAY,
                received_on=started - days(10),
                started_on=started,
                route="out_of_work",
            ),
        )


def found(vault: OpenVault, text: str) -> list[str]:
    with reading(vault) as session:
        return [row.name for row in find_anybody(session, FindAnybody(text=text))]


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def cost_of(vault: OpenVault, ask: Callable[[Session], object]) -> int:
    with reading(vault) as session, statements(session) as seen:
        ask(session)
    return len(seen)


def test_a_client_is_registered_and_the_label_carries_initials_only(furnished: OpenVault) -> None:
    registered(furnished, "Amara", "Okafor")
    with reading(furnished) as session:
        (row,) = list_clients(session, CaseloadFilter(today=TODAY))
        labels = set(session.scalars(select(JournalEntry.label)))
    assert (row.name, row.reference, row.is_open) == ("Amara Okafor", "C-0001", True)
    assert row.birth_words == "born 9 Apr 1974, 52"
    assert "Registered AO" in labels
    assert not any("Okafor" in label or "Amara" in label for label in labels)


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (NewClient(programme_key="workwell", today=TODAY), "first_name"),
        (NewClient(programme_key="workwell", today=TODAY, first_name="A", birth="1/1/2030"), "birth"),
        (
            NewClient(
                programme_key="workwell",
                today=TODAY,
                first_name="A",
                received_on=TODAY,
                started_on=TODAY - days(1),
            ),
            "started_on",
        ),
        (
            NewClient(
                programme_key="workwell",
                today=TODAY,
                first_name="A",
                received_on=TODAY,
                accepted_on=TODAY - days(1),
            ),
            "accepted_on",
        ),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field_and_nothing_is_written(
    furnished: OpenVault, wish: NewClient, field: str
) -> None:
    with pytest.raises(Refusal) as refused, unit_of_work(furnished) as work:
        register_client(work.session, wish)
    assert field in refused.value.fields
    with reading(furnished) as session:
        assert list_clients(session, CaseloadFilter(today=TODAY, working="all")) == ()


def test_counts_and_lists_agree(furnished: OpenVault) -> None:
    for number in range(4):
        registered(furnished, f"Name{number}", "Example", weeks=1 + number)
    with reading(furnished) as session:
        counts = count_clients(session, CaseloadFilter(today=TODAY))
        for working, count in counts.items():
            assert len(list_clients(session, CaseloadFilter(today=TODAY, working=working))) == count
    assert counts["all"] == 4


def test_neither_list_nor_today_asks_once_per_client(furnished: OpenVault) -> None:
    def both(session: Session) -> None:
        list_clients(session, CaseloadFilter(today=TODAY))
        read_today(session, TodayQuestion(today=TODAY))

    def grow(numbers: range) -> None:
        for number in numbers:
            client = registered(furnished, f"Name{number}", "Example")
            with unit_of_work(furnished) as work:
                record_job(
                    work.session,
                    RecordJob(client_id=client, employer_name="Elm Care", started_on=TODAY - days(20)),
                )

    grow(range(2))
    few = cost_of(furnished, both)
    grow(range(2, 8))
    assert cost_of(furnished, both) == few
    assert few < 41  # every room asks once or twice for the lines it has for Today


def test_a_next_step_comes_up_on_its_day_and_is_done_by_the_contact_that_answers_it(
    furnished: OpenVault,
) -> None:
    client = registered(furnished, "Amara", "Okafor")
    with unit_of_work(furnished) as work:
        record_contact(
            work.session,
            RecordContact(
                client_id=client,
                happened_on=TODAY - days(5),
                next_step="Ask about night buses",
                next_on=TODAY - days(2),
            ),
        )
    with reading(furnished) as session:
        item = next(
            item for item in read_today(session, TodayQuestion(today=TODAY)).overdue if item.kind == "action"
        )
    assert item.what.startswith("Ask about night buses")
    assert item.words == "2 days late"
    with unit_of_work(furnished) as work:
        record_contact(work.session, RecordContact(client_id=client, happened_on=TODAY, due=item.ref))
    with reading(furnished) as session:
        assert session.scalars(select(Action.done_on)).all() == [TODAY]
        left = read_today(session, TodayQuestion(today=TODAY))
    assert item.ref not in {other.ref for other in (*left.overdue, *left.today, *left.coming)}


def test_still_there_closes_the_check_in_it_answers(furnished: OpenVault) -> None:
    client = registered(furnished, "Kemi", "Balogun")
    with unit_of_work(furnished) as work:
        job = record_job(
            work.session,
            RecordJob(client_id=client, employer_name="Elm Care", started_on=TODAY - days(7)),
        )
    answers = CheckInAnswers(job_id=job, due_on=TODAY, still_there="yes")

    def due_days() -> set[dt.date]:
        with reading(furnished) as session:
            load = read_today(session, TodayQuestion(today=TODAY))
        return {item.on for item in (*load.overdue, *load.today, *load.coming) if item.ref.kind == "check_in"}

    assert TODAY in due_days()
    with unit_of_work(furnished) as work:
        record_contact(work.session, RecordContact(client_id=client, happened_on=TODAY, check_in=answers))
    assert TODAY not in due_days()


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"happened_on": TODAY + days(1)}, "happened_on"),
        ({"happened_on": TODAY, "next_on": TODAY - days(1)}, "next_on"),
        ({"happened_on": TODAY, "minutes": 1441}, "minutes"),
        ({"happened_on": TODAY, "minutes": -1}, "minutes"),
    ],
)
def test_a_contact_that_cannot_be_is_refused(furnished: OpenVault, wish: dict[str, Any], field: str) -> None:
    client = registered(furnished, "Amara", "Okafor")
    with pytest.raises(Refusal) as refused, unit_of_work(furnished) as work:
        record_contact(work.session, RecordContact(client_id=client, **wish))
    assert field in refused.value.fields


def test_somebody_is_found_however_the_name_is_remembered(furnished: OpenVault) -> None:
    registered(furnished, "Robert", "O'Neil", phone="07700 900142")
    registered(furnished, "Deborah", "Lindqvist")
    for text in ("rob", "Bob", "oneil", "o'neil rob", "O'Neil, Robert", "07700900142", "C-0001"):
        assert "Robert O'Neil" in found(furnished, text), text
    assert found(furnished, "Debs") == ["Deborah Lindqvist"]
    assert "Deborah Lindqvist" in found(furnished, "Mindqvist")
    assert found(furnished, "zzzzzz") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=some.one_of(some.text(max_size=40), some.sampled_from(['"', "*", "AND", "NEAR(", "x:y", "\0"])))
def test_no_text_breaks_the_search(furnished: OpenVault, text: str) -> None:
    assert found(furnished, text) is not None


def test_the_same_person_is_recognised_before_a_second_record_is_made(furnished: OpenVault) -> None:
    known = registered(furnished, "Robert", "O'Neil")
    with reading(furnished) as session:
        alike = likely_duplicates(
            session,
            LikelyDuplicates(today=TODAY, first_name="Bob", last_name="ONeil", birth="9/4/1974"),
        )
        other = likely_duplicates(
            session,
            LikelyDuplicates(today=TODAY, first_name="Grace", last_name="Adeyemi", birth="1/1/1990"),
        )
    assert [row.id for row in alike] == [known]
    assert alike[0].why
    assert other == ()
