"""What the forms of the plan ask."""

from PySide6.QtCore import QCoreApplication

from coachdesk.ui.forms.fields import Check, Choice, Date, Lines, Option, Part, Text, Together
from coachdesk.ui.office import Office

translate = QCoreApplication.translate


def start_parts(office: Office) -> tuple[Part, ...]:
    """Return the question that a plan begins with: into work, return to work, thrive at work, job change."""
    kinds = office.codes.options("plan_kind")
    return (Choice("kind", translate("Plan", "What is the plan &for?"), options=kinds, needed=True),)


def goal_parts(office: Office) -> tuple[Part, ...]:
    """Return what is asked about a goal: the client's words first, the coach's summary beside them."""
    areas = office.codes.options("plan_area")
    return (
        Lines("own_words", translate("Plan", "In the client’s &own words"), rows=3, needed=True),
        Choice("area", translate("Plan", "&Area of life"), options=areas),
        Lines("coach_summary", translate("Plan", "Your su&mmary, if it helps"), rows=2),
    )


def reached_parts() -> tuple[Part, ...]:
    """Return what is asked about a goal that may have been reached."""
    return (Date("achieved_on", translate("Plan", "&Reached on"), lean="past"),)


def change_step_parts() -> tuple[Part, ...]:
    """Return what is asked about a step: what, who by name, by when, and whether it is wanted at all."""
    who = (
        Option("coach", translate("Plan", "The coach")),
        Option("client", translate("Plan", "The client")),
        Option("other", translate("Plan", "Somebody else")),
    )
    return (
        Text("what", translate("Plan", "&What is to be done"), needed=True),
        Together(
            Choice("who", translate("Plan", "W&ho does it"), options=who, needed=True),
            Text("who_name", translate("Plan", "&Name, if somebody else")),
        ),
        Date("due_on", translate("Plan", "&By when"), lean="future"),
        Check("is_off", translate("Plan", "&Take it off the plan: it is wanted no longer")),
    )


def copy_parts(office: Office) -> tuple[Part, ...]:
    """Return what is asked about a copy that was handed over, sent or read aloud."""
    formats = office.codes.options("copy_format", unstated=False)
    return (
        Together(
            Choice("copy_format", translate("Plan", "In which &format"), options=formats, needed=True),
            Date("given_on", translate("Plan", "&Given on"), needed=True, lean="past"),
        ),
    )
