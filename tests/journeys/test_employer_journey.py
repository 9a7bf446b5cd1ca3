"""Employers through the real window: who kept people in one click, a talk by keyboard, promises, joining, guidance."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from coachdesk.casework.employer_contacts import employer_contacts
from coachdesk.casework.employer_places import read_places
from coachdesk.casework.employer_schemes import held_schemes
from coachdesk.casework.employers import list_employers
from coachdesk.casework.guidance_sheets import list_guidance
from coachdesk.casework.schemes import list_schemes
from coachdesk.desk.counter import Executors
from coachdesk.models import Client, Employer, EmployerContact, GuidanceSheet
from coachdesk.papers.guidance import GuidancePrint
from coachdesk.ui.employers.page import EmployersPage
from coachdesk.ui.forms.form import Form
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen, settle
from tests.makers import (
    a_client,
    a_consent,
    a_good_work_check,
    a_job,
    an_adjustment,
    an_employer,
    ask,
    days_ago,
    keep,
)
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MOST_FOR_A_TALK = 11
"""The key of the place, into the list and to the button, the purpose, face to face, and saved: less than a contact."""


def employers(desk: DeskWindow) -> EmployersPage:
    return page(desk.window.pages["employers"], EmployersPage)


def there(desk: DeskWindow) -> EmployersPage:
    desk.window.go("employers")
    found = employers(desk)
    desk.until(found.pane.words.text)
    settle()
    return found


def named(found: EmployersPage) -> list[str]:
    return [one.title for one in found.pane.list.items()]


def shown(desk: DeskWindow, name: str) -> EmployersPage:
    """Choose an employer from the list."""
    found = there(desk)
    line = next(one for one in found.pane.list.items() if one.title == name)
    found.pane.list.choose(line.id)
    desk.until(lambda: found.view.name.text() == name)
    settle()
    return found


def form_of(part: Any) -> Form:
    form = part.form.form
    assert isinstance(form, Form)
    return form


class World:
    """Two employers and a client of the coach's own who works at one of them."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.client: Client = a_client(coach_id=vault.coach_id, first_name="Zofia", last_name="Quill")
        self.bakery: Employer = an_employer(name="Quill Bakery", town="Kendal")
        self.mill: Employer = an_employer(
            name="Quill Mill", do_not_approach="Their request of May", is_anchor=True
        )
        keep(
            vault, self.client, self.bakery, self.mill,
            a_job(self.client, self.bakery, started_on=days_ago(210)),
            a_job(self.client, self.mill, started_on=days_ago(30), ended_on=days_ago(20)),
        )  # fmt: skip


@pytest.fixture
def world(vault: OpenVault, caseload: Caseload) -> World:
    del caseload
    return World(vault)


def test_a_talk_by_keyboard_alone(vault: OpenVault, world: World, open_desk: Opener) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.actions = 0
    desk.key(Qt.Key.Key_M, CONTROL, SHIFT)
    found = employers(desk)
    desk.until(lambda: "Quill Bakery" in named(found))
    desk.type("quill ba")
    desk.key(Qt.Key.Key_Return)  # into the list, where the first is shown
    desk.key(Qt.Key.Key_Return)  # on to the employer itself
    desk.until(found.view.talk_button.hasFocus)
    desk.key(Qt.Key.Key_Space)
    desk.until(lambda: found.view.talks.form.form is not None)
    desk.key(Qt.Key.Key_Down)  # the first purpose: to learn what they need
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_Space)  # face to face
    desk.key(Qt.Key.Key_Tab)
    desk.type("Two shifts are free")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: found.view.talks.form.form is None)
    (row,) = ask(vault, employer_contacts, world.bakery.id)
    assert (row.purpose, row.face_to_face, row.outcome) == ("learn", True, "Two shifts are free")
    assert desk.actions <= MOST_FOR_A_TALK
    desk.until(lambda: "Two shifts are free" in desk.words(found.view))


def test_who_kept_people_is_one_click(desk: DeskWindow, world: World) -> None:
    found = there(desk)
    before = desk.actions
    desk.click(found.pane.chips["kept"])
    assert desk.actions - before == 1
    kept = {one.title: one.due for one in found.pane.list.items()}
    assert kept["Quill Bakery"] == "kept 1 of 1, longest 30 weeks"
    assert "Quill Mill" not in kept
    desk.click(found.pane.chips["anchor"])
    assert named(found) == ["Quill Mill"]
    for key in ("scheme", "ending", "due"):
        desk.click(found.pane.chips[key])
        assert named(found) == []
        assert "No employer" in found.pane.words.text()
    found.show_employer(world.bakery.id)  # one the chip leaves out brings all of them back
    desk.until(lambda: found.view.name.text() == "Quill Bakery")
    assert "Quill Bakery" in named(found)
    found.show_kept()
    assert found.pane.chips["kept"].isChecked()


def test_a_name_is_told_only_with_permission_and_the_note_stands_everywhere(
    desk: DeskWindow, world: World
) -> None:
    found = shown(desk, "Quill Mill")
    assert "Their request of May" in desk.words(found.view)
    desk.click(found.view.talk_button)
    part = found.view.talks
    assert part.talk_form.stay_away.isVisible()
    part.talk_form.for_whom.field.setFocus()
    desk.type("zofia q")
    desk.key(Qt.Key.Key_Return)
    desk.until(part.talk_form.for_whom.talks)
    part.talk_form.for_whom.chosen.setFocus()
    desk.key(Qt.Key.Key_Space)
    assert part.talk_form.for_whom.is_anybody_named()
    desk.fill(
        form_of(part), purpose="for_client", follow_up_on="1 September 2026", happened_on="1 September 2026"
    )
    part.form.save()
    settle()
    assert "override_reason" in form_of(part).refusals()
    keep(desk.desk._vault, a_consent(world.client, purpose="share_employer"))
    part.form.save()
    desk.until(lambda: part.form.form is None)
    settle()
    assert "For Zofia Quill (by name)" in desk.words(found.view)
    desk.press("Followed up: Speak for a client, Tue 1 Sep 2026", found.view)
    assert "followed up" in desk.words(found.view)
    desk.press("Open the follow-up again: Speak for a client, Tue 1 Sep 2026", found.view)
    desk.press("Change: Speak for a client, Tue 1 Sep 2026", found.view)
    part.talk_form.for_whom.chosen.choose(world.client.id)
    part.talk_form.for_whom.chosen.setFocus()
    desk.key(Qt.Key.Key_Delete)
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: part.form.form is None)
    assert "Zofia" not in desk.words(found.view)
    desk.press("Put away: Speak for a client, Tue 1 Sep 2026", found.view)
    assert "No talk is written down yet" in desk.words(found.view)


def test_facts_sites_people_and_promises(vault: OpenVault, desk: DeskWindow, world: World) -> None:
    found = shown(desk, "Quill Bakery")
    view = found.view
    view.tabs.setCurrentIndex(1)
    settle()
    desk.press("Change what is known of this employer", view)
    desk.fill(form_of(view.facts), sector="10", phone="01539 720000", note="Small and kind")
    view.facts.form.save()
    desk.until(lambda: "10 Manufacture of food products" in desk.words(view))
    desk.press("Add a site", view)
    desk.fill(form_of(view.sites), name="Mill Lane", town="Kendal", access_note="One step")
    view.sites.form.save()
    settle()
    desk.press("Add a person", view)
    desk.fill(form_of(view.people), name="Ada Moss", job_title="Manager")
    form_of(view.people).input("decides").set_value(True)
    view.people.form.save()
    settle()
    assert all(word in desk.words(view) for word in ("Mill Lane", "One step", "Ada Moss", "Decides"))
    desk.press("Change: Mill Lane", view)
    desk.fill(form_of(view.sites), phone="01539 1")
    view.sites.form.save()
    desk.press("Change: Ada Moss", view)
    desk.fill(form_of(view.people), left_on="1 September 2026")
    view.people.form.save()
    settle()
    assert "Left Tue 1 Sep 2026" in desk.words(view)
    view.tabs.setCurrentIndex(2)
    settle()
    desk.press("Add a scheme or promise", view)
    confident = next(one for one in ask(vault, list_schemes) if one.key == "disability_confident")
    form = form_of(view.promises)
    assert form.row("level").isHidden()
    desk.fill(form, scheme_id=str(confident.id), from_on="20 October 2023")
    form.changed.emit()
    assert form.input("expires_on").value() == dt.date(2026, 10, 20)  # proposed: three years on
    desk.fill(form, level="employer", promise="Interview everybody who fits", is_kept="no", evidence="Letter")
    view.promises.form.save()
    settle()
    words = desk.words(view)
    assert all(word in words for word in ("Level 2: Employer", "Runs out soon", "Kept: No", "Letter"))
    assert ask(vault, held_schemes, world.bakery.id)[0].expires_on == dt.date(2026, 10, 20)
    desk.press("Change: Disability Confident", view)
    form = form_of(view.promises)
    assert form.raw()["level"] == "employer"
    desk.fill(form, from_on="20 October 2020")
    form.changed.emit()
    assert form.input("expires_on").value() == dt.date(2023, 10, 20)
    view.promises.form.save()
    settle()
    assert "Ran out" in desk.words(view)
    desk.press("Put away: Disability Confident", view)
    view.tabs.setCurrentIndex(3)
    settle()
    assert "1 of 1 is still there" in desk.words(view)
    assert "told from 3 people on" in desk.words(view)
    view.tabs.setCurrentIndex(1)
    settle()
    desk.press("Put away: Ada Moss", view)
    desk.press("Put away: Mill Lane", view)
    places = ask(vault, read_places, world.bakery.id)
    assert (places.sites, places.people) == ((), ())
    desk.press("Put this employer away", view)
    assert any("filed with this employer" in one.words for one in desk.said)


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
    assert not found.guidance.found.isVisible()
    desk.press(f"Print: {title}", found.guidance)
    desk.until(lambda: "ready to print" in found.guidance.found.text())
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")
    assert seen(found.guidance, QPushButton)


def test_todays_side_list_names_an_employer_to_get_back_to(
    vault: OpenVault, world: World, open_desk: Opener
) -> None:
    keep(
        vault,
        EmployerContact(
            employer_id=world.bakery.id, coach_id=vault.coach_id, happened_on=days_ago(9), follow_up_on=TODAY
        ),
    )
    desk = open_desk(vault)
    desk.until(lambda: "employer to get back to" in desk.words(desk.today))


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
    desk.until(lambda: "not there any more" in found.guidance.found.text())
    found.guidance.refresh()
    desk.until(lambda: "No pages of guidance" in desk.words(found.guidance))
