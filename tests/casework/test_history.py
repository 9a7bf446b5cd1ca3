"""History in words, records as they stood, and the way back with its consequences."""

import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.casework.history import (
    HistoryQuestion,
    StoodQuestion,
    TakeBack,
    read_as_it_stood,
    read_history,
    read_way_back,
    take_back,
)
from coachdesk.casework.record_words import GONE, RecordWords, field_words, words_file
from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.models import Base, Client, Code, Contact, JournalEntry, Record, Release
from coachdesk.terms import Kind, Ref
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo_plan import UndoPlan
from coachdesk.vault.work import reading, record_event, unit_of_work
from tests.makers import a_client, a_contact, a_programme, an_equality
from tests.makers import furnished as furnish
from tests.vault_fixtures import TODAY

UNTOLD = {Kind.ERASURE, Kind.DOCUMENT_CONTENT}
"""Belongs to the team."""
SILENT: dict[Kind, set[str]] = {
    Kind.REDACTION: {"entity", "row_id", "from_character", "to_character"},
    Kind.CONTACT: {"goals"},
    Kind.DOCUMENT: {"media_type", "sha256"},
    Kind.AGREED_PLAN: {"content", "signature"},
}


@pytest.fixture
def ward(vault: OpenVault) -> OpenVault:
    return furnish(vault)


def added(vault: OpenVault, *records: Record, label: str) -> UUID:
    with unit_of_work(vault, label=label) as work:
        work.session.add_all(records)
    assert work.changes.unit is not None
    return work.changes.unit


def changed(vault: OpenVault, record: type[Record], row_id: UUID, label: str, **values: object) -> UUID:
    with unit_of_work(vault, label=label) as work:
        found = work.session.get_one(record, row_id)
        for name, value in values.items():
            setattr(found, name, value)
    assert work.changes.unit is not None
    return work.changes.unit


def labels(vault: OpenVault, client_id: UUID) -> list[str]:
    with reading(vault) as session:
        return [row.label for row in read_history(session, HistoryQuestion(client_id=client_id))]


def test_history_says_who_did_what_and_why_in_words(ward: OpenVault) -> None:
    client = a_client(phone="01229 1", may_call="not_asked", coach_id=ward.coach_id)
    added(ward, client, label="Registered a client")
    with unit_of_work(ward, label="Changed details", reason="She told me on the phone") as work:
        found = work.session.get_one(Client, client.id)
        found.phone, found.may_call = "", "yes"
    with reading(ward) as session:
        newest, first = read_history(session, HistoryQuestion(client_id=client.id))
    assert (newest.who, newest.label, newest.reason) == (
        "Ruth Ellison", "Changed details", "She told me on the phone",
    )  # fmt: skip
    (change,) = newest.changes
    assert (change.title, change.what) == ("Details", "changed")
    assert change.fields == (("Phone", "01229 1", ""), ("May we call", "", "Yes"))
    assert first.changes[0].what == "added"
    assert ("Coach", "", "Ruth Ellison") in first.changes[0].fields
    assert newest.can_be_taken_back


def test_history_goes_on_page_by_page_and_of_one_record(ward: OpenVault) -> None:
    client = a_client()
    contact = a_contact(client, note="first")
    added(ward, client, label="one")
    added(ward, contact, label="two")
    changed(ward, Contact, contact.id, "three", note="second")
    with reading(ward) as session:
        page = read_history(session, HistoryQuestion(client_id=client.id, limit=2))
        rest = read_history(session, HistoryQuestion(client_id=client.id, before=page[-1].position))
        own = read_history(
            session, HistoryQuestion(client_id=client.id, record=Ref(Kind.CONTACT, contact.id))
        )
    assert [row.label for row in page] == ["three", "two"]
    assert [row.label for row in rest] == ["one"]
    assert [row.label for row in own] == ["three", "two"]
    assert own[0].changes[0].fields == (("Note", "first", "second"),)


def test_looking_and_taking_out_are_told_too(ward: OpenVault) -> None:
    client = a_client()
    contact = a_contact(client)
    added(ward, client, contact, label="both")
    with unit_of_work(ward, label="Printed the plan") as work:
        record_event(work.session, "printed", client.id.hex, Ref(Kind.CLIENT, client.id))
    with unit_of_work(ward, label="Took out a contact") as work:
        work.session.delete(work.session.get_one(Contact, contact.id))
    with reading(ward) as session:
        out, printed, _ = read_history(session, HistoryQuestion(client_id=client.id))
    assert printed.events == ("Printed",)
    assert not printed.can_be_taken_back
    assert out.changes[0].what == "taken out"


def test_records_are_seen_as_they_stood_on_a_day(ward: OpenVault) -> None:
    client = a_client(town="Barrow", coach_id=None)
    contact = a_contact(client, note="Came with her brother")
    added(ward, client, contact, label="Monday")
    ward.clock = FixedClock.on(TODAY + dt.timedelta(days=2))
    changed(ward, Client, client.id, "Wednesday", town="Kendal")
    with unit_of_work(ward, label="Wednesday, later") as work:
        work.session.delete(work.session.get_one(Contact, contact.id))
        work.session.add(an_equality(client, sex="female"))
    with reading(ward) as session:

        def stood(on: dt.date) -> dict[str, dict[str, str]]:
            found = read_as_it_stood(session, StoodQuestion(client_id=client.id, on=on))
            return {one.title: {line.label: line.words for line in one.lines} for one in found}

        before, then, now = (stood(TODAY + dt.timedelta(days=days)) for days in (-1, 0, 2))
    assert before == {}
    assert then["Details"]["Town"] == "Barrow"
    assert then["Contact"]["Note"] == "Came with her brother"
    assert now["Details"]["Town"] == "Kendal"
    assert "Contact" not in now
    assert now["Equality answers"] == {"Sex": "Female"}


def test_what_lies_further_back_is_taken_back_with_what_was_built_on_it(ward: OpenVault) -> None:
    client = a_client(town="Barrow")
    first = added(ward, client, label="Registered")
    second = changed(ward, Client, client.id, "Moved to Kendal", town="Kendal")
    changed(ward, Client, client.id, "New phone", phone="01229")
    third = changed(ward, Client, client.id, "Moved to Ulverston", town="Ulverston")
    with reading(ward) as session:
        way = read_way_back(session, second)
    assert [step.id for step in way.plan.steps] == [third, second]
    assert way.consequences == ("Moved to Ulverston (Ruth Ellison, 05 October 2026)",)
    with unit_of_work(ward) as work:
        take_back(work.session, TakeBack(plan=way.plan))
    with reading(ward) as session:
        found = session.get_one(Client, client.id)
        assert (found.town, found.phone) == ("Barrow", "01229")
        again = read_way_back(session, second)
        whole = read_way_back(session, first)
    assert labels(ward, client.id)[0] == "Took back: Moved to Kendal, and 1 later"
    assert again.plan.blocked == "This has been taken back already."
    assert [step.label for step in whole.plan.steps] == ["New phone", "Registered"]


def test_taking_back_an_addition_takes_what_points_at_it(ward: OpenVault) -> None:
    client = a_client()
    first = added(ward, client, label="Registered")
    added(ward, a_contact(client, note="hello"), label="Recorded a contact")
    with reading(ward) as session:
        way = read_way_back(session, first)
    assert way.plan.built_on[0].label == "Recorded a contact"
    with unit_of_work(ward) as work:
        take_back(work.session, TakeBack(plan=way.plan))
    with reading(ward) as session:
        assert session.get(Client, client.id) is None


def test_taking_back_can_itself_be_taken_back(ward: OpenVault) -> None:
    client = a_client(town="Barrow")
    added(ward, client, label="Registered")
    second = changed(ward, Client, client.id, "Moved", town="Kendal")
    changed(ward, Client, client.id, "Moved on", town="Ulverston")
    with reading(ward) as session:
        way = read_way_back(session, second)
    with unit_of_work(ward) as work:
        take_back(work.session, TakeBack(plan=way.plan))
    assert work.changes.unit is not None
    with reading(ward) as session:
        again = read_way_back(session, work.changes.unit)
    with unit_of_work(ward) as work:
        take_back(work.session, TakeBack(plan=again.plan))
    with reading(ward) as session:
        assert session.get_one(Client, client.id).town == "Ulverston"
        assert [step.label for step in read_way_back(session, second).plan.steps] == ["Moved on", "Moved"]


def test_a_list_that_is_out_of_date_is_shown_again(ward: OpenVault) -> None:
    client = a_client(town="Barrow")
    added(ward, client, label="Registered")
    second = changed(ward, Client, client.id, "Moved", town="Kendal")
    with reading(ward) as session:
        way = read_way_back(session, second)
    changed(ward, Client, client.id, "Moved on", town="Ulverston")
    with unit_of_work(ward) as work, pytest.raises(Refusal, match="Look at the new list"):
        take_back(work.session, TakeBack(plan=way.plan))


def test_what_stays_for_good_blocks_the_way_back(ward: OpenVault) -> None:
    with reading(ward) as session:
        founded = session.scalars(
            select(JournalEntry.unit).where(JournalEntry.entity == "organisation")
        ).first()
        assert founded is not None
        way = read_way_back(session, founded)
    assert "stays as it is" in way.plan.blocked
    with unit_of_work(ward) as work, pytest.raises(Refusal, match="stays as it is"):
        take_back(work.session, TakeBack(plan=way.plan))


def test_a_return_that_stands_on_it_blocks_the_way_back(ward: OpenVault) -> None:
    programme = a_programme(key="own")
    first = added(ward, programme, label="Added a programme")
    release = Release(
        programme_id=programme.id, from_on=TODAY, to_on=TODAY, as_at=TODAY, issued_at=ward.clock.now(), threshold=5,
        journal_position=1,
    )  # fmt: skip
    added(ward, release, label="Issued a return")
    with reading(ward) as session:
        plan = read_way_back(session, first).plan
    assert [step.label for step in plan.steps] == ["Issued a return", "Added a programme"]
    assert "stays as it is" in plan.blocked


def test_there_is_nothing_of_an_unknown_action(ward: OpenVault) -> None:
    with reading(ward) as session, pytest.raises(Refusal, match="nothing to take back"):
        read_way_back(session, UUID(int=1))
    with unit_of_work(ward) as work, pytest.raises(Refusal, match="nothing to take back"):
        take_back(work.session, TakeBack(plan=UndoPlan(steps=())))


@pytest.mark.parametrize(
    "record", [one.class_ for one in Base.registry.mappers if issubclass(one.class_, Record)], ids=str
)
def test_every_field_of_a_client_is_told_or_kept_silent_on_purpose(record: type[Record]) -> None:
    told = field_words(record.KIND.value)
    if record.SCOPE != "client" or record.KIND in UNTOLD:
        return
    assert told is not None
    names = {name for names in record.groups().values() for name in names}
    links = {name for name in names if name.endswith("_id")} | SILENT.get(record.KIND, set())
    assert names - links <= set(told.fields) <= names
    assert set(told.lists) | set(told.links) <= set(told.fields)


def test_every_list_of_the_words_file_ships(ward: OpenVault) -> None:
    with reading(ward) as session:
        shipped = {name for (name,) in session.execute(select(Code.list_name).distinct())}
    named = {
        name for told in words_file().values() if "fields" in told for name in told.get("lists", {}).values()
    }
    assert named - shipped <= {"request_outcome"}


def test_values_are_said_as_a_person_would(ward: OpenVault) -> None:
    with reading(ward) as session:
        words = RecordWords(session)
        assert words.said("client", "coach_id", UUID(int=5)) == GONE
        assert words.said("client", "id", UUID(int=5)) == ""
        assert words.said("contact", "entered_at", dt.datetime(2026, 10, 5, 9, 30, tzinfo=dt.UTC)) == (
            "5 October 2026, 09:30"
        )
        assert words.said("reading", "items", {"happy": 7, "anxious": "not_asked"}) == (
            "Happy yesterday: 7; Anxious yesterday: Not asked"
        )
        assert words.said("good_work", "answers", {"job_security": "partly", "pay_rise": "yes"}) == (
            "Does the job feel secure? Partly; pay rise: Yes"
        )
        assert words.said("circumstances", "benefits", ["some_benefit", 3]) == "some benefit, 3"
        assert words.said("action", "who", "client") == "The client"
        assert words.said("contact", "did_not_attend", True) == "Yes"
        assert words.said("client", "town", "") == ""
        assert words.said("release", "town", "x") == "x"
        assert words.lines("release", {"a": 1}) == ()
        assert words.changes("release", {}, {"a": 1}) == ()
        assert words.title("release") == "Release"
        assert [line.label for line in words.lines("client", {"town": "Kendal", "phone": "1"})] == [
            "Town", "Phone",
        ]  # fmt: skip
