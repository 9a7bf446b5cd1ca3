"""Measures with the client opposite: one key a question, skipped or not answered kept apart, shown and never totalled."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.measures import MeasuresRow, read_measures
from coachdesk.casework.readings import SaveMeasures, save_measures
from coachdesk.casework.scales import SetScale, list_scales, set_scale
from coachdesk.desk.counter import Executors
from coachdesk.ui.charts import Bars
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.measures_tab import MeasuresTab, QuestionCard
from coachdesk.ui.forms.rating import RatingInput
from coachdesk.ui.settings.scales_card import ScalesCard
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen, settle
from tests.makers import ask, days_ago, do
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey


def measures_tab(desk: DeskWindow) -> MeasuresTab:
    return page(desk.view.parts[TABS.index("measures")], MeasuresTab)


def measures(vault: OpenVault, client: UUID) -> MeasuresRow:
    return ask(vault, read_measures, ClientQuestion(client_id=client, today=TODAY))


def answered(vault: OpenVault, client: UUID) -> dict[str, list[int | str | None]]:
    return {
        row.asked.name: [one.words if one.value is None else one.value for one in row.answers]
        for row in measures(vault, client).questions
        if row.answers
    }


def card(desk: DeskWindow, title: str) -> QuestionCard:
    return next(one for one in seen(measures_tab(desk), QuestionCard) if title in desk.words(one))


def rating(desk: DeskWindow, name: str) -> RatingInput:
    form = measures_tab(desk).form.form
    assert form is not None
    found = form.input(name)
    assert isinstance(found, RatingInput)
    return found


def test_six_questions_by_keyboard_are_one_key_each_and_save(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.open(caseload.today)
    desk.tab("measures")
    desk.until(lambda: "Nothing asked yet" in desk.words(measures_tab(desk)))
    desk.actions = 0
    desk.key(Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: measures_tab(desk).form.form is not None)
    for key in (Qt.Key.Key_3, Qt.Key.Key_T, Qt.Key.Key_P, Qt.Key.Key_0, Qt.Key.Key_S, Qt.Key.Key_6):
        desk.key(key)
    assert measures_tab(desk).form.save_button.hasFocus()
    desk.key(Qt.Key.Key_Space)
    desk.until(lambda: measures_tab(desk).form.form is None)
    assert desk.actions == 8  # open, six questions, save
    assert answered(vault, caseload.today) == {
        "ons4.satisfied": [3],
        "ons4.worthwhile": [10],
        "ons4.happy": ["Prefers not to say"],
        "ons4.anxious": [0],
        "scale.confidence": [6],
    }
    desk.until(lambda: seen(measures_tab(desk), QuestionCard))
    told = desk.words(measures_tab(desk))
    assert "4 have no second answer yet" in told
    assert "No number on Mon 5 Oct 2026: Prefers not to say" in told
    assert "No second answer to compare with yet." in told
    assert measures_tab(desk).ask_button.hasFocus()


def test_change_is_shown_question_by_question_with_its_bands(
    vault: OpenVault, caseload: Caseload, desk: DeskWindow
) -> None:
    for number, days in enumerate((90, 80, 70, 60, 50, 40, 30)):
        answers: dict[str, int | str] = {"ons4.happy": 2 + number, "ons4.anxious": 6}
        save = SaveMeasures(
            client_id=caseload.today, taken_on=days_ago(days), answers=answers, point="review"
        )
        do(vault, save_measures, save)
    for number, days in enumerate((10, 3)):
        one = {"scale.confidence": 5 - number}
        do(vault, save_measures, SaveMeasures(client_id=caseload.today, taken_on=days_ago(days), answers=one))
    desk.open(caseload.today)
    desk.tab("measures")
    happy = desk.words(card(desk, "Happy yesterday"))
    assert "From 2 (low), 7 Jul 2026 to 8 (high), 5 Sep 2026" in happy
    assert "Better" in happy
    assert "The same" in desk.words(card(desk, "Anxious yesterday"))
    own = desk.words(card(desk, "Confidence"))
    assert "Less good" in own
    assert "Less than four weeks apart" in own
    (chart,) = seen(card(desk, "Happy yesterday"), Bars)
    assert len(chart.chart.bars) == 6
    assert chart.chart.bars[0].spoken() == "2 · low"
    assert chart.chart.most == 10
    assert "3 have two answers to compare and 0 have no second answer yet" in desk.words(measures_tab(desk))
    history = next(
        one
        for one in seen(card(desk, "Confidence"), QPushButton)
        if one.accessibleName().startswith("History")
    )
    desk.click(history)
    assert desk.view.tabs.currentIndex() == TABS.index("history")


def test_one_goes_back_and_clears_and_the_edges_hold(
    vault: OpenVault, caseload: Caseload, desk: DeskWindow
) -> None:
    desk.open(caseload.today)
    desk.tab("measures")
    desk.press("Ask the questions", desk.view)
    desk.key(Qt.Key.Key_Up)
    desk.key(Qt.Key.Key_4)
    desk.key(Qt.Key.Key_Up)
    assert rating(desk, "ons4.satisfied").value() == 4
    desk.key(Qt.Key.Key_Backspace)
    assert rating(desk, "ons4.satisfied").value() is None
    desk.control(Qt.Key.Key_Return)
    form = measures_tab(desk).form.form
    assert form is not None
    assert "Nothing was answered yet" in form.refusals()[""]
    assert answered(vault, caseload.today) == {}


def test_what_was_answered_before_a_lock_is_there_again(
    vault: OpenVault, caseload: Caseload, desk: DeskWindow
) -> None:
    desk.open(caseload.today)
    desk.tab("measures")
    desk.press("Ask the questions", desk.view)
    desk.key(Qt.Key.Key_4)
    desk.open(caseload.coming)
    assert measures_tab(desk).form.isHidden()
    desk.open(caseload.today)
    desk.view.go_on(f"measures:ask:{caseload.today.hex}")
    settle()
    assert rating(desk, "ons4.satisfied").value() == 4
    measures_tab(desk).go_on("ask", caseload.coming.hex)
    assert answered(vault, caseload.today) == {}


def test_an_earlier_wording_is_shown_as_such(vault: OpenVault, caseload: Caseload, desk: DeskWindow) -> None:
    save = SaveMeasures(client_id=caseload.today, taken_on=days_ago(9), answers={"scale.confidence": 5})
    do(vault, save_measures, save)
    do(vault, set_scale, SetScale(key="confidence", title="Confidence", question="How sure are you?"))
    desk.open(caseload.today)
    desk.tab("measures")
    assert "Earlier wording, not asked now" in desk.words(card(desk, "Confidence"))


def scales_card(desk: DeskWindow) -> ScalesCard:
    desk.window.go("settings")
    settle()
    tabs = desk.settings.tabs
    tabs.setCurrentIndex([tabs.tabText(at) for at in range(tabs.count())].index("Questions"))
    settle()
    return desk.settings.scales


def test_the_charity_words_its_own_questions(vault: OpenVault, caseload: Caseload, desk: DeskWindow) -> None:
    shown = scales_card(desk)
    assert "Bands: Not yet from 0, Some from 4, Good from 7, Strong from 9" in desk.words(shown)
    desk.click(shown.add_button)
    desk.fill(
        shown.form.form, title="Sleep", question="How did you sleep?", low_words="badly", high_words="well"
    )
    desk.click(shown.form.save_button)
    assert "How did you sleep?" in desk.words(shown)
    desk.press("Reword: Sleep", shown)
    desk.fill(shown.form.form, high_words="", low_words="", higher_is_better="False", bands="1 Bad")
    desk.click(shown.form.save_button)
    assert shown.form.form is not None
    assert set(shown.form.form.refusals()) == {"bands"}
    desk.fill(shown.form.form, bands="")
    desk.click(shown.form.save_button)
    rows = {row.key: row for row in ask(vault, list_scales)}
    assert (rows["sleep"].higher_is_better, rows["sleep"].version) == (False, "1")
    assert "A lower answer is better." in desk.words(shown)
    answers = {"scale.sleep": 5}
    do(vault, save_measures, SaveMeasures(client_id=caseload.today, taken_on=TODAY, answers=answers))
    shown.refresh()
    settle()
    desk.press("Reword: Sleep", shown)
    assert "keep the words they were given to" in desk.words(shown)
    desk.fill(shown.form.form, question="How well did you sleep last night?")
    desk.click(shown.form.save_button)
    assert "Wording 2, not answered yet" in desk.words(shown)


def test_questions_are_retired_and_asked_again(vault: OpenVault, desk: DeskWindow) -> None:
    shown = scales_card(desk)
    desk.press("Retire: Confidence", shown)
    assert "Not asked since Mon 5 Oct 2026" in desk.words(shown)
    desk.press("Ask again: Confidence", shown)
    assert "Not asked since" not in desk.words(shown)
    assert all(row.retired_on is None for row in ask(vault, list_scales))
