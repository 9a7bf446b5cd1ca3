"""Every page, tab and form is walked: names, targets, keys, contrast, and nothing cut at twice the text."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Literal

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.casework.details import SaveDetails, save_details
from coachdesk.casework.programmes import SetThreshold, set_threshold
from coachdesk.resources import resource
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.dialogs import TextQuestion
from coachdesk.ui.drafts.page import DraftCard
from coachdesk.ui.forms.choices import ChoiceInput
from coachdesk.ui.forms.inputs import Input
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen, settle
from tests.journeys.test_return_journey import worked_out
from tests.returns.test_prepare import people
from tests.ui import accessibility_walk
from tests.ui.walked_rounds import cut, rounds, unfit_for_somebody

pytestmark = [pytest.mark.journey, pytest.mark.slow]

Place = Callable[[DeskWindow, Caseload], None]


def today(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("today")


def contact_form(desk: DeskWindow, caseload: Caseload) -> None:
    desk.click(desk.due()["Maya Okonkwo"].record_button)
    assert desk.view.client_id == caseload.late


def new_client(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.new_client("")


def client_tab(name: str) -> Place:
    def show(desk: DeskWindow, caseload: Caseload) -> None:
        desk.open(caseload.late)
        desk.tab(name)

    return show


def details_form(desk: DeskWindow, caseload: Caseload) -> None:
    client_tab("details")(desk, caseload)
    desk.press("Change details", desk.view)


def job_form(desk: DeskWindow, caseload: Caseload) -> None:
    client_tab("work")(desk, caseload)
    desk.press("Record a job", desk.view)


def side_form(tab: str, words: str) -> Place:
    def show(desk: DeskWindow, caseload: Caseload) -> None:
        client_tab(tab)(desk, caseload)
        desk.press(words, desk.view)
        assert [one for one in seen(desk.view, SideForm) if one.form is not None]

    return show


def plan_form(words: str) -> Place:
    def show(desk: DeskWindow, caseload: Caseload) -> None:
        side_form("plan", "Start a plan")(desk, caseload)
        (form,) = seen(desk.view, SideForm)
        assert form.form is not None
        _choose_first(form.form.input("kind"))
        desk.click(form.save_button)
        desk.press(words, desk.view)

    return show


def _choose_first(found: Input) -> None:
    assert isinstance(found, ChoiceInput)
    found.box.setCurrentIndex(1)


def two_forms(desk: DeskWindow, caseload: Caseload) -> None:
    side_form("work", "Record a job")(desk, caseload)
    desk.window.record_contact(caseload.late, None)


def new_action(desk: DeskWindow, caseload: Caseload) -> None:
    client_tab("timeline")(desk, caseload)
    desk.press("Add an action", desk.view)


def refused_contact(desk: DeskWindow, caseload: Caseload) -> None:
    contact_form(desk, caseload)
    desk.fill(desk.view.contact_form.form, happened_on="tomorrow")
    desk.click(desk.view.contact_form.save_button)


def history(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.late)
    desk.view.show_history(None)


def taking_back(desk: DeskWindow, caseload: Caseload) -> None:
    desk.desk.do(save_details, SaveDetails(client_id=caseload.late, values={"town": "Kendal"}))
    desk.desk.do(save_details, SaveDetails(client_id=caseload.late, values={"town": "Ulverston"}))
    history(desk, caseload)
    past = desk.view.history_tab.past
    past.list.setCurrentIndex(past.list.model().index(2, 0))
    desk.click(past.take_button)
    assert past.way_back.isVisible()


def history_of_a_record(desk: DeskWindow, caseload: Caseload) -> None:
    client_tab("work")(desk, caseload)
    desk.click(seen(desk.view, HistoryButton)[0])


def as_it_stood(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.late)
    desk.view.header.menu_button.stood.emit()
    desk.fill(desk.view.history_tab.stood.form, on="today")
    desk.click(desk.view.history_tab.stood.show_button)


def who_opened_it(desk: DeskWindow, caseload: Caseload) -> None:
    history(desk, caseload)
    desk.click(desk.view.history_tab.chips["openings"])


def erasing(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.late)
    desk.view.header.menu_button.erase.emit()
    assert desk.view.erasing.isVisible()


def put_away(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.late)
    desk.view.header.menu_button.put_away.emit()
    assert desk.view.header.away.isVisible()


def drafts(desk: DeskWindow, caseload: Caseload) -> None:
    details_form(desk, caseload)
    (form,) = seen(desk.view.stack, SideForm)
    assert form.form is not None
    form.form.input("town").set_raw("Kendal, by the old mill, second door")
    form.form.draft.emit(form.form.raw())
    desk.window.go_drafts()
    settle()
    assert seen(desk.window, DraftCard)


def no_drafts(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go_drafts()


def returns_without_threshold(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.desk.do(set_threshold, SetThreshold(key="workwell", threshold=None))
    desk.window.go("returns")
    box = desk.returns.programme
    box.setCurrentIndex(box.findData("workwell"))
    box.activated.emit(box.currentIndex())
    assert desk.returns.no_threshold.isVisible()


def programme_form(words: str) -> Place:
    def show(desk: DeskWindow, caseload: Caseload) -> None:
        settings_tab(1)(desk, caseload)
        button = next(one for one in seen(desk.settings, QPushButton) if one.text() == words)
        desk.click(button)

    return show


def returns(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("returns")


def settings_tab(index: int) -> Place:
    def show(desk: DeskWindow, _caseload: Caseload) -> None:
        desk.window.go("settings")
        desk.settings.tabs.setCurrentIndex(index)

    return show


def import_files(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("import")


def import_columns(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("import")
    desk.imports.read_files((resource("practice", "caseload", "jobs.csv"),))


def import_look(desk: DeskWindow, caseload: Caseload) -> None:
    import_columns(desk, caseload)
    desk.click(desk.imports.next_button)


PLACES: dict[str, Place] = {
    "today": today,
    "contact form": contact_form,
    "new client": new_client,
    **{f"client {name}": client_tab(name) for name in ("timeline", "plan", "contacts", "work", "details")},
    "details form": details_form,
    "job form": job_form,
    "plan form": side_form("plan", "Start a plan"),
    "goal form": plan_form("Add a goal"),
    "agreed form": plan_form("Agree the plan"),
    "equality form": side_form("details", "Change: Equality questions"),
    "circumstances form": side_form("details", "Change: Circumstances"),
    "two forms": two_forms,
    "new action": new_action,
    "refused contact": refused_contact,
    "threshold form": programme_form("Threshold"),
    "planned figure form": programme_form("Planned figure"),
    "history": history,
    "taking back": taking_back,
    "history of a record": history_of_a_record,
    "as it stood": as_it_stood,
    "who opened it": who_opened_it,
    "erasing": erasing,
    "put away": put_away,
    "drafts": drafts,
    "no drafts": no_drafts,
    "returns": returns,
    "returns without a threshold": returns_without_threshold,
    **{f"settings {index}": settings_tab(index) for index in range(7)},
    "import files": import_files,
    "import columns": import_columns,
    "import look": import_look,
}


ROUNDS = rounds(
    PLACES,
    ("today", "returns", "import files", "no drafts"),
    (*(f"client {name}" for name in ("timeline", "plan", "contacts", "work", "details")), "history"),
    tuple(f"settings {index}" for index in range(7)),
)


GONE_TO_ONCE = rounds(
    PLACES,
    *(names for names in ROUNDS.values() if len(names) > 1),
    ("details form", "job form", "plan form", "new action", "new client"),
)
"""The forms of a round lie on tabs and pages of their own, so that none is in sight of another."""


def ways(desk: DeskWindow, caseload: Caseload, names: Iterable[str]) -> dict[str, Callable[[], None]]:
    return {name: partial(PLACES[name], desk, caseload) for name in names}


@pytest.mark.parametrize("names", ROUNDS)
def test_page_can_be_used_by_everybody(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, qapp: QApplication, theme: Theme, names: str
) -> None:
    """Names, targets, order and contrast; then every stop of the keyboard; then the contrast of the dark colours."""
    desk = open_desk(vault)
    assert unfit_for_somebody(desk, theme, qapp, ways(desk, caseload, ROUNDS[names])) == {}


@pytest.mark.parametrize("names", GONE_TO_ONCE)
def test_nothing_is_cut_at_twice_the_text(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, qapp: QApplication, theme: Theme, names: str
) -> None:
    theme.apply(qapp, "light", 2.0)
    desk = open_desk(vault)
    assert cut(desk, ways(desk, caseload, GONE_TO_ONCE[names])) == {}


def test_worked_out_return_can_be_used_by_everybody(
    vault: OpenVault, open_desk: Opener, qapp: QApplication, theme: Theme
) -> None:
    people(vault, 60)
    desk = open_desk(vault)
    prepared = worked_out(desk)
    desk.returns.figures.table.choose(next(one.id for one in prepared.figures if one.client_ids))
    theme.apply(qapp, "light", 2.0)
    assert _found_in_parts(desk, accessibility_walk.clipping_findings) == []
    theme.apply(qapp, "light")
    assert _found_in_parts(desk, accessibility_walk.walk) == []
    assert _found_in_parts(desk, accessibility_walk.focus_findings) == []
    theme.apply(qapp, "dark")
    assert _found_in_parts(desk, accessibility_walk.contrast_findings) == []


def _found_in_parts(desk: DeskWindow, check: Callable[[QWidget], list[str]]) -> list[str]:
    found = []
    for place in range(desk.returns.tabs.count()):
        desk.returns.tabs.setCurrentIndex(place)
        settle()
        desk.awake()
        found += check(desk.window)
    return found


def test_columns_grow_with_the_text(
    vault: OpenVault, open_desk: Opener, qapp: QApplication, theme: Theme
) -> None:
    people(vault, 60)
    desk = open_desk(vault)
    worked_out(desk)
    columns = desk.returns.figures.table.horizontalHeader()
    before = columns.sectionSize(1)
    date = desk.returns.as_at.width()
    theme.apply(qapp, "light", 2.0)
    settle()
    assert columns.sectionSize(1) > 1.5 * before
    assert desk.returns.as_at.width() > 1.5 * date


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_question_in_a_window_of_its_own_can_be_used_by_everybody(
    qtbot: QtBot, qapp: QApplication, theme: Theme, colours: Literal["light", "dark"]
) -> None:
    theme.apply(qapp, colours)
    dialog = TextQuestion(
        "Why is it erased?", yes="&Erase", explain="It cannot be taken back.", start="Asked"
    )
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    settle()
    assert accessibility_walk.walk(dialog) == []
    assert accessibility_walk.focus_findings(dialog) == []
