"""What the forms about adjustments ask: the need itself, and each thing that can happen to it."""

from PySide6.QtCore import QCoreApplication

from coachdesk.ui.forms.fields import Check, Choice, Date, Field, Lines, Option, Part, Text, Together

translate = QCoreApplication.translate
_ROOM = "AdjustmentFields"


def need_fields(kinds: tuple[Option, ...], jobs: tuple[Option, ...], *, is_new: bool) -> tuple[Part, ...]:
    """Return the questions about a need; one that is new may have been asked for already."""
    owner = Text("owner", translate(_ROOM, "Who &sees to it"))
    if is_new:
        asked: Part = Together(
            Date("requested_on", translate(_ROOM, "Asked for &on"), lean="past"),
            Text("asked_of", translate(_ROOM, "Asked &of")),
            owner,
        )
    else:
        asked = Together(owner, Date("review_on", translate(_ROOM, "Looked at again &on"), lean="future"))
    return (
        Lines(
            "need",
            translate(_ROOM, "What is &needed"),
            translate(_ROOM, "In the client’s words."),
            rows=2,
            needed=True,
        ),
        Together(
            Choice("category", translate(_ROOM, "&Kind"), options=kinds),
            Choice(
                "job_id",
                translate(_ROOM, "For which &job"),
                options=jobs,
                nothing=translate(_ROOM, "Not for one job yet"),
            ),
        ),
        Lines(
            "why",
            translate(_ROOM, "&Why"),
            translate(_ROOM, "For the client and you. It goes on no paper unless the client says so."),
            rows=2,
        ),
        Check("may_say_why", translate(_ROOM, "The client wants the reason &told")),
        asked,
    )


def step_fields(event: str, works: tuple[Option, ...]) -> tuple[Part, ...]:
    """Return the questions about what happened."""
    on = Date("happened_on", translate(_ROOM, "&On"), needed=True, lean="past")
    owner = Text("owner", translate(_ROOM, "Who &sees to it"))
    review = Date("review_on", translate(_ROOM, "Look at it &again on"), _usual_months(), lean="future")
    note = _note(event)
    if event == "in_place":
        return (Together(on, owner, review), note)
    if event == "reviewed":
        working = Choice("is_working", translate(_ROOM, "Does it &work"), options=works)
        return (Together(on, working, review), note)
    if event == "ended":
        return (on, note)
    whom = Text("with_whom", translate(_ROOM, "With &whom"))
    if event in {"agreed", "partly"}:
        return (Together(on, whom, owner), note)
    return (Together(on, whom), note)


def _usual_months() -> str:
    return translate(_ROOM, "Left empty: after the usual months.")


def _note(event: str) -> Field:
    """Return the question for words, as it fits what happened."""
    words = {
        "agreed": translate(_ROOM, "What was agreed"),
        "partly": translate(_ROOM, "What was agreed, and what was not"),
        "refused": translate(_ROOM, "The reason that was given"),
        "reviewed": translate(_ROOM, "How it works, in the client’s words"),
    }
    return Lines(
        "note", words.get(event, translate(_ROOM, "Anything else")), rows=2, needed=event == "refused"
    )
