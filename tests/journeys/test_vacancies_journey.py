"""Vacancies of the team: written down by keyboard, found again, closed, and whom each may suit; applications by stage."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.casework.applications import MoveOn, SaveApplication, move_on, save_application
from coachdesk.casework.benefits_questions import SaveBenefitsQuestion, save_benefits_question
from coachdesk.casework.disclosure_decisions import DecideDisclosure, decide_disclosure
from coachdesk.casework.interviews import SaveInterview, save_interview
from coachdesk.casework.job_wishes import SaveWishes, save_wishes
from coachdesk.casework.vacancies import (
    SaveVacancy,
    VacanciesQuestion,
    VacancyRow,
    list_vacancies,
    save_vacancy,
)
from coachdesk.desk.counter import DraftRow, Executors
from coachdesk.terms import Changes, Kind, Ref
from coachdesk.ui.theme import Theme
from coachdesk.ui.vacancies.page import VacanciesPage
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, settle
from tests.makers import an_employer, ask, days_ago, do, keep
from tests.ui import accessibility_walk
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MOST_FOR_A_VACANCY = 4
"""The place, New vacancy, one Tab, and saved."""
_NOW = dt.datetime(2026, 10, 5, 9, tzinfo=dt.UTC)
SOON = TODAY + dt.timedelta(days=3)


def vacancies(desk: DeskWindow) -> VacanciesPage:
    return page(desk.window.pages["vacancies"], VacanciesPage)


def there(desk: DeskWindow) -> VacanciesPage:
    desk.window.go("vacancies")
    settle()
    return vacancies(desk)


def vacancy(vault: OpenVault, title: str, **values: Any) -> UUID:
    told = {"employer_name": "Mill Lane Foods", "found_on": days_ago(2), **values}
    return do(vault, save_vacancy, SaveVacancy(title=title, **told))[0]


def kept(vault: OpenVault) -> tuple[VacancyRow, ...]:
    return ask(vault, list_vacancies, VacanciesQuestion(today=TODAY, only_open=False)).rows


def titles(found: VacanciesPage) -> list[str]:
    return [one.title for one in found.table.table.rows()]


def test_a_vacancy_by_keyboard(vault: OpenVault, caseload: Caseload, open_desk: Opener) -> None:
    del caseload
    desk = open_desk(vault, Executors.threads())
    desk.key(Qt.Key.Key_V, CONTROL, SHIFT)
    found = vacancies(desk)
    desk.until(found.nothing.isVisible)
    desk.click(found.new_button)
    desk.until(lambda: found.form.form is not None)
    desk.type("Bay Bakery")
    desk.key(Qt.Key.Key_Tab)
    desk.type("Baker")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: titles(found) == ["Baker"])
    assert desk.actions <= MOST_FOR_A_VACANCY
    assert (kept(vault)[0].employer, kept(vault)[0].employment_type) == ("Bay Bakery", "employee")
    desk.key(Qt.Key.Key_Z, CONTROL, SHIFT)
    desk.until(lambda: not titles(found))


def test_a_vacancy_is_changed_closed_and_opened_again(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    del caseload
    keep(vault, an_employer(name="Sad Mill", do_not_approach="Ring Pat only"))
    vacancy(vault, "Packer", least_hours="16", traits={"nights": "no"}, town="Kendal")
    vacancy(vault, "Baker", closes_on=SOON, town="Barrow", least_pay="12.80")
    found = there(desk)
    for column, first in ((0, "Baker"), (3, "Packer"), (4, "Baker"), (5, "Baker")):
        found.table.table.sort(column)
        assert titles(found)[0] == first
    desk.click(found.soon_chip)
    assert titles(found) == ["Baker"]
    assert "Closes" in desk.words(found.card)
    desk.click(found.open_chip)
    found.towns.setCurrentIndex(2)
    found.towns.activated.emit(2)
    settle()
    assert (found.towns.currentText(), titles(found)) == ("Kendal", ["Packer"])
    assert "Not part of it: Nights" in desk.words(found.card)
    desk.click(found.change_button)
    form = found.form
    assert form.form is not None
    assert (form.form.raw()["least_hours"], form.form.raw()["traits"]) == ("16", ["nights=no"])
    assert not form.warning.isVisible()
    desk.fill(
        form.form, employer_name="Sad Mill", contract="", postcode="LA9",
        how_to_apply="In person", note="Ask for Sam",
    )  # fmt: skip
    form.form.input("traits").set_raw(["nights=yes", "quiet=no"])
    form.form.input("employer_name").target.editingFinished.emit()  # type: ignore[attr-defined]  # a line of text
    settle()
    assert "Ring Pat only" in desk.words(form.warning)
    desk.click(form.save_button)
    said = desk.words(found.card)
    for words in (
        "Part of it: Nights",
        "How to apply: In person",
        "Do not approach this employer",
        "Kendal, LA9",
    ):
        assert words in said
    desk.click(found.close_button)
    assert not form.warning.isVisible()
    desk.fill(form.form, closed_reason="Filled")
    desk.click(form.save_button)
    assert "None like this now" in desk.words(found)
    desk.click(found.all_chip)
    assert "Closed Mon 5 Oct 2026. Filled" in desk.words(found.card)
    desk.click(found.reopen_button)
    assert kept(vault)[-1].closed_on is None
    found.reopen_button.click()  # a button that was there a moment ago
    assert "This vacancy is open" in desk.said[-1].words
    found.table.opened.emit(found.table.current_row())
    settle()
    desk.click(form.away_button)
    desk.awake()
    assert found.new_button.hasFocus()
    packer = kept(vault)[-1].id.hex
    for key, field in (("new", "title"), (packer, "title"), (f"close:{packer}", "closed_reason")):
        desk.window.go("today")
        draft = DraftRow(key=f"vacancy:{key}", form="vacancy", client_id=None, body={}, saved_at=_NOW)
        desk.window.go_on_writing(draft)
        settle()
        assert form.form is not None, key
        assert field in form.form.names(), key
        form.close_form()
    assert not found.wants(Changes())
    assert found.wants(Changes(refs=frozenset({Ref(Kind.VACANCY, kept(vault)[0].id)})))


def test_whom_a_vacancy_may_suit_and_who_is_at_which_stage(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    do(vault, save_wishes, SaveWishes(client_id=caseload.today, traits={"nights": "never"}))
    vacancy(vault, "Night packer", traits={"nights": "yes"})
    found = there(desk)
    said = desk.words(found.card)
    assert "Nobody who looks for work and has written down what they want." in said
    assert "1 more looks for work and has written down no wishes yet." in said
    desk.press("1 person has a must or a will-not against it", found.card)
    assert "Will not do: Nights — part of this job" in desk.words(found.card)
    do(vault, save_wishes, SaveWishes(client_id=caseload.coming, traits={"nights": "like"}))
    desk.click(found.whose_button)
    assert "1 of 1 wish fits" in desk.words(found.card)
    assert found.whose_button.text() == "Show only &mine"
    desk.press("Open the client: Jean Postlethwaite", found.card)
    desk.until(lambda: desk.view.client_id == caseload.coming)
    found = there(desk)
    desk.click(found.board_chip)
    assert "No applications are under way" in desk.words(found.board)
    assert not found.list_card.isVisible()
    wish = SaveApplication(
        client_id=caseload.today, employer_name="Bay Bakery", title="Baker", found_on=days_ago(3), next_on=TODAY,
        next_step="Ring Sam",
    )  # fmt: skip
    do(vault, save_application, wish)
    other = SaveApplication(
        client_id=caseload.late, employer_name="Bay Bakery", title="Driver", found_on=days_ago(3)
    )
    application = do(vault, save_application, other)[0]
    do(vault, move_on, MoveOn(application_id=application, stage="withdrawn", on=TODAY))
    found.refresh()
    settle()
    said = desk.words(found.board)
    for words in (
        "Lead",
        "Baker at Bay Bakery",
        "Ring Sam",
        "Today",
        "1 came to no job in the last 12 weeks",
    ):
        assert words in said
    assert found.board_chip.text() == "Applications by stage 1"
    found.board.resize(300, found.board.height())
    desk.press("Tariq Hussain: Baker at Bay Bakery", found.board)
    desk.until(lambda: desk.view.client_id == caseload.today)
    desk.window.go("vacancies")
    desk.click(found.jobs_chip)
    assert found.list_card.isVisible()


def full(vault: OpenVault, caseload: Caseload) -> None:
    """Have something of everything, for whoever looks at it."""
    do(
        vault,
        save_wishes,
        SaveWishes(client_id=caseload.today, traits={"nights": "never", "quiet": "like"}, own_words="Quiet"),
    )
    keep(vault, an_employer(name="Sad Mill", do_not_approach="Ring Pat only"))
    vacancy(
        vault, "Packer", employer_name="Sad Mill", least_hours="16", traits={"nights": "no"}, closes_on=SOON
    )
    vacancy(vault, "Night packer", traits={"nights": "yes"})
    wish = SaveApplication(
        client_id=caseload.today, employer_name="Bay Bakery", title="Baker", found_on=days_ago(3), next_on=TODAY,
        next_step="Ring Sam",
    )  # fmt: skip
    application = do(vault, save_application, wish)[0]
    interview = SaveInterview(
        application_id=application, happens_on=SOON, at_time="9:30", support="Quiet room"
    )
    do(vault, save_interview, interview)
    decision = DecideDisclosure(
        client_id=caseload.today,
        employer_name="Bay Bakery",
        decision="nothing",
        decided_on=TODAY,
        review_on=SOON,
    )
    do(vault, decide_disclosure, decision)
    asked = SaveBenefitsQuestion(client_id=caseload.today, question="Do I keep PIP?", asked_on=TODAY)
    do(vault, save_benefits_question, asked)


def to_tab(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("search")


def to_form(desk: DeskWindow, _caseload: Caseload) -> None:
    there(desk).new_vacancy()


def to_board(desk: DeskWindow, _caseload: Caseload) -> None:
    vacancies(desk).form.close_form()
    desk.click(vacancies(desk).board_chip)


Way = Callable[[DeskWindow, Caseload], object]


@pytest.mark.parametrize("ways", [(to_tab,), (to_form, to_board)], ids=["tab", "page"])
def test_place_can_be_used_by_everybody(
    vault: OpenVault,
    caseload: Caseload,
    open_desk: Opener,
    qapp: QApplication,
    theme: Theme,
    ways: tuple[Way, ...],
) -> None:
    full(vault, caseload)
    desk = open_desk(vault)
    for way in ways:
        way(desk, caseload)
        settle()
        assert accessibility_walk.walk(desk.window) == []
        desk.awake()
        assert accessibility_walk.focus_findings(desk.window) == []
    theme.apply(qapp, "light", 2.0)
    settle()
    assert accessibility_walk.clipping_findings(desk.window) == []
