"""What would spoil a return is put right before it is worked out, client after client, with the keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.casework.quality import data_quality
from coachdesk.ui.returns.quality_view import scope_of
from coachdesk.vault.opened import OpenVault
from tests.journeys.conftest import Opener
from tests.journeys.test_return_journey import choose, worked_out
from tests.makers import ask
from tests.returns.test_prepare import WISH, people

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def left(vault: OpenVault, field: str) -> int:
    lines = ask(vault, data_quality, scope_of(WISH))
    return next((line.count for line in lines if line.field == field), 0)


def test_the_queue_goes_from_client_to_client_and_the_number_falls(
    vault: OpenVault, open_desk: Opener
) -> None:
    people(vault, 30)
    desk = open_desk(vault)
    choose(desk, "grant")
    quality = desk.returns.nothing.quality
    assert quality.isVisible()
    count = left(vault, "ethnic_group")
    assert count == 30
    desk.press(
        "Put right: 30 of 30 have no ethnic group: the return will show 100.0% not stated", desk.returns
    )
    queue = quality.queue
    assert queue.count.text() == "1 of 30"
    assert queue.form.form is not None
    first = queue.form.heading.text()
    here = QApplication.focusWidget()
    assert here is not None
    assert queue.form.form.row("ethnic_group").isAncestorOf(here)
    desk.fill(queue.form.form, ethnic_group="white_irish")
    queue.form.form.input("ethnic_group").focus()
    desk.key(Qt.Key.Key_Tab)
    assert queue.count.text() == "2 of 30"
    assert queue.form.heading.text() != first
    assert left(vault, "ethnic_group") == 29
    assert any("29 of 30 have no ethnic group" in line.sentence for line in quality.shown_lines())
    desk.press("Skip this client", desk.returns)
    assert queue.count.text() == "3 of 30"
    desk.fill(queue.form.form, ethnic_group="white_irish")
    queue.form.form.input("ethnic_group").focus()
    desk.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert left(vault, "ethnic_group") == 28
    desk.key(Qt.Key.Key_Escape)
    assert not queue.isVisible()


def test_it_is_there_after_working_out_too_and_ends_after_the_last(
    vault: OpenVault, open_desk: Opener
) -> None:
    people(vault, 30)
    desk = open_desk(vault)
    prepared = worked_out(desk)
    desk.returns.tabs.setCurrentIndex(1)
    quality = desk.returns.quality
    assert [line.id for line in quality.shown_lines()] == [line.id for line in prepared.quality]
    line = next(one for one in prepared.quality if one.field == "ethnic_group")
    desk.press(f"Put right: {line.sentence}", desk.returns)
    for _ in range(line.count):
        desk.press("Skip this client", desk.returns)
    assert not quality.queue.isVisible()
