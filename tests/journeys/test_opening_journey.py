"""Colleagues' clients open with a reason; whoever is put away comes back; whoever is erased does not."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from coachdesk.casework.erasing import is_erased
from coachdesk.casework.seeing import OpeningsQuestion, openings
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.ui.places_window import Place
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle
from tests.makers import a_client, a_coach, keep
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

WHY = "Iqra is away and the client rang"


@pytest.fixture
def other(vault: OpenVault, caseload: Caseload) -> UUID:
    """Return a colleague's client; whoever is at the desk is a coach."""
    del caseload
    colleague = a_coach(name="Iqra Malik")
    client = a_client(first_name="Zofia", last_name="Nowak", phone="07700 900 123", coach_id=colleague.id)
    keep(vault, colleague, client)
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    return client.id


def reasons(vault: OpenVault, client: UUID) -> list[str]:
    question = OpeningsQuestion(from_on=TODAY, to_on=TODAY, client_id=client)
    with reading(vault) as session:
        return [row.reason for row in openings(session, question)]


def test_a_colleagues_client_is_found_by_name_and_opens_with_a_reason(
    vault: OpenVault, other: UUID, open_desk: Opener
) -> None:
    desk = open_desk(vault)
    assert "Zofia Nowak" not in [item.title for item in desk.window.clients.pane.list.items()]
    desk.dialogs.script("x", WHY)
    desk.control(Qt.Key.Key_K)
    desk.type("zofia")
    desk.until(lambda: desk.window.find_box.list.current_id() == other)
    (item,) = desk.window.find_box.list.items()
    assert (item.title, item.detail) == ("Zofia Nowak", "With Iqra Malik")
    desk.key(Qt.Key.Key_Return)
    assert desk.dialogs.is_done()
    assert len(desk.dialogs.asked) == 2
    assert desk.window.clients.client_id == other
    assert "07700 900 123" not in desk.words(desk.window.find_box)
    assert reasons(vault, other) == [WHY]
    desk.window.go("today")
    desk.window.open_client(other)
    assert desk.window.clients.isVisible()
    assert len(desk.dialogs.asked) == 2


def test_whoever_gives_no_reason_stays_where_she_was(
    vault: OpenVault, other: UUID, caseload: Caseload, open_desk: Opener
) -> None:
    desk = open_desk(vault)
    desk.dialogs.script(None, None)
    desk.window.open_client(other)
    assert desk.today.isVisible()
    desk.open(caseload.today)
    desk.window.open_client(other)
    assert desk.window.clients.client_id == caseload.today
    assert desk.window.clients.pane.list.current_id() == caseload.today
    assert reasons(vault, other) == []


def test_a_contact_with_a_colleagues_client_waits_for_the_reason(
    vault: OpenVault, other: UUID, open_desk: Opener
) -> None:
    desk = open_desk(vault)
    desk.dialogs.script(WHY)
    desk.window.record_contact(other, None)
    settle()
    assert desk.view.contact_form.isVisible()
    assert "Zofia Nowak" in desk.view.contact_form.heading.text()


def test_after_a_lock_a_colleagues_client_stays_closed_without_a_question(
    vault: OpenVault, other: UUID, caseload: Caseload, open_desk: Opener
) -> None:
    desk = open_desk(vault)
    desk.window.return_to(Place("beside", other))
    assert desk.window.clients.isVisible()
    assert desk.window.clients.client_id is None
    assert desk.dialogs.asked == []
    desk.window.return_to(Place("beside", caseload.today))
    assert desk.window.beside.is_on
    desk.window.beside.leave()
    assert desk.window.clients.client_id == caseload.today


def test_a_client_who_is_gone_is_said_to_be_gone(desk: DeskWindow) -> None:
    desk.window.open_client(UUID(int=5))
    assert desk.today.isVisible()
    assert "not there any more" in desk.said[-1].words


def test_a_coach_is_not_offered_everybodys_today(vault: OpenVault, other: UUID, open_desk: Opener) -> None:
    del other
    desk = open_desk(vault)
    assert not desk.today.whose_button.isVisible()
    assert set(desk.due()) == {"Maya Okonkwo", "Tariq Hussain", "Jean Postlethwaite"}


def choose_from_menu(desk: DeskWindow, words: str) -> None:
    desk.click(desk.view.header.menu_button)
    menu = desk.view.header.menu_button.menu_shown
    assert menu is not None
    action = next(one for one in menu.actions() if one.text().replace("&", "").startswith(words))
    action.trigger()
    menu.close()
    settle()


def test_putting_away_is_undone_or_brought_back(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    choose_from_menu(desk, "Put away")
    header, pane = desk.view.header, desk.window.clients.pane
    assert header.away.isVisible()
    assert caseload.today not in [item.id for item in pane.list.items()]
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert not header.away.isVisible()
    choose_from_menu(desk, "Put away")
    desk.click(pane.chips["put_away"])
    assert [item.id for item in pane.list.items()] == [caseload.today]
    assert pane.chips["put_away"].text() == "Put away 1"
    desk.click(header.away.action)
    assert not header.away.isVisible()
    assert pane.empty.text() == "Nobody has been put away."
    desk.click(pane.chips["open"])
    assert caseload.today in [item.id for item in pane.list.items()]
    choose_from_menu(desk, "Put away")
    choose_from_menu(desk, "Bring back")
    assert not header.away.isVisible()


def test_erasing_says_what_goes_and_asks_for_reason_and_reference(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.open(caseload.late)
    choose_from_menu(desk, "Erase")
    card = desk.view.erasing
    assert card.isVisible()
    words = desk.words(card)
    assert "cannot be undone" in words
    assert "1 × job" in words
    assert card.form is not None
    desk.fill(card.form, reason="Asked for it on 1 October", reference="C-9999")
    desk.click(card.erase_button)
    assert "not the reference" in card.form.refusals()["reference"]
    with reading(vault) as session:
        assert not is_erased(session, caseload.late)
    reference = card._reference
    desk.fill(card.form, reason="", reference=reference)
    desk.click(card.erase_button)
    assert card.form.refusals()["reason"]
    desk.fill(card.form, reason="Asked for it on 1 October")
    desk.click(card.erase_button)
    with reading(vault) as session:
        assert is_erased(session, caseload.late)
    assert desk.window.clients.client_id is None
    assert caseload.late not in [item.id for item in desk.window.clients.pane.list.items()]
    desk.window.open_client(caseload.late)
    settle()
    assert desk.view.header.erased.isVisible()
    assert not desk.view.header.contact_button.isEnabled()


def test_erasing_can_be_left(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    choose_from_menu(desk, "Erase")
    assert desk.view.erasing.isVisible()
    desk.key(Qt.Key.Key_Escape)
    assert not desk.view.erasing.isVisible()
    choose_from_menu(desk, "Erase")
    desk.open(caseload.coming)
    assert not desk.view.erasing.isVisible()


def test_a_coach_is_not_offered_to_erase(
    vault: OpenVault, other: UUID, caseload: Caseload, open_desk: Opener
) -> None:
    del other
    desk = open_desk(vault)
    desk.open(caseload.today)
    desk.click(desk.view.header.menu_button)
    menu = desk.view.header.menu_button.menu_shown
    assert menu is not None
    assert [one.text() for one in menu.actions() if "Erase" in one.text()] == []
    menu.close()
    assert desk.view._head is not None
    desk.view.erasing.start(desk.view._head.id)  # by a door that is not there
    assert not desk.view.erasing.isVisible()
    assert "Only a manager" in desk.said[-1].words
