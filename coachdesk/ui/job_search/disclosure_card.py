"""What each employer is told about a client: the decision in force, in the client's words; earlier ones stay readable."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.disclosure_decisions import (
    DecideDisclosure,
    DisclosureRow,
    ReviewDisclosure,
    decide_disclosure,
    list_disclosures,
    review_disclosure,
    withdraw_disclosure,
)
from coachdesk.terms import Kind
from coachdesk.ui.forms.fields import Choice, Date, Lines, Part, Text, Together
from coachdesk.ui.forms.inputs import TextInput
from coachdesk.ui.job_search.search_card import SearchCard, fold_button, quiet_line, with_buttons
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import due, due_tone, plural, short_day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Pill, column, label, row
from coachdesk.ui.work.employer_line import EmployerLine


class DisclosureCard(SearchCard):
    """The decisions of one client about telling employers."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            self.tr("What employers are told"),
            self.tr("The client decides for each employer, and may change their mind at any time."),
            (self.tr("Write down a &decision"), "plus"),
            parent,
        )
        self._earlier = False
        self._found: tuple[DisclosureRow, ...] = ()

    @override
    def ask(self, question: ClientQuestion) -> None:
        self.office.desk.ask(list_disclosures, question, self._show)

    def _show(self, found: tuple[DisclosureRow, ...]) -> None:
        self._found = found
        earlier = [one for one in found if not one.in_force]
        pieces = [self._line(one) for one in found if one.in_force]
        if earlier:
            pieces.append(self._fold(len(earlier)))
            pieces += [self._line(one) for one in earlier] if self._earlier else []
        if not found:
            words = self.tr("Nothing is decided yet, so no employer is told anything.")
            pieces.append(quiet_line(words, "eye-off"))
        self.draw(pieces, {one.id.hex: one for one in found})

    def _fold(self, count: int) -> QWidget:
        words = plural(count, self.tr("{count} earlier decision"), self.tr("{count} earlier decisions"))
        return fold_button("earlier", words, self._turn_earlier, is_open=self._earlier)

    @Slot()
    def _turn_earlier(self) -> None:
        self._earlier = not self._earlier
        self._show(self._found)

    def _line(self, one: DisclosureRow) -> QWidget:
        head = row(label(one.employer, "strong", wrap=True), self._state(one))
        head.setStretch(0, 1)
        head.addWidget(self.past(Kind.DISCLOSURE_DECISION, one.id, self._called(one)))
        said = column(head, quiet_line(one.line, "eye", Tone.INFO), spacing=Space.HAIR)
        if one.own_words:
            said.addWidget(label(self.tr("In their words: “{words}”").format(words=one.own_words), wrap=True))
        said.addWidget(label(self._days(one), "meta", wrap=True))
        return with_buttons(said, self._buttons(one) if one.in_force else ())

    def _called(self, one: DisclosureRow) -> str:
        return self.tr("What {employer} is told").format(employer=one.employer)

    def _state(self, one: DisclosureRow) -> Pill:
        today = self.office.desk.clock.today()
        if one.withdrawn_on is not None:
            return Pill(self.tr("Withdrawn"), Tone.WARNING)
        if not one.in_force:
            return Pill(self.tr("Earlier"), Tone.NEUTRAL)
        if one.review_on is not None and one.reviewed_on is None:
            words = self.tr("Look again {when}").format(when=due(one.review_on, today).lower())
            return Pill(words, due_tone(one.review_on, today))
        return Pill(self.tr("In force"), Tone.OK)

    def _days(self, one: DisclosureRow) -> str:
        today = self.office.desk.clock.today()
        days = (
            (self.tr("Decided {day}"), one.decided_on),
            (self.tr("look again {day}"), one.review_on),
            (self.tr("looked at again {day}"), one.reviewed_on),
            (self.tr("withdrawn {day}"), one.withdrawn_on),
        )
        return "  ·  ".join(words.format(day=short_day(on, today)) for words, on in days if on is not None)

    def _buttons(self, one: DisclosureRow) -> list[Button]:
        told = (
            ("decision", self.tr("Decide anew…"), "pencil"),
            ("review", self.tr("It stands…"), "check"),
            ("withdraw", self.tr("Withdraw"), "x"),
        )
        return [self.act(key, words, icon, one.id, self._called(one)) for key, words, icon in told]

    @override
    def acted(self, key: str, found: DisclosureRow) -> None:
        if key == "withdraw":
            self.do(withdraw_disclosure, found.id)
        else:
            super().acted(key, found)

    @override
    def openers(self) -> dict[str, Callable[[Any], None]]:
        return {"decision": self._again, "review": self._review}

    @override
    def go_on(self, kind: str, about: str) -> bool:
        if kind == "decide":
            self.start()
            return True
        return super().go_on(kind, about)

    @Slot()
    @override
    def start(self) -> None:
        self._open({}, f"decide:{self.whose().hex}")

    @Slot(str)
    def decide_about(self, employer: str) -> None:
        """Open the form about an employer, with what is in force there now."""
        held = next((one for one in self._found if one.in_force and one.employer == employer), None)
        if held is not None:
            self._again(held)
        else:
            self._open({"employer_name": employer}, f"decide:{self.whose().hex}")

    def _again(self, one: DisclosureRow) -> None:
        names = ("decision", "what", "to_whom", "by_whom", "own_words")
        told = {"employer_name": one.employer, **{name: getattr(one, name) for name in names}}
        self._open(told, f"decision:{one.id.hex}")

    def _parts(self) -> tuple[Part, ...]:
        options = self.office.codes.options("disclosure", unstated=False)
        return (
            Together(
                Text("employer_name", self.tr("&Employer"), needed=True),
                Choice("decision", self.tr("What the client decide&d"), options=options, needed=True),
            ),
            Lines("what", self.tr("&What may be told; nothing else is"), rows=2),
            Together(
                Text("to_whom", self.tr("&To whom")),
                Text("by_whom", self.tr("Who says &it"), placeholder=self.tr("The client, the coach, both")),
            ),
            Lines("own_words", self.tr("In their own wo&rds"), rows=2),
            Together(
                Date("decided_on", self.tr("Decided &on"), needed=True, lean="past"),
                Date("review_on", self.tr("&Look again on"), lean="future"),
            ),
        )

    def _open(self, told: dict[str, Any], about: str) -> None:
        def wish(values: dict[str, Any]) -> DecideDisclosure:
            return DecideDisclosure(client_id=self.whose(), **values)

        self.form.open_form(
            self.tr("What an employer is told"),
            self._parts(),
            {"decided_on": self.office.desk.clock.today(), **told},
            wish,
            decide_disclosure,
            about=about,
            client_id=self.client_id,
        )
        assert self.form.form is not None  # noqa: S101  it was opened just now
        field = self.form.form.input("employer_name")
        assert isinstance(field, TextInput)  # noqa: S101  the parts above say so
        EmployerLine(self.office, field)

    def _review(self, one: DisclosureRow) -> None:
        def wish(values: dict[str, Any]) -> ReviewDisclosure:
            return ReviewDisclosure(decision_id=one.id, **values)

        self.form.open_form(
            self.tr("It stands: {what}").format(what=self._called(one)),
            (
                Date(
                    "review_on",
                    self.tr("Look again o&n"),
                    self.tr("Leave it empty if there is no need to."),
                    lean="future",
                ),
            ),
            {},
            wish,
            review_disclosure,
            about=f"review:{one.id.hex}",
            client_id=self.client_id,
        )
