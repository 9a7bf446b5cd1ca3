"""Case studies: written with permission, gone through with the checklist, shown to the client, reviewed, and passed on."""

import html
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from coachdesk.returns.case_studies import (
    AnswerIntruder,
    CaseStudyRow,
    SaveCaseStudy,
    SeenByClient,
    WithdrawCaseStudy,
    answer_intruder,
    list_case_studies,
    review_case_study,
    save_case_study,
    seen_by_client,
    withdraw_case_study,
)
from coachdesk.returns.case_studies_paper import SaveStory, StoryFor, check_story, save_story
from coachdesk.returns.case_studies_questions import ANSWERS, intruder_questions
from coachdesk.returns.periods import Period
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Check, Choice, Date, Lines, Option, Part, Text
from coachdesk.ui.rights.client_picker import ClientPicker
from coachdesk.ui.rights.part import about, asked_about
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Divider, EmptyState, Flow, Pill, label, row, secondary_button
from coachdesk.ui.wizard import WorkingPage


class CaseStudyCard(Card):
    """A line for each case study, with what it still lacks; the forms stand above them."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page, self._office = page, page.office
        self._rows: dict[str, CaseStudyRow] = {}
        self._programme: UUID | None = None
        self._period: Period | None = None
        self._client: UUID | None = None
        self._chosen: CaseStudyRow | None = None
        self.add_button = secondary_button(self.tr("&Write a case study"), "plus")
        self.picker = ClientPicker(self._office, heading=self.tr("Whose story?"))
        self.form = SideForm(self._office, "case_study", self.tr("&Save"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        said = self.tr(
            "A client’s story that gives nobody away. It needs their permission for “Telling their story”, the checklist, "
            "their own look at it, and a second person who reviews it."
        )
        self.add(row(label(self.tr("Case studies"), "section"), 1, self.add_button))
        self.add(label(said, "meta", wrap=True))
        for piece in (self.picker, self.form):
            self.add(piece)
        self.body.addSpacing(Space.SMALL)
        self.add(self.lines)
        self.add_button.clicked.connect(self.picker.start)
        self.picker.chosen.connect(self._new)
        self.form.saved.connect(self._saved)

    def show_period(self, programme_id: UUID, period: Period) -> None:
        """Ask for the case studies; new ones are written for this programme and period."""
        self._programme, self._period = programme_id, period
        self._office.desk.ask(list_case_studies, None, self._show)

    def _show(self, rows: tuple[CaseStudyRow, ...]) -> None:
        self._rows = {one.id.hex: one for one in rows}
        clear(self.lines)
        if not rows:
            words = self.tr("When a client likes the thought, write down with them what changed.")
            self.lines.addWidget(EmptyState(self.tr("No case studies yet"), words, icon="file-text"))
        for place, one in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        lay_out(self)

    def _state(self, one: CaseStudyRow) -> Pill:
        if one.withdrawn:
            return Pill(self.tr("Withdrawn"), Tone.DANGER)
        if one.lacks:
            return Pill(self.tr("Not ready"), Tone.WARNING)
        return Pill(self.tr("May leave"), Tone.OK)

    def _line(self, one: CaseStudyRow) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        head = row(label(one.title, "strong", wrap=True), self._state(one))
        head.setStretch(0, 1)
        box.addLayout(head)
        box.addWidget(label(self._facts(one), "meta", wrap=True))
        for said in (one.withdrawn, *one.lacks):
            if said:
                box.addWidget(label(said, tone=Tone.WARNING, wrap=True))
        box.addWidget(self._text(one))
        if one.found:
            told = ", ".join(dict.fromkeys(f"“{word.words}” ({word.why})" for word in one.found))
            words = self.tr("Underlined, because it stands in the client’s record: {words}.")
            box.addWidget(label(words.format(words=told), tone=Tone.WARNING, wrap=True))
        if one.stood_in:
            words = self.tr("It stood in: {packs}.").format(packs="; ".join(one.stood_in))
            box.addWidget(label(words, "secondary", wrap=True))
        box.addLayout(self._buttons(one))
        return holder

    def _facts(self, one: CaseStudyRow) -> str:
        period = Period(one.from_on, one.to_on).words if one.from_on and one.to_on else ""
        parts = [
            one.client,
            one.programme,
            self.tr("{count} words").format(count=one.words),
            self.tr("for the return of {period}").format(period=period)
            if period
            else self.tr("for no return"),
            self.tr("written by {name}").format(name=one.written_by),
            self.tr("seen by the client {day}").format(day=day(one.seen_by_client_on))
            if one.seen_by_client_on
            else "",
            self.tr("reviewed by {name}, {day}").format(name=one.reviewed_by, day=day(one.reviewed_on))
            if one.reviewed_on
            else "",
        ]
        return "  ·  ".join(part for part in parts if part)

    def _text(self, one: CaseStudyRow) -> QLabel:
        """Return the text with what stands in the client's record in bold and underlined."""
        whole = f"{one.title}\n{one.text}"
        start = len(one.title) + 1
        said, at = "", start
        for word in one.found:
            if word.start >= start:
                said += html.escape(whole[at : word.start])
                said += f"<b><u>{html.escape(word.words)}</u></b>"
                at = word.end
        said += html.escape(whole[at:])
        shown = label(said.replace("\n", "<br>"), wrap=True)
        shown.setTextFormat(Qt.TextFormat.RichText)
        shown.setAccessibleName(one.text)
        return shown

    def _buttons(self, one: CaseStudyRow) -> Flow:
        buttons = Flow(spacing=Space.SMALL)
        withdrawn = bool(one.withdrawn)
        offered = [
            (self.tr("Change the text"), "pencil", self._change),
            (self.tr("Checklist"), "list-checks", self._checklist),
            (self.tr("Shown to the client"), "eye", self._seen),
            (self.tr("I have reviewed it"), "check", self._review),
        ]
        if one.may_leave:
            offered.append((self.tr("Pass it on…"), "send", self._pass_on))
        offered.append(
            (self.tr("Use it again"), "undo-2", self._withdraw)
            if withdrawn
            else (self.tr("Withdraw"), "x", self._withdraw)
        )
        for words, icon, slot in offered:
            buttons.addWidget(about(secondary_button(words, icon), one.id.hex, slot, f"{words}: {one.title}"))
        return buttons

    @Slot(object)
    def _new(self, client_id: UUID) -> None:
        self._client, self._chosen = client_id, None
        self._open_text(self.tr("A new case study"), {"for_return": True}, client_id.hex)

    @Slot()
    def _change(self) -> None:
        one = self._take()
        self._client = one.client_id
        values = {"title": one.title, "text": one.text, "for_return": one.from_on is not None}
        self._open_text(self.tr("Change: {title}").format(title=one.title), values, one.id.hex)

    def _take(self) -> CaseStudyRow:
        self._chosen = self._rows[asked_about(self.sender())]
        return self._chosen

    def _open(
        self,
        heading: str,
        parts: Sequence[Part],
        values: object,
        wish: Callable[[dict[str, Any]], Any],
        command: Callable[[Any, Any], Any],
        *,
        about: str,
        client_id: UUID | None,
    ) -> None:
        self.form.open_form(heading, parts, values, wish, command, about=about, client_id=client_id)
        bring_into_sight(self.form)

    def _meant_for(self) -> Period:
        """Return the return a text is meant for: the one it has, or the one that is chosen above."""
        one = self._chosen
        if one is not None and one.from_on is not None and one.to_on is not None:
            return Period(one.from_on, one.to_on)
        assert self._period is not None  # noqa: S101  the card stands under a period
        return self._period

    def _open_text(self, heading: str, values: object, key: str) -> None:
        parts = (
            Text("title", self.tr("&Title"), self.tr("Say nothing in it of who it is."), needed=True),
            Lines("text", self.tr("The s&tory"), rows=10),
            Check(
                "for_return", self.tr("For the &return of {period}").format(period=self._meant_for().words)
            ),
        )
        self._open(
            heading, parts, values, self._text_wish, save_case_study, about=key, client_id=self._client
        )

    def _text_wish(self, values: dict[str, Any]) -> SaveCaseStudy:
        assert self._client is not None  # noqa: S101  the form opens for a client
        assert self._programme is not None  # noqa: S101  under a programme that is shown
        period = self._meant_for() if values["for_return"] else None
        return SaveCaseStudy(
            client_id=self._client,
            programme_id=self._chosen.programme_id if self._chosen else self._programme,
            title=values["title"],
            text=values["text"],
            from_on=period.from_on if period else None,
            to_on=period.to_on if period else None,
            id=self._chosen.id if self._chosen else None,
        )

    @Slot()
    def _checklist(self) -> None:
        one = self._take()
        options = [Option(key, words) for key, words in ANSWERS.items()]
        nothing = self.tr("Not answered yet")
        parts = tuple(
            Choice(asked.key, asked.ask, options=options, nothing=nothing) for asked in intruder_questions()
        )
        heading = self.tr("Could somebody who tries find out who it is? {title}").format(title=one.title)
        self._open(
            heading,
            parts,
            dict(one.answers),
            self._answers_wish,
            answer_intruder,
            about=f"checklist:{one.id.hex}",
            client_id=one.client_id,
        )

    def _answers_wish(self, values: dict[str, Any]) -> AnswerIntruder:
        assert self._chosen is not None  # noqa: S101  the form opens for a case study
        return AnswerIntruder(id=self._chosen.id, answers={key: said for key, said in values.items() if said})

    @Slot()
    def _seen(self) -> None:
        one = self._take()
        self._open(
            self.tr("The client has seen it: {title}").format(title=one.title),
            (Date("on", self.tr("Shown &on"), needed=True, lean="past"),),
            {"on": self._office.desk.clock.today()},
            self._seen_wish,
            seen_by_client,
            about=f"seen:{one.id.hex}",
            client_id=one.client_id,
        )

    def _seen_wish(self, values: dict[str, Any]) -> SeenByClient:
        assert self._chosen is not None  # noqa: S101  the form opens for a case study
        return SeenByClient(id=self._chosen.id, on=values["on"])

    @Slot()
    def _review(self) -> None:
        one = self._rows[asked_about(self.sender())]
        self._office.desk.do(review_case_study, one.id, refused=self._page.show_refusal)

    @Slot()
    def _withdraw(self) -> None:
        one = self._rows[asked_about(self.sender())]
        again = bool(one.withdrawn)
        wish = WithdrawCaseStudy(id=one.id, again=again)
        self._office.desk.do(withdraw_case_study, wish, refused=self._page.show_refusal)

    @Slot()
    def _pass_on(self) -> None:
        one = self._take()
        self._open(
            self.tr("Pass it on: {title}").format(title=one.title),
            (Text("recipient", self.tr("&Who will read it"), needed=True),),
            {},
            self._story_wish,
            check_story,
            about=f"pass-on:{one.id.hex}",
            client_id=one.client_id,
        )

    def _story_wish(self, values: dict[str, Any]) -> StoryFor:
        assert self._chosen is not None  # noqa: S101  the form opens for a case study
        return StoryFor(id=self._chosen.id, recipient=values["recipient"])

    @Slot(object)
    def _saved(self, value: object) -> None:
        if isinstance(value, StoryFor):
            path = self._office.dialogs.save_as(self.tr("Case study.pdf"), (self.tr("PDF (*.pdf)"),))
            if path is not None:
                wish = SaveStory(story=value, path=path)
                self._page.start(
                    save_story, wish, self.tr("Setting the case study…"), self._left, writes=True
                )

    def _left(self, path: Path) -> None:
        words = self.tr("The case study lies here, and is written down as passed on: {file}")
        self._office.messages.say(words.format(file=path), tone=Tone.OK)
