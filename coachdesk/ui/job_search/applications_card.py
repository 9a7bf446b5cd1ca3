"""Applications as a pipeline of one client: each moves on by one button; interviews, the end and the job beside it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.applications import (
    ENDS,
    LEAD,
    NO_JOB,
    ApplicationRow,
    MoveOn,
    SaveApplication,
    list_applications,
    move_on,
    save_application,
)
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.interviews import InterviewRow, save_interview
from coachdesk.terms import Kind
from coachdesk.ui.forms.fields import Choice, Date, Lines, Option, Part, Text, Together
from coachdesk.ui.forms.inputs import TextInput
from coachdesk.ui.job_search.interview_form import interview_line, interview_parts, interview_wish
from coachdesk.ui.job_search.search_card import NOT_ASKED, SearchCard, fold_button, quiet_line, with_buttons
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import due, due_tone, plural, short_day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Pill, column, label, row
from coachdesk.ui.work.employer_line import EmployerLine

_TONES = {"accepted": Tone.OK, "offer": Tone.OK, "not_taken": Tone.NEUTRAL, "withdrawn": Tone.NEUTRAL}


class ApplicationsCard(SearchCard):
    """The ways of one client to a job.

    Signals: ``job_wanted(dict)`` with the values of a job that was accepted and is to be recorded, and
    ``application_id`` to tie it to; ``disclosure_wanted(str)`` with the employer about whom to decide.
    """

    job_wanted = Signal(dict)
    disclosure_wanted = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            self.tr("Applications"),
            self.tr("From a lead to an answer; every step can be undone."),
            (self.tr("Add a &lead"), "plus"),
            parent,
        )
        self._ended = False
        self._found: tuple[ApplicationRow, ...] = ()
        self._interviews: dict[str, tuple[ApplicationRow, InterviewRow]] = {}

    @override
    def ask(self, question: ClientQuestion) -> None:
        self.office.desk.ask(list_applications, question, self._show)

    def _show(self, found: tuple[ApplicationRow, ...]) -> None:
        self._found = found
        self._interviews = {held.id.hex: (one, held) for one in found for held in one.interviews}
        ended = [one for one in found if not one.is_open and not one.wants_job]
        pieces = [self._line(one) for one in found if one not in ended]
        if ended:
            pieces.append(self._fold(len(ended)))
            pieces += [self._line(one) for one in ended] if self._ended else []
        if not found:
            words = self.tr("None yet. A lead can be anything worth a try: a vacancy, a word from a friend.")
            pieces.append(label(words, "secondary", wrap=True))
        self.draw(pieces, {**{one.id.hex: one for one in found}, **self._interviews})

    def jobs(self) -> tuple[Option, ...]:
        """Return the jobs a client is or was on the way to, for questions about one of them."""
        return tuple(Option(one.id, one.called) for one in self._found)

    def _fold(self, count: int) -> QWidget:
        words = plural(count, self.tr("{count} has ended"), self.tr("{count} have ended"))
        return fold_button("ended", words, self._turn_ended, is_open=self._ended)

    @Slot()
    def _turn_ended(self) -> None:
        self._ended = not self._ended
        self._show(self._found)

    def _line(self, one: ApplicationRow) -> QWidget:
        head = row(label(one.called, "strong", wrap=True))
        head.setStretch(0, 1)
        head.addWidget(Pill(one.stage_words, _TONES.get(one.stage, Tone.BRAND)))
        head.addWidget(self.past(Kind.APPLICATION, one.id, one.called))
        said = column(head, label(self._facts(one), "meta", wrap=True), spacing=Space.HAIR)
        for piece in self._said(one):
            said.addWidget(piece)
        return with_buttons(said, self._buttons(one))

    def _facts(self, one: ApplicationRow) -> str:
        today = self.office.desk.clock.today()
        days = (
            (self.tr("Found {day}"), one.found_on),
            (self.tr("applied {day}"), one.applied_on),
            (self.tr("ended {day}"), one.ended_on),
        )
        told = [words.format(day=short_day(on, today)) for words, on in days if on is not None]
        source = self.office.codes.title("lead_source", one.source) if one.source != NOT_ASKED else ""
        return "  ·  ".join(part for part in (*told, source) if part)

    def _said(self, one: ApplicationRow) -> list[QWidget]:
        """Return the lines below the head: what is next, whom not to ring, what is told, interviews, and the end."""
        today = self.office.desk.clock.today()
        made: list[QWidget] = []
        if one.next_on is not None or one.next_step:
            parts = (one.next_step, due(one.next_on, today))
            words = self.tr("Next: {step}").format(step=" · ".join(part for part in parts if part))
            made.append(quiet_line(words, "calendar-clock", due_tone(one.next_on, today)))
        if one.do_not_approach:
            words = self.tr("Do not approach this employer: {why}").format(why=one.do_not_approach)
            made.append(quiet_line(words, "triangle-alert", Tone.WARNING))
        made.append(self._told(one))
        made += [self._interview(one, held) for held in one.interviews]
        if one.end_reason:
            made.append(label(self.tr("Why it ended: {words}").format(words=one.end_reason), wrap=True))
        if one.note:
            made.append(label(one.note, "secondary", wrap=True))
        return made

    def _told(self, one: ApplicationRow) -> QWidget:
        if one.disclosure is None:
            words = self.tr(
                "Nothing is decided about telling this employer; until then we tell them nothing."
            )
            return quiet_line(words, "eye-off")
        return quiet_line(one.disclosure.line, "eye", Tone.INFO)

    def _interview(self, one: ApplicationRow, held: InterviewRow) -> QWidget:
        words, tone = interview_line(self.office, held)
        line = row(quiet_line(words, "calendar", tone))
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(0, 1)
        asked = self.tr("How did it go?") if tone is Tone.WARNING else self.tr("Change")
        line.addWidget(self.act("interview", asked, "pencil", held.id, f"{one.called}, {words}"))
        line.addWidget(self.past(Kind.INTERVIEW, held.id, f"{one.called}, {words}"))
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _buttons(self, one: ApplicationRow) -> list[QWidget]:
        told: list[tuple[str, str, str]] = []
        if one.next_stage is not None:
            told.append(("on", one.next_stage.title, "arrow-right"))
        if one.wants_job:
            told.append(("job", self.tr("Record the job"), "briefcase"))
        if one.is_open:
            told.append(("visit", self.tr("Interview or visit…"), "calendar"))
        told.append(("application", self.tr("Change…"), "pencil"))
        told.append(("stage", self.tr("End or other stage…"), "flag"))
        told.append(("told", self.tr("What they are told…"), "eye"))
        return [self.act(key, words, icon, one.id, one.called) for key, words, icon in told]

    @override
    def acted(self, key: str, found: Any) -> None:
        if key == "on":
            today = self.office.desk.clock.today()
            self.do(move_on, MoveOn(application_id=found.id, stage=found.next_stage.key, on=today))
        elif key == "job":
            self.job_wanted.emit(self._job(found))
        elif key == "told":
            self.disclosure_wanted.emit(found.employer)
        else:
            super().acted(key, found)

    def _job(self, one: ApplicationRow) -> dict[str, Any]:
        """Return what the form of a job begins with, in the names of RecordJob."""
        return {
            "application_id": one.id,
            "employer_name": one.employer,
            "title": one.title,
            "started_on": self.office.desk.clock.today(),
            "contract": one.contract,
            "employment_type": one.employment_type,
        }

    @override
    def openers(self) -> dict[str, Callable[[Any], None]]:
        return {
            "application": self._change,
            "stage": self._stage,
            "visit": self._new_interview,
            "interview": self._change_interview,
        }

    @override
    def go_on(self, kind: str, about: str) -> bool:
        if kind == "lead":
            self.start()
            return True
        return super().go_on(kind, about)

    def _parts(self, *, is_new: bool) -> tuple[Part, ...]:
        codes = self.office.codes
        stages = tuple(
            one for one in codes.options("application_stage", unstated=False) if one.value not in ENDS
        )
        first = (Choice("stage", self.tr("S&tage now"), options=stages),) if is_new else ()
        return (
            Together(
                Text("employer_name", self.tr("&Employer"), needed=True),
                Text("title", self.tr("&Job")),
                *first,
            ),
            Together(
                Date("found_on", self.tr("&Found on"), needed=True, lean="past"),
                Choice("source", self.tr("Found &by"), options=codes.options("lead_source")),
                Date("applied_on", self.tr("Appl&ied on"), lean="past"),
            ),
            Together(
                Text("next_step", self.tr("Ne&xt step"), longest=200),
                Date("next_on", self.tr("Next step o&n"), lean="future"),
                Choice("disclosed", self.tr("Has been told about health"), options=codes.options("yes_no")),
            ),
            Lines("note", self.tr("N&ote"), rows=2),
        )

    @Slot()
    @override
    def start(self) -> None:
        values = {"found_on": self.office.desk.clock.today(), "stage": LEAD}
        self._ask_about(self.tr("A lead"), values, None, f"lead:{self.whose().hex}")

    def _change(self, one: ApplicationRow) -> None:
        self._ask_about(one.called, one, one, f"application:{one.id.hex}")

    def _ask_about(self, heading: str, values: object, one: ApplicationRow | None, about: str) -> None:
        def wish(told: dict[str, Any]) -> SaveApplication:
            for key, usual in (("source", NOT_ASKED), ("disclosed", NOT_ASKED), ("stage", LEAD)):
                told[key] = told.get(key) or usual
            held = one.id if one is not None else None
            return SaveApplication(client_id=self.whose(), application_id=held, **told)

        self.form.open_form(
            heading,
            self._parts(is_new=one is None),
            values if one is None else _with_name(one),
            wish,
            save_application,
            about=about,
            client_id=self.client_id,
        )
        assert self.form.form is not None  # noqa: S101  it was opened just now
        field = self.form.form.input("employer_name")
        assert isinstance(field, TextInput)  # noqa: S101  the parts above say so
        EmployerLine(self.office, field)

    def _stage(self, one: ApplicationRow) -> None:
        def wish(told: dict[str, Any]) -> MoveOn:
            return MoveOn(application_id=one.id, **told)

        options = self.office.codes.options("application_stage", unstated=False)
        ends = [option for option in options if option.value in NO_JOB]
        others = [option for option in options if option.value not in NO_JOB]
        self.form.open_form(
            self.tr("End or other stage: {what}").format(what=one.called),
            (
                Together(
                    Choice("stage", self.tr("S&tage"), options=(*ends, *others), needed=True),
                    Date("on", self.tr("&On"), needed=True, lean="past"),
                ),
                Lines(
                    "end_reason",
                    self.tr("If it ends: &why, and what would help the next time"),
                    self.tr("For the client’s own good: what was in the way, not whose fault it was."),
                    rows=2,
                ),
            ),
            {"on": self.office.desk.clock.today(), "end_reason": one.end_reason},
            wish,
            move_on,
            about=f"stage:{one.id.hex}",
            client_id=self.client_id,
        )

    def _new_interview(self, one: ApplicationRow) -> None:
        self._ask_interview(one, None, f"visit:{one.id.hex}")

    def _change_interview(self, found: tuple[ApplicationRow, InterviewRow]) -> None:
        self._ask_interview(*found, f"interview:{found[1].id.hex}")

    def _ask_interview(self, one: ApplicationRow, held: InterviewRow | None, about: str) -> None:
        self.form.open_form(
            self.tr("Interview or visit: {what}").format(what=one.called),
            interview_parts(self.office, is_new=held is None),
            {} if held is None else _with_cancelled(held),
            interview_wish(one.id, held.id if held is not None else None),
            save_interview,
            about=about,
            client_id=self.client_id,
        )


def _with_name(one: ApplicationRow) -> dict[str, Any]:
    names = ("title", "found_on", "source", "applied_on", "next_step", "next_on", "disclosed", "note")
    return {"employer_name": one.employer, **{name: getattr(one, name) for name in names}}


def _with_cancelled(held: InterviewRow) -> dict[str, Any]:
    names = ("sort", "happens_on", "at_time", "place", "with_whom", "support", "how_it_went")
    told = {name: getattr(held, name) for name in names}
    return {**told, "cancelled": held.cancelled_on is not None}
