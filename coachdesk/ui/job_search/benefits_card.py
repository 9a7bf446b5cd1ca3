"""Questions about benefits and being better off in work; the answers are those of advisers, never ours."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.benefits_questions import (
    BenefitsRow,
    SaveBenefitsQuestion,
    list_benefits_questions,
    save_benefits_question,
)
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.ranges import plain_pounds
from coachdesk.terms import Kind
from coachdesk.ui.forms.fields import Choice, Date, Lines, Option, Part, Text, Together
from coachdesk.ui.job_search.search_card import SearchCard, quiet_line, with_buttons
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import short_day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Pill, column, label, row


class BenefitsCard(SearchCard):
    """The questions of one client, open ones first."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            self.tr("Benefits and being better off"),
            self.tr(
                "CoachDesk reckons nothing itself: a benefits adviser does, and their figure stands here with their name."
            ),
            (self.tr("Write down a &question"), "plus"),
            parent,
        )
        self.jobs: tuple[Option, ...] = ()
        """The jobs a question may be about: the client's applications."""

    @override
    def ask(self, question: ClientQuestion) -> None:
        self.office.desk.ask(list_benefits_questions, question, self._show)

    def _show(self, found: tuple[BenefitsRow, ...]) -> None:
        pieces = [self._line(one) for one in found]
        if not found:
            pieces.append(label(self.tr("No questions are written down."), "secondary", wrap=True))
        self.draw(pieces, {one.id.hex: one for one in found})

    def _line(self, one: BenefitsRow) -> QWidget:
        head = row(label(f"“{one.question}”", "strong", wrap=True))
        head.setStretch(0, 1)
        state = (self.tr("Open"), Tone.WARNING) if one.is_open else (self.tr("Answered"), Tone.OK)
        head.addWidget(Pill(*state))
        head.addWidget(self.past(Kind.BENEFITS_QUESTION, one.id, one.question))
        said = column(head, spacing=Space.HAIR)
        if one.answer:
            said.addWidget(quiet_line(one.answer, "message-square", Tone.INFO))
        if one.figure:
            said.addWidget(quiet_line(one.figure + ".", "trending-up", Tone.INFO))
        said.addWidget(label(self._facts(one), "meta", wrap=True))
        words = self.tr("Answer…") if one.is_open else self.tr("Change…")
        return with_buttons(said, (self.act("answer", words, "pencil", one.id, one.question),))

    def _facts(self, one: BenefitsRow) -> str:
        today = self.office.desk.clock.today()
        parts = (
            self.tr("Asked {day}").format(day=short_day(one.asked_on, today)),
            self.tr("of {whom}").format(whom=one.asked_of) if one.asked_of else "",
            self.tr("answered {day}").format(day=short_day(one.answered_on, today))
            if one.answered_on
            else "",
            one.about,
        )
        return "  ·  ".join(part for part in parts if part)

    @override
    def openers(self) -> dict[str, Callable[[Any], None]]:
        return {"answer": self._answer}

    @override
    def go_on(self, kind: str, about: str) -> bool:
        if kind == "question":
            self.start()
            return True
        return super().go_on(kind, about)

    def _parts(self) -> tuple[Part, ...]:
        return (
            Lines("question", self.tr("The &question, in the client’s words"), rows=2, needed=True),
            Together(
                Date("asked_on", self.tr("&Asked on"), needed=True, lean="past"),
                Text("asked_of", self.tr("Asked &of"), placeholder=self.tr("Citizens Advice, Jobcentre")),
                Choice("application_id", self.tr("About which &job"), options=self.jobs),
            ),
            Lines("answer", self.tr("Ans&wer"), rows=2),
            Together(
                Text(
                    "better_off",
                    self.tr("&Better off by £ a week"),
                    placeholder=self.tr("34.50; -12 is worse"),
                ),
                Text("reckoned_by", self.tr("&Reckoned by")),
                Date("answered_on", self.tr("Answere&d on"), lean="past"),
            ),
        )

    @Slot()
    @override
    def start(self) -> None:
        values = {"asked_on": self.office.desk.clock.today()}
        self._open(self.tr("A question about benefits"), values, None, f"question:{self.whose().hex}")

    def _answer(self, one: BenefitsRow) -> None:
        names = ("question", "asked_on", "asked_of", "application_id", "answer", "reckoned_by", "answered_on")
        values = {name: getattr(one, name) for name in names}
        values["better_off"] = plain_pounds(one.better_off_pence)
        self._open(self.tr("The answer"), values, one, f"answer:{one.id.hex}")

    def _open(self, heading: str, values: dict[str, Any], one: BenefitsRow | None, about: str) -> None:
        def wish(told: dict[str, Any]) -> SaveBenefitsQuestion:
            return SaveBenefitsQuestion(
                client_id=self.whose(),
                question_id=one.id if one is not None else None,
                **told,
            )

        self.form.open_form(
            heading,
            self._parts(),
            values,
            wish,
            save_benefits_question,
            about=about,
            client_id=self.client_id,
        )
