"""The small pieces every page is made of."""

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
from coachdesk.ui.widgets.surfaces import Card, Divider, ScrollPage, column, row

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
    "initials",
    "label",
    "primary_button",
    "quiet_button",
    "restyle",
    "row",
    "secondary_button",
    "tone_of",
]
