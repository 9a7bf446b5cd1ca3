"""One action is written whole with its journal entries, or not at all."""

import datetime as dt
from itertools import pairwise

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import OperationalError, StatementError

from coachdesk.errors import Refusal, Trouble
from coachdesk.models import (
    Base,
    Client,
    ClientSearch,
    Coach,
    Contact,
    Draft,
    Employer,
    ImportMapping,
    JournalEntry,
    Release,
)
from coachdesk.terms import Kind, Ref
from coachdesk.vault import drafts
from coachdesk.vault.engine import BypassedJournalError
from coachdesk.vault.journal import history, position, verify_chain
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.trouble import Busy, Locked
from coachdesk.vault.work import (
    actor,
    clock_of,
    coach_of,
    describe,
    reading,
    record_event,
    unit_of_work,
)

DAY = dt.date(2026, 10, 5)


def a_client(vault: OpenVault, **over: object) -> Client:
    client = Client(**{"first_name": "Ann", "last_name": "Bell", "reference": "A1", **over})
    with unit_of_work(vault, label="Added a client") as work:
        work.session.add(client)
    return client


def matches(vault: OpenVault, typed: str) -> int:
    with reading(vault) as session:
        query = text("SELECT count(*) FROM client_fts WHERE client_fts MATCH :typed")
        return int(session.execute(query, {"typed": typed}).scalar_one())


def test_what_changed_is_told_and_journalled(vault: OpenVault) -> None:
    with unit_of_work(vault, reason="asked by phone") as work:
        client = Client(first_name="Ann", last_name="Bell", reference="A1", phone="01229 1")
        work.session.add(client)
        describe(work.session, "Added AB")
    ref = Ref(Kind.CLIENT, client.id)
    assert work.changes.refs == {ref}
    assert work.changes.label == "Added AB"
    with reading(vault) as session:
        entries = history(session, ref)
        assert {entry.group for entry in entries} == {"name", "identifiers", "phone and email"}
        assert {entry.operation for entry in entries} == {"insert"}
        assert {(entry.actor, entry.label, entry.reason, entry.unit) for entry in entries} == {
            ("Ruth Ellison", "Added AB", "asked by phone", work.changes.unit)
        }
        assert next(e for e in entries if e.group == "name").after["first_name"] == "Ann"
        assert verify_chain(session) is None


def test_a_change_is_one_entry_a_field_group_with_values_before_and_after(vault: OpenVault) -> None:
    client = a_client(vault)
    with unit_of_work(vault, label="Changed") as work:
        found = work.session.get_one(Client, client.id)
        found.last_name = "Boll"
        work.session.flush()
        found.known_as = "Annie"
        found.may_call = "not_asked"
    with reading(vault) as session:
        newest = history(session, Ref(Kind.CLIENT, client.id))[0]
        assert newest.operation == "update"
        assert (newest.before["last_name"], newest.after["last_name"]) == ("Bell", "Boll")
        assert (newest.before["known_as"], newest.after["known_as"]) == ("", "Annie")
        entries = session.scalar(select(func.count()).where(JournalEntry.unit == work.changes.unit))
    assert entries == 1


def test_an_old_value_that_was_never_loaded_is_found(vault: OpenVault) -> None:
    client = a_client(vault)
    with unit_of_work(vault) as work:
        found = work.session.get_one(Client, client.id)
        work.session.expire(found)
        found.last_name = "Boll"
    with reading(vault) as session:
        newest = history(session, Ref(Kind.CLIENT, client.id))[0]
    assert newest.before["last_name"] == "Bell"
    assert newest.before["first_name"] == "Ann"


def test_nothing_changed_leaves_no_entry(vault: OpenVault) -> None:
    client = a_client(vault)
    with reading(vault) as session:
        before = position(session)
    with unit_of_work(vault) as work:
        found = work.session.get_one(Client, client.id)
        found.last_name = found.last_name
        extra = Employer(name="Short-lived", folded="x")
        work.session.add(extra)
        work.session.flush()
        work.session.delete(extra)
    with unit_of_work(vault) as second:
        found = second.session.get_one(Client, client.id)
        found.last_name = "Other"
        second.session.flush()
        found.last_name = "Bell"
    with reading(vault) as session:
        assert position(session) == before
    assert work.changes.refs == frozenset()
    assert work.changes.unit is None


def test_a_removal_keeps_all_values(vault: OpenVault) -> None:
    client = a_client(vault)
    with unit_of_work(vault) as work:
        found = work.session.get_one(Client, client.id)
        found.town = "Barrow"
        work.session.flush()
        work.session.delete(found)
    with reading(vault) as session:
        gone = [e for e in history(session, Ref(Kind.CLIENT, client.id)) if e.operation == "delete"]
        assert next(e for e in gone if e.group == "name").before["last_name"] == "Bell"
        assert next(e for e in gone if e.group == "address").before["town"] == ""
        assert verify_chain(session) is None
    assert matches(vault, "bell") == 0


def test_taken_out_and_put_back_is_a_change(vault: OpenVault) -> None:
    client = a_client(vault)
    with unit_of_work(vault) as work:
        work.session.delete(work.session.get_one(Client, client.id))
        work.session.flush()
        work.session.add(Client(id=client.id, first_name="Ann", last_name="Boll", reference="A1"))
    with reading(vault) as session:
        newest = next(e for e in history(session, Ref(Kind.CLIENT, client.id)) if e.group == "name")
    assert newest.operation == "update"
    assert (newest.before["last_name"], newest.after["last_name"]) == ("Bell", "Boll")


def test_a_record_with_nothing_said_is_journalled_all_the_same(vault: OpenVault) -> None:
    mapping = ImportMapping()
    with unit_of_work(vault) as work:
        work.session.add(mapping)
    with reading(vault) as session:
        assert len(history(session, Ref(Kind.IMPORT_MAPPING, mapping.id))) == 1


def test_the_search_index_follows(vault: OpenVault) -> None:
    client = a_client(
        vault,
        last_name="O'Neil-Łuk",
        previous_names="Smith",
        postcode="LA14 1AA",
        phone="(01229) 55 12",
        email="a@b.org",
    )
    for typed in ("oneil", "luk", "smi*", "la141aa", '"la14 1aa"', "012295512", "a1"):
        assert matches(vault, typed) == 1, typed
    with unit_of_work(vault) as work:
        work.session.get_one(Client, client.id).last_name = "Bell"
    assert matches(vault, "oneil") == 0
    assert matches(vault, "bell") == 1
    with reading(vault) as session:
        assert session.scalar(select(func.count()).select_from(ClientSearch)) == 1


def test_a_refused_action_writes_nothing(vault: OpenVault) -> None:
    with reading(vault) as session:
        before = position(session)
    with pytest.raises(Refusal, match="not today"), unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference="A1"))
        work.session.flush()
        raise Refusal("not today")
    with reading(vault) as session:
        assert position(session) == before
        assert session.scalar(select(func.count()).select_from(Client)) == 0
    assert matches(vault, "ann") == 0


def test_rules_of_the_database_are_refusals_without_values(vault: OpenVault) -> None:
    a_client(vault, reference="MARKER")
    with pytest.raises(Refusal) as caught, unit_of_work(vault) as work:
        work.session.add(Client(first_name="Bob", reference="MARKER"))
    assert "reference" in caught.value.fields
    assert "MARKER" not in caught.value.message
    with pytest.raises(Refusal, match="do not fit"), unit_of_work(vault) as work:
        work.session.add(Client(reference="2"))
    with pytest.raises(Refusal, match="linked"), unit_of_work(vault) as work:
        work.session.add(Contact(client_id=vault.vault_id, happened_on=DAY, entered_at=vault.clock.now()))
    with pytest.raises(Refusal) as caught, unit_of_work(vault) as work:
        work.session.add(Contact(client_id=vault.vault_id, entered_at=vault.clock.now()))
    assert "happened_on" in caught.value.fields
    with pytest.raises(Refusal, match="too long"), unit_of_work(vault) as work:
        work.session.add(Client(first_name="x" * 201, reference="3"))


def test_writes_past_the_journal_are_refused(vault: OpenVault) -> None:
    client = a_client(vault)
    table = Base.metadata.tables["client"]
    statements = (
        update(Client).values(last_name="x"),
        delete(Client),
        insert(Client).values(id=client.id, first_name="x"),
        update(table).values(last_name="x"),
        delete(JournalEntry),
        text("DELETE FROM client"),
    )
    for statement in statements:
        with pytest.raises(BypassedJournalError), unit_of_work(vault) as work:
            work.session.execute(statement)
        with pytest.raises(BypassedJournalError), unit_of_work(vault) as work:
            work.session.connection().execute(statement)
    with pytest.raises(BypassedJournalError), unit_of_work(vault) as work:
        work.session.bulk_save_objects([Client(first_name="x", reference="bulk")])
    with pytest.raises(BypassedJournalError), unit_of_work(vault) as work:
        work.session.begin_nested()
    with pytest.raises(BypassedJournalError), vault.write_sessions() as session:
        session.add(Client(first_name="x", reference="bare"))
        session.flush()
    with unit_of_work(vault) as work:
        assert work.session.execute(text("SELECT count(*) FROM client")).scalar_one() == 1


def test_a_reader_cannot_write_and_cannot_journal(vault: OpenVault) -> None:
    with pytest.raises(Trouble), reading(vault) as session:
        session.execute(delete(Draft))
    with pytest.raises(BypassedJournalError), reading(vault) as session:
        describe(session, "x")


def test_a_fault_of_the_program_is_not_dressed_up(vault: OpenVault) -> None:
    with pytest.raises(OperationalError), reading(vault) as session:
        session.execute(text("SELECT nonsense"))


def test_who_and_when_are_at_hand(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        assert actor(work.session) == "Ruth Ellison"
        assert coach_of(work.session) == vault.coach_id
        assert clock_of(work.session) is vault.clock
        coach = work.session.get_one(Coach, vault.coach_id)
        assert (coach.name, coach.role, coach.slot) == ("Ruth Ellison", "manager", vault.slot.id)


def test_an_event_has_no_values(vault: OpenVault) -> None:
    ref = Ref(Kind.CLIENT, a_client(vault).id)
    with unit_of_work(vault, label="Printed a plan") as work:
        record_event(work.session, "printed", ref.id.hex, ref)
        record_event(work.session, "exported", "team")
    assert work.changes.refs == frozenset()
    assert work.changes.unit is not None
    with reading(vault) as session:
        newest = history(session, ref)[0]
        assert (newest.operation, newest.group, newest.before, newest.after) == ("event", "printed", {}, {})
        assert verify_chain(session) is None


def test_a_locked_vault_gives_no_session(vault: OpenVault) -> None:
    vault.close()
    vault.close()
    assert vault.locked
    with pytest.raises(Locked), unit_of_work(vault):
        pass
    with pytest.raises(Locked), reading(vault):
        pass
    with pytest.raises(Locked):
        vault.checkpoint()
    with pytest.raises(Locked), vault.write_sessions() as session:
        session.scalar(select(func.count()).select_from(Client))


def test_a_second_writer_that_waits_too_long_is_told(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault._writer.pool, "_timeout", 0.01)
    with unit_of_work(vault), pytest.raises(Busy), unit_of_work(vault):
        pass


def test_drafts_leave_no_trace_in_the_journal(vault: OpenVault) -> None:
    with reading(vault) as session:
        before = position(session)
    with vault.write_sessions() as session:
        drafts.keep_draft(session, "contact/1", "contact", {"note": "Half a"})
    with unit_of_work(vault) as work:
        drafts.keep_draft(work.session, "contact/1", "contact", {"note": "Half a sentence"}, vault.coach_id)
        drafts.keep_draft(work.session, "contact/2", "contact", {})
    with reading(vault) as session:
        assert [draft.body for draft in drafts.drafts(session)] == [{"note": "Half a sentence"}, {}]
        assert position(session) == before
    with vault.write_sessions() as session:
        drafts.drop_draft(session, "contact/1")
        drafts.drop_draft(session, "never")
    with reading(vault) as session:
        assert [draft.key for draft in drafts.drafts(session)] == ["contact/2"]


def test_settings_replace_each_other(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        assert read_setting(work.session, "theme") is None
        keep_setting(work.session, "theme", {"dark": True})
    with unit_of_work(vault) as work:
        keep_setting(work.session, "theme", {"dark": False})
    with reading(vault) as session:
        assert read_setting(session, "theme") == {"dark": False}


def test_sequence_and_logical_clock_only_grow(vault: OpenVault) -> None:
    for number in range(3):
        a_client(vault, reference=str(number))
    with reading(vault) as session:
        rows = session.execute(
            select(JournalEntry.sequence, JournalEntry.logical_clock).order_by(JournalEntry.position)
        ).all()
        assert session.scalar(select(func.count()).select_from(Release)) == 0
    assert [row.sequence for row in rows] == list(range(1, len(rows) + 1))
    assert all(one.logical_clock < two.logical_clock for one, two in pairwise(rows))


def test_a_value_of_the_wrong_sort_is_a_fault_that_carries_no_values(vault: OpenVault) -> None:
    with pytest.raises(StatementError) as caught, unit_of_work(vault) as work:
        work.session.add(Client(first_name="MARKER", reference="A1", born_from="yesterday"))
    assert caught.value.params is None
    assert "MARKER" not in str(caught.value)


def test_local_rows_leave_no_entry_when_they_go(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        drafts.keep_draft(work.session, "k", "contact", {})
        work.session.flush()
        work.session.delete(work.session.get_one(Draft, "k"))
    assert work.changes.unit is None
