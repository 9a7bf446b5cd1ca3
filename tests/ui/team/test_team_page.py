"""The team's page: every count is the list it opens; cover is set and ended; a caseload is handed over and back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coachdesk.casework.cover import SetCover, list_covers, set_cover
from coachdesk.casework.fading import Touch
from coachdesk.models import Client
from coachdesk.terms import Role
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.team.page import TeamPage
from tests.journeys.desk_window import DeskWindow, page, seen
from tests.makers import ask, do, found
from tests.ui.team.team_world import TeamWorld
from tests.vault_fixtures import PERSON, TODAY


def team(desk: DeskWindow, tab: int = 0) -> TeamPage:
    desk.window.go("team")
    shown = page(desk.window.pages["team"], TeamPage)
    shown.tabs.setCurrentIndex(tab)
    return shown


def names(shown: TeamPage) -> list[str]:
    return [row.name.split()[0] for row in shown.fading.people.table.rows()]


def test_coaches_and_people_are_counted_by_one_question(desk: DeskWindow) -> None:
    shown = team(desk)
    coaches = shown.fading.coaches.table.rows()
    assert [(one.name, one.clients, one.fading, one.loose, one.paused) for one in coaches] == [
        (PERSON, 3, 3, 0, 0),
        ("Iqra Malik", 4, 2, 1, 1),
    ]
    assert names(shown)[-2:] == ["Far", "Near"]
    assert shown.fading.chips[Touch.FADING].text() == "Past the rhythm (5)"
    assert not shown.fading.everybody_button.isVisible()
    shown.fading.coaches.setFocus()
    assert len(names(shown)) == 5
    shown.fading.coaches.choose(coaches[1].id)
    desk.key(Qt.Key.Key_Return)
    assert names(shown) == ["Far", "Near"]
    shown.refresh()
    assert shown.fading.chips[Touch.FADING].text() == "Past the rhythm (2)"
    assert "Clients of Iqra Malik." in shown.fading.meaning.text()
    desk.click(shown.fading.chips[Touch.PAUSED])
    assert names(shown) == ["Resting"]
    said = shown.fading.people.table
    assert said.data(said.index(0, 1)) == "In hospital, until Wed 14 Oct 2026"
    desk.click(shown.fading.chips[Touch.LOOSE])
    assert [said.data(said.index(0, column)) for column in (1, 4)] == ["In touch", "Nothing agreed"]
    desk.click(shown.fading.everybody_button)
    desk.click(shown.fading.chips[Touch.FADING])
    assert len(names(shown)) == 5
    place = shown.fading.coaches.visualRect(shown.fading.coaches.table.find(coaches[0].id)).center()
    QTest.mouseClick(shown.fading.coaches.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(names(shown)) == 3


def test_every_column_sorts(desk: DeskWindow) -> None:
    shown = team(desk)
    for table in (shown.fading.coaches.table, shown.fading.people.table):
        for column in range(table.columnCount()):
            table.sort(column, Qt.SortOrder.DescendingOrder)
    assert shown.fading.coaches.table.rows()[0].name == "Iqra Malik"
    shown.fading.people.table.sort(1, Qt.SortOrder.DescendingOrder)
    days = [row.days_past for row in shown.fading.people.table.rows()]
    assert days == sorted(days, reverse=True)


def test_a_row_opens_the_client_and_a_contact_takes_them_off(desk: DeskWindow, world: TeamWorld) -> None:
    shown = team(desk)
    shown.fading.people.choose(world.far)
    shown.fading.people.setFocus()
    desk.key(Qt.Key.Key_Return)
    assert desk.window.clients.client_id == world.far
    desk.window.record_contact(world.far, None)
    desk.fill(desk.view.contact_form.form, note="Rang at last")
    desk.click(desk.view.contact_form.save_button)
    assert "Far" not in names(team(desk))


def test_where_nobody_stands_the_page_says_so(desk: DeskWindow, world: TeamWorld) -> None:
    world.act_as(Role.COACH)
    shown = team(desk)
    assert not shown.fading.coach_card.isVisible()
    desk.click(shown.fading.chips[Touch.PAUSED])
    assert not shown.fading.people.isVisible()
    assert "Nobody’s support is paused" in desk.words(shown)


def test_a_cover_is_set_and_ended_by_a_manager(desk: DeskWindow, world: TeamWorld) -> None:
    shown = team(desk, 2)
    assert "Everybody looks after their own" in desk.words(shown)
    desk.click(shown.cover.add_button)
    form = seen(shown, SideForm)[0]
    desk.fill(form.form, away_id=str(world.iqra), covered_by_id=str(world.vault.coach_id), reason="Leave")
    desk.fill(form.form, to_on="9/10/2026")
    desk.click(form.save_button)
    words = desk.words(shown)
    assert f"{PERSON} looks after the clients of Iqra Malik" in words
    assert "Mon 5 Oct 2026 to Fri 9 Oct 2026 · Leave" in words
    desk.window.go("today")
    assert "You look after the clients of Iqra Malik until Fri 9 Oct." in desk.words(desk.today)
    shown = team(desk, 2)
    desk.press(f"End: {PERSON} looks after the clients of Iqra Malik", shown)
    assert ask(world.vault, list_covers, TODAY) == ()


def test_whoever_is_covered_for_reads_it_and_changes_nothing(desk: DeskWindow, world: TeamWorld) -> None:
    wish = SetCover(
        away_id=world.vault.coach_id or world.iqra, covered_by_id=world.iqra, from_on=TODAY, to_on=TODAY
    )
    do(world.vault, set_cover, wish)
    world.act_as(Role.COACH)
    shown = team(desk, 2)
    assert not shown.cover.add_button.isVisible()
    assert f"Iqra Malik looks after the clients of {PERSON}" in desk.words(shown)
    desk.today.refresh()
    desk.window.go("today")
    assert "Iqra Malik looks after your clients until Mon 5 Oct." in desk.words(desk.today)


def test_a_cover_that_cannot_be_says_why(desk: DeskWindow, world: TeamWorld) -> None:
    shown = team(desk, 2)
    desk.click(shown.cover.add_button)
    form = seen(shown, SideForm)[0]
    desk.fill(form.form, away_id=str(world.iqra), covered_by_id=str(world.iqra), to_on="9/10/2026")
    desk.click(form.save_button)
    assert form.form is not None
    assert "covered_by_id" in form.form.refusals()


def test_ticked_clients_are_handed_over_and_come_back_with_one_undo(
    desk: DeskWindow, world: TeamWorld, tmp_path: Path
) -> None:
    shown = team(desk, 3).handover
    assert not shown.hand_button.isEnabled()
    desk.fill(shown.form, from_id=str(world.iqra))
    shown.form.changed.emit()
    assert len(shown.ticked()) == 4
    desk.click(shown.none_button)
    assert (shown.ticked(), shown.pages_button.isEnabled()) == ((), False)
    desk.click(shown.all_button)
    shown.clients.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert shown.hand_button.text() == "&Give 3 clients over"
    desk.dialogs.script(tmp_path / "pages.pdf")
    desk.click(shown.pages_button)
    assert (tmp_path / "pages.pdf").read_bytes().startswith(b"%PDF")
    assert "The pages are ready" in shown.said.text()
    desk.click(shown.hand_button)
    assert "to_id" in shown.form.refusals()
    desk.fill(shown.form, to_id=str(world.vault.coach_id))
    desk.click(shown.hand_button)
    assert shown.said.text() == "3 clients were handed over."
    assert len(shown.ticked()) == 1
    assert found(world.vault, Client, world.near).coach_id == world.vault.coach_id
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert found(world.vault, Client, world.near).coach_id == world.iqra


def test_nothing_is_written_without_a_place(desk: DeskWindow, world: TeamWorld) -> None:
    shown = team(desk, 3).handover
    desk.fill(shown.form, from_id=str(world.iqra))
    shown.form.changed.emit()
    desk.dialogs.script(None)
    desk.click(shown.pages_button)
    assert not shown.said.isVisible()
    desk.key(Qt.Key.Key_Escape)


def test_a_coach_hands_over_her_own(desk: DeskWindow, world: TeamWorld) -> None:
    world.act_as(Role.COACH)
    shown = team(desk, 3).handover
    options = shown.form.input("from_id").box.count()  # type: ignore[attr-defined]  # a choice has a box
    assert options == 2
