"""The whole person through the real window: what must be known before a contact, people around, and snapshots."""

import datetime as dt
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coachdesk.casework.circumstances_story import Snapshot, read_snapshots
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.details import SaveCircumstances, save_circumstances
from coachdesk.casework.people_around import NO_PERMISSION, PersonRow, list_people_around
from coachdesk.errors import Refusal
from coachdesk.models import Client, new_id
from coachdesk.ui.clients.circumstances_card import CircumstancesCard
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.details_tab import DetailsTab
from coachdesk.ui.clients.people_around_card import PeopleAroundCard
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, page, settle
from tests.makers import do
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

KNOWN = {
    "communication_needs": "Please write things down.",
    "interpreter": "yes",
    "language": "Igbo",
    "phone": "07700 900123",
    "email": "tariq@example.org",
    "may_call": "no",
    "may_text": "yes",
    "safe_contact_note": "Not after six",
    "risk_note": "Dog in the yard",
    "emergency_contact": "Sister, Ada",
}


def known(vault: OpenVault, client_id: UUID, **values: str) -> None:
    with unit_of_work(vault, label="Told us") as work:
        client = work.session.get_one(Client, client_id)
        for name, value in {**KNOWN, **values}.items():
            setattr(client, name, value)


def details_tab(desk: DeskWindow) -> DetailsTab:
    return page(desk.view.parts[TABS.index("details")], DetailsTab)


def people_card(desk: DeskWindow) -> PeopleAroundCard:
    return details_tab(desk).people


def circumstances_card(desk: DeskWindow) -> CircumstancesCard:
    return details_tab(desk).circumstances


def people(vault: OpenVault, client_id: UUID) -> tuple[PersonRow, ...]:
    with reading(vault) as session:
        return list_people_around(session, ClientQuestion(client_id=client_id, today=TODAY))


def snapshots(vault: OpenVault, client_id: UUID) -> tuple[Snapshot, ...]:
    with reading(vault) as session:
        return read_snapshots(session, ClientQuestion(client_id=client_id, today=TODAY))


def on_the_details(desk: DeskWindow, client_id: UUID) -> None:
    desk.open(client_id)
    desk.tab("details")


def test_what_must_be_known_stands_at_the_head_on_the_form_and_where_one_would_dial(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    known(vault, caseload.today)
    on_the_details(desk, caseload.today)
    head = desk.words(desk.view.header)
    assert "Communication needs: Please write things down. An interpreter is needed: Igbo." in head
    assert "Risk and lone working: Dog in the yard  ·  In an emergency: Sister, Ada" in head
    details = desk.words(details_tab(desk))
    assert "Phone: Do not call, Texts are fine\n07700 900123" in details
    assert "Email: Not asked yet whether we may email\ntariq@example.org" in details
    assert "Dog in the yard" in details
    desk.control(Qt.Key.Key_R)
    form = desk.view.contact_form
    strip = form.known
    said = desk.words(strip)
    assert "Please write things down. An interpreter is needed: Igbo." in said
    assert "Phone 07700 900123: Do not call, Texts are fine" in said
    assert "Safe contact: Not after six" in said
    assert "Post" not in said
    assert "Dog in the yard" not in said
    assert form.form is not None
    choose(desk, "place", "Home")
    assert "Risk and lone working: Dog in the yard\nIn an emergency: Sister, Ada" in desk.words(strip)
    choose(desk, "place", "Hub")
    assert not strip.visit.isVisible()
    choose(desk, "channel", "Letter")
    assert "Post: Not asked yet whether we may write by post" in desk.words(strip)


def choose(desk: DeskWindow, name: str, words: str) -> None:
    """Choose an answer in the contact form as the keyboard does."""
    form = desk.view.contact_form.form
    assert form is not None
    control = form.input(name)
    control.set_raw(next(one.value for one in desk.window.office.codes.options(name) if one.words == words))
    control.edited.emit()
    settle()


def test_the_client_who_looks_on_sees_no_risk_note(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    known(vault, caseload.today)
    on_the_details(desk, caseload.today)
    desk.key(Qt.Key.Key_F8)
    desk.window.contact_shortcut()
    choose(desk, "place", "Home")
    words = desk.words()
    assert "Please write things down." in words
    assert "Dog in the yard" not in words
    assert "Sister, Ada" not in words
    desk.key(Qt.Key.Key_F8)
    assert "Dog in the yard" in desk.words(desk.view.header)
    assert "Dog in the yard" in desk.words(details_tab(desk))


def test_where_little_is_known_the_form_says_so(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    known(vault, caseload.today, **dict.fromkeys(KNOWN, ""))
    on_the_details(desk, caseload.today)
    assert not desk.view.header.risk.isVisible()
    desk.control(Qt.Key.Key_R)
    strip = desk.view.contact_form.known
    assert desk.words(strip) == "No phone number or email is known."
    choose(desk, "place", "Home")
    assert "Risk and lone working: nothing is written down" in desk.words(strip)
    assert "In an emergency: nobody is named" in desk.words(strip)
    desk.view.contact_form.put_away()
    settle()
    strip.show_client(caseload.today)
    assert not strip.visit.isVisible()
    strip.show_client(new_id())
    assert not strip.reach.isVisibleTo(strip)


def test_somebody_is_added_by_keyboard_with_permission_which_is_taken_back_and_given_again(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    on_the_details(desk, caseload.today)
    card = people_card(desk)
    assert "Nobody is written down yet." in desk.words(card)
    card.add_button.setFocus()
    desk.actions = 0
    desk.key(Qt.Key.Key_Space)
    desk.type("Dr Patel")
    desk.key(Qt.Key.Key_Tab)
    QTest.keyClicks(desk.window.focusWidget(), "GP")
    desk.key(Qt.Key.Key_Tab)
    desk.type("Abbey Practice")
    desk.key(Qt.Key.Key_Tab)
    desk.type("01229 000 111")
    desk.control(Qt.Key.Key_Return)
    assert desk.actions == 5
    (row,) = people(vault, caseload.today)
    assert (row.name, row.relation, row.phone, row.may_talk) == ("Dr Patel", "gp", "01229 000 111", False)
    words = desk.words(card)
    assert f"{NO_PERMISSION}.\n01229 000 111" in words
    desk.press("The client gives permission: Dr Patel", card)
    desk.fill(card.form.form, given_on="", how_given="spoken")
    desk.press("Save", card)
    assert card.form.form is not None
    assert card.form.form.refusals() == {"given_on": "Say when the client gave it."}
    desk.fill(card.form.form, given_on="yesterday")
    desk.press("Save", card)
    assert people(vault, caseload.today)[0].may_talk
    assert "We may talk to them: said so on 4 October 2026, spoken." in desk.words(card)
    assert "About: That they take part" in desk.words(card)
    assert "Dr Patel, Abbey Practice" in desk.words(details_tab(desk).permissions)
    desk.press("Take permission back: Dr Patel", card)
    assert not people(vault, caseload.today)[0].may_talk
    assert card.add_button.hasFocus()
    desk.press("History of “Dr Patel”", card)
    assert desk.view.tabs.tabText(desk.view.tabs.currentIndex()) == "History"


def test_somebody_is_changed_removed_and_brought_back(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    on_the_details(desk, caseload.today)
    card = people_card(desk)
    desk.press("Add a person", card)
    desk.fill(
        card.form.form, organisation="Duke Street", email="duke@example.org", note="Mondays", given_on="today"
    )
    desk.press("Save", card)
    (row,) = people(vault, caseload.today)
    assert (row.called, row.may_talk) == ("Duke Street", True)
    desk.press("Change: Duke Street", card)
    desk.fill(card.form.form, organisation="")
    desk.press("Save", card)
    assert card.form.form is not None
    assert "name" in card.form.form.refusals()
    desk.fill(card.form.form, name="Jo", organisation="Duke Street")
    desk.press("Save", card)
    assert people(vault, caseload.today)[0].name == "Jo"
    assert people(vault, caseload.today)[0].may_talk
    assert "duke@example.org" in desk.words(card)
    desk.press("Remove: Jo", card)
    assert people(vault, caseload.today) == ()
    desk.window.undo.trigger()
    settle()
    assert people(vault, caseload.today)[0].may_talk
    card._refused(Refusal("Gone already."))
    assert [one.words for one in desk.said][-1] == "Gone already."


def test_drafts_of_people_and_snapshots_open_their_forms_again(desk: DeskWindow, caseload: Caseload) -> None:
    on_the_details(desk, caseload.today)
    card = people_card(desk)
    desk.press("Add a person", card)
    desk.fill(card.form.form, name="Jo")
    desk.press("Save", card)
    (person,) = card._rows
    for key, heading in (
        (f"details:person:{caseload.today.hex}", "Somebody around the client"),
        (f"details:change:{person}", "Jo"),
        (f"details:permit:{person}", "May we talk to Jo?"),
    ):
        desk.tab("plan")
        desk.open(caseload.coming)
        desk.open(caseload.today)
        desk.view.go_on(key)
        settle()
        assert card.form.heading.text() == heading
        assert card.form.form is not None
    desk.tab("plan")
    desk.view.go_on(f"details:circumstances:{caseload.today.hex}")
    settle()
    assert circumstances_card(desk).form.form is not None
    nobody = PeopleAroundCard(desk.window.office)
    nobody.add_person()
    assert nobody.form.form is None
    nowhere = CircumstancesCard(desk.window.office, details_tab(desk)._forms)
    nowhere.edit()
    assert nowhere.form.form is None


def test_snapshots_stand_side_by_side_and_the_next_starts_from_the_last(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    on_the_details(desk, caseload.today)
    card = circumstances_card(desk)
    assert "Nothing recorded yet." in desk.words(card)
    desk.press("Change: Circumstances", card)
    desk.fill(
        card.form.form,
        as_on="1 mar 2026",
        housing="temporary",
        benefits="Universal Credit, PIP",
        months_since_work="7",
    )
    desk.press("Save", card)
    assert card.new_button.hasFocus()
    assert not card.since.isVisible()
    do(
        vault,
        save_circumstances,
        SaveCircumstances(client_id=caseload.today, as_on=dt.date(2026, 6, 1), answers={"transport": "car"}),
    )
    desk.press("Change: Circumstances", card)
    assert card.form.form is not None
    assert card.form.form.input("benefits").raw() == "Universal Credit, PIP"
    assert card.form.form.input("housing").raw() == "temporary"
    assert card.form.form.input("as_on").value() == TODAY
    desk.fill(card.form.form, housing="social_rent", work_restrictions="No lifting")
    desk.press("Save", card)
    newest, middle, oldest = snapshots(vault, caseload.today)
    assert (newest.as_on, middle.as_on, oldest.as_on) == (TODAY, dt.date(2026, 6, 1), dt.date(2026, 3, 1))
    assert newest.benefits == ("Universal Credit", "PIP")
    words = desk.words(card)
    assert "As on Mon 5 Oct 2026  ·  3 snapshots in all" in words
    assert "Temporary accommodation\nRents from a council or housing association\nChanged" in words
    card.earlier.setCurrentIndex(1)
    card.earlier.activated.emit(1)
    settle()
    words = desk.words(card)
    assert "Sun 1 Mar 2026" in words
    assert "Months since last work\n7\nNot said\nBenefits" in words
    desk.press("History of “Circumstances”", card)
    assert desk.view.tabs.tabText(desk.view.tabs.currentIndex()) == "History"
