"""Everybody can use the questions of our own: names, keys, contrast, room at twice the text."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle
from tests.journeys.test_own_questions_journey import (
    CHOICES,
    add,
    card_of,
    questions,
)
from tests.ui import accessibility_walk
from tests.worlds import made_once

pytestmark = pytest.mark.journey


def every_sort(vault: OpenVault) -> None:
    made_once("every sort of question", _every_sort, vault)


def _every_sort(vault: OpenVault) -> None:
    for sort in ("text", "date", "number", "yes_no"):
        add(vault, f"What about {sort}?", sort, help="Ask it early.")
    for sort in ("choice", "choices"):
        add(vault, f"What about {sort}?", sort, choices=CHOICES, is_breakdown=True)


def show_the_form(desk: DeskWindow, caseload: Caseload) -> None:
    desk.click(card_of(desk, caseload.today).change_button)


def show_the_list(desk: DeskWindow, _caseload: Caseload) -> None:
    questions(desk)


def show_the_change(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.press("Change: What about choices?", questions(desk))


@pytest.mark.parametrize("show", [show_the_form, show_the_list, show_the_change])
def test_everybody_can_use_the_questions(
    vault: OpenVault,
    caseload: Caseload,
    open_desk: Opener,
    qapp: QApplication,
    theme: Theme,
    show: Callable[[DeskWindow, Caseload], None],
) -> None:
    every_sort(vault)
    desk = open_desk(vault)
    show(desk, caseload)
    settle()
    assert accessibility_walk.walk(desk.window) == []
    desk.awake()
    assert accessibility_walk.focus_findings(desk.window) == []
    theme.apply(qapp, "dark")
    settle()
    assert accessibility_walk.contrast_findings(desk.window) == []


@pytest.mark.parametrize("show", [show_the_form, show_the_list, show_the_change])
def test_no_question_is_cut_at_twice_the_text(
    vault: OpenVault,
    caseload: Caseload,
    open_desk: Opener,
    qapp: QApplication,
    theme: Theme,
    show: Callable[[DeskWindow, Caseload], None],
) -> None:
    every_sort(vault)
    theme.apply(qapp, "light", 2.0)
    desk = open_desk(vault)
    show(desk, caseload)
    settle()
    assert accessibility_walk.clipping_findings(desk.window) == []
