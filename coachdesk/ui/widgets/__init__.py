"""The small pieces every page is made of.

Each is loaded when it is first asked for (PEP 562): somebody waits for the unlock window, which needs few of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coachdesk.ui.widgets.avatar import Avatar, RoundIcon, draw_avatar, initials, tone_of
    from coachdesk.ui.widgets.banner import Banner
    from coachdesk.ui.widgets.buttons import (
        Button,
        ChipButton,
        IconButton,
        RailButton,
        danger_button,
        primary_button,
        quiet_button,
        secondary_button,
    )
    from coachdesk.ui.widgets.empty import EmptyState
    from coachdesk.ui.widgets.facts import Fact, FactGrid
    from coachdesk.ui.widgets.flow import Flow
    from coachdesk.ui.widgets.labels import ElidedLabel, Pill, SectionTitle, label, restyle
    from coachdesk.ui.widgets.progress import ProgressStrip, StepBar
    from coachdesk.ui.widgets.search_field import SearchField
    from coachdesk.ui.widgets.surfaces import Card, Divider, ScrollPage, column, in_line, row

__all__ = [
    "Avatar",
    "Banner",
    "Button",
    "Card",
    "ChipButton",
    "Divider",
    "ElidedLabel",
    "EmptyState",
    "Fact",
    "FactGrid",
    "Flow",
    "IconButton",
    "Pill",
    "ProgressStrip",
    "RailButton",
    "RoundIcon",
    "ScrollPage",
    "SearchField",
    "SectionTitle",
    "StepBar",
    "column",
    "danger_button",
    "draw_avatar",
    "in_line",
    "initials",
    "label",
    "primary_button",
    "quiet_button",
    "restyle",
    "row",
    "secondary_button",
    "tone_of",
]

_HOMES = {
    "avatar": (
        "Avatar",
        "RoundIcon",
        "draw_avatar",
        "initials",
        "tone_of",
    ),
    "banner": ("Banner",),
    "buttons": (
        "Button",
        "ChipButton",
        "IconButton",
        "RailButton",
        "danger_button",
        "primary_button",
        "quiet_button",
        "secondary_button",
    ),
    "empty": ("EmptyState",),
    "facts": (
        "Fact",
        "FactGrid",
    ),
    "flow": ("Flow",),
    "labels": (
        "ElidedLabel",
        "Pill",
        "SectionTitle",
        "label",
        "restyle",
    ),
    "progress": (
        "ProgressStrip",
        "StepBar",
    ),
    "search_field": ("SearchField",),
    "surfaces": (
        "Card",
        "Divider",
        "ScrollPage",
        "column",
        "in_line",
        "row",
    ),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


if not TYPE_CHECKING:  # a checker reads the imports above, and so still finds a name that is not there

    def __getattr__(name: str) -> object:
        """Return a piece from its module, and keep it; raises AttributeError for what is none."""
        if name not in _HOME_OF:
            raise AttributeError(name)
        piece = getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
        globals()[name] = piece
        return piece
