"""Every record is as its history says, and whatever was changed beside the journal is found."""

import pytest

from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.models import Client, Contact, Hub
from coachdesk.vault.agreement import disagreements
from coachdesk.vault.health import check
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_contact, furnished

COLUMNS = [column.name for column in Hub.__table__.columns]
VALUES = [{"id": "zeroblob(16)", "name": "'x'"}.get(name, name) for name in COLUMNS]
ADD_A_HUB = f"INSERT INTO hub ({', '.join(COLUMNS)}) SELECT {', '.join(VALUES)} FROM hub LIMIT 1"  # noqa: S608 - names of the schema


def tamper(vault: OpenVault, statement: str) -> None:
    raw = vault._write_connection()
    raw.execute(statement)
    raw.close()


def found(vault: OpenVault) -> dict[str, int]:
    with reading(vault) as session:
        return dict(disagreements(session))


@pytest.fixture
def lived(vault: OpenVault) -> OpenVault:
    """Return a vault in which records came, changed, went, were taken back and were erased."""
    furnished(vault)
    client, other = a_client(), a_client(last_name="Other")
    contact = a_contact(client, note="first")
    with unit_of_work(vault, label="Registered") as work:
        work.session.add_all([client, other, contact, a_contact(other, note="her own")])
    with unit_of_work(vault, label="Changed") as work:
        work.session.get_one(Client, client.id).town = "Kendal"
        work.session.get_one(Contact, contact.id).note = ""
    with unit_of_work(vault, label="Took out") as work:
        work.session.delete(work.session.get_one(Contact, contact.id))
    assert work.changes.unit is not None
    with unit_of_work(vault) as again:
        undo(again.session, work.changes.unit)
    with unit_of_work(vault) as work:
        erase_client(work.session, EraseClient(client_id=other.id, reason="Asked for"))
    with unit_of_work(vault, label="A hub of one word") as work:
        work.session.add(Hub(name="Kendal"))
    return vault


def test_all_records_agree_with_the_journal(lived: OpenVault) -> None:
    assert found(lived) == {}
    assert check(lived).problems == ()


@pytest.mark.parametrize(
    ("statement", "strange"),
    [
        ("UPDATE client SET town = 'Leeds' WHERE town = 'Kendal'", {"client": 1}),
        ("UPDATE client SET email = 'x' WHERE town = 'Kendal'", {"client": 1}),
        (
            "DELETE FROM contact WHERE client_id = (SELECT id FROM client WHERE town = 'Kendal')",
            {"contact": 1},
        ),
        (ADD_A_HUB, {"hub": 1}),
        ("UPDATE hub SET opening = 'never'", {"hub": 2}),
    ],
)
def test_what_was_changed_beside_the_journal_is_found(
    lived: OpenVault, statement: str, strange: dict[str, int]
) -> None:
    tamper(lived, statement)
    assert found(lived) == strange
    assert any("not as their history says" in problem for problem in check(lived).problems)


def test_an_entry_of_an_older_schema_knew_fewer_fields(lived: OpenVault) -> None:
    tamper(lived, "UPDATE journal_entry SET after = json_remove(after, '$.opening') WHERE entity = 'hub'")
    assert found(lived) == {}
    tamper(lived, "UPDATE hub SET opening = 'never'")
    assert found(lived) == {"hub": 2}
