"""What the forms about Access to Work ask: the case with its days, an item of the award, a claim."""

from PySide6.QtCore import QCoreApplication

from coachdesk.casework.awards import AwardRow
from coachdesk.ui.forms.fields import Choice, Date, Lines, Number, Option, Part, Text, Together

translate = QCoreApplication.translate
_ROOM = "AccessFields"


def case_fields(stages: tuple[Option, ...], jobs: tuple[Option, ...]) -> tuple[Part, ...]:
    """Return the questions about a case."""
    return (
        Together(
            Choice("stage", translate(_ROOM, "Where it &stands"), options=stages, needed=True),
            Choice(
                "job_id",
                translate(_ROOM, "For which &job"),
                options=jobs,
                nothing=translate(_ROOM, "Not for one job yet"),
            ),
            Text("reference", translate(_ROOM, "&Reference")),
        ),
        Together(
            Date("employer_asked_on", translate(_ROOM, "&Employer asked on"), lean="past"),
            Date("submitted_on", translate(_ROOM, "App&lied on"), lean="past"),
            Date("assessed_on", translate(_ROOM, "Assessed &on"), lean="past"),
        ),
        Together(
            Date("decided_on", translate(_ROOM, "&Decided on"), lean="past"),
            Date("expires_on", translate(_ROOM, "The award lasts &until"), lean="future"),
            Number("employer_share", translate(_ROOM, "Employer’s s&hare"), lowest=0, places=2, unit="£"),
        ),
        Lines("note", translate(_ROOM, "An&ything else"), rows=2),
    )


def award_fields(sorts: tuple[Option, ...]) -> tuple[Part, ...]:
    """Return the questions about one thing Access to Work pays for."""
    per = (
        Option("once", translate(_ROOM, "Once")),
        Option("week", translate(_ROOM, "A week")),
        Option("month", translate(_ROOM, "A month")),
        Option("year", translate(_ROOM, "A year")),
    )
    return (
        Together(
            Text("what", translate(_ROOM, "&What they pay for"), needed=True),
            Choice("sort", translate(_ROOM, "&Kind"), options=sorts),
        ),
        Together(
            Number("amount", translate(_ROOM, "How &much"), lowest=0, places=2, unit="£"),
            Choice("per", translate(_ROOM, "How o&ften"), options=per),
        ),
        Together(
            Date("from_on", translate(_ROOM, "Fr&om")),
            Date("until_on", translate(_ROOM, "&Until"), lean="future"),
            Date("in_place_on", translate(_ROOM, "In &place on"), lean="past"),
        ),
        Lines(
            "note",
            translate(_ROOM, "Supplier, &quotes, anything else"),
            translate(_ROOM, "Three quotes may be asked for: from whom, and how much."),
            rows=3,
        ),
    )


def claim_fields(items: tuple[AwardRow, ...]) -> tuple[Part, ...]:
    """Return the questions about a claim."""
    offered = tuple(Option(one.id, one.what) for one in items)
    return (
        Together(
            Choice("item_id", translate(_ROOM, "For &what"), options=offered),
            Number("amount", translate(_ROOM, "How &much"), lowest=0, places=2, unit="£", needed=True),
        ),
        Together(
            Date("from_on", translate(_ROOM, "For the days &from"), lean="past"),
            Date("to_on", translate(_ROOM, "&Until"), lean="past"),
        ),
        Together(
            Date("sent_on", translate(_ROOM, "Se&nt on"), lean="past"),
            Date("paid_on", translate(_ROOM, "Pai&d on"), lean="past"),
        ),
        Lines("note", translate(_ROOM, "An&ything else"), rows=2),
    )
