"""Letters from a client's page: by keyboard alone, with what must be known first, kept, printed and sent."""

import threading
from pathlib import Path
from typing import Any
from uuid import UUID

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from sqlalchemy import select

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.consents import WithdrawConsent, withdraw_consent
from coachdesk.casework.letters import LetterRow, list_letters
from coachdesk.casework.sharing_list import list_sharings
from coachdesk.desk.counter import Executors
from coachdesk.models import Client, Enrolment, Letter, LetterTemplate
from coachdesk.papers.letter import LetterPrint
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.letter_form import LetterForm
from coachdesk.ui.clients.papers_tab import PapersTab
from coachdesk.ui.clients.passed_on_card import PassedOnCard
from coachdesk.ui.drafts.told import draft_of
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, settle
from tests.makers import a_consent, ask
from tests.vault_fixtures import PERSON, TODAY

pytestmark = pytest.mark.journey

MOST_ACTIONS = 8
SURGERY = "Dr Anne Patel, Abbey Road Surgery"


def papers(desk: DeskWindow) -> PapersTab:
    return page(desk.view.parts[TABS.index("papers")], PapersTab)


def writing(desk: DeskWindow) -> LetterForm:
    return papers(desk).writing


def passed_on(desk: DeskWindow) -> PassedOnCard:
    return papers(desk).passed_on


def choose(desk: DeskWindow, key: Qt.Key) -> None:
    """Choose a letter from the open menu by its key, as one action."""
    menu = papers(desk).menu_shown
    assert menu is not None
    desk.actions += 1
    QTest.keyClick(menu, key)
    settle()


def begin(desk: DeskWindow, client_id: UUID, key: Qt.Key) -> None:
    desk.open(client_id)
    desk.tab("papers")
    desk.press("Write a letter…", papers(desk))
    choose(desk, key)
    assert writing(desk).side.form is not None


def change(vault: OpenVault, client_id: UUID, **values: Any) -> None:
    with unit_of_work(vault, label="Changed") as work:
        client = work.session.get_one(Client, client_id)
        for name, value in values.items():
            setattr(client, name, value)


def referred(vault: OpenVault, client_id: UUID) -> None:
    with unit_of_work(vault, label="Referred") as work:
        query = select(Enrolment).where(Enrolment.client_id == client_id)
        work.session.scalars(query).one().referrer = SURGERY


def permit(vault: OpenVault, client_id: UUID, purpose: str, **more: Any) -> UUID:
    with unit_of_work(vault, label="Agreed") as work:
        consent = a_consent(work.session.get_one(Client, client_id), purpose=purpose, **more)
        work.session.add(consent)
    return consent.id


def letters(vault: OpenVault, client_id: UUID) -> tuple[LetterRow, ...]:
    return ask(vault, list_letters, ClientQuestion(client_id=client_id, today=TODAY))


def test_a_letter_to_the_client_by_keyboard_alone(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, tmp_path: Path
) -> None:
    change(vault, caseload.today, communication_needs="Large print, please")
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.dialogs.script(tmp_path / "letter.pdf")
    desk.control(Qt.Key.Key_K)
    desk.find("hussai", caseload.today)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.header.name.text() == "Tariq Hussain")
    desk.key(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    desk.until(lambda: papers(desk).menu_shown is not None)
    choose(desk, Qt.Key.Key_A)
    desk.until(lambda: writing(desk).side.form is not None)
    desk.type("12 oct")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Tab)
    desk.type("10.30 am")
    desk.until(lambda: "at 10.30 am." in writing(desk).text.text())
    desk.control(Qt.Key.Key_Return)
    desk.until((tmp_path / "letter.pdf").exists)
    assert desk.actions + len(desk.dialogs.asked) <= MOST_ACTIONS
    desk.until(lambda: "ready to print" in papers(desk).printing.found.text())
    said = papers(desk).printing.found.text()
    assert said.endswith("\nCommunication needs, for you to know: Large print, please")
    desk.until(lambda: "Appointment: Tariq Hussain" in desk.words(papers(desk)))
    assert papers(desk).write_button.hasFocus()
    (letter,) = letters(vault, caseload.today)
    assert letter.subject == "Our appointment on Monday 12 October 2026"
    with pikepdf.open(tmp_path / "letter.pdf") as paper:
        assert paper.Root.MarkInfo.Marked
    assert "Large print" not in letter.body, "what is for the coach stands on no letter"


def test_what_must_be_known_before_writing_stands_above_the_letter(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    change(
        vault,
        caseload.today,
        may_post="no",
        may_email="no",
        language="Igbo",
        interpreter="yes",
        communication_needs="Large print, please",
    )
    begin(desk, caseload.today, Qt.Key.Key_A)
    said = desk.words(writing(desk))
    for words in ("No post to this client.", "Hand the letter over.", "No email to this client."):
        assert words in said
    assert "Large print, please\nPreferred language: Igbo\nAn interpreter is needed." in said
    form = writing(desk).side.form
    assert form is not None
    assert form.input("size").value() == LetterPrint.LARGE.value
    assert form.input("recipient_address").value() == ""
    assert form.row("override_reason").isHidden()
    change(vault, caseload.coming, safe_contact_note="Her brother reads the post")
    begin(desk, caseload.coming, Qt.Key.Key_A)
    assert "Safe contact: Her brother reads the post" in desk.words(writing(desk))


def test_the_reading_follows_what_is_typed_and_half_a_date_breaks_nothing(
    desk: DeskWindow, caseload: Caseload
) -> None:
    begin(desk, caseload.today, Qt.Key.Key_A)
    desk.type("when it suits")
    assert "on … at …." in writing(desk).text.text()
    desk.fill(writing(desk).side.form, appointment_day="12 Oct 2026")
    writing(desk)._typed()
    assert writing(desk).subject.text() == "Our appointment on Monday 12 October 2026"
    desk.click(writing(desk).side.save_button)
    form = writing(desk).side.form
    assert form is not None
    assert "appointment_time" in form.refusals()
    desk.click(writing(desk).side.away_button)
    assert not writing(desk).isVisible()
    writing(desk)._typed()  # an answer that comes late finds no letter and says nothing


def test_without_a_permission_a_letter_needs_a_reason(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, tmp_path: Path
) -> None:
    begin(desk, caseload.late, Qt.Key.Key_L)
    said = desk.words(writing(desk))
    assert "given no permission for “Talking with an employer”" in said
    assert "Left out, because the client did not agree to it: the client’s name" in said
    desk.click(writing(desk).side.save_button)
    form = writing(desk).side.form
    assert form is not None
    assert "override_reason" in form.refusals()
    assert letters(vault, caseload.late) == ()
    desk.fill(form, override_reason="The bakery must know about the fire door")
    desk.dialogs.script(None)
    desk.click(writing(desk).side.save_button)
    assert len(letters(vault, caseload.late)) == 1
    said = desk.words(papers(desk))
    assert "Without permission" in said
    assert "Why without: The bakery must know about the fire door" in said
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_permission_opens_the_letter_and_its_end_closes_it(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, tmp_path: Path
) -> None:
    consent = permit(vault, caseload.late, "share_employer")
    begin(desk, caseload.late, Qt.Key.Key_L)
    said = desk.words(writing(desk))
    assert "The client agreed to this on Mon 1 Jun 2026." in said
    assert "what they need at work, in their words." in said
    desk.dialogs.script(None, tmp_path / "again.pdf", tmp_path / "never.pdf")
    desk.click(writing(desk).side.save_button)
    assert "It tells: That they take part." in desk.words(passed_on(desk))
    desk.press("Print: Letter to an employer: Bay Bakery", papers(desk))
    menu = papers(desk).printing.menu_shown
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_L)
    desk.until((tmp_path / "again.pdf").exists)
    desk.desk.do(withdraw_consent, WithdrawConsent(consent_id=consent, withdrawn_on=TODAY))
    papers(desk).printing.print_letter(letters(vault, caseload.late)[0].id, LetterPrint.STANDARD)
    assert "not in force any more" in papers(desk).printing.found.text()
    assert not (tmp_path / "never.pdf").exists()
    papers(desk).refresh()
    assert "it is not printed again" in desk.words(papers(desk))
    assert not [one for one in papers(desk).findChildren(QPushButton) if one.text() == "Print…"]


def test_the_referrer_is_told_no_more_than_was_agreed(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    referred(vault, caseload.today)
    desk.open(caseload.today)
    desk.tab("papers")
    said = desk.words(papers(desk))
    assert f"{SURGERY} referred to Connect to Work and has not heard from us." in said
    assert "The letter then only thanks for the referral." in said
    desk.press("Tell the referrer", papers(desk))
    assert "This letter tells nothing about the client." in desk.words(writing(desk))
    assert "Tariq" not in writing(desk).text.text()
    permit(vault, caseload.today, "share_referrer")
    papers(desk).refresh()
    assert "The client agreed that they are told." in desk.words(papers(desk))
    desk.press("Tell the referrer", papers(desk))
    assert "Thank you for referring Tariq Hussain to us." in writing(desk).text.text()
    desk.dialogs.script(None)
    desk.click(writing(desk).side.save_button)
    assert "has not heard from us" not in desk.words(papers(desk))


def test_a_letter_is_read_again_and_marked_as_sent(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    begin(desk, caseload.today, Qt.Key.Key_C)
    desk.dialogs.script(None)
    desk.click(writing(desk).side.save_button)
    assert "took part in Connect to Work" not in desk.words(papers(desk))
    desk.press("Read: Certificate of taking part: Tariq Hussain", papers(desk))
    assert "took part in Connect to Work" in desk.words(papers(desk))
    desk.press("It was sent: Certificate of taking part: Tariq Hussain", papers(desk))
    assert "Sent Mon 5 Oct 2026" in desk.words(papers(desk))
    assert letters(vault, caseload.today)[0].sent_on == TODAY
    desk.press("History of “Certificate of taking part: Tariq Hussain”", papers(desk))
    assert desk.view.history_tab.isVisible()


def test_passing_something_on_is_checked_and_listed(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    permit(vault, caseload.today, "share_health", data_covered="Goals and plan")
    desk.open(caseload.today)
    desk.tab("papers")
    assert "Nothing was passed on" in desk.words(papers(desk))
    desk.press("Pass something on", papers(desk))
    card = passed_on(desk)
    desk.fill(card.form.form, recipient="Abbey Road Surgery", purpose="share_health", sort="export")
    assert card.form.form is not None
    card.form.form.input("data").set_raw(["goals", "health"])
    desk.fill(card.form.form, what="A copy of the plan")
    desk.click(card.form.save_button)
    assert card.form.form is not None
    assert "does not cover this: Health." in card.form.form.refusals()["override_reason"]
    card.form.form.input("data").set_raw(["goals"])
    desk.click(card.form.save_button)
    assert not card.form.isVisible()
    said = desk.words(card)
    for words in ("Abbey Road Surgery", "File or print", "A copy of the plan", "With permission"):
        assert words in said
    (row,) = ask(vault, list_sharings, ClientQuestion(client_id=caseload.today, today=TODAY))
    assert (row.coach, row.permitted_on is not None) == (PERSON, True)
    desk.press("History of “Abbey Road Surgery”", card)
    assert desk.view.history_tab.isVisible()


def test_a_letter_somebody_began_is_there_again(desk: DeskWindow, caseload: Caseload) -> None:
    begin(desk, caseload.today, Qt.Key.Key_A)
    form = writing(desk).side.form
    assert form is not None
    desk.fill(form, own_words="Bring the dog")
    body = draft_of(form, {**form.raw(), "own_words": ""}, form.raw(), "Appointment")
    key = f"letter:appointment:{caseload.today.hex}"
    desk.desk.keep_draft(key, "letter", body, caseload.today)
    desk.open(caseload.coming)
    assert not writing(desk).isVisible()
    desk.open(caseload.today)
    desk.view.go_on(key)
    assert writing(desk).side.form is not None
    desk.until(lambda: "Bring the dog" in writing(desk).text.text())
    desk.view.go_on(f"letter:passed:{caseload.today.hex}")
    assert passed_on(desk).form.form is not None


def test_nothing_is_written_about_nobody(desk: DeskWindow) -> None:
    tab = papers(desk)
    tab.refresh()
    passed_on(desk).write()
    passed_on(desk).refresh()
    tab.go_on("appointment", "")
    writing(desk).close_form()
    assert writing(desk).side.form is None
    assert passed_on(desk).form.form is None


def test_a_vault_without_letters_has_no_menu(desk: DeskWindow, vault: OpenVault, caseload: Caseload) -> None:
    with unit_of_work(vault, label="Retired") as work:
        for template in work.session.scalars(select(LetterTemplate)):
            template.retired_on = TODAY
    desk.open(caseload.today)
    desk.tab("papers")
    desk.press("Write a letter…", papers(desk))
    assert papers(desk).menu_shown is None


def test_another_client_hears_nothing_of_the_last_print(
    desk: DeskWindow, caseload: Caseload, tmp_path: Path
) -> None:
    begin(desk, caseload.today, Qt.Key.Key_C)
    desk.dialogs.script(tmp_path / "certificate.pdf")
    desk.click(writing(desk).side.save_button)
    assert papers(desk).printing.found.isVisible()
    desk.open(caseload.coming)
    desk.tab("papers")
    assert not papers(desk).printing.isVisible()


def test_a_second_print_waits_and_stopping_writes_nothing(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, tmp_path: Path
) -> None:
    executors = Executors.threads()
    desk = open_desk(vault, executors)
    begun = caseload.job  # whichever letter: the writer is held up before it is looked for
    desk.open(caseload.today)
    desk.tab("papers")
    printing = papers(desk).printing
    desk.dialogs.script(tmp_path / "letter.pdf")
    busy = threading.Event()
    executors.write.submit(busy.wait)
    printing.print_letter(begun, LetterPrint.STANDARD)
    assert printing.progress.isVisible()
    printing.print_letter(begun, LetterPrint.STANDARD)
    assert len(desk.dialogs.asked) == 1
    desk.click(printing.progress.cancel)
    busy.set()
    desk.until(lambda: printing.found.text() == "Stopped. Nothing was written.")
    assert list(tmp_path.glob("*.pdf")) == []


def test_mark_sent_of_a_letter_that_went_is_refused_on_the_page(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    begin(desk, caseload.today, Qt.Key.Key_C)
    desk.dialogs.script(None)
    desk.click(writing(desk).side.save_button)
    with unit_of_work(vault, label="Written later") as work:
        found = work.session.scalars(select(Letter)).one()
        found.written_on = found.written_on.replace(year=2027)
    desk.press("It was sent: Certificate of taking part: Tariq Hussain", papers(desk))
    assert desk.window.banners.banners()
