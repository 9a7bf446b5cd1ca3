"""The vocational profile through the real window: filled in by keyboard alone, kept, taken back, printed."""

import threading
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.profile import ANSWERS, ProfileRow, read_profile
from coachdesk.desk.counter import DraftRow, Executors
from coachdesk.models import Enrolment
from coachdesk.models.base import PARAGRAPH
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.profile_answer import ProfileAnswer
from coachdesk.ui.clients.profile_tab import ProfileTab
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, settle
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

ENTER = (Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
MOST_ACTIONS_TO_PRINT = 2


def tab_of(desk: DeskWindow) -> ProfileTab:
    return page(desk.view.parts[TABS.index("profile")], ProfileTab)


def answer(desk: DeskWindow, name: str) -> ProfileAnswer:
    return tab_of(desk).answers[name]


def on_the_profile(desk: DeskWindow, caseload: Caseload) -> ProfileTab:
    desk.open(caseload.today)
    desk.tab("profile")
    tab = tab_of(desk)
    desk.until(tab.said.text)
    desk.actions = 0
    return tab


def kept(vault: OpenVault, caseload: Caseload) -> ProfileRow:
    with reading(vault) as session:
        return read_profile(session, ClientQuestion(client_id=caseload.today, today=TODAY))


def words_of(vault: OpenVault, caseload: Caseload, name: str) -> str:
    return next(one.words for one in kept(vault, caseload).answers if one.name == name)


def write(desk: DeskWindow, name: str, words: str) -> None:
    """Type into a box and leave it for the next."""
    box = answer(desk, name).box
    box.setFocus()
    box.selectAll()
    if words:
        desk.type(words)
    else:
        desk.key(Qt.Key.Key_Delete)
    desk.key(*ENTER)


def test_a_whole_profile_by_keyboard_alone_one_key_a_box_and_printed_with_two(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, tmp_path: Path
) -> None:
    with unit_of_work(vault, label="Nothing begun yet") as work:
        for enrolment in work.session.query(Enrolment):
            enrolment.profile_started_on = None
    desk = open_desk(vault, Executors.threads())
    tab = on_the_profile(desk, caseload)
    answer(desk, "hopes").box.setFocus()
    for name in ANSWERS:
        desk.until(answer(desk, name).box.hasFocus)
        desk.type(f"My words on {name}")
        desk.key(Qt.Key.Key_Tab if name == "hopes" else ENTER[0], *([] if name == "hopes" else ENTER[1:]))
        if name == "hopes":
            desk.until(lambda: answer(desk, "hopes").when.text() != "Open, whenever it suits")
            answer(desk, "strengths").box.setFocus()
    assert desk.actions == len(ANSWERS)
    desk.until(lambda: tab.said.text() == "All 14 talked about. Words can change at any time.")
    profile = kept(vault, caseload)
    assert [one.words for one in profile.answers] == [f"My words on {name}" for name in ANSWERS]
    assert profile.started_on == TODAY
    with reading(vault) as session:
        begun = {
            one.profile_started_on
            for one in session.query(Enrolment).where(Enrolment.client_id == caseload.today)
        }
    assert begun == {TODAY}
    assert tab.complete_button.hasFocus()
    desk.key(Qt.Key.Key_Space)
    desk.until(lambda: kept(vault, caseload).completed_on == TODAY)
    target = tmp_path / "about-me-and-work.pdf"
    desk.dialogs.script(target)
    before = desk.actions
    desk.control(Qt.Key.Key_P)
    desk.until(lambda: str(target) in tab.printing.found.text())
    assert desk.actions - before + len(desk.dialogs.asked) == MOST_ACTIONS_TO_PRINT
    with pikepdf.open(target) as paper:
        assert paper.Root.MarkInfo.Marked


def test_each_layout_from_the_menu_with_what_is_being_typed(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault, tmp_path: Path
) -> None:
    tab = on_the_profile(desk, caseload)
    answer(desk, "hopes").box.setFocus()
    desk.type("A job with dogs")
    for key, name in ((Qt.Key.Key_S, "a.pdf"), (Qt.Key.Key_L, "b.pdf")):
        desk.dialogs.script(tmp_path / name)
        desk.press("Print…", tab)
        menu = tab.printing.menu_shown
        assert menu is not None
        QTest.keyClick(menu, key)
        settle()
        assert (tmp_path / name).exists()
    assert words_of(vault, caseload, "hopes") == "A job with dogs"
    desk.dialogs.script(None)
    desk.press("Print…", tab)
    menu = tab.printing.menu_shown
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_S)
    settle()
    assert len(list(tmp_path.glob("*.pdf"))) == 2


def test_a_drive_that_takes_no_file_is_said_on_the_page(
    desk: DeskWindow, caseload: Caseload, tmp_path: Path
) -> None:
    tab = on_the_profile(desk, caseload)
    (tmp_path / "file").touch()
    desk.dialogs.script(tmp_path / "file" / "mine.pdf")
    answer(desk, "hopes").box.setFocus()
    desk.control(Qt.Key.Key_P)
    assert tab.printing.found.isVisible()
    assert "ready" not in tab.printing.found.text()
    desk.open(caseload.coming)
    desk.tab("profile")
    assert not tab.printing.found.isVisible()


def test_stopping_the_print_writes_nothing(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, tmp_path: Path
) -> None:
    executors = Executors.threads()
    desk = open_desk(vault, executors)
    tab = on_the_profile(desk, caseload)
    desk.dialogs.script(tmp_path / "mine.pdf")
    busy = threading.Event()
    executors.write.submit(busy.wait)
    answer(desk, "hopes").box.setFocus()
    desk.control(Qt.Key.Key_P)
    desk.control(Qt.Key.Key_P)
    assert len(desk.dialogs.asked) == 1
    desk.click(tab.printing.progress.cancel)
    busy.set()
    desk.until(lambda: tab.printing.found.text() == "Stopped. Nothing was written.")
    assert list(tmp_path.glob("*.pdf")) == []


def test_an_answer_has_its_own_past_and_way_back(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    tab = on_the_profile(desk, caseload)
    write(desk, "hopes", "Any job")
    write(desk, "strengths", "Patient")
    write(desk, "hopes", "A job with dogs")
    hopes = answer(desk, "hopes")
    assert not answer(desk, "strengths").earlier_button.isVisible()
    desk.click(hopes.earlier_button)
    assert "“Any job”" in desk.words(hopes)
    desk.press("Use the words of Mon 5 Oct 2026 again", hopes)
    assert words_of(vault, caseload, "hopes") == "Any job"
    assert hopes.box.toPlainText() == "Any job"
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert hopes.box.toPlainText() == "A job with dogs"
    assert answer(desk, "strengths").box.toPlainText() == "Patient"
    desk.click(hopes.earlier_button)
    write(desk, "hopes", "")
    assert hopes.when.text() == "Open, whenever it suits"
    assert "1 of 14" in tab.said.text()
    desk.press("History of “Vocational profile”", tab)
    assert desk.view.tabs.tabText(desk.view.tabs.currentIndex()) == "History"


def test_a_draft_is_offered_where_it_belongs_and_gone_when_saved(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    tab = on_the_profile(desk, caseload)
    key = f"profile:good_day:{caseload.today.hex}"
    body = {"good_day": "The sun is out"}
    desk.desk.keep_draft(key, "profile", body, caseload.today)
    desk.open(caseload.coming)
    desk.open(caseload.today)
    good = answer(desk, "good_day")
    assert good.recovered is not None
    assert good.box.toPlainText() == "The sun is out"
    assert answer(desk, "hard_day").recovered is None
    desk.press("Forget it", good)
    assert good.box.toPlainText() == ""
    desk.desk.keep_draft(key, "profile", body, caseload.today)
    desk.tab("plan")
    desk.view.go_on(key)
    settle()
    assert good.recovered is not None
    assert good.box.hasFocus()
    desk.key(*ENTER)
    assert words_of(vault, caseload, "good_day") == "The sun is out"
    drafts: list[object] = []
    desk.desk.read_drafts(drafts.extend)
    settle()
    assert drafts == []
    assert tab.said.text().startswith("1 of 14")


def test_a_draft_that_says_what_is_kept_is_not_offered(desk: DeskWindow, caseload: Caseload) -> None:
    on_the_profile(desk, caseload)
    write(desk, "good_day", "The sun is out")
    key = f"profile:good_day:{caseload.today.hex}"
    desk.desk.keep_draft(key, "profile", {"good_day": "The sun is out"}, caseload.today)
    desk.open(caseload.coming)
    desk.open(caseload.today)
    assert answer(desk, "good_day").recovered is None


def test_leaving_the_client_saves_what_was_typed_for_them(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    on_the_profile(desk, caseload)
    box = answer(desk, "hopes").box
    box.setFocus()
    desk.type("A job with dogs")
    desk.open(caseload.coming)
    assert box.toPlainText() == ""
    assert words_of(vault, caseload, "hopes") == "A job with dogs"
    desk.open(caseload.today)
    assert box.toPlainText() == "A job with dogs"


def test_words_too_long_are_refused_beside_the_box_and_stay(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    on_the_profile(desk, caseload)
    hopes = answer(desk, "hopes")
    hopes.box.setFocus()
    hopes.box.setPlainText("w" * (PARAGRAPH + 1))
    hopes.save()
    settle()
    assert hopes.form.refusals()
    assert len(hopes.box.toPlainText()) == PARAGRAPH + 1
    assert words_of(vault, caseload, "hopes") == ""
    desk.open(caseload.coming)
    drafts: list[DraftRow] = []
    desk.desk.read_drafts(drafts.extend)
    assert [one.key for one in drafts] == [f"profile:hopes:{caseload.today.hex}"]


def test_the_dates_may_be_put_right(desk: DeskWindow, caseload: Caseload, vault: OpenVault) -> None:
    tab = on_the_profile(desk, caseload)
    write(desk, "hopes", "A job with dogs")
    desk.press("Change dates", tab)
    desk.fill(tab.form.form, started_on="1 oct 2026", completed_on="30 sep 2026")
    desk.press("Save", tab)
    assert tab.form.form is not None
    assert tab.form.form.refusals()
    desk.fill(tab.form.form, completed_on="3 oct 2026")
    desk.press("Save", tab)
    profile = kept(vault, caseload)
    assert (str(profile.started_on), str(profile.completed_on)) == ("2026-10-01", "2026-10-03")
    desk.tab("plan")
    desk.view.go_on(f"profile:dates:{caseload.today.hex}")
    settle()
    assert tab.form.form is not None


def test_boxes_stand_side_by_side_where_there_is_room_and_grow_with_their_words(
    desk: DeskWindow, caseload: Caseload
) -> None:
    on_the_profile(desk, caseload)
    hopes, strengths = answer(desk, "hopes"), answer(desk, "strengths")
    assert (
        hopes.mapTo(desk.window, hopes.rect().topLeft()).y()
        == strengths.mapTo(desk.window, strengths.rect().topLeft()).y()
    )
    small = hopes.box.height()
    hopes.box.setPlainText("One line\n" * 6)
    settle()
    assert small < hopes.box.height()
    hopes.box.setPlainText("One line\n" * 60)
    settle()
    assert hopes.box.height() < small * 6
    desk.window.resize(900, 700)
    settle()
    assert (
        hopes.mapTo(desk.window, hopes.rect().topLeft()).y()
        < strengths.mapTo(desk.window, strengths.rect().topLeft()).y()
    )


def test_a_button_nobody_can_press_while_nothing_is_said(desk: DeskWindow, caseload: Caseload) -> None:
    tab = on_the_profile(desk, caseload)
    assert not tab.complete_button.isEnabled()
