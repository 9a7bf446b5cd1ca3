"""Looking for work, on a client's page: wishes by single keys, reasons in sight, a way to a job that moves on by one key."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from coachdesk.casework.applications import (
    ApplicationRow,
    MoveOn,
    SaveApplication,
    list_applications,
    move_on,
    save_application,
)
from coachdesk.casework.benefits_questions import list_benefits_questions
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.disclosure_decisions import DisclosureRow, list_disclosures
from coachdesk.casework.job_wishes import SaveWishes, read_wishes, save_wishes
from coachdesk.casework.profile import WriteAnswer, write_answer
from coachdesk.casework.today import DueItem, DueRef
from coachdesk.casework.vacancies import SaveVacancy, save_vacancy
from coachdesk.desk.counter import Executors
from coachdesk.models import Job
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.work_tab import WorkTab
from coachdesk.ui.job_search.job_search_tab import JobSearchTab
from coachdesk.ui.job_search.search_card import SearchCard
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen, settle
from tests.makers import an_employer, ask, days_ago, do, found, keep
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MOST_FOR_WISHES = 7
"""Opened, one key for each of five answers (two of them "no matter"), and saved."""
SOON = TODAY + dt.timedelta(days=3)


def work(desk: DeskWindow) -> WorkTab:
    return page(desk.view.parts[TABS.index("work")], WorkTab)


def search(desk: DeskWindow) -> JobSearchTab:
    return page(desk.view.parts[TABS.index("search")], JobSearchTab)


def at(desk: DeskWindow, client: UUID) -> JobSearchTab:
    desk.open(client)
    desk.tab("search")
    return search(desk)


def question(client: UUID) -> ClientQuestion:
    return ClientQuestion(client_id=client, today=TODAY)


def rows(vault: OpenVault, client: UUID) -> tuple[ApplicationRow, ...]:
    return ask(vault, list_applications, question(client))


def decisions(vault: OpenVault, client: UUID) -> tuple[DisclosureRow, ...]:
    return ask(vault, list_disclosures, question(client))


def lead(vault: OpenVault, client: UUID, title: str = "Baker", **values: Any) -> UUID:
    told = {"employer_name": "Bay Bakery", "found_on": days_ago(9), **values}
    return do(vault, save_application, SaveApplication(client_id=client, title=title, **told))[0]


def vacancy(vault: OpenVault, title: str, **values: Any) -> None:
    told = {"employer_name": "Mill Lane Foods", "found_on": days_ago(2), **values}
    do(vault, save_vacancy, SaveVacancy(title=title, **told))


def button(card: QWidget, act: str, place: int = 0) -> QPushButton:
    return [one for one in seen(card, QPushButton) if one.property("act") == act][place]


def answer(card: SearchCard, name: str, raw: object) -> None:
    assert card.form.form is not None
    card.form.form.input(name).set_raw(raw)


def save(desk: DeskWindow, card: SearchCard) -> None:
    desk.click(card.form.save_button)


def test_wishes_by_single_keys(vault: OpenVault, caseload: Caseload, open_desk: Opener) -> None:
    desk = open_desk(vault, Executors.threads())
    tab = at(desk, caseload.today)
    desk.until(tab.wishes_button.isVisible)
    desk.actions = 0
    desk.click(tab.wishes_button)
    for key in (Qt.Key.Key_3, Qt.Key.Key_1, Qt.Key.Key_1, Qt.Key.Key_4, Qt.Key.Key_2):
        desk.key(key)
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: "Must have: mornings." in desk.words(tab.wishes))
    assert desk.actions <= MOST_FOR_WISHES
    assert ask(vault, read_wishes, question(caseload.today)).sentences == (
        "Must have: mornings.", "Will not do: nights.", "Would like: weekends.",
    )  # fmt: skip
    assert tab.wishes.add_button.hasFocus()
    assert tab.beginning.isHidden()
    desk.key(Qt.Key.Key_Z, CONTROL, SHIFT)
    desk.until(tab.beginning.isVisible)


def test_the_measured_wishes_stand_beside_the_profile(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    wish = WriteAnswer(client_id=caseload.today, name="preferred_hours", words="Home by two")
    do(vault, write_answer, wish)
    tab = at(desk, caseload.today)
    assert "Hours that suit me, from the profile: “Home by two”" in desk.words(tab.wishes)
    desk.click(tab.wishes.add_button)
    desk.fill(
        tab.wishes.form.form, least_hours="16", most_hours="20", least_pay="12.71", towns="Barrow, Ulverston",
        sector="10", other_sector="Q", sectors_strength="never", pay_strength="", own_words="No shouting",
    )  # fmt: skip
    answer(tab.wishes, "traits", ["quiet=need"])
    save(desk, tab.wishes)
    said = desk.words(tab.wishes)
    assert "Must have: 16 to 20 hours a week; £12.71 an hour or more; quiet place." in said
    assert "Will not do: Manufacture of food products" in said
    assert "In their words: “No shouting”" in said
    desk.click(tab.wishes.add_button)
    form = tab.wishes.form.form
    assert form is not None
    raw = form.raw()
    assert (raw["least_hours"], raw["sector"], raw["other_sector"], raw["traits"]) == (
        "16",
        "10",
        "Q",
        ["quiet=need"],
    )
    desk.fill(form, sector_3="I")
    form.changed.emit()  # another choice stands below as soon as one is answered
    assert [form.row(name).isHidden() for name in ("sector_3", "sector_4", "sector_5")] == [
        False,
        False,
        True,
    ]
    form.draft.emit(form.raw())
    desk.click(tab.wishes.form.away_button)
    desk.awake()
    assert tab.wishes.add_button.hasFocus()
    desk.click(tab.wishes.add_button)
    form = tab.wishes.form.form
    assert form is not None
    desk.until(lambda: not form.row("sector_4").isHidden())  # the draft is back, and what it needs with it
    save(desk, tab.wishes)
    assert "Accommodation and food" in desk.words(tab.wishes)
    do(vault, save_wishes, SaveWishes(client_id=caseload.coming, traits={"a_dog": "like"}))
    other = at(desk, caseload.coming)
    assert "Home by two" not in desk.words(other)
    desk.click(other.wishes.add_button)
    assert "a_dog" in desk.words(other.wishes.form)  # what the list offers no more stays with who wants it
    save(desk, other.wishes)
    assert "Would like: a_dog." in desk.words(other.wishes)


def test_vacancies_stand_beside_the_wishes_and_become_a_lead_in_one_act(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    do(vault, save_wishes, SaveWishes(client_id=caseload.today, traits={"nights": "never", "quiet": "like"}))
    keep(vault, an_employer(name="Mill Lane Foods", do_not_approach="Ring Pat only"))
    vacancy(vault, "Night packer", traits={"nights": "yes"})
    for place in range(5):
        vacancy(vault, f"Packer {place}", traits={"nights": "no"}, closes_on=SOON + dt.timedelta(days=place))
    tab = at(desk, caseload.today)
    said = desk.words(tab.matches)
    for words in (
        "Packer 0 at Mill Lane Foods", "1 of 2 wishes fit, 1 not known", "Would like: Quiet place — not known, ask",
        "Do not approach this employer: Ring Pat only", "closes Thu 8 Oct",
    ):  # fmt: skip
        assert words in said
    assert "Packer 4" not in said
    assert "Night packer" not in said
    desk.press("Show all 5", tab.matches)
    assert "Packer 4" in desk.words(tab.matches)
    desk.press("1 goes against a must or a will-not", tab.matches)
    lines = desk.words(tab.matches).split("\n")
    assert "Will not do: Nights — part of this job" in lines[lines.index("Night packer at Mill Lane Foods") :]
    desk.actions = 0
    desk.press("Make it a lead: Packer 0 at Mill Lane Foods", tab.matches)
    assert desk.actions == 1
    assert [(one.title, one.stage, one.next_on) for one in rows(vault, caseload.today)] == [
        ("Packer 0", "lead", SOON)
    ]
    assert "Theirs: Lead" in desk.words(tab.matches)
    at(desk, caseload.coming)
    assert "Packer 4" not in desk.words(tab.matches)
    assert "No wishes to compare with yet" in desk.words(tab.matches)


def test_a_way_to_a_job_moves_on_by_one_key(desk: DeskWindow, vault: OpenVault, caseload: Caseload) -> None:
    application = lead(vault, caseload.today)
    tab = at(desk, caseload.today)
    button(tab.applications, "on").setFocus()
    desk.actions = 0
    for stage in ("applied", "interview", "offer", "accepted"):
        desk.key(Qt.Key.Key_Space)
        assert rows(vault, caseload.today)[0].stage == stage
    assert desk.actions == 4
    held = QApplication.focusWidget()
    assert held is not None
    assert held.property("about") == application.hex
    desk.press("Record the job: Baker at Bay Bakery", tab.applications)
    assert desk.view.tabs.currentIndex() == TABS.index("work")
    form = work(desk).form
    assert form.form is not None
    assert (form.form.raw()["employer_name"], form.form.raw()["title"]) == ("Bay Bakery", "Baker")
    desk.click(form.away_button)
    desk.tab("search")
    desk.press("Record the job: Baker at Bay Bakery", tab.applications)
    work(desk).record()  # Ctrl+J: another job is written down instead
    desk.fill(form.form, employer_name="Corner Shop", started_on="1 Oct")
    desk.click(form.save_button)
    assert rows(vault, caseload.today)[0].job_id is None
    desk.tab("search")
    desk.press("Record the job: Baker at Bay Bakery", tab.applications)
    desk.click(form.save_button)
    (row,) = rows(vault, caseload.today)
    assert row.job_id is not None
    assert found(vault, Job, row.job_id).title == "Baker"
    desk.tab("search")
    assert "Record the job" not in desk.words(tab.applications)
    desk.press("1 has ended", tab.applications)
    assert "Baker at Bay Bakery" in desk.words(tab.applications)
    desk.press("1 has ended", tab.applications)
    assert "Baker at Bay Bakery" not in desk.words(tab.applications)


def test_a_lead_is_typed_changed_visited_and_ended(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    tab = at(desk, caseload.today)
    card = tab.applications
    desk.click(card.add_button)
    desk.fill(card.form.form, employer_name="Bay Bakery", title="Baker", source="friends")
    save(desk, card)
    assert "Family or friends" in desk.words(card)
    assert "until then we tell them nothing" in desk.words(card)
    desk.press("Change: Baker at Bay Bakery", card)
    desk.fill(card.form.form, next_step="Ring Sam", next_on="tomorrow", note="Ask for Sam")
    save(desk, card)
    assert "Next: Ring Sam · Tomorrow" in desk.words(card)
    desk.press("Interview or visit: Baker at Bay Bakery", card)
    desk.fill(
        card.form.form, sort="trial", happens_on="5/10/2026", at_time="9.30", with_whom="Sam", support="Quiet"
    )
    save(desk, card)
    line = "Working trial: Mon 5 Oct 09:30  ·  with Sam  ·  asked for: Quiet"
    assert line in desk.words(card)
    desk.click(button(card, "interview"))
    desk.fill(card.form.form, happens_on="3/10/2026")
    save(desk, card)
    assert button(card, "interview").text() == "How did it go?"
    desk.click(button(card, "interview"))
    desk.fill(card.form.form, how_it_went="I liked it")
    answer(card, "cancelled", True)
    save(desk, card)
    assert "how it went: “I liked it”  ·  cancelled" in desk.words(card)
    desk.press("End or other stage: Baker at Bay Bakery", card)
    desk.fill(card.form.form, stage="withdrawn", end_reason="Too far by bus")
    save(desk, card)
    desk.press("1 has ended", card)
    assert "Why it ended: Too far by bus" in desk.words(card)
    (row,) = rows(vault, caseload.today)
    assert (row.stage, row.next_step, row.note) == ("withdrawn", "", "Ask for Sam")
    desk.click(next(one for one in seen(card, QPushButton) if one.accessibleName().startswith("History of")))
    assert desk.view.tabs.currentIndex() == TABS.index("history")


def test_what_an_employer_is_told_and_a_benefits_question(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    lead(vault, caseload.today)
    tab = at(desk, caseload.today)
    card = tab.disclosures
    desk.press("What they are told: Baker at Bay Bakery", tab.applications)
    desk.fill(
        card.form.form, decision="part", what="A break each hour", to_whom="Sam", by_whom="me",
        own_words="Not why", review_on="8/10/2026",
    )  # fmt: skip
    save(desk, card)
    line = "Tell them a part: A break each hour, to Sam, said by me."
    assert line in desk.words(card)
    assert line in desk.words(tab.applications)
    assert "Look again in 3 days" in desk.words(card)
    desk.click(button(card, "review"))
    save(desk, card)
    assert "In force" in desk.words(card)
    desk.press("What they are told: Baker at Bay Bakery", tab.applications)
    form = card.form.form
    assert form is not None
    assert form.raw()["what"] == "A break each hour"
    assert not card.form.visibleRegion().isEmpty()  # the page has been scrolled to it
    desk.fill(form, what="Nothing but my hours")
    save(desk, card)
    desk.press("1 earlier decision", card)
    assert "Earlier" in desk.words(card)
    assert line in desk.words(card)
    desk.press("Withdraw: What Bay Bakery is told", card)
    assert [one.in_force for one in decisions(vault, caseload.today)] == [False, False]
    assert "Withdrawn" in desk.words(card)
    assert "until then we tell them nothing" in desk.words(tab.applications)
    asked = tab.benefits
    assert "CoachDesk reckons nothing itself" in desk.words(asked)
    desk.click(asked.add_button)
    desk.fill(asked.form.form, question="Do I keep PIP?", asked_of="Citizens Advice")
    answer(asked, "application_id", str(rows(vault, caseload.today)[0].id))
    save(desk, asked)
    assert "of Citizens Advice  ·  Baker at Bay Bakery" in desk.words(asked)
    desk.press("Answer: Do I keep PIP?", asked)
    desk.fill(asked.form.form, answer="Yes", better_off="34.50")
    save(desk, asked)
    form = asked.form.form
    assert form is not None
    assert set(form.refusals()) == {"reckoned_by"}
    desk.fill(form, reckoned_by="Ann at Citizens Advice")
    save(desk, asked)
    assert "£34.50 a week better off, as reckoned by Ann at Citizens Advice." in desk.words(asked)
    assert not ask(vault, list_benefits_questions, question(caseload.today))[0].is_open


def test_what_was_typed_is_offered_again_and_a_refusal_is_said(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    application = lead(vault, caseload.today)
    tab = at(desk, caseload.today)
    for draft, card in (
        (f"search:application:{application.hex}", tab.applications),
        (f"search:lead:{caseload.today.hex}", tab.applications),
        (f"search:wishes:{caseload.today.hex}", tab.wishes),
        (f"search:decide:{caseload.today.hex}", tab.disclosures),
        (f"search:question:{caseload.today.hex}", tab.benefits),
    ):
        desk.view.go_on(draft)
        settle()
        assert card.form.isVisible(), draft
        card.form.close_form()
    tab.applications.rows = {}
    desk.view.go_on(f"search:stage:{application.hex}")
    assert not tab.applications.form.isVisible()
    tab.refresh()
    assert tab.applications.form.isVisible()
    desk.view.go_on("search:nothing:known")
    tab.applications.form.close_form()
    due = DueItem(
        ref=DueRef("application", application, TODAY), client_id=caseload.today, client_name="Tariq", initials="T",
        stage="", on=TODAY, words="Today", what="Ring Sam", kind="application", origin="",
    )  # fmt: skip
    desk.tab("plan")
    desk.view.record_contact(due)
    assert tab.applications.form.isVisible()
    assert not desk.view.contact_form.isVisible()
    desk.view.record_contact(None)
    assert desk.view.contact_form.isVisible()
    desk.view.contact_form.put_away()
    tab.applications.form.close_form()
    do(vault, save_wishes, SaveWishes(client_id=caseload.today, traits={"quiet": "like"}))
    tab.refresh()
    desk.view.go_on(f"search:wishes:{caseload.today.hex}")
    assert tab.wishes.form.isVisible()
    row = rows(vault, caseload.today)[0]
    do(vault, move_on, MoveOn(application_id=application, stage="applied", on=TODAY))
    tab.applications.do(move_on, MoveOn(application_id=row.id, stage="applied", on=SOON))
    assert "Choose a day" in desk.said[-1].words
    with pytest.raises(LookupError):
        JobSearchTab(tab.office).wishes.whose()
