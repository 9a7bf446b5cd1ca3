"""An action is taken back by reversing it, and not when something was built on it."""

import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from coachdesk.errors import Refusal
from coachdesk.models import (
    Action,
    Client,
    Contact,
    Employer,
    Erasure,
    ImportRow,
    ImportRun,
    Programme,
    Release,
    ReleaseFile,
)
from coachdesk.terms import Kind, Ref
from coachdesk.vault.journal import client_history, history, last_unit, position, undo, verify_chain
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, record_event, unit_of_work

DAY = dt.date(2026, 10, 5)
ME = "Ruth Ellison"


def add_client(vault: OpenVault, reference: str = "A1") -> tuple[UUID, UUID]:
    client = Client(first_name="Ann", last_name="Bell", reference=reference, born_from=DAY, born_to=DAY)
    with unit_of_work(vault, label="Added a client") as work:
        work.session.add(client)
    assert work.changes.unit is not None
    return client.id, work.changes.unit


def rename(vault: OpenVault, client_id: UUID, name: str) -> UUID:
    with unit_of_work(vault, label=f"Renamed to {name}") as work:
        work.session.get_one(Client, client_id).last_name = name
    assert work.changes.unit is not None
    return work.changes.unit


def take_back(vault: OpenVault, unit: UUID) -> UUID:
    with unit_of_work(vault) as work:
        undo(work.session, unit)
    assert work.changes.unit is not None
    return work.changes.unit


def name_of(vault: OpenVault, client_id: UUID) -> str | None:
    with reading(vault) as session:
        client = session.get(Client, client_id)
        return client.last_name if client else None


def test_a_change_is_taken_back_as_a_new_action(vault: OpenVault) -> None:
    client_id, _ = add_client(vault)
    unit = rename(vault, client_id, "Boll")
    take_back(vault, unit)
    assert name_of(vault, client_id) == "Bell"
    with reading(vault) as session:
        newest = history(session, Ref(Kind.CLIENT, client_id))[0]
        assert newest.label == "Took back: Renamed to Boll"
        assert (newest.before["last_name"], newest.after["last_name"]) == ("Boll", "Bell")
        assert verify_chain(session) is None


def test_several_in_a_row_and_back_again(vault: OpenVault) -> None:
    client_id, added = add_client(vault)
    first, second = rename(vault, client_id, "One"), rename(vault, client_id, "Two")
    with reading(vault) as session:
        step = last_unit(session, ME)
    assert step is not None
    assert (step.unit, step.label) == (second, "Renamed to Two")
    undoing = take_back(vault, second)
    with reading(vault) as session:
        step = last_unit(session, ME)
    assert step is not None
    assert step.id == first
    take_back(vault, undoing)
    assert name_of(vault, client_id) == "Two"
    with reading(vault) as session:
        step = last_unit(session, ME)
    assert step is not None
    assert step.id == second
    for unit in (second, first, added):
        take_back(vault, unit)
    assert name_of(vault, client_id) is None
    with reading(vault) as session:
        step = last_unit(session, ME)
        assert step is not None
        assert step.label == "Set up the hub"
        assert last_unit(session, "Nobody") is None


def test_a_removal_is_taken_back_with_all_values(vault: OpenVault) -> None:
    client_id, _ = add_client(vault)
    with unit_of_work(vault, label="Removed") as work:
        work.session.delete(work.session.get_one(Client, client_id))
    assert work.changes.unit is not None
    take_back(vault, work.changes.unit)
    with reading(vault) as session:
        client = session.get_one(Client, client_id)
        assert (client.last_name, client.born_from, client.unstated) == ("Bell", DAY, {})


def test_later_changes_stand_in_the_way_and_are_named(vault: OpenVault) -> None:
    client_id, added = add_client(vault)
    rename(vault, client_id, "Boll")
    with pytest.raises(Refusal, match="“Renamed to Boll” \\(Ruth Ellison, 05 October 2026\\)"):
        take_back(vault, added)
    with unit_of_work(vault, label="Recorded a contact") as work:
        work.session.add(Contact(client_id=client_id, happened_on=DAY, entered_at=vault.clock.now()))
    with pytest.raises(Refusal, match="Recorded a contact"):
        take_back(vault, added)
    assert name_of(vault, client_id) == "Boll"


def test_a_field_group_said_later_stands_in_the_way(vault: OpenVault) -> None:
    client_id, added = add_client(vault)
    with unit_of_work(vault, label="Noted the town") as work:
        work.session.get_one(Client, client_id).town = "Barrow"
    with pytest.raises(Refusal, match="Noted the town"):
        take_back(vault, added)


def test_many_later_changes_are_counted(vault: OpenVault) -> None:
    client_id, added = add_client(vault)
    for number in range(7):
        rename(vault, client_id, f"Name {number}")
    with pytest.raises(Refusal, match="and 2 more"):
        take_back(vault, added)


def test_the_same_action_is_not_taken_back_twice(vault: OpenVault) -> None:
    client_id, added = add_client(vault)
    take_back(vault, added)
    with pytest.raises(Refusal, match="already"):
        take_back(vault, added)
    assert name_of(vault, client_id) is None


def test_nothing_to_take_back(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Looked") as work:
        record_event(work.session, "read", "team")
    assert work.changes.unit is not None
    with pytest.raises(Refusal, match="nothing to take back"):
        take_back(vault, work.changes.unit)


def test_a_whole_import_is_one_action(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Imported a sheet") as work:
        run = ImportRun(happened_at=vault.clock.now())
        work.session.add(run)
        for number in range(600):
            client = Client(first_name=f"N{number}", reference=f"I{number}")
            row = ImportRow(
                run_id=run.id,
                fingerprint=number.to_bytes(32, "big"),
                row=number,
                outcome="imported",
                client_id=client.id,
            )
            work.session.add_all([client, row, Action(client_id=client.id, what="Ring")])
    assert work.changes.unit is not None
    take_back(vault, work.changes.unit)
    with reading(vault) as session:
        for record in (Client, ImportRow, ImportRun, Action):
            assert session.scalar(select(func.count()).select_from(record)) == 0
        assert (
            session.execute(text("SELECT count(*) FROM client_fts WHERE client_fts MATCH 'n5*'")).scalar_one()
            == 0
        )
        assert verify_chain(session) is None
    undone = work.changes.unit
    with unit_of_work(vault) as again:
        newest = last_unit(again.session, ME)
        assert newest is not None
        assert newest.id != undone


def test_an_import_row_comes_back_whole(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        run = ImportRun(happened_at=vault.clock.now())
        row = ImportRow(run_id=run.id, fingerprint=b"f" * 32, row=1, outcome="held", held_values={"a": [1]})
        work.session.add_all([run, row])
    with unit_of_work(vault) as work:
        work.session.delete(work.session.get_one(ImportRow, row.id))
        work.session.delete(work.session.get_one(ImportRun, run.id))
    assert work.changes.unit is not None
    take_back(vault, work.changes.unit)
    with reading(vault) as session:
        found = session.get_one(ImportRow, row.id)
        assert (found.fingerprint, found.held_values) == (b"f" * 32, {"a": [1]})
        assert session.get_one(ImportRun, run.id).happened_at == vault.clock.now()


def test_a_long_file_is_kept_by_its_digest_alone(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        programme = Programme(key="p", title="P")
        release = Release(
            programme_id=programme.id,
            from_on=DAY,
            to_on=DAY,
            as_at=DAY,
            issued_at=vault.clock.now(),
            threshold=5,
            journal_position=1,
        )
        file = ReleaseFile(release_id=release.id, name="report.pdf", content=b"%PDF" * 100)
        work.session.add_all([programme, release, file])
    with reading(vault) as session:
        entries = history(session, Ref(Kind.RELEASE_FILE, file.id))
    assert "sha256" in next(e for e in entries if e.group == "content").after["content"]
    with unit_of_work(vault) as work:
        work.session.get_one(ReleaseFile, file.id).name = "other.pdf"
    with unit_of_work(vault) as work:
        work.session.delete(work.session.get_one(ReleaseFile, file.id))
    assert work.changes.unit is not None
    with pytest.raises(
        Refusal, match="a return that was issued, an erasure, or the vault itself is never taken back"
    ):
        take_back(vault, work.changes.unit)


def test_the_history_of_a_client_holds_all_that_is_theirs(vault: OpenVault) -> None:
    client_id, _ = add_client(vault)
    with unit_of_work(vault, label="Recorded a contact") as work:
        work.session.add(Contact(client_id=client_id, happened_on=DAY, entered_at=vault.clock.now()))
        work.session.add(Employer(name="Bakery", folded="bakery"))
    with reading(vault) as session:
        found = client_history(session, client_id)
        assert found[0].entity == "contact"
        assert {entry.entity for entry in found} == {"client", "contact"}
        assert len(client_history(session, client_id, limit=1)) == 1
        assert position(session) > 0


def tamper(vault: OpenVault, statement: str) -> None:
    with vault._writer.begin() as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.parametrize(
    "change",
    [
        'after = \'{"last_name":"Forged"}\'',
        "actor = 'Somebody else'",
        "at = '2020-01-01 00:00:00.000000'",
        "label = 'x'",
        "salt = zeroblob(16)",
        "chain = zeroblob(32)",
    ],
)
def test_a_forged_entry_breaks_the_chain(vault: OpenVault, change: str) -> None:
    add_client(vault)
    tamper(vault, f"UPDATE journal_entry SET {change} WHERE position = 2")  # noqa: S608 - forged on purpose
    with reading(vault) as session:
        broken = verify_chain(session)
    assert broken is not None
    assert broken.position == 2


def test_a_missing_entry_breaks_the_chain(vault: OpenVault) -> None:
    add_client(vault)
    tamper(vault, "DELETE FROM journal_entry WHERE position = 2")
    with reading(vault) as session:
        broken = verify_chain(session)
    assert broken is not None
    assert broken.position == 3


def test_an_erased_clients_values_may_go_and_the_chain_holds(vault: OpenVault) -> None:
    client_id, added = add_client(vault)
    with unit_of_work(vault, label="Erased a client") as work:
        work.session.add(Erasure(client_id=client_id, erased_at=vault.clock.now(), reason="Asked for"))
    tamper(
        vault,
        "UPDATE journal_entry SET before = NULL, after = NULL, label = '', salt = zeroblob(16) "  # noqa: S608 - an id, made here
        f"WHERE row_id = x'{client_id.hex}'",
    )
    with reading(vault) as session:
        assert verify_chain(session) is None
    with pytest.raises(Refusal, match="no longer kept"):
        take_back(vault, added)


def test_a_change_from_outside_stands_in_the_way(vault: OpenVault) -> None:
    _, added = add_client(vault)
    tamper(vault, "UPDATE client SET last_name = 'x'")
    with pytest.raises(Refusal, match="outside CoachDesk"):
        take_back(vault, added)
