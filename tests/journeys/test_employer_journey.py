"""Employers through the real window: who kept people in one click, a talk by keyboard, promises, joining, guidance."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt

from coachdesk.casework.employer_contacts import employer_contacts
from coachdesk.casework.employer_places import read_places
from coachdesk.casework.employer_schemes import held_schemes
from coachdesk.casework.schemes import list_schemes
from coachdesk.desk.counter import Executors
from coachdesk.models import EmployerContact
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle
from tests.journeys.employers import World, employers, form_of, named, shown, there
from tests.makers import (
    a_consent,
    ask,
    days_ago,
    keep,
)
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MOST_FOR_A_TALK = 11
"""The key of the place, into the list and to the button, the purpose, face to face, and saved: less than a contact."""


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
    assert "1 employer to get back to" in desk.words(desk.today)
