"""The engagement log of an employer, and the form that writes a talk down in a few keys."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.employer_contacts import (
    EmployerContactRow,
    FollowedUp,
    SaveEmployerContact,
    employer_contacts,
    mark_followed_up,
    put_employer_contact_away,
    save_employer_contact,
)
from coachdesk.casework.employer_places import EmployerPlaces, read_places
from coachdesk.terms import Unstated
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.employers.for_whom import ForWhom
from coachdesk.ui.employers.part import FORM, EmployerPart, held, told
from coachdesk.ui.forms.fields import Check, Choice, Date, Lines, Number, Option, Part, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, due, due_tone, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Banner, Pill, column, label, row

_MORE = ("override_reason",)


class TalkForm(SideForm):
    """The form of a talk: what and how above, for whom below; a reason is asked only where somebody was named."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, FORM, self.tr("&Save"), parent)
        self.for_whom = ForWhom(office)
        self.stay_away = Banner("", "", Tone.WARNING, closable=False)
        self.stay_away.hide()
        self.body.insertWidget(1, self.stay_away)
        self.body.insertWidget(self.body.count() - 1, self.for_whom)
        self.for_whom.edited.connect(self.ask_why)
        self.for_whom.save_wanted.connect(self.save)

    @Slot()
    def ask_why(self) -> None:
        """Ask for a reason only where somebody was spoken of by name; it counts only without a permission."""
        if self.form is not None:
            for name in _MORE:
                self.form.set_shown(name, shown=self.for_whom.is_anybody_named())
            lay_out(self)

    def warn(self, why: str) -> None:
        """Say in the form why nobody approaches this employer; it can be written down all the same."""
        self.stay_away.message.setText(self.tr("Do not approach"))
        self.stay_away.advice.setText(why)
        self.stay_away.advice.setVisible(bool(why))
        self.stay_away.setAccessibleName(f"{self.stay_away.message.text()}: {why}")
        self.stay_away.setVisible(bool(why))


class TalksPart(EmployerPart):
    """Our talks with one employer, the newest first."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, self.tr("Talks"), self.tr("&Record a talk"), "message-square", parent)
        self._rows: dict[UUID, EmployerContactRow] = {}
        self._places = EmployerPlaces(sites=(), people=())
        self._chosen: UUID | None = None

    @override
    def _make_form(self) -> SideForm:
        self.talk_form = TalkForm(self._office)
        return self.talk_form

    @override
    def refresh(self) -> None:
        self._office.desk.ask(read_places, self.employer_id, self._know)
        self._office.desk.ask(employer_contacts, self.employer_id, self._show)

    def _know(self, places: EmployerPlaces) -> None:
        self._places = places

    def _show(self, rows: tuple[EmployerContactRow, ...]) -> None:
        self._rows = {one.id: one for one in rows}
        self._draw(
            [self._line(one) for one in rows],
            self.tr("No talk is written down yet. A visit, a call, a thank-you: each one is a step."),
        )

    def _line(self, one: EmployerContactRow) -> QWidget:
        called = one.purpose_words or self.tr("A talk")
        head = row(label(called, "strong", wrap=True))
        head.setStretch(0, 1)
        if one.face_to_face:
            head.addWidget(Pill(self.tr("Face to face"), Tone.BRAND))
        if one.is_open:
            today = self._office.desk.clock.today()
            tone = due_tone(one.follow_up_on, today)
            head.addWidget(Pill(self.tr("Follow up: {due}").format(due=due(one.follow_up_on, today)), tone))
        said = column(head, label(self._meta(one), "meta", wrap=True), spacing=Space.HAIR)
        for words, role in (
            (one.outcome, ""),
            (self._for_whom(one), "secondary"),
            (one.follow_up, "secondary"),
        ):
            if words:
                said.addWidget(label(words, role, wrap=True))
        acts = [("change", self.tr("Change"), "pencil"), ("away", self.tr("Put away"), "trash-2")]
        if one.is_open:
            acts.insert(0, ("done", self.tr("Followed up"), "check"))
        elif one.followed_up_on is not None:
            acts.insert(0, ("open", self.tr("Open the follow-up again"), "undo-2"))
        said.addLayout(self._buttons(one.id, f"{called}, {day(one.happened_on)}", *acts))
        return held(said)

    def _meta(self, one: EmployerContactRow) -> str:
        who = {
            "coach": one.coach,
            "client": self.tr("the client spoke with them"),
            "both": self.tr("{coach} with the client").format(coach=one.coach),
        }
        minutes = self.tr("{minutes} min").format(minutes=one.minutes) if one.minutes is not None else ""
        decides = self.tr("with somebody who decides") if one.with_decider == "yes" else ""
        done = ""
        if one.followed_up_on is not None:
            done = self.tr("followed up {day}").format(day=day(one.followed_up_on))
        return told(day(one.happened_on), who.get(one.made_by, ""), one.person, decides, minutes, done)

    def _for_whom(self, one: EmployerContactRow) -> str:
        named = self.tr("{name} (by name)")
        names = [named.format(name=talk.name) if talk.named else talk.name for talk in one.talks]
        if one.others:
            names.append(
                plural(
                    one.others, self.tr("somebody else’s client"), self.tr("{count} clients of colleagues")
                )
                if one.others > 1
                else self.tr("somebody else’s client")
            )
        return self.tr("For {names}").format(names=", ".join(names)) if names else ""

    @override
    def _act(self, act: str, record_id: UUID) -> None:
        today = self._office.desk.clock.today()
        if act == "away":
            self._do(put_employer_contact_away, record_id)
        elif act in {"done", "open"}:
            self._do(mark_followed_up, FollowedUp(contact_id=record_id, on=today if act == "done" else None))
        elif record_id in self._rows:
            self._open(self._rows[record_id])

    @override
    @Slot()
    def start(self) -> None:
        """Open the form for a talk of today."""
        self._open(None)

    def _open(self, one: EmployerContactRow | None) -> None:
        self._chosen = one.id if one is not None else None
        values = one or {
            "happened_on": self._office.desk.clock.today(),
            "made_by": "coach",
            "with_decider": str(Unstated.NOT_ASKED),
        }
        assert self.employer is not None  # noqa: S101  the part is seen with an employer only
        self.talk_form.for_whom.show_people(one.talks if one is not None else ())
        self.form.open_form(
            self.tr("A talk with {name}").format(name=self.employer.name),
            self._parts(),
            values,
            self._wish,
            save_employer_contact,
            about=self._about("talk", self._chosen),
        )
        self.talk_form.warn(self.employer.do_not_approach)
        self.talk_form.ask_why()

    def _parts(self) -> tuple[Part, ...]:
        codes = self._office.codes
        people = tuple(Option(one.id, one.name) for one in self._places.people if one.left_on is None)
        made_by = (
            Option("coach", self.tr("I did")),
            Option("client", self.tr("The client did")),
            Option("both", self.tr("Both of us")),
        )
        return (
            Choice("purpose", self.tr("&What for"), options=codes.options("employer_purpose", unstated=False)),
            Check("face_to_face", self.tr("&Face to face")),
            Lines(
                "outcome",
                self.tr("What came of &it"),
                self.tr("The whole team reads this: name no client here."),
                rows=2,
            ),
            Together(
                Date("happened_on", self.tr("O&n"), needed=True, lean="past"),
                Number("minutes", self.tr("&Minutes"), lowest=0, highest=1440),
            ),
            Together(
                Date("follow_up_on", self.tr("Follow &up on"), lean="future"),
                Text("follow_up", self.tr("By doin&g what")),
            ),
            Together(
                Choice("person_id", self.tr("Wit&h"), options=people),
                Choice("with_decider", self.tr("Somebody who &decides?"), options=codes.options("yes_no")),
            ),
            Choice("made_by", self.tr("Who spo&ke with them"), options=made_by, needed=True),
            Lines(
                "override_reason",
                self.tr("Named without permission? Say why"),
                self.tr("Left empty, it is saved only if the client’s permission to share with employers is in force."),
                rows=2,
            ),
        )  # fmt: skip

    def _wish(self, values: dict[str, Any]) -> SaveEmployerContact:
        for name in ("purpose", "with_decider"):
            values[name] = values[name] or str(Unstated.NOT_ASKED)
        return SaveEmployerContact(
            employer_id=self.employer_id,
            contact_id=self._chosen,
            talks=self.talk_form.for_whom.talks(),
            override_reason=values.pop("override_reason") or "",
            site_id=self._rows[self._chosen].site_id if self._chosen in self._rows else None,
            **values,
        )
