"""One box for everything: people, actions, pages and help, by keyboard alone, each group by its name."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from coachdesk.ui import palette
from coachdesk.ui.find_anybody import FindBox
from coachdesk.ui.help_topics import HelpTopic, help_topics
from coachdesk.ui.notice import Notice
from coachdesk.ui.palette_entries import Entry, found_among
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import a_caseload
from tests.journeys.desk_window import DeskWindow, settle


@pytest.fixture
def desk(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DeskWindow]:
    a_caseload(vault)
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    yield opened
    opened.close()


def look_for(desk: DeskWindow, typed: str) -> FindBox:
    box = desk.window.find_box
    desk.control(Qt.Key.Key_K)
    desk.type(typed)
    desk.until(lambda: box._asked == typed)
    settle()
    return box


def shown(box: FindBox) -> dict[str, list[str]]:
    groups = {name: [item.title for item in group.list.items()] for name, group in box.groups.items()}
    assert {name for name, group in box.groups.items() if group.isVisible()} == {
        name for name, titles in groups.items() if titles
    }
    return {name: titles for name, titles in groups.items() if titles}


def marked(box: FindBox) -> list[str]:
    chosen = [group.list.currentIndex().data() for group in box.groups.values()]
    return [one for one in chosen if one is not None]


def test_people_come_first_and_every_group_has_its_name(desk: DeskWindow) -> None:
    box = look_for(desk, "ta")
    assert shown(box)["people"] == ["Tariq Hussain"]
    assert list(shown(box)) == ["people", "help"]
    (item,) = box.list.items()
    assert (item.detail, item.due) == ("born 9 Apr 1990, 36 · Ruth Ellison", "name")
    for group in box.groups.values():
        name = QAccessible.queryAccessibleInterface(group.list).text(QAccessible.Text.Name)
        assert name in {"People found", "Employers", "Services", "Actions", "Pages", "Help"}
    assert marked(box) == ["Tariq Hussain"]


def test_up_and_down_go_through_all_groups(desk: DeskWindow) -> None:
    box = look_for(desk, "ta")
    order = [title for titles in shown(box).values() for title in titles]
    walked = []
    for _ in order:
        walked += marked(box)
        desk.key(Qt.Key.Key_Down)
    assert walked == order
    assert marked(box) == order[-1:], "at the end it stays at the end"
    for _ in order:
        desk.key(Qt.Key.Key_Up)
    assert marked(box) == order[:1]


def test_an_action_is_done_by_its_words(desk: DeskWindow) -> None:
    box = look_for(desk, "privacy scr")
    assert shown(box)["actions"][0] == "Privacy screen on or off"
    assert box.groups["actions"].list.items()[0].detail == "F9"
    desk.key(Qt.Key.Key_Return)
    assert not box.isVisible()
    assert desk.window.privacy.is_on
    desk.window.privacy.toggle()


def test_a_page_is_gone_to_by_its_other_words(desk: DeskWindow) -> None:
    box = look_for(desk, "quarterly")
    assert shown(box)["pages"] == ["Returns"]
    desk.key(Qt.Key.Key_Return)
    assert desk.window.stack.currentWidget() is desk.window.pages["returns"]


def test_help_opens_its_answer(desk: DeskWindow) -> None:
    box = look_for(desk, "fading")
    assert shown(box)["help"] == ["What “gone quiet” means"]
    while marked(box) != ["What “gone quiet” means"]:
        desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    notice = next(one for one in desk.window.findChildren(Notice))
    assert "longer than was agreed" in notice.text.text()
    notice.close_button.click()


def test_where_nobody_matches_a_new_client_is_an_action(desk: DeskWindow) -> None:
    box = look_for(desk, "undo")
    assert shown(box)["actions"] == ["Undo the last action", "Add “undo” as a new client"]
    assert "Nobody matches" in box.words.text()
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Return)
    form = desk.window.clients.new.form
    assert form is not None
    assert "undo" in form.raw().values()


def test_nothing_at_all_offers_a_new_client_by_enter(desk: DeskWindow) -> None:
    box = look_for(desk, "zzyzx")
    assert shown(box) == {}
    assert box.words.text() == "Nobody matches. Enter adds a new client with what you typed."
    desk.key(Qt.Key.Key_Down)
    assert marked(box) == []
    desk.key(Qt.Key.Key_Return)
    assert desk.window.clients.new.isVisible()


def test_an_empty_box_shows_nothing_and_does_nothing(desk: DeskWindow) -> None:
    box = look_for(desk, "undo")
    box.box.clear()
    desk.until(lambda: not box._asked)
    assert shown(box) == {}
    desk.key(Qt.Key.Key_Return)
    assert box.isVisible()
    box.hide()


def test_whom_to_record_a_contact_with_is_a_person(desk: DeskWindow) -> None:
    box = desk.window.find_box
    desk.window.go("today")
    desk.control(Qt.Key.Key_R)
    desk.type("ta")
    desk.until(lambda: box._asked == "ta")
    assert list(shown(box)) == ["people"]
    box.hide()


def test_what_cannot_be_done_now_is_not_offered(desk: DeskWindow) -> None:
    offered = [one.title for one in palette.actions(desk.window)]
    assert "Find anybody or anything" not in offered
    assert "Today" not in offered, "places stand among the pages"
    desk.window.shortcuts.allow(covered=False, beside=True)
    titles = [one.title for one in found_among(palette.actions(desk.window), "new")]
    assert titles == []
    desk.window.shortcuts.allow(covered=False, beside=False)
    titles = [one.title for one in found_among(palette.actions(desk.window), "new")]
    assert "New client" in titles


def test_asking_for_pages_makes_none(desk: DeskWindow) -> None:
    before = desk.window.pages.missing()
    entries = {one.key: one for one in palette.pages(desk.window)}
    assert desk.window.pages.missing() == before
    assert set(entries) <= set(desk.window.pages)
    assert {"today", "clients", "returns", "settings", "rights", "import", "drafts"} <= set(entries)
    assert entries["today"].detail == "Alt+1"


def test_entries_are_found_by_the_beginning_of_each_word() -> None:
    entries = [
        Entry("b", "Go to the board", "", list, "cards"),
        Entry("a", "Board by stage", "", list),
        Entry("c", "Board that is shut", "", list, enabled=bool),
    ]
    assert [one.key for one in found_among(entries, "board")] == ["a", "b"]
    assert [one.key for one in found_among(entries, "CARDS bo")] == ["b"]
    assert found_among(entries, "oard") == []
    assert found_among(entries, " ") == []


def test_help_topics_say_something_short() -> None:
    topics = help_topics()
    assert len(topics) >= 10
    assert len({one.title for one in topics}) == len(topics)
    for one in topics:
        assert one.words
        assert one.text.strip() == one.text
        assert len(one.opening) <= 72
    long = HelpTopic("k", "t", "w", "word " * 40)
    assert long.opening.endswith("word…")
