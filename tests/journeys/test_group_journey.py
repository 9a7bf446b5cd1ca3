"""A register of twelve by keyboard alone, corrected, taken back; and the coach's week that comes of it."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import func, select

from coachdesk.casework.groups import list_group_sessions
from coachdesk.desk.counter import DraftRow, Executors
from coachdesk.models import Client, Coach, Contact, GroupSession
from coachdesk.terms import Role
from coachdesk.ui.groups.page import GroupsPage
from coachdesk.ui.groups.register_form import RegisterForm
from coachdesk.ui.week.page import WeekPage
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen
from tests.makers import a_client, a_coach, ask, days_ago, keep
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

PEOPLE = 12
MOST_ACTIONS = 4 + PEOPLE
MOST_FOR_SOMEBODY_NEW = 3
FAMILY_NAMES = (
    "Abbott", "Birkett", "Crellin", "Dobson", "Elleray", "Fleming", "Garnett", "Huddleston", "Inman", "Jopson",
    "Kellet", "Lowther",
)  # fmt: skip
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def groups_of(desk: DeskWindow) -> GroupsPage:
    return page(desk.window.pages["groups"], GroupsPage)


def register(desk: DeskWindow) -> RegisterForm:
    return groups_of(desk).form


def put_on(desk: DeskWindow, letters: str) -> None:
    """Type a few letters of a name and press Enter."""
    before = len(register(desk).list.people())
    desk.type(letters)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: len(register(desk).list.people()) == before + 1)


@pytest.fixture
def twelve(vault: OpenVault, caseload: Caseload) -> list[Client]:
    del caseload
    found = [a_client(first_name="Sam", last_name=name, coach_id=vault.coach_id) for name in FAMILY_NAMES]
    held = GroupSession(
        title="Job club", happened_on=days_ago(7), minutes=120, place="hub", coach_id=vault.coach_id
    )
    keep(vault, *found, held)
    return found


def contacts_of_groups(vault: OpenVault) -> int:
    query = select(func.count()).where(Contact.channel == "group", Contact.archived_at.is_(None))
    return ask(vault, lambda s, _: s.scalar(query) or 0)


def test_a_register_of_twelve_within_its_budget(
    vault: OpenVault, twelve: list[Client], open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.key(Qt.Key.Key_8, ALT)
    desk.until(lambda: seen(groups_of(desk), type(groups_of(desk).table)))
    desk.key(Qt.Key.Key_R, ALT)
    desk.until(register(desk).picker.field.hasFocus)
    for name in FAMILY_NAMES:
        put_on(desk, name[:5].lower())
    desk.control(Qt.Key.Key_Return)
    desk.until(register(desk).isHidden)
    assert desk.actions <= MOST_ACTIONS
    desk.until(lambda: len(groups_of(desk).table.table.rows()) == 2)
    newest, *_ = groups_of(desk).table.table.rows()
    assert (newest.title, newest.happened_on, newest.minutes, newest.place) == ("Job club", TODAY, 120, "Hub")
    assert (newest.came, newest.registered) == (PEOPLE, PEOPLE)
    assert contacts_of_groups(vault) == PEOPLE
    desk.key(Qt.Key.Key_Z, CTRL, Qt.KeyboardModifier.ShiftModifier)
    desk.until(lambda: contacts_of_groups(vault) == 0)
    desk.until(lambda: len(groups_of(desk).table.table.rows()) == 1)


def test_somebody_new_and_somebody_who_could_not_come(
    vault: OpenVault, twelve: list[Client], open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.key(Qt.Key.Key_8, ALT)
    desk.key(Qt.Key.Key_R, ALT)
    desk.until(register(desk).picker.field.hasFocus)
    put_on(desk, "abbot")
    before = desk.actions
    put_on(desk, "Zebedee Quill")
    assert desk.actions - before <= MOST_FOR_SOMEBODY_NEW
    assert [one.name for one in register(desk).list.people()] == ["Sam Abbott", "Zebedee Quill"]
    register(desk).list.setFocus()
    desk.key(Qt.Key.Key_Space)
    assert "2 on the register, 1 came" in desk.words(register(desk))
    desk.control(Qt.Key.Key_Return)
    desk.until(register(desk).isHidden)
    newest = ask(vault, list_group_sessions)[0]
    assert (newest.came, newest.registered) == (1, 2)
    names = ask(vault, lambda s, _: set(s.scalars(select(Client.last_name))))
    assert "Quill" in names


def test_a_session_is_corrected_and_shows_in_the_week(
    desk: DeskWindow, vault: OpenVault, twelve: list[Client]
) -> None:
    desk.key(Qt.Key.Key_8, ALT)
    desk.press("Register a session")
    put_on(desk, "birk")
    put_on(desk, "crell")
    desk.press("Save register")
    groups = groups_of(desk)
    groups.table.setFocus()
    groups.table.choose(groups.table.table.rows()[0].id)
    desk.key(Qt.Key.Key_Return)
    assert {one.name for one in register(desk).list.people()} == {"Sam Birkett", "Sam Crellin"}
    register(desk).list.choose(twelve[1].id.hex)
    assert register(desk).draft_key.endswith(groups.table.table.rows()[0].id.hex)
    groups.go_on(register(desk).draft_key)
    register(desk).list.choose(twelve[1].id.hex)
    desk.press("Take off")
    desk.fill(register(desk).form, minutes="45")
    desk.press("Save register")
    assert groups.table.table.rows()[0].registered == 1
    assert contacts_of_groups(vault) == 1
    desk.press("My week")
    week = page(desk.window.pages["week"], WeekPage)
    assert week.isVisible()
    assert "1 group session · 45 min" in desk.words(week)
    desk.window.go("groups")
    groups.table.choose(groups.table.table.rows()[0].id)
    desk.press("Put the session away")
    assert contacts_of_groups(vault) == 0


def test_time_is_added_changed_and_taken_out_of_the_week(desk: DeskWindow) -> None:
    desk.key(Qt.Key.Key_W, CTRL, Qt.KeyboardModifier.ShiftModifier)
    week = page(desk.window.pages["week"], WeekPage)
    assert "Nothing in this week yet" in desk.words(week)
    desk.press("Add time")
    assert week.form.form is not None
    week.form.form.input("minutes").focus()
    desk.type("40")
    desk.control(Qt.Key.Key_Return)
    assert "Travel · 40 min" in desk.words(week)
    desk.press("Change: Travel · 40 min on Monday 5 October")
    desk.fill(week.form.form, sort="training", minutes="90", note="First aid")
    desk.press("Save", week.form)
    assert "Training · 1 h 30 min · First aid" in desk.words(week)
    desk.press("Add time on Tuesday 6 October")
    desk.press("Put away", week.form)
    desk.press("Later")
    assert "Mon 12 Oct to Sun 18 Oct, nothing yet" in desk.words(week)
    desk.press("Add time")
    assert week.form.form is not None
    assert week.form.form.input("worked_on").value() == TODAY + dt.timedelta(days=7)
    desk.press("Put away", week.form)
    desk.press("Earlier")
    desk.press("Earlier")
    desk.press("This week")
    desk.press("Take out: Training · 1 h 30 min on Monday 5 October")
    assert "Nothing in this week yet" in desk.words(week)


def test_a_register_comes_back_as_it_was_typed(
    desk: DeskWindow, vault: OpenVault, twelve: list[Client]
) -> None:
    desk.window.go("groups")
    desk.press("Register a session")
    put_on(desk, "birk")
    put_on(desk, "Zebedee Quill")
    register(desk).list.toggle()
    register(desk).picker.field.setFocus()
    desk.key(Qt.Key.Key_Escape)
    assert register(desk).isHidden()
    desk.press("Register a session")
    people = register(desk).list.people()
    assert [(one.name, one.attended) for one in people] == [("Sam Birkett", True), ("Zebedee Quill", False)]
    assert register(desk).recovered is not None
    desk.press("Put away", register(desk))
    drafts: list[DraftRow] = []
    desk.desk.read_drafts(drafts.extend)
    desk.window.go("today")
    desk.window.go_on_writing(drafts[0])
    assert len(register(desk).list.people()) == 2
    desk.press("Forget it", register(desk))
    assert register(desk).list.people() == ()
    assert register(desk).recovered is None


def test_what_is_refused_stands_on_the_register(
    desk: DeskWindow, vault: OpenVault, twelve: list[Client]
) -> None:
    desk.window.go("groups")
    desk.press("Register a session")
    desk.press("Save register")
    assert "Nobody is on the register yet." in desk.words(register(desk))
    desk.fill(register(desk).form, title="")
    desk.press("Save register")
    form = register(desk).form
    assert form is not None
    assert form.refusals() == {"title": "Please fill this in."}
    desk.fill(form, title="CVs", happened_on="tomorrow")
    put_on_field = register(desk).picker.field
    put_on_field.setFocus()
    put_on(desk, "birk")
    desk.press("Save register")
    assert set(form.refusals()) == {"happened_on"}


def test_a_colleagues_client_is_not_put_on_a_register(
    desk: DeskWindow, vault: OpenVault, twelve: list[Client]
) -> None:
    colleague = a_coach()
    keep(vault, colleague, a_client(first_name="Vera", last_name="Yates", coach_id=colleague.id))
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    desk.window.go("groups")
    desk.press("Register a session")
    desk.type("yates")
    desk.key(Qt.Key.Key_Return)
    assert "Vera Yates is with Iqra Malik." in desk.words(register(desk))
    assert register(desk).list.people() == ()
