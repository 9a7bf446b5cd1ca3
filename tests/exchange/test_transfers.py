"""Passing on by name: nothing without a footing, nobody without a permission, nothing that is not written down."""

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.sharing_list import list_sharings
from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.exchange import transfers_written
from coachdesk.exchange.sealed_file import Seal, unsealed
from coachdesk.exchange.transfers import (
    CHANGED,
    NOBODY,
    PURPOSE,
    MakeTransfer,
    TransferQuestion,
    preview_transfer,
    transfer,
)
from coachdesk.exchange.transfers_basis import (
    BasisQuestion,
    Column,
    SaveBasis,
    SaveColumns,
    basis_of,
    save_basis,
    save_columns,
)
from coachdesk.exchange.transfers_fields import FIELDS
from coachdesk.exchange.transfers_written import list_named_exports
from coachdesk.models import Client, Coach, Employer, Erasure, JournalEntry, NamedExport, Sharing
from coachdesk.terms import Kind, Ref, Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.exchange.five_clients import NAMES, SEAL, WORDS, called, five_clients
from tests.makers import a_coach, a_consent, a_job, an_employer, ask, do, keep
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.usefixtures("_stretching_is_quick")

ASKED = TransferQuestion(programme_key="connect-to-work")
BASIS = SaveBasis(
    programme_key="connect-to-work",
    recipient="Inspira",
    basis="Public task of the accountable body, Article 6(1)(e).",
    agreement="Data sharing agreement 7",
    agreed_on=dt.date(2026, 4, 1),
    ends_on=dt.date(2027, 3, 31),
)
GIVEN: dict[str, dict[str, Any]] = {
    "Ann": {"data_covered": "How to reach them; Job and job search; How it is going"},
    "Cat": {"withdrawn_on": dt.date(2026, 8, 3)},
    "Dan": {"expires_on": dt.date(2026, 8, 3)},
    "Eve": {"recipient": "Somebody else"},
}


@pytest.fixture
def ready(vault: OpenVault) -> OpenVault:
    """Ann goes; Bob gave no permission, Cat took hers back, Dan's has ended, Eve's is for somebody else."""
    enrolled = {name: {"started_on": dt.date(2026, 5, day)} for day, name in enumerate(NAMES, 1)}
    five_clients(vault, enrolled, PURPOSE, GIVEN, phone="+44 1229 0")
    keep(vault, an_employer(name="Westmorland Wool"))
    do(vault, save_basis, BASIS)
    return vault


def wish(path: Path, **changes: object) -> MakeTransfer:
    return MakeTransfer(**{"question": ASKED, "path": path, "seal": SEAL, **changes})  # type: ignore[arg-type]  # the tests name fields


def columns(*fields: str) -> SaveColumns:
    told = tuple(Column(heading=FIELDS[one].title, field=one) for one in fields)
    return SaveColumns(programme_key="connect-to-work", columns=told)


def test_preview_says_who_goes_and_why_others_do_not(ready: OpenVault) -> None:
    seen = ask(ready, preview_transfer, ASKED)
    assert seen.blocked == ""
    assert [one.name for one in seen.going] == ["Ann Invented"]
    assert {one.name.split()[0]: one.reason for one in seen.staying} == {
        "Bob": "No permission was given",
        "Cat": "The permission was withdrawn",
        "Dan": "The permission has ended",
        "Eve": "The permission is for somebody else",
    }
    assert "3 Aug 2026" in next(one.why for one in seen.staying if one.name.startswith("Cat"))
    assert sum(seen.left_out.values()) == 4


def test_permission_has_to_cover_what_the_file_holds(ready: OpenVault) -> None:
    keep(ready, a_consent(called(ready, "Bob"), purpose=PURPOSE, given_on=dt.date(2026, 5, 1)))
    keep(ready, a_consent(called(ready, "Cat"), purpose=PURPOSE, given_on=None))
    assert [one.name.split()[0] for one in ask(ready, preview_transfer, ASKED).going] == ["Ann", "Bob"]
    do(ready, save_columns, columns("name", "phone"))
    seen = ask(ready, preview_transfer, ASKED)
    assert [one.name.split()[0] for one in seen.going] == ["Ann"]
    assert seen.left_out["The permission does not cover everything in the file"] == 1


def test_undated_permission_does_not_count(ready: OpenVault) -> None:
    keep(ready, a_consent(called(ready, "Bob"), purpose=PURPOSE, given_on=None))
    seen = ask(ready, preview_transfer, ASKED)
    assert seen.left_out["It is not known when the permission was given"] == 1


def test_days_choose_who_was_on_the_programme(ready: OpenVault) -> None:
    question = TransferQuestion(
        programme_key="connect-to-work", from_on=dt.date(2026, 1, 1), to_on=dt.date(2026, 5, 2)
    )
    seen = ask(ready, preview_transfer, question)
    assert [one.name for one in seen.going] == ["Ann Invented"]
    assert [one.name for one in seen.staying] == ["Bob Invented"]


def test_erased_and_put_away_clients_are_nobody(ready: OpenVault) -> None:
    with unit_of_work(ready, label="Gone") as work:
        work.session.scalars(
            select(Client).where(Client.first_name == "Cat")
        ).one().archived_at = ready.clock.now()
        erased = work.session.scalars(select(Client).where(Client.first_name == "Dan")).one()
        work.session.add(
            Erasure(client_id=erased.id, erased_at=ready.clock.now(), erased_by="Ruth", reason="asked")
        )
    seen = ask(ready, preview_transfer, ASKED)
    assert [one.name.split()[0] for one in seen.staying] == ["Bob", "Eve"]


def test_transfer_is_sealed_written_down_and_stays(ready: OpenVault, tmp_path: Path) -> None:
    do(ready, save_columns, columns("reference", "name", "phone", "started_on"))
    left = transfer(ready, wish(tmp_path / "june.csv"), Watch.silent())
    assert left.path == tmp_path / "june.csv.age"
    assert [path.name for path in tmp_path.glob("june*")] == ["june.csv.age"]
    closed = left.path.read_bytes()
    assert b"Invented" not in closed
    rows = list(csv.reader(io.StringIO(unsealed(closed, WORDS).decode("utf-8-sig"))))
    assert rows == [
        ["Reference", "Name", "Telephone", "Started"],
        ["R0000", "Ann Invented", "'+44 1229 0", "2026-05-01"],
    ], "a spreadsheet takes no telephone for a formula"
    (row,) = ask(ready, list_named_exports)
    assert (row.sort, row.recipient, row.client_count) == ("To a lead provider", "Inspira", 1)
    assert row.sha256 == left.sha256
    assert row.left_out["No permission was given"] == 1
    (passed,) = ask(ready, list_sharings, ClientQuestion(client_id=called(ready, "Ann").id, today=TODAY))
    assert passed.recipient == "Inspira"
    assert "Telephone" in passed.what
    assert passed.permitted_on == dt.date(2026, 5, 1)
    assert ask(ready, list_sharings, ClientQuestion(client_id=called(ready, "Bob").id, today=TODAY)) == ()


def test_what_left_cannot_be_taken_back_and_the_journal_holds_no_name_and_no_passphrase(
    ready: OpenVault, tmp_path: Path
) -> None:
    with reading(ready) as session:
        before = last_unit(session, ready.person)
    transfer(ready, wish(tmp_path / "june.csv"), Watch.silent())
    with reading(ready) as session:
        assert last_unit(session, ready.person) == before
        newest = session.scalars(select(JournalEntry).order_by(JournalEntry.position.desc()).limit(6)).all()
        assert "passed on by name" in [one.field_group for one in newest]
        told = json.dumps([[one.label, str(one.after)] for one in newest], default=str)
    assert WORDS not in told
    assert "Invented" not in told


def test_workbook_is_written_where_the_name_asks_for_one(ready: OpenVault, tmp_path: Path) -> None:
    do(ready, save_columns, columns("name", "phone"))
    left = transfer(ready, wish(tmp_path / "june.xlsx"), Watch.silent())
    book = load_workbook(io.BytesIO(unsealed(left.path.read_bytes(), WORDS)))
    cells = [cell for row in book["Clients"].iter_rows() for cell in row if cell.value is not None]
    assert "Ann Invented" in [cell.value for cell in cells]
    assert all(cell.data_type == "s" for cell in cells), "no formula, whatever a text begins with"


def test_nothing_leaves_while_the_footing_is_not_whole(ready: OpenVault, tmp_path: Path) -> None:
    def refused(said: str) -> None:
        assert said in ask(ready, preview_transfer, ASKED).blocked
        with pytest.raises(Refusal, match=said):
            transfer(ready, wish(tmp_path / "june.csv"), Watch.silent())

    for changes, said in (
        ({"agreement": ""}, "No agreement with Inspira is named"),
        ({"agreed_on": None, "ends_on": None}, "No agreement with Inspira is named"),
        ({"agreed_on": dt.date(2026, 12, 1)}, "begins on 1 December 2026"),
        ({"ends_on": dt.date(2026, 9, 1)}, "ended on 1 September 2026"),
    ):
        do(ready, save_basis, replace(BASIS, **changes))
        refused(said)
    do(ready, save_basis, BASIS)
    do(ready, save_columns, columns())
    refused("no columns yet")
    assert list(tmp_path.glob("june*")) == []
    other = TransferQuestion(programme_key="workwell")
    with pytest.raises(Refusal, match="has no footing"):
        transfer(ready, wish(tmp_path / "june.csv", question=other), Watch.silent())


def test_nobody_with_a_permission_writes_nothing(ready: OpenVault, tmp_path: Path) -> None:
    early = TransferQuestion(programme_key="connect-to-work", to_on=dt.date(2026, 1, 1))
    with pytest.raises(Refusal) as refused:
        transfer(ready, wish(tmp_path / "june.csv", question=early), Watch.silent())
    assert refused.value.message == NOBODY


def test_others_than_were_shown_do_not_go(ready: OpenVault, tmp_path: Path) -> None:
    shown = frozenset(one.client_id for one in ask(ready, preview_transfer, ASKED).going)
    keep(ready, a_consent(called(ready, "Bob"), purpose=PURPOSE, given_on=dt.date(2026, 5, 1)))
    with pytest.raises(Refusal) as refused:
        transfer(ready, wish(tmp_path / "june.csv", previewed=shown), Watch.silent())
    assert refused.value.message == CHANGED


def test_taken_name_weak_passphrase_and_stop_leave_nothing(ready: OpenVault, tmp_path: Path) -> None:
    taken = tmp_path / "june.csv.age"
    taken.write_bytes(b"mine")
    with pytest.raises(Refusal, match="there already"):
        transfer(ready, wish(tmp_path / "june.csv"), Watch.silent())
    assert taken.read_bytes() == b"mine"
    with pytest.raises(Refusal, match="guess"):
        transfer(
            ready,
            wish(tmp_path / "july.csv", seal=Seal(passphrase="inspira1", again="inspira1")),
            Watch.silent(),
        )
    with pytest.raises(Cancelled):
        transfer(ready, wish(tmp_path / "july.csv"), Watch(cancelled=iter((False, False, True)).__next__))
    with reading(ready) as session:
        assert session.scalars(select(Sharing)).all() == []
    assert list(tmp_path.glob("july*")) == []


def test_drive_that_takes_nothing_leaves_no_word(
    ready: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:3])
        raise Trouble("The drive is full.", advice="Make room.")

    monkeypatch.setattr(transfers_written, "written_whole", full)
    with pytest.raises(Trouble):
        transfer(ready, wish(tmp_path / "june.csv"), Watch.silent())
    assert list(tmp_path.glob("june*")) == []
    with reading(ready) as session:
        assert session.scalars(select(NamedExport)).all() == []
        assert session.scalars(select(Sharing)).all() == []


def test_only_managers_pass_on(ready: OpenVault, tmp_path: Path) -> None:
    keep(ready, a_coach(name="Another", role=Role.MANAGER))
    with unit_of_work(ready, label="Role") as work:
        work.session.get_one(Coach, ready.coach_id).role = Role.COACH
    for read, question in (
        (preview_transfer, ASKED),
        (list_named_exports, None),
        (basis_of, BasisQuestion(programme_key="connect-to-work", today=TODAY)),
    ):
        with pytest.raises(Refusal, match="Only a manager"):
            ask(ready, read, question)
    with pytest.raises(Refusal, match="Only a manager"):
        transfer(ready, wish(tmp_path / "june.csv"), Watch.silent())
    with pytest.raises(Refusal, match="Only a manager"):
        do(ready, save_basis, replace(BASIS, agreement="Another"))


def test_footing_is_whole_or_refused(ready: OpenVault) -> None:
    seen = ask(ready, basis_of, BasisQuestion(programme_key="connect-to-work", today=TODAY))
    assert [one.field for one in seen.columns] == ["reference", "name", "started_on", "exit_on"]
    assert (seen.recipient, seen.agreement, seen.blocked) == ("Inspira", "Data sharing agreement 7", "")
    with pytest.raises(Refusal) as refused:
        do(
            ready,
            save_basis,
            SaveBasis(
                programme_key="workwell",
                recipient=" ",
                basis="",
                agreed_on=dt.date(2026, 5, 1),
                ends_on=dt.date(2026, 4, 1),
            ),
        )
    assert set(refused.value.fields) == {"recipient", "basis", "ends_on"}
    for told, said in (
        ((Column(heading="Name", field="name"), Column(heading="name", field="born")), "same heading"),
        ((Column(heading=" ", field="name"),), "a heading"),
        ((Column(heading="Shoe size", field="shoe"),), "not offered"),
    ):
        with pytest.raises(Refusal, match=said):
            do(ready, save_columns, SaveColumns(programme_key="connect-to-work", columns=told))
    with pytest.raises(Refusal, match="footing"):
        do(ready, save_columns, SaveColumns(programme_key="workwell", columns=()))
    empty = ask(ready, basis_of, BasisQuestion(programme_key="workwell", today=TODAY))
    assert (empty.recipient, empty.columns) == ("", ())


def test_every_field_is_read_and_says_why_it_is_personal(ready: OpenVault, tmp_path: Path) -> None:
    ann = called(ready, "Ann")
    keep(ready, a_job(ann, an_employer_of(ready), title="Packer", started_on=dt.date(2026, 7, 6)))
    with unit_of_work(ready, label="More of Ann") as work:
        client = work.session.get_one(Client, ann.id)
        client.born_from, client.born_to = dt.date(1990, 1, 1), dt.date(1990, 12, 31)
        client.address, client.town = "1 High Street\nFlat 2", "Barrow"
    do(ready, save_columns, columns(*FIELDS))
    left = transfer(ready, wish(tmp_path / "all.csv"), Watch.silent())
    rows = list(csv.DictReader(io.StringIO(unsealed(left.path.read_bytes(), WORDS).decode("utf-8-sig"))))
    assert rows[0]["Date of birth"] == "between 1 January 1990 and 31 December 1990"
    assert rows[0]["Address"] == "1 High Street, Flat 2, Barrow"
    assert (rows[0]["Job"], rows[0]["Employer"], rows[0]["Job started"]) == (
        "Packer",
        "Westmorland Wool",
        "2026-07-06",
    )
    assert rows[0]["Programme"] == "Connect to Work"
    assert all(one.why.endswith(".") for one in FIELDS.values())


def test_without_a_job_or_a_birth_date_the_cells_are_empty(ready: OpenVault, tmp_path: Path) -> None:
    with unit_of_work(ready, label="Nothing said") as work:
        client = work.session.get_one(Client, called(ready, "Ann").id)
        client.born_from = client.born_to = None
    do(ready, save_columns, columns("name", "born", "job", "employer", "job_started_on", "job_ended_on"))
    left = transfer(ready, wish(tmp_path / "few.csv"), Watch.silent())
    rows = list(csv.reader(io.StringIO(unsealed(left.path.read_bytes(), WORDS).decode("utf-8-sig"))))
    assert rows[1] == ["Ann Invented", "", "", "", "", ""]


def an_employer_of(vault: OpenVault) -> Employer:
    with reading(vault) as session:
        return session.scalars(select(Employer)).one()


def test_entry_stands_in_the_journal_by_its_kind(ready: OpenVault, tmp_path: Path) -> None:
    transfer(ready, wish(tmp_path / "june.csv"), Watch.silent())
    with reading(ready) as session:
        export = session.scalars(select(NamedExport)).one()
        kinds = session.scalars(select(JournalEntry.entity).where(JournalEntry.row_id == export.id)).all()
    assert set(kinds) == {Ref(Kind.NAMED_EXPORT, export.id).kind.value}
