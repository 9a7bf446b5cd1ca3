"""Permissions on a client's details, given, renewed and taken back by keyboard; letters reworded in Settings."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.consents import ConsentRow, ConsentState, list_consents
from coachdesk.casework.letter_templates import TemplateRow, all_templates
from coachdesk.models import Client, LetterTemplate
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.details_tab import DetailsTab
from coachdesk.ui.clients.permissions_card import PermissionsCard
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, page
from tests.makers import a_consent, ask, days_ago, keep
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

EMPLOYER = "Talking with an employer: Bay Bakery"


def card(desk: DeskWindow) -> PermissionsCard:
    return page(desk.view.parts[TABS.index("details")], DetailsTab).permissions


def held(vault: OpenVault, caseload: Caseload) -> tuple[ConsentRow, ...]:
    return ask(vault, list_consents, ClientQuestion(client_id=caseload.today, today=TODAY))


def shown(desk: DeskWindow, caseload: Caseload) -> str:
    desk.open(caseload.today)
    desk.tab("details")
    return desk.words(card(desk))


def test_a_permission_is_given_renewed_and_taken_back_by_keyboard(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    assert "No permission is in force" in shown(desk, caseload)
    card(desk).give_button.setFocus()
    desk.key(Qt.Key.Key_Space)
    form = card(desk).form.form
    assert form is not None
    purpose = QApplication.focusWidget()
    assert purpose is not None
    QTest.keyClicks(purpose, "Talking with an employer")
    desk.key(Qt.Key.Key_Tab)
    desk.type("Bay Bakery")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Space)
    desk.control(Qt.Key.Key_Return)
    (given,) = held(vault, caseload)
    assert given.data_covered == "That they take part; Goals and plan"
    assert (given.given_on, given.recipient) == (TODAY, "Bay Bakery")
    assert card(desk).give_button.hasFocus()
    said = desk.words(card(desk))
    for words in (
        EMPLOYER,
        "In force",
        "Covers: That they take part; Goals and plan",
        "Ask again Tue 5 Oct 2027",
    ):
        assert words in said
    desk.button(f"Renew: {EMPLOYER}", card(desk)).setFocus()
    desk.key(Qt.Key.Key_Space)
    desk.fill(card(desk).form.form, how_given="signed", witness="Iqra Malik", wording_version="Form 3")
    desk.control(Qt.Key.Key_Return)
    assert [one.state for one in held(vault, caseload)] == [ConsentState.IN_FORCE, ConsentState.RENEWED]
    said = desk.words(card(desk))
    assert "Renewed since" in said
    assert "Signed  ·  wording Form 3  ·  witness Iqra Malik" in said
    desk.button(f"Withdraw: {EMPLOYER}", card(desk)).setFocus()
    desk.key(Qt.Key.Key_Space)
    desk.control(Qt.Key.Key_Return)
    assert {one.state for one in held(vault, caseload)} == {ConsentState.WITHDRAWN}
    said = desk.words(card(desk))
    assert "withdrawn Mon 5 Oct 2026" in said
    assert "No permission is in force" in said
    desk.press(f"History of “{EMPLOYER}”", card(desk))
    assert desk.view.history_tab.isVisible()


def test_every_state_has_its_words_and_what_is_due_stands_out(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    with reading(vault) as session:
        client = session.get_one(Client, caseload.today)
    keep(
        vault,
        a_consent(client, purpose="share_employer", expires_on=days_ago(3)),
        a_consent(client, purpose="share_health", given_on=None),
        a_consent(client, purpose="share_family", given_on=days_ago(-3)),
        a_consent(client, purpose="record", given_on=days_ago(500)),
    )
    said = shown(desk, caseload)
    for words in ("Expired", "No day known", "Not yet", "In force", "until Fri 2 Oct 2026", "Not in force"):
        assert words in said
    assert "Ask again now: due" in said
    assert said.count("Covers only that they take part.") == 3  # keeping a record tells nobody anything
    renewing = next(one for one in held(vault, caseload) if one.state is ConsentState.EXPIRED)
    desk.view.go_on(f"details:renew:{renewing.id.hex}")
    assert "Given again: Talking with an employer" in desk.words(card(desk))
    desk.view.go_on(f"details:permission:{caseload.today.hex}")
    assert "The client gives a permission" in desk.words(card(desk))


def test_a_draft_waits_for_the_permissions_to_be_read(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    with reading(vault) as session:
        consent = a_consent(session.get_one(Client, caseload.today))
    keep(vault, consent)
    card(desk).give()
    assert card(desk).form.form is None
    card(desk).go_on("withdraw", consent.id.hex)
    assert "Taken back: Keeping a record of support" in shown(desk, caseload)


def test_refused_dates_stand_beside_their_fields(desk: DeskWindow, caseload: Caseload) -> None:
    shown(desk, caseload)
    card(desk).give()
    desk.fill(card(desk).form.form, purpose="share_family", given_on="tomorrow")
    desk.click(card(desk).form.save_button)
    form = card(desk).form.form
    assert form is not None
    assert set(form.refusals()) == {"given_on"}


def letter(vault: OpenVault, key: str) -> TemplateRow:
    return next(one for one in ask(vault, all_templates) if one.key == key)


def to_letters(desk: DeskWindow) -> None:
    desk.window.go("settings")
    names = [desk.settings.tabs.tabText(place) for place in range(desk.settings.tabs.count())]
    desk.settings.tabs.setCurrentIndex(names.index("Letters"))


def test_a_letter_is_reworded_read_through_and_restored(desk: DeskWindow, vault: OpenVault) -> None:
    to_letters(desk)
    wording = desk.settings.letters
    said = desk.words(wording)
    assert "To the referrer; needs the permission “Talking with whoever referred”." in said
    assert "To the referrer; it tells nothing about the client." in said
    desk.press("Reword: Appointment", wording)
    form = wording.form.form
    assert form is not None
    assert "{appointment_day}" in desk.words(wording)
    assert "on Monday 12 October 2026 at 10.30 am." in wording.text.text()
    desk.fill(form, body="Hello {first_nmae}")
    wording._read()
    assert "Hello {first_nmae}" in wording.text.text()
    desk.click(wording.form.save_button)
    assert "{first_nmae} is no field of a letter" in form.refusals()["body"]
    desk.fill(form, body="Hello {first_name}")
    wording._read()
    assert "Hello Maya" in wording.text.text()
    desk.click(wording.form.save_button)
    assert not wording.reading.isVisible()
    wording._read()
    assert letter(vault, "appointment").body == "Hello {first_name}"
    assert "Reworded here" in desk.words(wording)
    desk.press("Restore: Appointment", wording)
    assert not letter(vault, "appointment").is_changed
    assert "Reworded here" not in desk.words(wording)


def test_putting_the_form_away_takes_the_reading_along(desk: DeskWindow) -> None:
    to_letters(desk)
    wording = desk.settings.letters
    desk.press("Reword: Letter to an employer", wording)
    assert wording.reading.isVisible()
    desk.click(wording.form.away_button)
    assert not wording.reading.isVisible()


def test_an_older_vault_is_given_the_letters(desk: DeskWindow, vault: OpenVault) -> None:
    with unit_of_work(vault, label="An older vault") as work:
        for template in work.session.query(LetterTemplate):
            work.session.delete(template)
    to_letters(desk)
    desk.settings.letters.refresh()
    desk.press("Put in the letters that come with CoachDesk", desk.settings.letters)
    assert len(ask(vault, all_templates)) == 5
    assert "Certificate of taking part" in desk.words(desk.settings.letters)


def test_a_letter_of_our_own_cannot_be_restored(desk: DeskWindow, vault: OpenVault) -> None:
    own = LetterTemplate(
        key="own", title="Our own", subject="S", body="B", addressed_to="other", purpose="photo_story"
    )
    keep(vault, own)
    to_letters(desk)
    desk.settings.letters.refresh()
    assert "To somebody else; needs the permission “Telling their story”." in desk.words(
        desk.settings.letters
    )
    desk.press("Restore: Our own", desk.settings.letters)
    assert desk.window.banners.banners()
