"""Work in the window: a job recorded by keyboard alone within its budget, and what stands below it."""

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.work import JobRow, list_jobs
from coachdesk.desk.counter import Executors
from coachdesk.models import Employer, GoodWorkCheck, JobEvidence, JobTerms, WorkWeek
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.work_tab import WorkTab
from coachdesk.ui.work.weeks_panel import WeeksPanel
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen
from tests.makers import ask, days_ago
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

MOST_ACTIONS = 10
MOST_FOR_A_NEW_EMPLOYER = MOST_ACTIONS + 3
ALT = Qt.KeyboardModifier.AltModifier


def work_tab(desk: DeskWindow) -> WorkTab:
    return page(desk.view.parts[TABS.index("work")], WorkTab)


def jobs_of(vault: OpenVault, client: UUID) -> tuple[JobRow, ...]:
    return ask(vault, list_jobs, ClientQuestion(client_id=client, today=TODAY))


def all_of(vault: OpenVault, record: Any) -> list[Any]:
    return ask(vault, lambda s, _: list(s.scalars(select(record).where(record.archived_at.is_(None)))))


def begin(desk: DeskWindow, caseload: Caseload) -> None:
    """From Today to the form of a job that has started, by keys."""
    desk.until(desk.due)
    desk.control(Qt.Key.Key_K)
    desk.find("hussai", caseload.today)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.header.name.text() == "Tariq Hussain")
    desk.control(Qt.Key.Key_J)
    desk.until(lambda: work_tab(desk).form.form is not None)


def test_a_job_with_an_employer_who_is_known_takes_ten_actions(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    begin(desk, caseload)
    form = work_tab(desk).form
    desk.type("bay b")
    desk.until(lambda: form.employer is not None and form.employer.popup.isVisible())
    desk.key(Qt.Key.Key_Return)  # takes the first and goes on to the title
    desk.type("Van driver")
    desk.key(Qt.Key.Key_Tab)
    desk.type("1 Oct")
    desk.key(Qt.Key.Key_H, ALT)
    desk.type("16")
    desk.key(Qt.Key.Key_Tab)
    desk.type("12.71")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_P)
    desk.control(Qt.Key.Key_Return)
    desk.until(form.isHidden)
    assert desk.actions <= MOST_ACTIONS
    desk.until(lambda: "Van driver at Bay Bakery" in desk.words(work_tab(desk)))
    (job,) = jobs_of(vault, caseload.today)
    assert (job.title, job.employer, job.contract) == ("Van driver", "Bay Bakery", "permanent")
    assert (job.started_on, job.hours_words, job.pay_words) == (
        days_ago(4),
        "16 hours a week",
        "£12.71 an hour",
    )
    assert (job.employment_type, job.is_main) == ("employee", True)
    assert len(all_of(vault, Employer)) == 1


def test_a_job_with_a_new_employer_takes_three_more(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    begin(desk, caseload)
    form = work_tab(desk).form
    assert form.form is not None
    assert not form.form.row("employer_town").isVisible()
    desk.type("Duddon Joinery")
    desk.key(Qt.Key.Key_Tab)
    desk.until(form.form.row("employer_town").isVisible)
    desk.type("Joiner")
    desk.key(Qt.Key.Key_Tab)
    desk.type("1 Oct")
    desk.key(Qt.Key.Key_W, ALT)
    desk.type("Millom")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_1)
    desk.key(Qt.Key.Key_H, ALT)
    desk.type("37.5")
    desk.key(Qt.Key.Key_Tab)
    desk.type("14")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_P)
    desk.control(Qt.Key.Key_Return)
    desk.until(form.isHidden)
    assert desk.actions <= MOST_FOR_A_NEW_EMPLOYER
    made = next(one for one in all_of(vault, Employer) if one.name == "Duddon Joinery")
    assert (made.town, made.size_band) == ("Millom", "micro")


def test_what_few_need_folds_open_by_key_and_the_form_comes_filled(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.open(caseload.today)
    desk.tab("work")
    tab = work_tab(desk)
    recorded: list[UUID] = []
    tab.job_recorded.connect(recorded.append)
    tab.start_job({"employer_name": "Bay Bakery", "title": "Baker", "hourly_pay": "12.00"})
    form = tab.form.form
    assert form is not None
    assert form.raw()["title"] == "Baker"
    assert not form.row("guaranteed_hours").isVisible()
    desk.awake()
    form.focus_first()
    desk.key(Qt.Key.Key_M, ALT)
    desk.until(form.row("guaranteed_hours").isVisible)  # a box is clicked by its key a moment later
    desk.fill(form, usual_hours="20", guaranteed_hours="8", wants_more_hours="yes", evidence="payslip")
    desk.control(Qt.Key.Key_Return)
    (job,) = jobs_of(vault, caseload.today)
    assert recorded == [job.id]
    words = desk.words(tab)
    assert "below the legal minimum of £12.71" in words
    assert "8 of 20 usual hours are guaranteed: 12 hours a week are not." in words
    assert "Wants more hours than the job gives." in words
    assert "£1.45 below the real Living Wage of £13.45" in words


def test_hours_evidence_weeks_and_good_work_stand_below_a_job(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.open(caseload.late)
    desk.tab("work")
    tab = work_tab(desk)
    desk.press("Other hours or pay from a day on", tab)
    desk.fill(tab.form.form, as_on="1 Oct", usual_hours="20", hourly_pay="13.45")
    desk.control(Qt.Key.Key_Return)
    assert "reaches the real Living Wage" in desk.words(tab)
    desk.press("Correct: hours and pay From Thu 1 Oct 2026", tab)
    desk.fill(tab.form.form, hourly_pay="14")
    desk.control(Qt.Key.Key_Return)
    assert [one.hourly_pence for one in all_of(vault, JobTerms)] == [1400]
    desk.press("Weeks of work: Job at Bay Bakery", tab)
    (weeks,) = seen(tab, WeeksPanel)
    desk.press("The same every week…", weeks)
    desk.control(Qt.Key.Key_Return)
    assert {one.paid_minutes for one in all_of(vault, WorkWeek)} == {960, 1200}  # the job began on a Tuesday
    (weeks,) = seen(tab, WeeksPanel)
    monday = max(weeks.lines)
    line = weeks.lines[monday]
    line.hours.setFocus()
    line.hours.selectAll()
    desk.type("12")
    desk.key(Qt.Key.Key_Tab)
    kept = {one.week_on: one.paid_minutes for one in all_of(vault, WorkWeek)}
    assert kept[monday] == 720
    line.pay.setFocus()
    desk.type("lots")
    desk.key(Qt.Key.Key_Tab)
    assert "Type pounds for the week" in desk.words(weeks)
    desk.press("Evidence: Job at Bay Bakery", tab)
    assert "Missing" in desk.words(tab)
    desk.press("Add evidence of First four paid hours", tab)
    desk.fill(tab.form.form, sort="payslip")
    desk.control(Qt.Key.Key_Return)
    assert [one.outcome for one in all_of(vault, JobEvidence)] == ["four_hours"]
    assert "seen on Mon 5 Oct 2026 (Ruth Ellison)" in desk.words(tab)
    desk.press("Take out: Payslip", tab)
    assert all_of(vault, JobEvidence) == []


def test_the_good_work_check_is_a_key_a_question(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.open(caseload.late)
    desk.tab("work")
    tab = work_tab(desk)
    tab.check_good_work(caseload.job)
    desk.actions = 0
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_0):
        desk.key(key)
    for key in (Qt.Key.Key_P, Qt.Key.Key_S, Qt.Key.Key_1, Qt.Key.Key_1):
        desk.key(key)
    assert tab.form.save_button.hasFocus()
    desk.key(Qt.Key.Key_Space)
    assert desk.actions == 9  # eight questions and Save
    (check,) = all_of(vault, GoodWorkCheck)
    assert check.answers == {
        "job_security": "yes",
        "pay_enough": "partly",
        "mind": "no",
        "skills": "dont_know",
        "manager": "prefers_not_to_say",
        "worry": "yes",
        "progression": "yes",
    }
    words = desk.words(tab)
    for said in ("Health, safety and wellbeing", "Getting on (progression)", "Partly", "No answer"):
        assert said in words
