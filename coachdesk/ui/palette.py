"""What the palette can do in one window: every action with its key, every place, and help, in words."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence

from coachdesk.ui.help_topics import HelpTopic, help_topics
from coachdesk.ui.notice import Notice
from coachdesk.ui.palette_entries import Entry

if TYPE_CHECKING:
    from coachdesk.ui.main_window import MainWindow

translate = QCoreApplication.translate
NATIVE = QKeySequence.SequenceFormat.NativeText


def actions(window: "MainWindow") -> list[Entry]:
    """Return every action that has a key, but the palette's own and those that only lead to a place."""
    places = {place.title for place in pages(window)}
    return [
        _action(one) for one in window.shortcuts.all if one.text() not in places and one.shortcut() != _OPENS
    ]


_OPENS = QKeySequence("Ctrl+K")


def _action(action: QAction) -> Entry:
    keys = action.shortcut().toString(NATIVE)
    return Entry(keys, action.text(), keys, action.trigger, enabled=action.isEnabled)


def employers(window: "MainWindow") -> list[Entry]:
    """Return every employer, by its name and town; the one that is chosen is shown."""
    return [
        Entry(one.id.hex, one.name, one.town, partial(window.open_employer, one.id), one.town)
        for one in window.employer_names.rows
    ]


def services(window: "MainWindow") -> list[Entry]:
    """Return every service of the directory, by its name, sort and area; the one that is chosen is shown."""
    return [
        Entry(
            one.id.hex,
            one.name,
            " · ".join(part for part in (one.sort_words, one.area) if part),
            partial(window.open_service, one.id),
            f"{one.sort_words} {one.area}",
        )
        for one in window.service_names.rows
    ]


def pages(window: "MainWindow") -> list[Entry]:
    """Return the places of the window, each with the key that leads there if there is one."""
    keys = {action.text(): action.shortcut().toString(NATIVE) for action in window.shortcuts.all}
    there = set(window.pages)  # by its keys alone: asking for a page would make it
    return [
        Entry(key, words, keys.get(words, ""), _once(window, key), more)
        for key, words, more in _places()
        if key in there
    ]


def _once(window: "MainWindow", key: str) -> Callable[[], object]:
    return partial(window.go, key)


def _places() -> tuple[tuple[str, str, str], ...]:
    """Return key, name and more words of each place that can be gone to."""
    return (
        ("today", translate("Palette", "Today"), translate("Palette", "due overdue home start")),
        ("clients", translate("Palette", "Clients"), translate("Palette", "caseload people")),
        ("enquiries", translate("Palette", "Enquiries"), translate("Palette", "referrals first hello")),
        (
            "vacancies",
            translate("Palette", "Vacancies"),
            translate("Palette", "jobs leads applications pipeline"),
        ),
        (
            "employers",
            translate("Palette", "Employers"),
            translate("Palette", "companies firms schemes charters who kept people"),
        ),
        ("groups", translate("Palette", "Groups"), translate("Palette", "sessions register")),
        (
            "services",
            translate("Palette", "Services"),
            translate("Palette", "directory refer on signpost other help"),
        ),
        ("team", translate("Palette", "Team"), translate("Palette", "colleagues cover handover fading")),
        ("returns", translate("Palette", "Returns"), translate("Palette", "quarterly report figures funder")),
        (
            "settings",
            translate("Palette", "Settings"),
            translate("Palette", "programmes lists people vault look"),
        ),
        (
            "rights",
            translate("Palette", "Data rights"),
            translate("Palette", "requests erasure breach retention"),
        ),
        (
            "import",
            translate("Palette", "Bring in a caseload"),
            translate("Palette", "import excel csv upload"),
        ),
        ("drafts", translate("Palette", "Drafts"), translate("Palette", "unsaved typed not saved")),
        (
            "duplicates",
            translate("Palette", "Likely duplicates"),
            translate("Palette", "merge twice same person"),
        ),
    )


def topics(window: "MainWindow") -> list[Entry]:
    """Return what help there is to read, by the words one would look it up with."""
    return [_topic(window, one) for one in help_topics()]


def _topic(window: "MainWindow", topic: HelpTopic) -> Entry:
    return Entry(topic.key, topic.title, topic.opening, partial(_open, window, topic), topic.words)


def _open(window: "MainWindow", topic: HelpTopic) -> None:
    Notice(topic.title, topic.text, window).open()
