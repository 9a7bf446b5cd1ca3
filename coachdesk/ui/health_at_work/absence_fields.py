"""What the forms about time off sick ask: the spell, a step of the way back, how it went, and the agreement."""

from PySide6.QtCore import QCoreApplication

from coachdesk.ui.forms.fields import Choice, Date, Lines, Option, Part, Text, Together

translate = QCoreApplication.translate
_ROOM = "AbsenceFields"


def absence_fields(jobs: tuple[Option, ...], answers: tuple[Option, ...]) -> tuple[Part, ...]:
    """Return the questions about a spell."""
    return (
        Together(
            Choice("job_id", translate(_ROOM, "From which &job"), options=jobs, needed=True),
            Date("from_on", translate(_ROOM, "&First day away"), needed=True, lean="past"),
            Date("to_on", translate(_ROOM, "&Last day away")),
        ),
        Lines(
            "own_words",
            translate(_ROOM, "In the client’s own &words"),
            translate(_ROOM, "Only what they want written down. It goes on no plan."),
            rows=2,
        ),
        Together(
            Date("fit_note_from", translate(_ROOM, "Fit note f&rom")),
            Date("fit_note_until", translate(_ROOM, "Fit note &until"), lean="future"),
            Choice("may_be_fit", translate(_ROOM, "It says “may be fit f&or work”"), options=answers),
        ),
        Lines("fit_note_advice", translate(_ROOM, "What the fit note a&dvises"), rows=2),
        Lines("would_help", translate(_ROOM, "What would &help to come back"), rows=2),
        Together(
            Date("return_on", translate(_ROOM, "&Means to be back on"), lean="future"),
            Text("note", translate(_ROOM, "An&ything else")),
        ),
    )


def step_of_return_fields() -> tuple[Part, ...]:
    """Return the questions about a step of the way back."""
    return (
        Together(
            Date("from_on", translate(_ROOM, "&From"), needed=True, lean="future"),
            Date("to_on", translate(_ROOM, "&Until"), lean="future"),
            Text("hours", translate(_ROOM, "&Hours a week"), placeholder="16"),
        ),
        Together(
            Text("days", translate(_ROOM, "&Days"), placeholder=translate(_ROOM, "Mon, Wed, Fri mornings")),
            Text("place", translate(_ROOM, "&Where")),
        ),
        Lines("duties", translate(_ROOM, "D&uties"), rows=2),
    )


def how_it_went_fields() -> tuple[Part, ...]:
    """Return the questions after a step."""
    return (
        Lines(
            "how_it_went",
            translate(_ROOM, "&How it went"),
            translate(_ROOM, "In the client’s words. It goes on no plan."),
            rows=2,
            needed=True,
        ),
        Date("on", translate(_ROOM, "Looked at &on"), needed=True, lean="past"),
    )


def agreed_fields() -> tuple[Part, ...]:
    """Return the questions about the agreement."""
    return (
        Together(
            Date("on", translate(_ROOM, "Agreed &on"), needed=True, lean="past"),
            Text("with_whom", translate(_ROOM, "&With whom")),
        ),
    )
