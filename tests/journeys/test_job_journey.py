"""Work in the window: a job recorded by keyboard alone within its budget, and what stands below it."""

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.work import JobRow, list_jobs
from coachdesk.desk.counter import Executors
from coachdesk.models import Employer, Enrolment, GoodWorkCheck, Job, JobEvidence, JobTerms, WorkWeek
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.work_tab import WorkTab
from coachdesk.ui.work.weeks_panel import WeeksPanel
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen
from tests.makers import a_check_in, ask, days_ago
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


def test_a_line_of_today_opens_the_check_and_the_answer_takes_it_away(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    with unit_of_work(vault, label="Four weeks on") as work:
        enrolment = work.session.scalars(
            select(Enrolment.id).where(Enrolment.client_id == caseload.late)
        ).one()
        job = work.session.get_one(Job, caseload.job)
        job.started_on, job.enrolment_id = days_ago(28), enrolment
        for week in (1, 2, 3, 4):
            work.session.add(a_check_in(job, due_on=days_ago(28 - 7 * week)))
    desk = open_desk(vault)
    line = desk.due()["Maya Okonkwo"]
    assert line.item.what == "Good-work check: how good is the job at Bay Bakery?"
    desk.click(line.record_button)
    assert work_tab(desk).form.form is not None
    desk.key(Qt.Key.Key_1)
    desk.control(Qt.Key.Key_Return)
    assert len(all_of(vault, GoodWorkCheck)) == 1
    desk.window.go("today")
    assert "Maya Okonkwo" not in desk.due()


def test_details_are_corrected_a_job_ends_and_drafts_come_back(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.open(caseload.late)
    desk.tab("work")
    tab = work_tab(desk)
    desk.press("Correct the details of Job at Bay Bakery", tab)
    desk.fill(tab.form.form, title="Baker", occupation="Food", is_competitive="yes", soc="bread")
    desk.control(Qt.Key.Key_Return)
    assert "up to four digits" in desk.words(tab.form)
    desk.fill(tab.form.form, soc="5432", note="Early shifts")
    desk.control(Qt.Key.Key_Return)
    words = desk.words(tab)
    for said in ("Baker at Bay Bakery", "Kind of work: Food 5432", "Open to anybody: Yes", "Early shifts"):
        assert said in words
    desk.press("Baker at Bay Bakery has ended", tab)
    desk.fill(tab.form.form, end_reason="health", end_note="Too early in the day")
    assert tab.form.form is not None
    tab.form.form.draft.emit(tab.form.form.raw())
    desk.press("Put away", tab.form)
    tab.go_on("end", caseload.job.hex)
    assert tab.form.form.raw()["end_note"] == "Too early in the day"
    desk.control(Qt.Key.Key_Return)
    assert "Why it ended: Health" in desk.words(tab)
    (job,) = jobs_of(vault, caseload.late)
    assert (job.ended_on, job.end_reason) == (TODAY, "health")
    for kind in ("correct", "terms", "evidence", "fill", "check"):
        tab.go_on(kind, caseload.job.hex)
        assert tab.form.form is not None
        desk.press("Put away", tab.form)
    tab.go_on("start", caseload.late.hex)
    desk.fill(tab.form.form, employer_name="New Place", employer_town="Millom")
    tab.form.form.draft.emit(tab.form.form.raw())
    desk.press("Put away", tab.form)
    desk.control(Qt.Key.Key_J)
    assert tab.form.form.row("employer_town").isVisible()
    desk.open(caseload.coming)
    assert tab.form.isHidden()
    assert "No jobs yet" in desk.words(tab)


def test_rates_of_pay_are_kept_in_settings(desk: DeskWindow, vault: OpenVault) -> None:
    desk.window.go("settings")
    card = desk.settings.rates
    desk.settings.show_part("rates")
    assert "£13.45 from Wed 22 Oct 2025" in desk.words(card)
    desk.press("A new rate from a day on", card)
    desk.fill(card.form.form, name="real_living_wage", pay="14", valid_from="20 Oct 2026", source_note="")
    desk.control(Qt.Key.Key_Return)
    assert "Please fill this in." in desk.words(card)
    desk.fill(card.form.form, source_note="Living Wage Foundation")
    desk.control(Qt.Key.Key_Return)
    assert "£13.45 from Wed 22 Oct 2025 to Mon 19 Oct 2026" in desk.words(card)
    desk.press("Correct: Real Living Wage, UK, £14.00 from Tue 20 Oct 2026", card)
    desk.fill(card.form.form, pay="14.10")
    desk.control(Qt.Key.Key_Return)
    assert "£14.10 from Tue 20 Oct 2026" in desk.words(card)
    desk.press("Take out: Real Living Wage, UK, £14.10 from Tue 20 Oct 2026", card)
    assert "£14.10" not in desk.words(card)
    desk.press("Take out: Real Living Wage, UK, £13.45 from Wed 22 Oct 2025", card)
    assert "No rate of today is here: pay is not judged by it." in desk.words(card)
