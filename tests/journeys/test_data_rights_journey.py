"""Data rights in the window: from a request at the door to the answer, and from the monthly list to the certificate."""

import json
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from coachdesk.casework.enquiries import CloseEnquiry, RecordEnquiry, close_enquiry, record_enquiry
from coachdesk.casework.erasing import is_erased
from coachdesk.casework.rights_requests import RequestRow, RequestsQuestion, list_requests
from coachdesk.casework.taking_out import TAKEN_OUT
from coachdesk.desk.counter import Executors
from coachdesk.models import Client, Enquiry
from coachdesk.ui.rights.page import RightsPage
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page
from tests.makers import ask, days_ago, do, found
from tests.ui.rights.rights_world import RightsWorld, a_rights_world
from tests.vault_fixtures import TODAY

pytestmark = [pytest.mark.journey, pytest.mark.slow]

HUSSAIN = "Tariq Hussain"


@pytest.fixture
def world(vault: OpenVault) -> RightsWorld:
    return a_rights_world(vault)


def opened(desk: DeskWindow) -> RightsPage:
    desk.key(Qt.Key.Key_5, Qt.KeyboardModifier.AltModifier)
    rights = page(desk.window.pages["rights"], RightsPage)
    desk.until(rights.isVisible)
    return rights


def show_time_is_over(rights: RightsPage) -> None:
    places = {rights.tabs.tabText(place): place for place in range(rights.tabs.count())}
    rights.tabs.setCurrentIndex(places["Time is over"])


def said(label: QLabel, words: str) -> bool:
    return words in label.text()


def newest(vault: OpenVault, client_id: object) -> RequestRow:
    rows = ask(vault, list_requests, RequestsQuestion(today=TODAY))
    return max((row for row in rows if row.client_id == client_id), key=lambda row: row.received_on)


def test_a_request_is_written_down_decided_packed_and_answered(
    vault: OpenVault, world: RightsWorld, open_desk: Opener, tmp_path: Path
) -> None:
    desk = open_desk(vault, Executors.threads())
    rights = opened(desk)
    part, view = rights.requests, rights.requests.request
    desk.click(part.add_button)
    desk.type("okonkwo")
    desk.until(lambda: part.picker.found.count() == 1)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: part.form.form is not None)
    assert "Maya Okonkwo" in part.form.heading.text()
    desk.fill(part.form.form, kind="access", how_received="At the door")
    desk.click(part.form.save_button)
    desk.until(view.isVisible)
    assert "Answer by" in desk.words(view)
    assert "one month from the day it came in, then the next working day" in desk.words(view)

    desk.until(lambda: "0 of 3 passages decided" in view.pack.count.text())
    assert not view.pack.make_button.isEnabled()
    assert HUSSAIN in view.pack.words.text()
    view.pack.out_button.setFocus(Qt.FocusReason.TabFocusReason)
    for done in ("1 of 3", "2 of 3", "3 of 3"):  # by the keyboard alone: the button keeps it
        assert QApplication.focusWidget() is view.pack.out_button
        desk.key(Qt.Key.Key_Space)
        desk.until(partial(said, view.pack.count, done))
    assert "3 are taken out" in view.pack.count.text()
    desk.click(view.pack.others.open_button)
    box = view.pack.others.box
    desk.until(lambda: view.pack.others.texts.count() > 0)
    texts = view.pack.others.texts
    texts.setCurrentIndex(next(at for at in range(texts.count()) if "Came with" in texts.itemText(at)))
    assert box.find("Priya next door")
    view.pack.others.reason.line.setText("A neighbour")
    desk.click(view.pack.others.out_button)
    desk.until(lambda: "4 of 4" in view.pack.count.text())

    desk.dialogs.script(tmp_path)
    desk.click(view.pack.make_button)
    desk.until(lambda: "The pack is made" in view.pack.made.text())
    (folder,) = [one for one in tmp_path.iterdir() if one.name.startswith("Data request")]
    told = json.loads((folder / "what-we-hold-about-you.json").read_text(encoding="utf-8"))
    assert (folder / "what-we-hold-about-you.pdf").read_bytes().startswith(b"%PDF")
    assert str(folder / "what-we-hold-about-you.pdf") in view.pack.made.text()
    words = json.dumps(told, ensure_ascii=False)
    assert HUSSAIN not in words
    assert "Priya" not in words
    assert f"sister on {TAKEN_OUT} 😀 or ask {TAKEN_OUT}." in words

    desk.click(view.answer_button)
    desk.fill(view.form.form, outcome="given", note="By hand, with the file on a stick")
    desk.click(view.form.save_button)
    desk.until(lambda: newest(vault, world.asker).answered_on == TODAY)
    desk.until(lambda: "Given in full" in desk.words(view))
    desk.click(view.back_button)
    desk.until(part.list.isVisible)
    assert desk.words(part).count("Maya Okonkwo") == 1  # the older request is still open


def test_somebody_whose_time_is_over_is_erased_and_certified(
    vault: OpenVault, world: RightsWorld, open_desk: Opener, tmp_path: Path
) -> None:
    desk = open_desk(vault)
    assert desk.today.reminder.isVisible()
    desk.press("Look at the list", desk.today)
    rights = page(desk.window.pages["rights"], RightsPage)
    part = rights.retention
    assert rights.reminder.isVisible()
    desk.press("Look at the list", rights)
    assert "Time is over for 1 person" in desk.words(part)
    assert "Agnieszka Nowak" in desk.words(part)
    assert "24 months. The day the client left" in desk.words(part)
    desk.press("Erase Agnieszka Nowak (F-AGN7)", part)
    card = part.erase_card
    assert "1 × enrolment" in desk.words(card)
    assert card.form is not None
    desk.fill(card.form, reason="Time is over", reference="F-0008")
    desk.click(card.erase_button)
    assert card.form.refusals() == {"reference": "This is not the reference of this client."}
    desk.fill(card.form, reference="F-AGN7")
    desk.click(card.erase_button)
    assert card.isHidden()
    assert ask(vault, is_erased, world.over)
    assert found(vault, Client, world.over).first_name == ""
    assert "Nobody’s time is over" in desk.words(part)
    assert "Nowak" not in desk.words(rights)
    desk.window.undo.trigger()
    assert ask(vault, is_erased, world.over)  # an erasure cannot be taken back

    paper = tmp_path / "certificate.pdf"
    desk.dialogs.script(paper)
    desk.click(part.certificate.save_button)
    assert paper.read_bytes().startswith(b"%PDF")
    assert "Time is over" in desk.words(part.certificate)
    desk.click(part.looked_button)
    assert not rights.reminder.isVisible()
    desk.window.go("today")
    assert not desk.today.reminder.isVisible()


def test_enquiries_are_kept_by_a_rule_and_erased_when_its_time_is_over(
    vault: OpenVault, open_desk: Opener
) -> None:
    asked = RecordEnquiry(name="Wilf Sandwith", reach="by post", received_on=days_ago(400))
    enquiry, _ = do(vault, record_enquiry, asked)
    do(
        vault,
        close_enquiry,
        CloseEnquiry(enquiry_id=enquiry, outcome="did_not_want", closed_on=days_ago(390)),
    )
    desk = open_desk(vault)
    rights = opened(desk)
    show_time_is_over(rights)
    card = rights.retention.enquiries
    desk.until(lambda: "not decided" in desk.words(card))
    assert card.erase_button.isHidden()
    desk.click(card.change_button)
    assert card.form.form is not None
    desk.fill(card.form.form, keep_months="12", source_note="Policy of the trustees")
    desk.click(card.form.save_button)
    desk.until(lambda: "The time of 1 closed enquiry is over." in desk.words(card))
    assert "kept for 12 months. Says who: Policy of the trustees" in desk.words(card)
    desk.dialogs.script(False)
    desk.click(card.erase_button)
    assert found(vault, Enquiry, enquiry).name == "Wilf Sandwith"
    desk.dialogs.script(True)
    desk.click(card.erase_button)
    desk.until(lambda: "1 enquiry was erased." in [one.words for one in desk.said])
    with reading(vault) as session:
        assert session.get(Enquiry, enquiry) is None
    desk.until(card.erase_button.isHidden)
