"""Ways of the Work tab that no journey takes: what is gone meanwhile, parts folded away, keys that mean nothing."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from coachdesk.casework.good_work import SaveGoodWork, save_good_work
from coachdesk.casework.job_evidence import AddEvidence, JobQuestion, add_evidence, list_job_evidence
from coachdesk.casework.job_starts import RecordJob, record_job
from coachdesk.casework.job_terms import SaveTerms, save_terms
from coachdesk.models import Employer, JobTerms, new_id
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.work_tab import WorkTab
from coachdesk.ui.office import Office
from coachdesk.ui.theme import Theme
from coachdesk.ui.work.job_keys import JobKeys
from coachdesk.ui.work.weeks_panel import WeeksPanel
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload, a_caseload
from tests.journeys.desk_window import DeskWindow, page, seen
from tests.makers import ask, days_ago, do
from tests.vault_fixtures import TODAY


@pytest.fixture
def caseload(vault: OpenVault) -> Caseload:
    return a_caseload(vault)


@pytest.fixture
def desk(
    caseload: Caseload, vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> Iterator[DeskWindow]:
    del caseload
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    yield opened
    opened.close()


def work_tab(desk: DeskWindow) -> WorkTab:
    return page(desk.view.parts[TABS.index("work")], WorkTab)


def office(desk: DeskWindow) -> Office:
    return desk.window.office


def a_full_job(vault: OpenVault, client: UUID) -> UUID:
    wish = RecordJob(
        client_id=client,
        employer_name="Fell Cafe",
        title="Barista",
        started_on=days_ago(100),
        usual_hours="10",
        hourly_pay="12",
    )
    job, _ = do(vault, record_job, wish)
    do(vault, save_terms, SaveTerms(job_id=job, as_on=days_ago(10), usual_hours="12", hourly_pay="13"))
    seen_on = {"from_on": days_ago(100), "to_on": days_ago(70), "note": "September’s"}
    payslip = AddEvidence(job_id=job, outcome="four_hours", sort="payslip", seen_on=TODAY, **seen_on)  # type: ignore[arg-type]  # days and a note
    do(vault, add_evidence, payslip)
    for back, answers in ((60, {"mind": "no", "safe": "partly"}), (1, {"mind": "yes", "safe": "partly"})):
        check = SaveGoodWork(job_id=job, done_on=days_ago(back), answers=answers, note="A fixed day off")
        do(vault, save_good_work, check)
    return job


def _stay_away(session: Session, employer: UUID) -> None:
    session.get_one(Employer, employer).do_not_approach = "Ask Tom first"


def test_parts_of_a_job_fold_open_one_at_a_time_and_stay_so(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    job = a_full_job(vault, caseload.today)
    desk.open(caseload.today)
    desk.tab("work")
    tab = work_tab(desk)
    (card,) = tab.cards()
    assert "£12.00 an hour is below the legal minimum" in desk.words(tab)  # in the line of those days
    assert card.job.below_minimum == ""
    assert "Do not approach" not in desk.words(tab)
    desk.press("Good work: Barista at Fell Cafe", tab)
    words = desk.words(tab)
    for said in ("Mostly", "Hardly", "A fixed day off", "Health, safety and wellbeing"):
        assert said in words
    assert card.panel is not None
    card.panel.refresh()
    do(vault, save_terms, SaveTerms(job_id=job, as_on=days_ago(5), usual_hours="14"))
    do(vault, _stay_away, card.job.employer_id)
    tab.refresh()
    (card,) = tab.cards()
    assert "Do not approach this employer: Ask Tom first" in desk.words(tab)
    assert card.chips["good_work"].isChecked()
    desk.press("Good work: Barista at Fell Cafe", tab)
    assert card.panel is None
    desk.press("Evidence: Barista at Fell Cafe", tab)
    assert "covers Sat 27 Jun 2026 to Mon 27 Jul 2026" in desk.words(tab)
    desk.press("Weeks of work: Barista at Fell Cafe", tab)
    (weeks,) = seen(tab, WeeksPanel)
    assert len(weeks.lines) == 6
    desk.click(weeks.more_button)
    assert len(weeks.lines) == 16
    desk.press("Hours and pay: Barista at Fell Cafe", tab)
    desk.press("Take out: hours and pay From Wed 30 Sep 2026", tab)
    assert "14 hours a week" not in desk.words(tab)


def test_drafts_wait_for_the_jobs_and_of_what_is_gone_nothing_opens(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    tab = work_tab(desk)
    tab.start_job({})
    assert tab.form.isHidden()
    job = a_full_job(vault, caseload.today)
    terms = ask(vault, lambda s, _: [one.id for one in s.query(JobTerms).filter(JobTerms.job_id == job)])
    desk.open(caseload.today)
    desk.tab("work")
    tab._rows = None
    tab.go_on("end", job.hex)
    assert tab.form.form is None
    tab.refresh()
    assert tab.form.heading.text() == "The job has ended"
    desk.press("Put away", tab.form)
    for kind, about in (
        ("end", new_id().hex),
        (f"terms_{new_id().hex}", job.hex),
        ("unheard-of", job.hex),
    ):
        tab.go_on(kind, about)
        assert tab.form.form is None
    tab.go_on(f"terms_{terms[0].hex}", job.hex)
    assert tab.form.heading.text() == "Correct hours and pay"
    tab.check_good_work(job)
    assert tab.cards()[0].chips["good_work"].isChecked()


def test_the_key_of_a_job_means_nothing_while_nobody_is_shown(desk: DeskWindow) -> None:
    keys = desk.view.findChild(JobKeys)
    assert keys is not None
    keys.record()
    assert work_tab(desk).form.form is None
    assert not keys.answers(None)


def test_the_check_is_answered_question_by_question_and_back(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.open(caseload.late)
    desk.tab("work")
    tab = work_tab(desk)
    desk.press("Good work: Job at Bay Bakery", tab)
    desk.press("Do a good-work check", tab)
    form = tab.form.form
    assert form is not None
    for key in (Qt.Key.Key_Up, Qt.Key.Key_1, Qt.Key.Key_Up, Qt.Key.Key_3):
        desk.key(key)
    assert form.raw()["job_security"] == "no"
    assert not form.row("union").isVisible()
    form.input("union").set_raw("yes")
    form.changed.emit()
    assert form.row("union").isVisible()  # what is answered does not hide
    tab.form.close_form()
    form = None
    tab.form._fold()
    tab.form._to_title()


def test_an_employer_is_marked_taken_or_left(desk: DeskWindow, vault: OpenVault, caseload: Caseload) -> None:
    a_full_job(vault, caseload.today)
    desk.open(caseload.coming)
    desk.control(Qt.Key.Key_J)
    form = work_tab(desk).form
    assert form.form is not None
    assert form.employer is not None
    desk.type("fell")
    assert form.employer.popup.isVisible()
    form.employer.popup.setCurrentIndex(form.employer.popup.model().index(0, 0))
    QTest.keyClick(form.employer.popup, Qt.Key.Key_Enter)
    assert form.form.raw()["employer_name"] == "Fell Cafe"
    assert form.form.input("title").target.hasFocus()
    form.form.input("employer_name").focus()
    line = form.form.input("employer_name").target
    QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_Delete)
    assert not form.employer.popup.isVisible()
    desk.key(Qt.Key.Key_Tab)
    assert not form.form.row("employer_town").isVisible()
    form.form.input("employer_name").focus()
    desk.type("fell cafe")
    desk.key(Qt.Key.Key_Tab)
    assert not form.form.row("employer_town").isVisible()
    assert office(desk).desk.clock.today() == TODAY


def test_evidence_is_corrected_in_its_place_and_its_draft_comes_back(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    job = a_full_job(vault, caseload.today)
    desk.open(caseload.today)
    desk.tab("work")
    tab = work_tab(desk)
    desk.press("Evidence: Barista at Fell Cafe", tab)
    desk.press("Correct: Payslip", tab)
    assert tab.form.form is not None
    assert tab.form.form.raw()["note"] == "September’s"
    desk.fill(tab.form.form, note="October’s")
    tab.form.form.draft.emit(tab.form.form.raw())
    held = ask(vault, list_job_evidence, JobQuestion(job_id=job, today=TODAY)).outcomes[1].held[0]
    assert held.id is not None
    desk.press("Put away", tab.form)
    tab.go_on(f"evidence_{held.id.hex}", job.hex)
    desk.until(lambda: tab.form.form is not None)
    assert tab.form.form.raw()["note"] == "October’s"
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: "October’s" in desk.words(tab))
    assert "September’s" not in desk.words(tab)
