"""Places of one window that are walked one after another: what only has to be gone to needs no window of its own.

A round goes to each of its places twice, in the light and in the dark, for a new look costs more than the way there.
"""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtWidgets import QApplication

from coachdesk.ui.theme import Theme
from tests.journeys.desk_window import DeskWindow, settle
from tests.ui import accessibility_walk

Way = Callable[[], None]
Findings = dict[str, list[str]]


def rounds(places: Iterable[str], *together: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return every place once, by the name of its round: those that go together, and each of the others alone."""
    grouped = {f"{names[0]} and on": names for names in together}
    taken = {name for names in together for name in names}
    every = list(places)
    assert taken <= set(every)
    return {**grouped, **{name: (name,) for name in every if name not in taken}}


def unfit_for_somebody(
    desk: DeskWindow, theme: Theme, app: QApplication, ways: Mapping[str, Way]
) -> Findings:
    """Return what somebody could not use, by place: names, targets, keys, contrast, Tab; then contrast in the dark."""
    found: Findings = {}
    for name, go in ways.items():
        go()
        settle()
        found[name] = accessibility_walk.walk(desk.window)
        desk.awake()
        found[name] += accessibility_walk.focus_findings(desk.window)
    theme.apply(app, "dark")
    for name, go in ways.items():
        if len(ways) > 1:
            go()
        settle()
        found[name] += accessibility_walk.contrast_findings(desk.window)
    return {name: said for name, said in found.items() if said}


def cut(desk: DeskWindow, ways: Mapping[str, Way]) -> Findings:
    """Return what is cut off, by place, in a window that was opened with large text."""
    found: Findings = {}
    for name, go in ways.items():
        go()
        settle()
        found[name] = accessibility_walk.clipping_findings(desk.window)
    return {name: said for name, said in found.items() if said}
