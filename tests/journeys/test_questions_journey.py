"""A question asked, looked through to its people, kept, taken out protected, and minded by the next return."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from coachdesk.returns.questions import INSIDE
from coachdesk.returns.questions_kept import list_questions
from coachdesk.returns.register import list_releases
from coachdesk.ui.returns.page import ReturnsPage
from coachdesk.ui.returns.questions import QuestionsPart
from coachdesk.vault.opened import OpenVault
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen
from tests.makers import ask
from tests.returns.test_prepare import people

pytestmark = [pytest.mark.journey, pytest.mark.slow]


def room(desk: DeskWindow) -> QuestionsPart:
    desk.window.go("returns")
    found = page(desk.window.pages["returns"], ReturnsPage).rooms.room("questions")
    assert isinstance(found, QuestionsPart)
    desk.until(lambda: found.builder.form.input("measure").value() == "starts")
    return found


def asked(desk: DeskWindow, part: QuestionsPart, **typed: str) -> None:
    form = part.builder.form
    desk.fill(form, **typed)
    form.changed.emit()
    desk.click(part.ask_button)
    desk.until(lambda: part.answer is not None)


def test_question_is_answered_kept_and_taken_out(vault: OpenVault, open_desk: Opener, tmp_path: Path) -> None:
    people(vault, 90)
    desk = open_desk(vault)
    part = room(desk)
    assert "No question is kept yet" in desk.words(part)
    desk.fill(part.builder.form, from_on="1 Jul 2026", to_on="30 Sep 2026")
    part.builder.form.changed.emit()
    asked(desk, part, measure="reach", by="sex")
    assert "not for release" in part.view.banner.accessibleName() or "not for release" in desk.words(
        part.view
    )
    assert part.view.table is not None
    assert part.view.table.accessibleName().startswith(INSIDE)
    answer = part.answer
    assert answer is not None
    line = next(row for row in answer.rows if row.number)
    part.view.table.choose(line.labels)
    desk.until(lambda: part.view.people.shown() != ())
    assert set(part.view.people.shown()) == set(line.client_ids)
    desk.dialogs.script("Reach by sex")
    desk.click(part.keep_button)
    assert [one.title for one in ask(vault, list_questions)] == ["Reach by sex"]
    desk.click(part.out_button)
    desk.until(lambda: part.prepared is not None)
    assert not part.view.isVisible(), "true numbers and what leaves are never side by side"
    assert "As it would leave" in desk.words(part)
    desk.dialogs.script(tmp_path)
    desk.click(part.write_button)
    desk.until(lambda: ask(vault, list_releases) != ())
    (release,) = ask(vault, list_releases)
    folder = tmp_path / "grant reach by sex 2026-07-01 to 2026-09-30"
    assert {file.name for file in folder.iterdir()} == set(release.files)
    assert part.prepared is None
    desk.press("Open: Reach by sex", part)
    desk.until(lambda: part.builder.form.input("by").value() == "sex")
    desk.dialogs.script("People by sex")
    desk.press("Rename: Reach by sex", part)
    desk.press("Remove: People by sex", part)
    assert ask(vault, list_questions) == ()


def test_what_is_missing_or_stays_inside_is_said(vault: OpenVault, open_desk: Opener) -> None:
    people(vault, 40)
    desk = open_desk(vault)
    part = room(desk)
    form = part.builder.form
    desk.fill(form, from_on="1 Jul 2026", to_on="30 Sep 2026", only="hub")
    form.changed.emit()
    desk.click(part.ask_button)
    assert form.refusals()["label"] == "Choose who is meant."
    asked(desk, part, label="Barrow Hub", by="coach", measure="reach")
    desk.click(part.out_button)
    refusal = page(desk.window.pages["returns"], ReturnsPage).refusal
    desk.until(refusal.isVisible)
    assert "your colleagues" in refusal.message.text()
    part.know_role(manages=False)
    said = [one.text().replace("&", "") for one in seen(part, QPushButton)]
    assert "Take it out…" not in said
    desk.fill(form, to_on="whenever")
    form.changed.emit()
    assert part.answer is None
    desk.click(part.ask_button)
    assert "to_on" in form.refusals()
