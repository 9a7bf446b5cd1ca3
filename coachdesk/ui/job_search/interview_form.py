"""What is asked about an interview, a visit or a working trial, and how it reads as one line."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication

from coachdesk.casework.interviews import InterviewRow, SaveInterview
from coachdesk.ui.forms.fields import Check, Choice, Date, Lines, Part, Text, Together
from coachdesk.ui.job_search.search_card import NOT_ASKED
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import short_day
from coachdesk.ui.tokens import Tone

translate = QCoreApplication.translate


def interview_parts(office: Office, *, is_new: bool) -> tuple[Part, ...]:
    """Return the questions; how it went and that it is off are asked only of one that is written down."""
    first = (
        Together(
            Choice(
                "sort", translate("InterviewForm", "&Kind"), options=office.codes.options("interview_sort")
            ),
            Date("happens_on", translate("InterviewForm", "&On"), needed=True, lean="future"),
            Text("at_time", translate("InterviewForm", "&At"), placeholder="9:30"),
        ),
        Together(
            Text("place", translate("InterviewForm", "W&here")),
            Text("with_whom", translate("InterviewForm", "With &whom")),
        ),
        Lines("support", translate("InterviewForm", "Support asked for on the &day"), rows=2),
    )
    later = (
        Lines("how_it_went", translate("InterviewForm", "How it went, in the client’s words"), rows=2),
        Check("cancelled", translate("InterviewForm", "It is cancelled")),
    )
    return first if is_new else (*first, *later)


def interview_wish(
    application_id: UUID, interview_id: UUID | None
) -> Callable[[dict[str, Any]], SaveInterview]:
    """Return how the values of the form become a wish."""

    def wish(values: dict[str, Any]) -> SaveInterview:
        told = {**values, "sort": values["sort"] or NOT_ASKED}
        return SaveInterview(application_id=application_id, interview_id=interview_id, **told)

    return wish


def interview_line(office: Office, held: InterviewRow) -> tuple[str, Tone]:
    """Return an interview as one line, and how pressing it is: a past one nobody wrote about is."""
    today = office.desk.clock.today()
    sort = office.codes.title("interview_sort", "interview" if held.sort == NOT_ASKED else held.sort)
    when = " ".join(part for part in (short_day(held.happens_on, today), held.at_time) if part)
    who = translate("InterviewForm", "with {name}").format(name=held.with_whom) if held.with_whom else ""
    asked = held.support and translate("InterviewForm", "asked for: {words}").format(words=held.support)
    went = held.how_it_went and translate("InterviewForm", "how it went: “{words}”").format(
        words=held.how_it_went
    )
    off = translate("InterviewForm", "cancelled") if held.cancelled_on is not None else ""
    parts = (f"{sort}: {when}", held.place, who, asked, went, off)
    is_over = held.happens_on < today
    unsaid = is_over and not went and not off
    tone = Tone.WARNING if unsaid else Tone.NEUTRAL if is_over or off else Tone.INFO
    return "  ·  ".join(part for part in parts if part), tone
