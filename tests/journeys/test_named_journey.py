"""Passing on by name: the footing first, then who goes and who does not, the seal, and the line in the list."""

import datetime as dt
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.sharing_list import list_sharings
from coachdesk.exchange.audit_pack import PURPOSE as AUDIT
from coachdesk.exchange.sealed_file import unsealed
from coachdesk.exchange.transfers import PURPOSE
from coachdesk.exchange.transfers_basis import BasisQuestion, basis_of, save_basis
from coachdesk.models import Client
from coachdesk.ui.returns.named import NamedPart
from coachdesk.ui.returns.named_seal import SealCard
from coachdesk.ui.returns.page import ReturnsPage
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.exchange.five_clients import WORDS
from tests.exchange.test_audit_pack import EVERYTHING
from tests.exchange.test_transfers import BASIS
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page
from tests.makers import a_client, a_consent, an_enrolment, ask, do, furnished, keep, programme_id
from tests.vault_fixtures import TODAY

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def clients(vault: OpenVault) -> tuple[Client, Client]:
    """Maya may be passed on and seen by an auditor; Tom gave no permission."""
    furnished(vault)
    with reading(vault) as session:
        programme = programme_id(session)
    found = (a_client(first_name="Maya", reference="R1"), a_client(first_name="Tom", reference="R2"))
    for client in found:
        keep(vault, client)
        keep(vault, an_enrolment(client, programme))
    given = dt.date(2026, 5, 1)
    keep(
        vault,
        *(
            a_consent(found[0], purpose=one, data_covered=EVERYTHING, given_on=given)
            for one in (PURPOSE, AUDIT)
        ),
    )
    return found


def room(desk: DeskWindow) -> NamedPart:
    desk.window.go("returns")
    found = page(desk.window.pages["returns"], ReturnsPage).rooms.room("named")
    assert isinstance(found, NamedPart)
    desk.until(lambda: found.programme.count() > 0)
    found.programme.setCurrentIndex(found.programme.findData("connect-to-work"))
    found.programme.activated.emit(found.programme.currentIndex())
    return found


def sealed_with(card: SealCard, first: str, again: str) -> None:
    card.secret.passphrase.line.setText(first)
    card.secret.typed.emit(first)
    card.secret.again.line.setText(again)


def test_footing_is_set_and_columns_are_chosen(
    vault: OpenVault, clients: tuple[Client, Client], open_desk: Opener
) -> None:
    assert clients
    desk = open_desk(vault)
    part = room(desk)
    assert "has no footing" in part.basis.blocked.message.text()
    assert "No footing yet" in desk.words(part)
    desk.click(part.basis.change_button)
    desk.fill(
        part.basis.form.form,
        recipient="Inspira",
        basis="Public task",
        agreement="Agreement 7",
        agreed_on="1 Apr 2026",
    )
    desk.click(part.basis.form.save_button)
    desk.until(lambda: not part.basis.blocked.isVisible())
    assert "Inspira" in desk.words(part)
    desk.fill(part.basis.adding, field="phone", heading="Tel.")
    part.basis.adding.changed.emit()
    assert "dangerous" in part.basis.why.text()
    desk.click(part.basis.add_button)
    desk.until(lambda: "5. Tel." in desk.words(part.basis))
    desk.press("Earlier: Tel.", part)
    desk.until(lambda: "4. Tel." in desk.words(part.basis))
    desk.press("Later: Reference", part)
    desk.press("Leave out: Left", part)
    desk.fill(part.basis.adding, field="born", heading="tel.")
    desk.click(part.basis.add_button)
    assert "same heading" in part.basis.adding.refusals()["heading"]
    seen = ask(vault, basis_of, BasisQuestion(programme_key="connect-to-work", today=TODAY))
    assert [one.field for one in seen.columns] == ["name", "reference", "started_on", "phone"]


def test_transfer_is_looked_at_agreed_sealed_and_listed(
    vault: OpenVault, clients: tuple[Client, Client], open_desk: Opener, tmp_path: Path
) -> None:
    do(vault, save_basis, BASIS)
    desk = open_desk(vault)
    part = room(desk)
    part.tabs.setCurrentIndex(1)
    desk.click(part.transfer.look_button)
    assert [item.id for item in part.transfer.going.items()] == [clients[0].id]
    assert [item.id for item in part.transfer.staying.items()] == [clients[1].id]
    assert "1 left out: No permission was given" in desk.words(part.transfer)
    desk.click(part.transfer.csv_button)
    sealed_with(part.transfer.seal, "password", "password")
    desk.click(part.transfer.csv_button)
    assert part.transfer.seal.secret.strength.text()
    sealed_with(part.transfer.seal, WORDS, WORDS)
    desk.dialogs.script(tmp_path / "june.csv.age", False)
    desk.click(part.transfer.csv_button)
    assert not (tmp_path / "june.csv.age").exists()
    desk.dialogs.script(tmp_path / "june.csv.age", True)
    desk.click(part.transfer.csv_button)
    desk.until((tmp_path / "june.csv.age").exists)
    assert part.transfer.seal.secret.text() == "", "the passphrase is kept nowhere"
    assert b"Maya" in unsealed((tmp_path / "june.csv.age").read_bytes(), WORDS)
    (row,) = ask(vault, list_sharings, ClientQuestion(client_id=clients[0].id, today=TODAY))
    assert row.recipient == "Inspira"
    part.tabs.setCurrentIndex(3)
    assert "june.csv.age" in desk.words(part.passed)
    part.know_role(manages=False)
    assert "Only managers see this" in desk.words(part)
    part.tabs.setCurrentIndex(1)
    desk.fill(part.transfer.dates, to_on="1 Jan 2001")
    part.know_role(manages=True)
    desk.click(part.transfer.look_button)
    assert "Nobody would go" in desk.words(part.transfer)


def test_audit_pack_is_looked_at_agreed_and_sealed(
    vault: OpenVault, clients: tuple[Client, Client], open_desk: Opener, tmp_path: Path
) -> None:
    assert clients
    desk = open_desk(vault)
    part = room(desk)
    part.tabs.setCurrentIndex(2)
    audit = part.audit
    desk.click(audit.look_button)
    assert "auditor" in audit.form.refusals()
    desk.fill(audit.form, auditor="BASE", number="1")
    desk.click(audit.look_button)
    assert "seed" in audit.form.refusals()
    desk.fill(audit.form, legal_reason="The contract obliges us, clause 14.", references="R1, R2")
    desk.click(audit.look_button)
    assert len(audit.files.items()) == 2
    assert "without a permission" in desk.words(audit)
    desk.fill(audit.form, legal_reason="", references="", seed="herons")
    audit.form.changed.emit()
    assert not audit.seen.isVisible()
    desk.click(audit.look_button)
    assert "1 left out: No permission was given" in desk.words(audit)
    sealed_with(audit.seal, WORDS, WORDS + "!")
    desk.click(audit.write_button)
    assert not list(tmp_path.glob("*.age"))
    sealed_with(audit.seal, WORDS, WORDS)
    desk.dialogs.script(None)
    desk.click(audit.write_button)
    desk.dialogs.script(tmp_path / "audit.zip.age", True)
    desk.click(audit.write_button)
    desk.until((tmp_path / "audit.zip.age").exists)
    with zipfile.ZipFile(BytesIO(unsealed((tmp_path / "audit.zip.age").read_bytes(), WORDS))) as pack:
        assert len(pack.namelist()) == 5
    assert not audit.sealing.isVisible()
