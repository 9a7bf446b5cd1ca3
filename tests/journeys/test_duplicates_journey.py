"""One person, one record: found twice, compared and joined through the real window, and taken apart again."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QRadioButton

from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.enquiries import RecordEnquiry, record_enquiry
from coachdesk.casework.merging import MergeClients, merge_clients
from coachdesk.casework.side_by_side import Side
from coachdesk.desk.counter import Executors
from coachdesk.models import Client, Coach, Contact, VocationalProfile
from coachdesk.terms import Role
from coachdesk.ui.duplicates.page import DuplicatesPage
from coachdesk.ui.duplicates.pair_line import PairLine
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen, settle
from tests.makers import a_client, a_coach, a_contact, do, found, keep
from tests.ui import accessibility_walk
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

BORN = dt.date(1974, 4, 9)


@dataclass(frozen=True)
class Twice:
    """Somebody registered twice."""

    one: UUID
    other: UUID


@pytest.fixture
def twice(vault: OpenVault, caseload: Caseload) -> Twice:
    del caseload
    one = a_client(
        reference="C-0101", first_name="Deborah", last_name="Hartley", born_from=BORN, born_to=BORN,
        phone="07700 900111", may_call="yes", risk_note="Dog at the door", coach_id=vault.coach_id,
    )  # fmt: skip
    other = a_client(
        reference="C-0102", first_name="Debbie", last_name="Hartley", born_from=BORN, born_to=BORN,
        phone="07700 900222", may_call="no", risk_note="Meet in the hub", coach_id=vault.coach_id,
    )  # fmt: skip
    keep(vault, one)
    keep(vault, other)
    keep(vault, a_contact(one), a_contact(other), a_contact(other, note="Asked about mornings"))
    keep(
        vault,
        VocationalProfile(client_id=one.id, hopes="A kitchen"),
        VocationalProfile(client_id=other.id, hopes="Near home"),
    )
    return Twice(one.id, other.id)


def duplicates(desk: DeskWindow) -> DuplicatesPage:
    return page(desk.window.pages["duplicates"], DuplicatesPage)


def pairs(desk: DeskWindow) -> list[PairLine]:
    settle()
    return seen(duplicates(desk), PairLine)


def contacts(vault: OpenVault, client_id: UUID) -> int:
    with reading(vault) as session:
        return session.query(Contact).where(Contact.client_id == client_id).count()


def choose_from_menu(desk: DeskWindow, words: str) -> None:
    """Open the client's menu and trigger what it says."""
    desk.click(desk.view.header.menu_button)
    menu = desk.view.header.menu_button.menu_shown
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text().replace("&", "") == words)
    menu.close()
    action.trigger()
    settle()


def menu_words(desk: DeskWindow) -> list[str]:
    desk.click(desk.view.header.menu_button)
    menu = desk.view.header.menu_button.menu_shown
    assert isinstance(menu, QMenu)
    words = [one.text().replace("&", "") for one in menu.actions()]
    menu.close()
    return words


def type_reason(words: str) -> None:
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClicks(box, words)
    settle()


def test_joined_and_taken_apart_by_keyboard(vault: OpenVault, twice: Twice, open_desk: Opener) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.key(Qt.Key.Key_7, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: len(pairs(desk)) == 1)
    (line,) = pairs(desk)
    said = desk.words(line)
    for words in ("Deborah Hartley", "C-0101", "born 9 Apr 1974", "same last name", "same birth date"):
        assert words in said
    line.compare_button.setFocus()
    desk.key(Qt.Key.Key_Space)
    join = duplicates(desk).join
    desk.until(lambda: "phone" in join.lines)
    settle()
    first = join.lines["first_name"]
    assert next(iter(join.lines)) == "first_name"
    assert first.radios[Side.KEEP].hasFocus()
    desk.key(Qt.Key.Key_Right)
    assert first.side is Side.OTHER
    desk.key(Qt.Key.Key_Tab)
    assert isinstance(QApplication.focusWidget(), QRadioButton)
    assert join.lines["may_call"].side is Side.OTHER
    assert join.lines["risk_note"].side is Side.BOTH
    assert join.lines["profile.hopes"].side is Side.BOTH
    told = desk.words(join)
    assert "Both have a vocational profile" in told
    assert "Contact: 1 and 2" in told
    assert "1974" in told
    assert join.form.form is not None
    join.form.form.focus_first()
    type_reason("Same birth date, and she says so")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.clients.client_id == twice.one)
    desk.until(lambda: "Debbie Hartley" in desk.view.header.name.text())
    kept = found(vault, Client, twice.one)
    assert (kept.first_name, kept.may_call, kept.risk_note) == (
        "Debbie",
        "no",
        "Dog at the door\nMeet in the hub",
    )
    assert contacts(vault, twice.one) == 3
    do(
        vault,
        record_contact,
        RecordContact(client_id=twice.one, happened_on=TODAY, channel="phone", note="Rang about the bus"),
    )
    desk.open(twice.one)
    desk.until(lambda: "These are two people after all…" in menu_words(desk))
    choose_from_menu(desk, "These are two people after all…")
    part = duplicates(desk).part
    desk.until(lambda: part.form.form is not None and part.boxes)
    said = desk.words(part)
    assert "Same birth date, and she says so" in said
    assert "Rang about the bus" in said
    assert "comes back with" in said
    (box,) = part.boxes.values()
    box.setFocus()
    desk.key(Qt.Key.Key_Space)
    assert part.form.form is not None
    part.form.form.focus_first()
    desk.type("They came in together")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: desk.window.clients.client_id == twice.other)
    back, stayed = found(vault, Client, twice.other), found(vault, Client, twice.one)
    assert (back.archived_at, back.reference, back.first_name) == (None, "C-0102", "Debbie")
    assert (stayed.first_name, stayed.may_call, stayed.risk_note) == ("Deborah", "yes", "Dog at the door")
    assert (contacts(vault, twice.one), contacts(vault, twice.other)) == (1, 3)
    with reading(vault) as session:
        hopes = {one.client_id: one.hopes for one in session.query(VocationalProfile)}
    assert hopes == {twice.one: "A kitchen", twice.other: "Near home"}
    desk.until(lambda: "These are two people after all…" not in menu_words(desk))


def test_the_other_stays_if_that_is_better(desk: DeskWindow, vault: OpenVault, twice: Twice) -> None:
    desk.window.go("duplicates")
    desk.click(pairs(desk)[0].compare_button)
    join = duplicates(desk).join
    assert join.form.form is not None
    desk.fill(join.form.form, reason="She says so")
    desk.click(join.swap_button)
    assert join.heading.text().startswith("Debbie Hartley (C-0102) stays")
    assert join.form.form.raw()["reason"] == "She says so"
    desk.click(join.form.save_button)
    assert desk.window.clients.client_id == twice.other
    assert found(vault, Client, twice.one).archived_at is not None
    desk.window.go("duplicates")
    assert pairs(desk) == []
    assert "Nobody seems to stand here twice" in desk.words(duplicates(desk))


def test_a_reason_is_asked_for(desk: DeskWindow, twice: Twice, vault: OpenVault) -> None:
    desk.window.go("duplicates")
    desk.click(pairs(desk)[0].compare_button)
    join = duplicates(desk).join
    desk.click(join.form.save_button)
    assert join.form.form is not None
    assert set(join.form.form.refusals()) == {"reason"}
    desk.click(join.back_button)
    assert not join.isVisible()
    assert len(pairs(desk)) == 1
    assert found(vault, Client, twice.other).archived_at is None


def test_two_people_are_remembered_and_that_can_be_taken_back(desk: DeskWindow, twice: Twice) -> None:
    del twice
    desk.window.go("duplicates")
    desk.click(pairs(desk)[0].apart_button)
    assert pairs(desk) == []
    toast = desk.said[-1]
    assert toast.words == "Noted: two people. They are not shown here again."
    assert toast.then is not None
    toast.then()
    assert len(pairs(desk)) == 1
    desk.click(duplicates(desk).again_button)
    assert len(pairs(desk)) == 1


def test_from_the_menu_with_a_record_one_knows_of(desk: DeskWindow, twice: Twice) -> None:
    desk.open(twice.one)
    choose_from_menu(desk, "Join with another record…")
    picker = duplicates(desk).picker
    assert picker.isVisible()
    desk.type("nobody at all")
    desk.until(lambda: picker.words.text() == "Nobody else matches.")
    picker.field.clear()
    desk.type("hartley")
    desk.until(lambda: [item.id for item in picker.list.items()] == [twice.other])
    assert "C-0102" in picker.list.items()[0].detail
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    join = duplicates(desk).join
    desk.until(lambda: "phone" in join.lines)
    assert join.heading.text().startswith("Deborah Hartley (C-0101) stays")
    desk.open(twice.other)
    choose_from_menu(desk, "Join with another record…")
    desk.click(picker.away_button)
    assert not picker.isVisible()
    assert duplicates(desk).list_card.isVisible()


def test_two_records_that_say_the_same(desk: DeskWindow, vault: OpenVault) -> None:
    same = {"first_name": "Ola", "last_name": "Nordmann", "coach_id": vault.coach_id}
    one, other = a_client(reference="C-0201", **same), a_client(reference="C-0202", **same)
    keep(vault, one, other)
    desk.window.go("duplicates")
    duplicates(desk).compare(one.id, other.id)
    join = duplicates(desk).join
    assert join.lines == {}
    assert "Both say the same." in desk.words(join)
    late = a_client(reference="C-0203", first_name="Quite", last_name="Another", born_from=None, born_to=None, town="",
                    birth_precision="", coach_id=vault.coach_id)  # fmt: skip
    keep(vault, late)
    duplicates(desk).compare(one.id, late.id)
    assert "Look twice" in join.reasons.text()


def test_a_colleagues_record_is_not_shown(desk: DeskWindow, vault: OpenVault, twice: Twice) -> None:
    colleague = a_coach(name="Iqra Malik")
    keep(vault, colleague)
    theirs = a_client(first_name="Deborah", last_name="Hartley", coach_id=colleague.id)
    keep(vault, theirs)
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    desk.window.go("duplicates")
    duplicates(desk).compare(twice.one, theirs.id)
    assert not duplicates(desk).join.isVisible()
    assert "with a colleague" in duplicates(desk).refusal.message.text()


def test_what_was_not_joined_cannot_be_separated(desk: DeskWindow, twice: Twice) -> None:
    desk.window.separate_client(twice.one)
    assert not duplicates(desk).part.isVisible()
    assert "not joined" in duplicates(desk).refusal.message.text()


def test_left_joined_they_stay_joined(desk: DeskWindow, vault: OpenVault, twice: Twice) -> None:
    do(vault, merge_clients, MergeClients(keep_id=twice.one, other_id=twice.other, reason="Registered twice"))
    desk.open(twice.other)
    choose_from_menu(desk, "These are two people after all…")
    part = duplicates(desk).part
    assert part.isVisible()
    assert not part.since_card.isVisible()
    desk.click(part.back_button)
    assert not part.isVisible()
    assert found(vault, Client, twice.other).archived_at is not None


def test_looking_can_be_stopped(desk: DeskWindow) -> None:
    desk.window.go("duplicates")
    assert duplicates(desk).stopped_words().startswith("Stopped.")


def go_to(desk: DeskWindow, twice: Twice, place: str) -> None:
    if place == "new enquiry":
        desk.window.new_enquiry()
    elif place == "part":
        desk.window.separate_client(twice.one)
    elif place == "picker":
        desk.window.join_client(twice.one)
    else:
        desk.window.go("enquiries" if place == "enquiries" else "duplicates")
    if place == "join":
        duplicates(desk).compare(twice.one, twice.other)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["enquiries", "new enquiry", "pairs", "join", "part", "picker"])
def test_the_pages_can_be_used_by_everybody(
    desk: DeskWindow, vault: OpenVault, twice: Twice, qapp: QApplication, theme: Theme, place: str
) -> None:
    do(
        vault,
        record_enquiry,
        RecordEnquiry(name="Zofia Nowak", reach="07700 900321", note="Rang", received_on=TODAY),
    )
    if place == "part":
        do(vault, merge_clients, MergeClients(keep_id=twice.one, other_id=twice.other, reason="Twice"))
        do(vault, record_contact, RecordContact(client_id=twice.one, happened_on=TODAY, note="Rang"))
    go_to(desk, twice, place)
    settle()
    assert accessibility_walk.walk(desk.window) == []
    desk.window.activateWindow()
    settle()
    assert accessibility_walk.focus_findings(desk.window) == []
    theme.apply(qapp, "light", 2.0)
    settle()
    assert accessibility_walk.clipping_findings(desk.window) == []


def test_from_the_clients_page(desk: DeskWindow, twice: Twice) -> None:
    del twice
    desk.window.go("clients")
    settle()
    desk.click(desk.window.clients.duplicates_button)
    assert len(pairs(desk)) == 1
