"""Referred on: to which service, what it answered, when they first came, what came of it; and referring on."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.onward_due import ACCEPTED, WAITING
from coachdesk.casework.onward_referrals import (
    ANSWERS,
    EndReferral,
    OnwardRow,
    RecordAnswer,
    RecordAttendance,
    ReferOn,
    end_referral,
    list_onward_referrals,
    record_answer,
    record_attendance,
    refer_on,
)
from coachdesk.casework.permission_check import TAKING_PART
from coachdesk.casework.services import SORTS, ServiceRow, Services, ServicesQuestion, list_services
from coachdesk.terms import Kind
from coachdesk.ui.clients.permission_parts import override_part, told_part
from coachdesk.ui.forms.fields import Choice, Date, Lines, Option, Part, Text, Together
from coachdesk.ui.forms.inputs import TextInput
from coachdesk.ui.job_search.search_card import NOT_ASKED, SearchCard, quiet_line, with_buttons
from coachdesk.ui.office import Office
from coachdesk.ui.services.service_line import offer_services
from coachdesk.ui.spoken import due, due_tone, short_day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Pill, column, label, row

FOLLOW = "follow"
"""Asks for the form that a referral calls for now: its answer, or the first time there."""
_TONES = {ACCEPTED: Tone.OK, WAITING: Tone.INFO}


class OnwardCard(SearchCard):
    """The referrals on of one client, the newest first."""

    form_name = "letter"  # the first word of the key of its drafts: it lies on the tab of the letters

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            self.tr("Referred on"),
            self.tr("Other people’s help, followed up until it is clear what came of it."),
            (self.tr("Refer to a &service…"), "external-link"),
            parent,
        )
        self._known: dict[str, ServiceRow] = {}
        self.about_service = label("", "secondary", wrap=True)
        self.about_service.hide()
        self.form.body.insertWidget(1, self.about_service)

    @override
    def ask(self, question: ClientQuestion) -> None:
        self.office.desk.ask(list_onward_referrals, question, self._show)

    def _show(self, found: tuple[OnwardRow, ...]) -> None:
        pieces = [self._line(one) for one in found]
        if not found:
            words = self.tr(
                "Nobody was asked to help yet. What a service is told needs the client’s permission."
            )
            pieces.append(label(words, "secondary", wrap=True))
        self.draw(pieces, {one.id.hex: one for one in found})

    def _line(self, one: OnwardRow) -> QWidget:
        head = row(label(one.service, "strong", wrap=True), self._state(one))
        head.setStretch(0, 1)
        head.addWidget(self.past(Kind.ONWARD_REFERRAL, one.id, one.service))
        said = column(head, spacing=Space.HAIR)
        if one.reason:
            said.addWidget(label(f"“{one.reason}”", wrap=True))
        said.addWidget(label(self._days(one), "meta", wrap=True))
        if one.due is not None:
            today = self.office.desk.clock.today()
            words = self.tr("Next: {what}, {when}").format(
                what=one.due.what, when=due(one.due.on, today).lower()
            )
            said.addWidget(quiet_line(words, "calendar-clock", due_tone(one.due.on, today)))
        for words in self._more(one):
            said.addWidget(label(words, "secondary", wrap=True))
        return with_buttons(said, self._buttons(one))

    def _state(self, one: OnwardRow) -> Pill:
        if one.ended_on is not None:
            return Pill(one.outcome_words or self.tr("Ended"), Tone.NEUTRAL)
        if one.first_attended_on is not None:
            return Pill(self.tr("Has been there"), Tone.OK)
        return Pill(one.answer_words, _TONES.get(one.answer, Tone.NEUTRAL))

    def _days(self, one: OnwardRow) -> str:
        today = self.office.desk.clock.today()
        answered = self.tr("answer {day}: {answer}").format(
            day=short_day(one.answered_on, today), answer=one.answer_words.lower()
        )
        first = self.tr("first there {day}").format(day=short_day(one.first_attended_on, today))
        ended = self.tr("ended {day}").format(day=short_day(one.ended_on, today))
        parts = (
            one.sort,
            self.tr("Referred {day}").format(day=short_day(one.made_on, today)),
            self.tr("by {coach}").format(coach=one.coach) if one.coach else "",
            answered if one.answered_on is not None else "",
            first if one.first_attended_on is not None else "",
            ended if one.ended_on is not None else "",
        )
        return "  ·  ".join(part for part in parts if part)

    def _more(self, one: OnwardRow) -> list[str]:
        without = self.tr("Why without a permission: {reason}").format(reason=one.override_reason)
        reach = self.tr("To ask there: {how}").format(how=one.contact)
        return [
            *((reach,) if one.contact and one.ended_on is None else ()),
            *((one.outcome_note,) if one.outcome_note else ()),
            *((without,) if one.override_reason else ()),
        ]

    def _buttons(self, one: OnwardRow) -> list[Button]:
        if one.ended_on is not None:
            told = [("ended", self.tr("Change how it ended…"), "pencil")]
        elif one.first_attended_on is not None:
            told = [("ended", self.tr("How it ended…"), "check")]
        else:
            told = [
                ("answer", self.tr("Answer…"), "message-square"),
                ("attended", self.tr("They came…"), "user"),
                ("ended", self.tr("How it ended…"), "check"),
            ]
        return [self.act(key, words, icon, one.id, one.service) for key, words, icon in told]

    @override
    def openers(self) -> dict[str, Callable[[Any], None]]:
        return {
            "answer": self._answer,
            "attended": self._attended,
            "ended": self._ended,
            FOLLOW: self._follow,
        }

    @override
    def go_on(self, kind: str, about: str) -> bool:
        if kind == "onward":
            self.start()
            return True
        return super().go_on(kind, about)

    def _follow(self, one: OnwardRow) -> None:
        """Open what the referral calls for: they are asked about the first time once it was accepted."""
        (self._attended if one.answer == ACCEPTED else self._answer)(one)

    @Slot()
    @override
    def start(self) -> None:
        question = ServicesQuestion(today=self.office.desk.clock.today())
        self.office.desk.ask(list_services, question, self._refer)

    def _refer(self, services: Services) -> None:
        if self.client_id is None:
            return
        self._known = {one.name.casefold(): one for one in services.rows}
        self._open(
            self.tr("Refer to a service"),
            self._refer_parts(),
            {"made_on": self.office.desk.clock.today()},
            self._refer_wish,
            refer_on,
            f"onward:{self.client_id.hex}",
        )
        assert self.form.form is not None  # noqa: S101  it was opened just now
        field = self.form.form.input("service_name")
        assert isinstance(field, TextInput)  # noqa: S101  the parts below say so
        self.completer = offer_services(field, (one.name for one in services.rows))
        field.line.textChanged.connect(self._say_about)
        self._say_about(field.line.text())

    def _refer_parts(self) -> tuple[Part, ...]:
        codes = self.office.codes
        return (
            Together(
                Text(
                    "service_name",
                    self.tr("Ser&vice"),
                    self.tr("Type a part of its name, or the name of one that is not in the directory."),
                    needed=True,
                ),
                Choice(
                    "service_sort",
                    self.tr("S&ort"),
                    self.tr("Only for one that is not in the directory."),
                    options=codes.options(SORTS, unstated=False),
                ),
            ),
            Lines("reason", self.tr("What the client &hopes for, in their words"), rows=2),
            Together(
                Date("made_on", self.tr("Referre&d on"), needed=True, lean="past"),
                Date(
                    "follow_up_on",
                    self.tr("&Look again on"),
                    self.tr("Left empty, Today asks by the rules."),
                    lean="future",
                ),
            ),
            told_part(codes, self.tr("What the service is told")),
            override_part(),
        )

    def _refer_wish(self, values: dict[str, Any]) -> ReferOn:
        values["service_sort"] = values["service_sort"] or NOT_ASKED
        return ReferOn(client_id=self.whose(), **{**values, "data": (TAKING_PART, *values["data"])})

    @Slot(str)
    def _say_about(self, typed: str) -> None:
        """Say how one refers to the service that is typed, where the directory knows it."""
        found = self._known.get(" ".join(typed.split()).casefold())
        parts = (found.how_to_refer, found.waiting_time, found.unconfirmed) if found is not None else ()
        words = "  ·  ".join(part for part in parts if part)
        self.about_service.setText(words)
        self.about_service.setVisible(bool(words))

    def _answer(self, one: OnwardRow) -> None:
        def wish(values: dict[str, Any]) -> RecordAnswer:
            return RecordAnswer(referral_id=one.id, **values)

        titles = {key: self.office.codes.title("referral_answer", key) for key in ANSWERS}
        parts = (
            Together(
                Choice(
                    "answer",
                    self.tr("Ans&wer"),
                    options=tuple(Option(key, titles[key]) for key in ANSWERS),
                    needed=True,
                ),
                Date("answered_on", self.tr("O&n"), needed=True, lean="past"),
                Date(
                    "follow_up_on",
                    self.tr("&Look again on"),
                    self.tr("Left empty, Today asks by the rules."),
                    lean="future",
                ),
            ),
        )
        values = {
            "answer": one.answer if one.answer != WAITING else ACCEPTED,
            "answered_on": one.answered_on or self.office.desk.clock.today(),
        }
        heading = self.tr("What {service} answered").format(service=one.service)
        self._open(heading, parts, values, wish, record_answer, f"answer:{one.id.hex}")

    def _attended(self, one: OnwardRow) -> None:
        def wish(values: dict[str, Any]) -> RecordAttendance:
            return RecordAttendance(referral_id=one.id, **values)

        parts = (Date("attended_on", self.tr("First there &on"), needed=True, lean="past"),)
        values = {"attended_on": one.first_attended_on or self.office.desk.clock.today()}
        heading = self.tr("The first time at {service}").format(service=one.service)
        self._open(heading, parts, values, wish, record_attendance, f"attended:{one.id.hex}")

    def _ended(self, one: OnwardRow) -> None:
        def wish(values: dict[str, Any]) -> EndReferral:
            values["outcome"] = values["outcome"] or NOT_ASKED
            return EndReferral(referral_id=one.id, **values)

        outcomes = self.office.codes.options("referral_outcome")
        parts = (
            Together(
                Choice("outcome", self.tr("What came of i&t"), options=outcomes),
                Date("ended_on", self.tr("Ended o&n"), needed=True, lean="past"),
            ),
            Lines("outcome_note", self.tr("In the client’s &words"), rows=2),
        )
        values = {
            "outcome": one.outcome,
            "ended_on": one.ended_on or self.office.desk.clock.today(),
            "outcome_note": one.outcome_note,
        }
        heading = self.tr("What came of it: {service}").format(service=one.service)
        self._open(heading, parts, values, wish, end_referral, f"ended:{one.id.hex}")

    def _open(
        self,
        heading: str,
        parts: tuple[Part, ...],
        values: dict[str, Any],
        wish: Callable[[dict[str, Any]], Any],
        command: Callable[[Any, Any], Any],
        about: str,
    ) -> None:
        self.about_service.hide()
        self.form.open_form(heading, parts, values, wish, command, about=about, client_id=self.client_id)
