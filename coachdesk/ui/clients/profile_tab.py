"""The vocational profile: every part of it in the client's own words, open to be written in at once."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from PySide6.QtCore import QKeyCombination, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.profile import (
    CompleteProfile,
    ProfileRow,
    SetProfileDates,
    answer_titles,
    complete_profile,
    read_profile,
    set_profile_dates,
)
from coachdesk.errors import Refusal
from coachdesk.papers.profile import ProfileLayout
from coachdesk.terms import Kind
from coachdesk.ui.clients.profile_answer import FORM, ProfileAnswer
from coachdesk.ui.clients.profile_printing import ProfilePrinting
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.forms.fields import Date, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import (
    Card,
    Fact,
    FactGrid,
    Flow,
    StepBar,
    label,
    row,
    secondary_button,
)

_COLUMN_EMS = 24
_PRINT = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_P)


class ProfileTab(Tab):
    """How far the profile has come, and its boxes part by part."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._profile: ProfileRow | None = None
        self._waiting = ("", "")
        self._pairs: list[QBoxLayout] = []
        self.answers: dict[str, ProfileAnswer] = {}
        self.form = SideForm(office, FORM, self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.printing = ProfilePrinting(office, self)
        self.printing.starting.connect(self._save_answers)
        self.body.addWidget(self.form)
        self.body.addWidget(self.printing)
        self.body.addWidget(self._head())
        for title, lines in self._parts():
            self.body.addWidget(self._part(title, lines))
        self.body.addStretch(1)

    def _prompts(self) -> dict[str, str]:
        return {
            "hopes": self.tr("What would a good working life be for you?"),
            "strengths": self.tr("What do you do well? What would a friend say?"),
            "preferred_sector": self.tr("What kind of work do you like the thought of?"),
            "preferred_place": self.tr("Where, how far, and why there?"),
            "preferred_hours": self.tr("Which days, which hours, how many to begin with?"),
            "preferred_environment": self.tr("Noise, people, indoors or out: what is good for you?"),
            "deal_breakers": self.tr("What would make you leave, or never start?"),
            "past_work": self.tr("Paid or not, short or long: all of it counts."),
            "helped_before": self.tr("What made work easier, or helped you back into it?"),
            "people_who_know_me": self.tr("Who could tell us what you are like at your best?"),
            "health_impact": self.tr("Only as much as you want to say."),
            "good_day": self.tr("What does a good day look like?"),
            "hard_day": self.tr("And a hard one? What helps then?"),
            "benefits_questions": self.tr("What would you like to know before you start work?"),
        }

    def _parts(self) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
        return (
            (self.tr("What I want, what I can do"), (("hopes", "strengths"),)),
            (
                self.tr("Work that would suit me"),
                (
                    ("preferred_sector", "preferred_place"),
                    ("preferred_hours", "preferred_environment"),
                    ("deal_breakers",),
                ),
            ),
            (self.tr("What I bring"), (("past_work", "helped_before"), ("people_who_know_me",))),
            (self.tr("How I am"), (("health_impact",), ("good_day", "hard_day"))),
            (self.tr("Money"), (("benefits_questions",),)),
        )

    def _head(self) -> QWidget:
        card = Card()
        self.said = label("", "meta", wrap=True)
        self.bar = StepBar(0, 1)
        self.facts = FactGrid()
        self.complete_button = secondary_button(self.tr("&Complete for now"), "circle-check")
        self.dates_button = secondary_button(self.tr("Change &dates"), "calendar")
        self.complete_button.clicked.connect(self._complete)
        self.dates_button.clicked.connect(self._edit_dates)
        self._history = QVBoxLayout()
        buttons = Flow(self.complete_button, self.dates_button, self.printing.button(), spacing=Space.SMALL)
        title = label(self.tr("Vocational profile"), "section", wrap=True)
        head = row(title)
        head.setStretch(0, 1)
        head.addLayout(self._history)
        card.add(head)
        hint = self.tr(
            "In the client’s own words, a little at a time. A box is saved when you leave it; Ctrl+Enter goes on to the next."
        )
        card.add(label(hint, "secondary", wrap=True))
        card.add(self.said)
        card.add(self.bar)
        card.add(self.facts)
        card.add(buttons)
        return card

    def _part(self, title: str, lines: tuple[tuple[str, ...], ...]) -> QWidget:
        card = Card()
        card.add(label(title, "section", wrap=True))
        titles, prompts = answer_titles(), self._prompts()
        for names in lines:
            line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            line.setSpacing(Space.WIDE)
            for name in names:
                answer = ProfileAnswer(self.office, name, titles[name], prompts[name])
                answer.done.connect(self._next)
                self.answers[name] = answer
                line.addWidget(answer, 1)
            self._pairs.append(line)
            card.add(line)
        return card

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put two boxes side by side where there is room for both."""
        super().resizeEvent(event)
        em = self.fontMetrics().height() * 3 // 4
        roomy = self.width() >= 2 * _COLUMN_EMS * em
        wanted = QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom
        for line in self._pairs:
            if line.direction() is not wanted:
                line.setDirection(wanted)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Print with Ctrl+P from any box, as the plan is from its own page."""
        if event.keyCombination() == _PRINT:
            self.printing.print_as(ProfileLayout.STANDARD)
        else:
            super().keyPressEvent(event)

    @override
    def show_client(self, client_id: UUID) -> None:
        if client_id != self.client_id:
            for answer in self.answers.values():
                answer.leave_client()
            self._profile = None
            self.form.close_form()
            self.printing.show_client(client_id)
        super().show_client(client_id)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(read_profile, question, self._show)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()

    def _show(self, profile: ProfileRow) -> None:
        if profile.client_id != self.client_id:
            return
        is_new = self._profile is None
        self._profile = profile
        for answer in profile.answers:
            self.answers[answer.name].show_answer(profile.client_id, answer)
        self._show_head(profile)
        lay_out(self)
        if is_new:
            self.office.desk.read_drafts(self._offer)
        self._go_on()

    def _show_head(self, profile: ProfileRow) -> None:
        all_of_it = len(profile.answers)
        words = self.tr("{said} of {all} talked about; the rest can wait.")
        if profile.said == all_of_it:
            words = self.tr("All {all} talked about. Words can change at any time.")
        self.said.setText(words.format(said=profile.said, all=all_of_it))
        self.bar.show_steps(profile.said, all_of_it)
        not_yet = self.tr("Not yet")
        self.facts.show_facts(
            (
                Fact(self.tr("Begun"), day(profile.started_on) or not_yet),
                Fact(self.tr("Complete"), day(profile.completed_on) or not_yet),
            )
        )
        self.complete_button.setEnabled(profile.said > 0)
        clear(self._history)
        if profile.id is not None:
            button = self.history_of(Kind.VOCATIONAL_PROFILE, profile.id, self.tr("Vocational profile"))
            self._history.addWidget(button)

    def _offer(self, drafts: Any) -> None:
        for draft in drafts:
            for answer in self.answers.values():
                answer.offer(draft)

    @override
    def go_on(self, kind: str, about: str) -> None:
        self._waiting = (kind, about)
        if self._profile is not None and self._profile.client_id == self.client_id:
            self._go_on()

    def _go_on(self) -> None:
        """Open what waits for the profile to be read: the dates, or the box of a draft."""
        (kind, _about), self._waiting = self._waiting, ("", "")
        if kind == "dates":
            self._edit_dates()
        elif kind in self.answers:
            self.office.desk.read_drafts(self._offer)
            self.answers[kind].box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _next(self) -> None:
        """Take the keyboard to the next box; after the last one to the first button."""
        following: dict[object, QWidget] = {
            self.answers[one]: self.answers[then].box for one, then in pairwise(self.answers)
        }
        target = following.get(self.sender(), self.complete_button)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _save_answers(self) -> None:
        """Save what is being typed: a key that acts on the profile does not take the keyboard out of a box."""
        for answer in self.answers.values():
            answer.save()

    @Slot()
    def _complete(self) -> None:
        self._save_answers()
        if self.client_id is not None:
            wish = CompleteProfile(client_id=self.client_id)
            self.office.desk.do(complete_profile, wish, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.office.messages.show_refusal(refusal)

    @Slot()
    def _edit_dates(self) -> None:
        if self._profile is None:
            return
        self.form.open_form(
            self.tr("Dates of the profile"),
            (
                Together(
                    Date("started_on", self.tr("&Begun on"), lean="past"),
                    Date("completed_on", self.tr("C&omplete on"), lean="past"),
                ),
            ),
            self._profile,
            self._dates_wish,
            set_profile_dates,
            about=f"dates:{self._profile.client_id.hex}",
            client_id=self.client_id,
        )

    def _dates_wish(self, values: dict[str, Any]) -> SetProfileDates:
        if self.client_id is None:
            raise LookupError("no client is shown")
        return SetProfileDates(
            client_id=self.client_id, started_on=values["started_on"], completed_on=values["completed_on"]
        )
