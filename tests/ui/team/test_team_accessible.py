"""Every part of the team's page and of a client's programmes is walked: names, keys, Tab, contrast, twice the text."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.casework.fading import Touch
from coachdesk.ui.clients.enrolment_card import EnrolmentCard
from coachdesk.ui.team.page import TeamPage
from coachdesk.ui.theme import Theme
from tests.journeys.desk_window import DeskWindow, page, seen
from tests.ui.team.team_world import TeamWorld
from tests.ui.walked_rounds import cut, rounds, unfit_for_somebody

pytestmark = [pytest.mark.journey, pytest.mark.slow]

Show = Callable[[DeskWindow, TeamWorld], None]


def team(tab: int) -> Show:
    def show(desk: DeskWindow, _world: TeamWorld) -> None:
        desk.window.go("team")
        page(desk.window.pages["team"], TeamPage).tabs.setCurrentIndex(tab)

    return show


def paused(desk: DeskWindow, world: TeamWorld) -> None:
    team(0)(desk, world)
    desk.click(page(desk.window.pages["team"], TeamPage).fading.chips[Touch.PAUSED])


def new_cover(desk: DeskWindow, world: TeamWorld) -> None:
    team(2)(desk, world)
    desk.press("Set a cover")


def chosen(desk: DeskWindow, world: TeamWorld) -> None:
    team(3)(desk, world)
    part = page(desk.window.pages["team"], TeamPage).handover
    desk.fill(part.form, from_id=str(world.iqra))
    part.form.changed.emit()


def working_time(desk: DeskWindow, world: TeamWorld) -> None:
    team(4)(desk, world)
    desk.press("Set working time")


def programmes(words: str = "") -> Show:
    def show(desk: DeskWindow, world: TeamWorld) -> None:
        desk.open(world.resting)
        desk.tab("programmes")
        assert seen(desk.view, EnrolmentCard)
        if words:
            desk.press(words, desk.view)

    return show


PLACES: dict[str, Show] = {
    "fading": team(0),
    "paused": paused,
    "risk": team(1),
    "cover": team(2),
    "new cover": new_cover,
    "handover": chosen,
    "quality": team(4),
    "working time": working_time,
    "programmes": programmes(),
    "reasons": programmes("Change the reasons on Connect to Work"),
    "ending": programmes("End support"),
    "beginning": programmes("Enrol on a programme"),
}


@pytest.fixture
def large(qapp: QApplication, theme: Theme) -> None:
    theme.apply(qapp, "light", 2.0)


ROUNDS = rounds(PLACES, ("fading", "risk", "cover", "quality", "programmes"))


def ways(desk: DeskWindow, world: TeamWorld, names: str) -> dict[str, Callable[[], None]]:
    return {name: partial(PLACES[name], desk, world) for name in ROUNDS[names]}


@pytest.mark.parametrize("names", ROUNDS)
def test_the_team_can_be_used_by_everybody(
    world: TeamWorld, desk: DeskWindow, qapp: QApplication, theme: Theme, names: str
) -> None:
    assert unfit_for_somebody(desk, theme, qapp, ways(desk, world, names)) == {}


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("names", ROUNDS)
def test_nothing_of_the_team_is_cut_at_twice_the_text(world: TeamWorld, desk: DeskWindow, names: str) -> None:
    assert cut(desk, ways(desk, world, names)) == {}
