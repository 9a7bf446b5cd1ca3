"""Every part of the data rights page is walked: names, keys, Tab, contrast in both colours, twice the text."""

from collections.abc import Callable, Iterable
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.terms import Role
from coachdesk.ui.rights.page import RightsPage
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow, settle
from tests.journeys.desk_window import page as as_page
from tests.makers import furnished
from tests.ui import accessibility_walk
from tests.ui.rights.rights_world import RightsWorld, act_as
from tests.ui.walked_rounds import cut, rounds, unfit_for_somebody

pytestmark = [pytest.mark.journey, pytest.mark.slow]

Show = Callable[[DeskWindow, RightsPage, RightsWorld], None]


def part(name: str) -> Show:
    def show(desk: DeskWindow, page: RightsPage, world: RightsWorld) -> None:
        del desk, world
        page.show_part(getattr(page, name))

    return show


def picker(desk: DeskWindow, page: RightsPage, _world: RightsWorld) -> None:
    desk.click(page.requests.add_button)
    desk.type("agnieszka")
    desk.until(lambda: page.requests.picker.found.count() > 0)


def new_request(_desk: DeskWindow, page: RightsPage, world: RightsWorld) -> None:
    page.open_for(world.asker)


def pack(desk: DeskWindow, page: RightsPage, world: RightsWorld) -> None:
    page.requests.show_request(world.access.hex)
    desk.click(page.requests.request.pack.others.open_button)
    desk.click(page.requests.request.pack.out_button)
    desk.click(page.requests.request.pack.earlier_button)


def extending(desk: DeskWindow, page: RightsPage, world: RightsWorld) -> None:
    page.requests.show_request(world.access.hex)
    desk.click(page.requests.request.extend_button)
    desk.click(page.requests.request.form.save_button)


def standing(_desk: DeskWindow, page: RightsPage, world: RightsWorld) -> None:
    page.requests.show_request(world.standing.hex)


def changing(name: str, words: str) -> Show:
    def show(desk: DeskWindow, page: RightsPage, world: RightsWorld) -> None:
        part(name)(desk, page, world)
        desk.press(words, page)

    return show


def erasing(_desk: DeskWindow, page: RightsPage, world: RightsWorld) -> None:
    part("retention")(_desk, page, world)
    page.retention.erase(world.over)


PLACES: dict[str, Show] = {
    **{one: part(one) for one in ("requests", "retention", "breaches", "processing", "openings", "clocks")},
    "picker": picker,
    "new request": new_request,
    "pack": pack,
    "extending": extending,
    "standing": standing,
    "breach": changing("breaches", "Write down what happened"),
    "rule": changing("retention", "Change how long records are kept: Community grant"),
    "line": changing("processing", "Change: Returns to funders"),
    "clock": changing("clocks", "Change: Complain"),
    "erasing": erasing,
}


@pytest.fixture
def large(qapp: QApplication, theme: Theme) -> None:
    theme.apply(qapp, "light", 2.0)


ROUNDS = rounds(PLACES, ("requests", "retention", "breaches", "processing", "openings", "clocks"))


GONE_TO_ONCE = rounds(
    PLACES,
    ROUNDS["requests and on"],
    ("new request", "rule", "breach", "line", "clock"),
)
"""The forms of a round lie in parts of their own, so that none is in sight of another."""


def ways(
    desk: DeskWindow, page: RightsPage, world: RightsWorld, names: Iterable[str]
) -> dict[str, Callable[[], None]]:
    return {name: partial(PLACES[name], desk, page, world) for name in names}


@pytest.mark.parametrize("names", ROUNDS)
def test_data_rights_can_be_used_by_everybody(
    world: RightsWorld, desk: DeskWindow, rights: RightsPage, qapp: QApplication, theme: Theme, names: str
) -> None:
    assert unfit_for_somebody(desk, theme, qapp, ways(desk, rights, world, ROUNDS[names])) == {}


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("names", GONE_TO_ONCE)
def test_nothing_of_data_rights_is_cut_at_twice_the_text(
    world: RightsWorld, desk: DeskWindow, rights: RightsPage, names: str
) -> None:
    assert cut(desk, ways(desk, rights, world, GONE_TO_ONCE[names])) == {}


@pytest.mark.parametrize("role", [Role.COACH, Role.MANAGER])
def test_an_empty_vault_can_be_used_by_everybody(vault: OpenVault, desk: DeskWindow, role: Role) -> None:
    furnished(vault)
    act_as(vault, role)
    desk.window.go("rights")
    rights = as_page(desk.window.pages["rights"], RightsPage)
    for _, one in rights.parts:
        rights.show_part(one)
        settle()
        assert accessibility_walk.walk(desk.window) == []
