"""Employers added, joined and parted, found from anywhere; schemes and guidance worded, printed and counted."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from coachdesk.casework.employers import list_employers
from coachdesk.casework.guidance_sheets import list_guidance
from coachdesk.casework.schemes import list_schemes
from coachdesk.models import GuidanceSheet
from coachdesk.papers.guidance import GuidancePrint
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, seen, settle
from tests.journeys.employers import World, employers, form_of, named, shown, there
from tests.makers import (
    a_client,
    a_good_work_check,
    a_job,
    an_adjustment,
    ask,
    days_ago,
    keep,
)
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey


@pytest.fixture
def world(vault: OpenVault, caseload: Caseload) -> World:
    del caseload
    return World(vault)


def test_an_employer_is_added_joined_parted_and_put_away(
    vault: OpenVault, desk: DeskWindow, world: World
) -> None:
    found = there(desk)
    desk.press("New employer", found)
    form = found.new_form.form
    desk.fill(form, name="Quill Bakery Ltd", phone="01539 9")
    found.new_form.save()
    desk.until(lambda: found.view.name.text() == "Quill Bakery Ltd")
    desk.press("Employers that may stand here twice", found)
    desk.until(lambda: "Nearly the same name" in desk.words(found))
    desk.press("Not the same: Quill Bakery and Quill Bakery Ltd", found)
    desk.until(lambda: "No two employers look like one" in desk.words(found))
    undo = desk.said[-1].then
    assert undo is not None
    undo()
    desk.until(lambda: "Nearly the same name" in desk.words(found))
    desk.press("Join Quill Bakery and Quill Bakery Ltd as Quill Bakery", found)
    desk.until(lambda: "No two employers look like one" in desk.words(found))
    assert "Quill Bakery Ltd" not in named(found)
    found = shown(desk, "Quill Bakery")
    found.view.tabs.setCurrentIndex(1)
    settle()
    desk.press("Part again: Quill Bakery Ltd", found.view)
    desk.until(lambda: "Quill Bakery Ltd" in named(found))
    desk.press("Join with another…", found.view)
    other = next(one.id for one in ask(vault, list_employers, TODAY) if one.name == "Quill Bakery Ltd")
    desk.fill(form_of(found.view.join), other_id=str(other))
    found.view.join.form.save()
    desk.until(lambda: "Quill Bakery Ltd" not in named(found))
    desk.press("Part again: Quill Bakery Ltd", found.view)
    found.show_employer(other)
    desk.until(lambda: found.view.name.text() == "Quill Bakery Ltd")
    desk.press("Put this employer away", found.view)
    desk.until(lambda: "Quill Bakery Ltd" not in named(found))
    assert found.right.currentWidget() is found.nobody
    assert isinstance(world.bakery.id, UUID)


def test_a_page_of_guidance_is_printed(desk: DeskWindow, world: World, tmp_path: Path) -> None:
    found = there(desk)
    desk.press("Guidance to print and leave behind", found)
    title = "Adjustments that cost little"
    desk.dialogs.script(None, tmp_path / "page.pdf")
    desk.press(f"Print: {title}", found.guidance)  # nobody says where: nothing happens
    assert not found.guidance.printing.found.isVisible()
    desk.press(f"Print: {title}", found.guidance)
    desk.until(lambda: "ready to print" in found.guidance.printing.found.text())
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert seen(found.guidance, QPushButton)


def test_a_manager_words_schemes_and_guidance_in_the_settings(
    vault: OpenVault, desk: DeskWindow, world: World
) -> None:
    del world
    desk.window.go("settings")
    settings = desk.settings
    names = [settings.tabs.tabText(place) for place in range(settings.tabs.count())]
    settings.tabs.setCurrentIndex(names.index("Employers"))
    settle()
    assert "No levels known" in desk.words(settings)
    assert "Lasts 36 months; named 60 days before" in desk.words(settings)
    desk.press("Change: Cumbria Good Employment Charter", settings)
    desk.fill(settings.schemes.form.form, levels="Signed", valid_months="12")
    settings.schemes.form.save()
    desk.until(lambda: "Lasts 12 months" in desk.words(settings))
    desk.press("Retire: Cumbria Good Employment Charter", settings)
    desk.until(lambda: "Retired Mon 5 Oct 2026" in desk.words(settings))
    desk.press("Bring back: Cumbria Good Employment Charter", settings)
    desk.press("Add a scheme", settings)
    desk.fill(settings.schemes.form.form, title="Furness Pledge")
    settings.schemes.form.save()
    desk.until(lambda: "Furness Pledge" in [one.title for one in ask(vault, list_schemes)])
    desk.press("Reword: Adjustments that cost little", settings)
    desk.fill(settings.guidance.form.form, body="Ask first.")
    settings.guidance.form.save()
    desk.until(lambda: "Reworded here" in desk.words(settings))
    desk.press("Restore: Adjustments that cost little", settings)
    desk.until(lambda: "Reworded here" not in desk.words(settings))


def test_an_employer_is_found_from_anywhere_and_a_draft_is_gone_on_with(
    desk: DeskWindow, world: World
) -> None:
    desk.control(Qt.Key.Key_K)
    desk.type("quill bak")
    box = desk.window.find_box
    desk.until(lambda: [one.title for one in box.groups["employers"].list.items()] == ["Quill Bakery"])
    desk.key(Qt.Key.Key_Down)  # a person whose name sounds alike stands first
    desk.key(Qt.Key.Key_Return)
    found = employers(desk)
    desk.until(lambda: found.view.name.text() == "Quill Bakery")
    view = found.view
    view.tabs.setCurrentIndex(1)
    settle()
    for part, typed in ((view.facts, {"note": "Half typed"}), (view.sites, {"name": "Half typed"})):
        part.start()
        settle()
        desk.fill(form_of(part), **typed)
        form_of(part).changed.emit()
        form_of(part).draft.emit(form_of(part).raw())
        part.form.close_form()
    found.new_employer()
    desk.fill(found.new_form.form, name="Half typed")
    form = found.new_form.form
    assert form is not None
    form.draft.emit(form.raw())
    found.new_form.close_form()
    found.show_list()
    for draft in (f"employer:site:{world.bakery.id.hex}:new", f"employer:facts:{world.bakery.id.hex}:new"):
        found.go_on(draft)
        settle()
    assert view.tabs.currentIndex() == 1
    assert form_of(view.sites).raw()["name"] == "Half typed"
    assert form_of(view.facts).raw()["note"] == "Half typed"
    found.go_on("employer:new")
    settle()
    assert found.new_form.form is not None
    assert found.new_form.form.raw()["name"] == "Half typed"
    found.view.go_on("nothing we know", "new")
    desk.window.open_employer(world.mill.id)
    desk.until(lambda: found.view.name.text() == "Quill Mill")


def test_what_became_of_three_people_is_counted_and_guidance_may_be_missing(
    vault: OpenVault, desk: DeskWindow, world: World, tmp_path: Path
) -> None:
    people = [a_client(coach_id=vault.coach_id, reference=f"Q-{number}") for number in range(3)]
    jobs = [a_job(one, world.mill, started_on=days_ago(50)) for one in people]
    jobs[0].ended_on, jobs[0].end_reason = days_ago(3), "contract_ended"
    later = a_job(world.client, world.mill, started_on=TODAY + dt.timedelta(days=3))
    keep(
        vault, *people, *jobs, later,
        *(a_good_work_check(one, answers={"job_security": "partly"}) for one in jobs),
        an_adjustment(people[1], job_id=jobs[1].id, category="hours", decision="agreed"),
    )  # fmt: skip
    found = shown(desk, "Quill Mill")
    found.view.tabs.setCurrentIndex(3)
    settle()
    words = desk.words(found.view)
    for told in ("Contract ended", "0 put in place", "0 yes, 3 partly, 0 no", "the last answers of 3 people"):
        assert told in words
    found.view.record_talk()
    whom = found.view.talks.talk_form.for_whom
    whom.field.setFocus()
    desk.type("nobody at all")
    desk.until(lambda: "None of your clients matches" in whom.words.text())
    desk.key(Qt.Key.Key_Return)
    whom.field.clear()
    desk.type("quill")
    desk.until(whom.found.items)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Up)
    desk.key(Qt.Key.Key_Return)
    desk.until(whom.talks)
    whom.chosen.setFocus()
    desk.key(Qt.Key.Key_Up)
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: found.view.talks.form.form is None)
    found.show_guidance()
    settle()
    sheet = next(iter(ask(vault, list_guidance)))
    for one in ask(vault, list_guidance):
        with unit_of_work(vault, by_program=True) as work:
            work.session.get_one(GuidanceSheet, one.id).archived_at = dt.datetime(2026, 10, 5, tzinfo=dt.UTC)
    desk.dialogs.script(tmp_path / "page.pdf")
    found.guidance.print_page(sheet, GuidancePrint.LARGE)
    desk.until(lambda: "not there any more" in found.guidance.printing.found.text())
    found.guidance.refresh()
    desk.until(lambda: "No pages of guidance" in desk.words(found.guidance))
