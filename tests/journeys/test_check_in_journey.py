"""A check-in by keyboard alone within its budgets (product.md 3, row 5), with everything it may ask, and taken back."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from coachdesk.desk.counter import DraftRow, Executors
from coachdesk.models import Action, BankHoliday, CheckIn, Contact, Job, JobTerms, Reading
from coachdesk.ui.charts import Bars
from coachdesk.ui.check_ins.check_ins_card import CheckInsCard
from coachdesk.ui.clients.contact_form import ContactForm
from coachdesk.ui.forms.form import Form
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen
from tests.makers import a_check_in, ask, days_ago, job_terms, keep
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

MOST_ACTIONS = 10
MOST_UNCHANGED = 4


def kept(vault: OpenVault, kind: type[Any]) -> list[Any]:
    return ask(vault, lambda s, _: list(s.scalars(select(kind).order_by(kind.id))))


def on_the_check_in(desk: DeskWindow) -> None:
    """Start on Today, the keyboard on the line of whoever is due first: the check-in of Maya Okonkwo."""
    desk.until(desk.due)
    desk.until(desk.due()["Maya Okonkwo"].record_button.hasFocus)
    assert desk.actions == 0
    desk.key(Qt.Key.Key_Space)
    desk.until(lambda: desk.view.contact_form.form is not None)
    desk.until(lambda: form_of(desk).raw()["still_there"] == "yes")


def form_of(desk: DeskWindow) -> Form:
    found = desk.view.contact_form.form
    assert found is not None
    return found


def has_keyboard(desk: DeskWindow, name: str) -> bool:
    held = QApplication.focusWidget()
    return held is not None and form_of(desk).row(name).isAncestorOf(held)


def test_still_there_and_nothing_changed_in_four_actions(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    on_the_check_in(desk)
    desk.key(Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: has_keyboard(desk, "risk_of_leaving"))
    desk.key(Qt.Key.Key_2)
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.contact_form.form is None)
    assert desk.actions <= MOST_UNCHANGED
    (held,) = kept(vault, CheckIn)
    assert (held.job_id, held.still_there, held.hours_changed, held.pay_changed, held.risk_of_leaving) == (
        caseload.job,
        "yes",
        "no",
        "no",
        2,
    )
    desk.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: desk.due() and desk.due()["Maya Okonkwo"].item.on == days_ago(-1))


def test_what_changed_and_a_next_step_in_ten_actions_and_one_undo(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    job = ask(vault, lambda s, _: s.get_one(Job, caseload.job))
    keep(vault, job_terms(job, usual_minutes=960, hourly_pence=1271))
    desk = open_desk(vault, Executors.threads())
    on_the_check_in(desk)
    desk.key(Qt.Key.Key_Y)  # still in the job
    desk.key(Qt.Key.Key_Y)  # hours changed
    desk.key(Qt.Key.Key_N)  # pay did not
    desk.key(Qt.Key.Key_Y)  # adjustments are working
    assert has_keyboard(desk, "usual_hours")
    desk.type("20")
    desk.key(Qt.Key.Key_Return)
    desk.key(Qt.Key.Key_6)  # how likely to leave
    desk.key(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    desk.type("Ring her manager")
    desk.key(Qt.Key.Key_Tab)
    desk.type("+7d")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.contact_form.form is None)
    assert desk.actions <= MOST_ACTIONS
    (held,) = kept(vault, CheckIn)
    assert (held.hours_changed, held.pay_changed, held.adjustments_working, held.risk_of_leaving) == (
        *("yes", "no", "yes"),
        6,
    )
    terms = kept(vault, JobTerms)[-1]
    assert (terms.as_on, terms.usual_minutes, terms.hourly_pence) == (TODAY, 1200, 1271)
    step = kept(vault, Action)[-1]
    assert (step.what, step.due_on) == ("Ring her manager", days_ago(-7))
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    desk.until(lambda: kept(vault, CheckIn) == [])
    assert (kept(vault, Contact), len(kept(vault, JobTerms))) == ([], 1)
    assert "Ring her manager" not in [one.what for one in kept(vault, Action)]


def all_drafts(desk: DeskWindow) -> tuple[DraftRow, ...]:
    found: list[tuple[DraftRow, ...]] = []
    desk.desk.read_drafts(found.append)
    desk.until(lambda: found)
    return found[-1]


def test_areas_and_wellbeing_by_single_keys_and_put_away_half_way(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.click(desk.due()["Maya Okonkwo"].record_button)
    card = desk.view.contact_form
    form = form_of(desk)
    form.input("manager_talk").focus()
    desk.key(Qt.Key.Key_S)
    for key in (Qt.Key.Key_G, Qt.Key.Key_H, Qt.Key.Key_P, Qt.Key.Key_M, Qt.Key.Key_Backspace):
        desk.key(key)
    desk.key(Qt.Key.Key_Up)
    assert has_keyboard(desk, "relationships")
    areas = {name: form.raw()[name] for name in ("workload", "control", "support", "relationships", "role")}
    assert list(areas.values()) == ["good", "hard", "prefers_not_to_say", "mixed", ""]
    desk.key(Qt.Key.Key_Q, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: card.wellbeing.form is not None)
    desk.key(Qt.Key.Key_7)
    desk.key(Qt.Key.Key_S)
    desk.key(Qt.Key.Key_4)
    answered = card.wellbeing.form
    assert answered is not None
    answered.draft.emit(answered.raw())
    desk.press("Put away", card)
    (draft,) = all_drafts(desk)
    desk.window.go("today")
    desk.window.go_on_writing(draft)
    desk.until(lambda: card.recovered is not None and card.wellbeing.form is not None)
    assert card.wellbeing.answers() == {"ons4.satisfied": 7, "ons4.happy": 4}
    assert form_of(desk).raw()["control"] == "hard"
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: card.form is None)
    (held,) = kept(vault, CheckIn)
    assert held.areas == {
        "workload": "good",
        "control": "hard",
        "support": "prefers_not_to_say",
        "relationships": "mixed",
    }
    assert [one.items for one in kept(vault, Reading)] == [{"satisfied": 7, "happy": 4}]
    assert all_drafts(desk) == ()


def test_a_job_that_is_over_ends_here_and_what_cannot_be_is_said_beside_its_field(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.click(desk.due()["Maya Okonkwo"].record_button)
    card: ContactForm = desk.view.contact_form
    form = form_of(desk)
    form.input("still_there").focus()
    desk.key(Qt.Key.Key_N)
    assert form.row("ended_on").isVisible()
    desk.key(Qt.Key.Key_S)
    desk.key(Qt.Key.Key_Y)
    assert form.row("hourly_pay").isVisible()
    assert not form.row("usual_hours").isVisible()
    desk.fill(form, ended_on="yesterday", hourly_pay="a lot")
    desk.control(Qt.Key.Key_Return)
    assert set(form.refusals()) == {"hourly_pay"}
    assert kept(vault, CheckIn) == []
    desk.fill(form, hourly_pay="")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: card.form is None)
    assert [one.ended_on for one in kept(vault, Job)] == [days_ago(1)]
    ids: list[UUID] = [one.job_id for one in kept(vault, CheckIn)]
    assert ids == [caseload.job]


def test_wellbeing_questions_end_at_save(desk: DeskWindow, caseload: Caseload) -> None:
    desk.click(desk.due()["Maya Okonkwo"].record_button)
    card = desk.view.contact_form
    desk.click(card.wellbeing.ask_button)
    desk.until(lambda: card.wellbeing.form is not None)
    answered = card.wellbeing.form
    assert answered is not None
    for _ in answered.names():
        desk.key(Qt.Key.Key_S)
    assert card.save_button.hasFocus()
    assert card.wellbeing.answers() == {}
    desk.open(caseload.today)
    assert not card.wellbeing.isVisible()


def card_of(desk: DeskWindow, caseload: Caseload) -> CheckInsCard:
    desk.open(caseload.late)
    desk.tab("work")
    (card,) = seen(desk.view, CheckInsCard)
    return card


def test_a_check_in_is_moved_left_out_and_put_back_on_the_work_tab(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    card = card_of(desk, caseload)
    assert "Next: Week 2, Tue 29 Sep" in desk.words(card)
    desk.press("Move it: check-in at Bay Bakery", card)
    desk.fill(card.form.form, moved_to="Fri 9 Oct 2026", reason="client_wish", note="Her mother is here")
    desk.control(Qt.Key.Key_Return)
    desk.until(card.form.isHidden)
    desk.until(lambda: "Next: Week 3, Tue 6 Oct" in desk.words(card))
    desk.press("Leave it out: check-in at Bay Bakery", card)
    form = card.form.form
    assert form is not None
    form.draft.emit(form.raw())
    desk.press("Put away", card.form)
    (draft,) = all_drafts(desk)
    desk.window.go("today")
    desk.window.go_on_writing(draft)
    desk.until(card.form.isVisible)
    desk.fill(card.form.form, reason="client_holiday")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: "Next: Week 2, Fri 9 Oct" in desk.words(card))
    words = desk.words(card)
    assert "Moved from Tue 29 Sep: The client’s wish. Her mother is here" in words
    assert "Week 3, Tue 6 Oct, left out: The client is on holiday" in words
    desk.press("Put it back: Week 3, Tue 6 Oct, left out: The client is on holiday", card)
    desk.until(lambda: "Next: Week 3, Tue 6 Oct" in desk.words(card))
    desk.press("Record it: check-in at Bay Bakery", card)
    desk.until(lambda: desk.view.contact_form.form is not None)
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: "Next: Week 2, Fri 9 Oct" in desk.words(card))
    (held,) = kept(vault, CheckIn)
    assert held.due_on == days_ago(-1)


def test_the_story_shows_what_was_said_and_how_it_went(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, tmp_path: Path
) -> None:
    job = ask(vault, lambda s, _: s.get_one(Job, caseload.job))
    held = [
        a_check_in(job, due_on=days_ago(20 - day), risk_of_leaving=risk, areas={"workload": answer})
        for day, risk, answer in ((2, 1, "good"), (4, 3, "mixed"), (6, 5, "hard"), (8, 8, "hard"))
    ]
    keep(vault, *held)
    card = card_of(desk, caseload)
    (chart,) = seen(card, Bars)
    assert chart.accessibleName() == (
        "How likely to leave the job: 17 Sep 2026 1 of 10; 19 Sep 2026 3 of 10; 21 Sep 2026 5 of 10; "
        "23 Sep 2026 8 of 10"
    )
    words = desk.words(card)
    assert "The amount of work" in words
    assert "How likely to leave: 8 of 10  ·  The amount of work: hard" in words
    assert "How likely to leave: 1 of 10" not in words
    desk.press("Show 1 more: check-in at Bay Bakery", card)
    assert "How likely to leave: 1 of 10" in desk.words(card)
    desk.dialogs.script(tmp_path / "charts.pdf")
    desk.press("Print the charts…", card)
    desk.until(lambda: "Ready to print" in card.printing.found.text())
    assert (tmp_path / "charts.pdf").read_bytes().startswith(b"%PDF")
    desk.press("History of “the check-in of Wed 23 Sep 2026”", card)
    desk.until(lambda: "Kept for a test" in desk.words(desk.view))
    desk.open(caseload.today)
    desk.tab("work")
    assert not card.isVisible()


def test_a_bank_holiday_fills_in_the_next_working_day_and_its_reason(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    keep(vault, BankHoliday(falls_on=days_ago(-1), title="Founders’ Day"))
    card = card_of(desk, caseload)
    desk.press("Leave it out: check-in at Bay Bakery", card)
    desk.fill(card.form.form, reason="client_holiday")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: "Next: Week 3, Tue 6 Oct" in desk.words(card))
    assert "the next working day is Wed 7 Oct" in desk.words(card)
    desk.press("Move it: check-in at Bay Bakery", card)
    assert card.form.form is not None
    filled = card.form.form.raw()
    assert (filled["reason"], filled["moved_to"]) == ("bank_holiday", "Wed 7 Oct 2026")
    assert "Founders’ Day" in filled["note"]
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: "Next: Week 3, Wed 7 Oct" in desk.words(card))
