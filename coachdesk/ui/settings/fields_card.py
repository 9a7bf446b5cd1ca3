"""Questions of our own: what is asked beside what ships, of everybody or on one programme; for managers to change."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.custom_fields import (
    CHOSEN,
    DIVIDING,
    AddCustomField,
    ChangeCustomField,
    CustomFieldRow,
    MoveCustomField,
    RetireCustomField,
    add_custom_field,
    change_custom_field,
    list_custom_fields,
    move_custom_field,
    retire_custom_field,
)
from coachdesk.casework.programmes import ProgrammeRow, list_programmes
from coachdesk.casework.team import CoachRow, list_coaches
from coachdesk.errors import Refusal
from coachdesk.terms import Role
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Check, Choice, Choices, Heading, Lines, Option, Part, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Button,
    Card,
    Divider,
    Flow,
    IconButton,
    Pill,
    column,
    label,
    primary_button,
    quiet_button,
    row,
)

_WORDS_OF = "words of "
_PER_LINE = 2


class FieldsCard(Card):
    """A line a question, each with what may be done about it."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: tuple[CustomFieldRow, ...] = ()
        self._programmes: tuple[ProgrammeRow, ...] = ()
        self._by_manager = False
        self._changed_row: CustomFieldRow | None = None
        self._moved: tuple[UUID, str] | None = None
        self.buttons: dict[tuple[UUID, str], Button] = {}
        self.form = SideForm(office, "custom_field", self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.add_button = primary_button(self.tr("&Add a question…"), "plus")
        self.add_button.clicked.connect(self.ask_to_add)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.only_managers = label(self.tr("Only a manager adds and changes questions."), "meta", wrap=True)
        self.none_yet = label(self.tr("No questions of your own yet."), "secondary", wrap=True)
        self._arrange()

    def _arrange(self) -> None:
        words = self.tr(
            "They stand in a client’s details, in lists, in an import and, where you say so, as a breakdown of a "
            "return. A question that somebody has answered is retired, never deleted: what was said stays."
        )
        self.add(row(label(self.tr("Questions of our own"), "section"), 1, self.add_button))
        self.add(label(words, "meta", wrap=True))
        self.add(self.only_managers)
        self.add(self.form)
        self.add(self.none_yet)
        self.add(self.lines)
        for piece in (self.only_managers, self.add_button, self.none_yet):
            piece.hide()  # until it is known who is here and what there is

    def refresh(self) -> None:
        """Ask for the questions, the programmes and who is here."""
        self._office.desk.ask(list_programmes, None, self._keep_programmes)
        self._office.desk.ask(list_coaches, None, self._know_role)
        self._office.desk.ask(list_custom_fields, None, self._show)

    def _keep_programmes(self, programmes: tuple[ProgrammeRow, ...]) -> None:
        self._programmes = programmes

    def _know_role(self, people: tuple[CoachRow, ...]) -> None:
        own = self._office.desk.coach_id
        self._by_manager = any(one.id == own and one.role == Role.MANAGER for one in people)
        self.only_managers.setVisible(not self._by_manager)
        self.add_button.setVisible(self._by_manager)

    def _show(self, rows: tuple[CustomFieldRow, ...]) -> None:
        self._rows = rows
        self.buttons = {}
        clear(self.lines)
        self.none_yet.setVisible(not rows)
        asked = [one for one in rows if one.retired_on is None]
        for place, one in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one, asked))
        lay_out(self)
        self._go_back()

    def _go_back(self) -> None:
        """Give the keyboard back to the button that moved a question, or to its neighbour at an end."""
        moved, self._moved = self._moved, None
        if moved is None:
            return
        field_id, what = moved
        for name in (what, "down" if what == "up" else "up"):
            button = self.buttons.get((field_id, name))
            if button is not None and button.isEnabled():
                button.setFocus()
                return

    def _line(self, one: CustomFieldRow, asked: list[CustomFieldRow]) -> QWidget:
        holder = QWidget()
        pills = [Pill(self._sort_words(one.sort), Tone.INFO)]
        if one.is_breakdown:
            pills.append(Pill(self.tr("Breakdown of returns"), Tone.BRAND))
        if one.retired_on is not None:
            pills.append(Pill(self.tr("Retired"), Tone.NEUTRAL))
        title = label(one.title, "strong", wrap=True)
        head = row(title, *pills, spacing=Space.GAP)
        head.setStretch(0, 1)
        box = column(head, label(self._meta(one), "meta", wrap=True), spacing=Space.HAIR)
        if one.help:
            box.addWidget(label(one.help, "meta", wrap=True))
        if self._by_manager:
            box.addLayout(Flow(*self._actions(one, asked)))
        holder.setLayout(box)
        return holder

    def _meta(self, one: CustomFieldRow) -> str:
        whom = one.programme or self.tr("Asked of everybody")
        answers = ", ".join(choice.title for choice in one.offered) if one.sort in CHOSEN else ""
        return " · ".join(part for part in (whom, answers) if part)

    def _actions(self, one: CustomFieldRow, asked: list[CustomFieldRow]) -> list[Button]:
        self._button(one, "change", quiet_button(self.tr("Change…"), "pencil"), self.tr("Change"))
        if one.retired_on is not None:
            self._button(one, "retire", quiet_button(self.tr("Ask again"), "undo-2"), self.tr("Ask again"))
        else:
            self._button(one, "retire", quiet_button(self.tr("Retire"), "minus"), self.tr("Retire"))
            up = self._button(one, "up", IconButton("", "arrow-up"), self.tr("Move up"))
            down = self._button(one, "down", IconButton("", "arrow-down"), self.tr("Move down"))
            up.setEnabled(one != asked[0])
            down.setEnabled(one != asked[-1])
        return [button for (field_id, _), button in self.buttons.items() if field_id == one.id]

    def _button(self, one: CustomFieldRow, what: str, button: Button, words: str) -> Button:
        said = self.tr("{what}: {question}").format(what=words, question=one.title)
        button.setAccessibleName(said)
        button.setToolTip(words)
        button.setObjectName(what)
        button.setProperty("question", one.id.hex)
        button.clicked.connect(self._pressed)
        self.buttons[one.id, what] = button
        return button

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        wanted, what = str(button.property("question")), button.objectName()
        one = next((each for each in self._rows if each.id.hex == wanted), None)
        if one is None:
            return
        if what == "change":
            self._ask_to_change(one)
        elif what == "retire":
            on = None if one.retired_on is not None else self._office.desk.clock.today()
            wish = RetireCustomField(field_id=one.id, on=on)
            self._office.desk.do(retire_custom_field, wish, refused=self._refused)
        else:
            self._moved = (one.id, what)
            move = MoveCustomField(field_id=one.id, up=what == "up")
            self._office.desk.do(move_custom_field, move, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)

    def _sort_words(self, sort: str) -> str:
        return next(option.words for option in self._sorts() if option.value == sort)

    def _sorts(self) -> tuple[Option, ...]:
        return (
            Option("text", self.tr("Text")),
            Option("choice", self.tr("One choice")),
            Option("choices", self.tr("Several choices")),
            Option("date", self.tr("Date")),
            Option("number", self.tr("Number")),
            Option("yes_no", self.tr("Yes or no")),
        )

    def _asked_of(self) -> Choice:
        options = tuple(Option(one.id, one.title) for one in self._programmes)
        return Choice("programme_id", self.tr("Asked &of"), options=options, nothing=self.tr("Everybody"))

    def _sort_field(self) -> Choice:
        return Choice("sort", self.tr("Sor&t of answer"), options=self._sorts(), needed=True)

    def _breakdown(self) -> tuple[Part, ...]:
        words = self.tr("Returns are &broken down by it")
        hint = self.tr(
            "With the same protection as every other table. Of several choices a person can give more than one, so "
            "the lines add up to more than the people; the return says so."
        )
        return (Check("is_breakdown", words, hint=hint),)

    @Slot()
    def ask_to_add(self) -> None:
        """Open the form for a new question."""
        self._changed_row = None
        parts: tuple[Part, ...] = (
            Text("title", self.tr("&Question"), needed=True),
            Together(self._sort_field(), self._asked_of()),
            Lines("help", self.tr("&Explanation, shown under the question"), rows=2),
            Lines("choices", self.tr("Ans&wers to choose from, one on each line"), rows=5),
            *self._breakdown(),
        )
        self._open(self.tr("A new question"), parts, {}, self._add_wish, add_custom_field, "new")

    def _ask_to_change(self, one: CustomFieldRow) -> None:
        self._changed_row = one
        sort = () if one.is_answered else (self._sort_field(),)
        parts: tuple[Part, ...] = (
            Text("title", self.tr("&Question"), needed=True),
            Together(*sort, self._asked_of()),
            Lines("help", self.tr("&Explanation, shown under the question"), rows=2),
            *self._answers(one),
            *(self._breakdown() if not one.is_answered or one.sort in DIVIDING else ()),
        )
        values = {
            "title": one.title,
            "sort": str(one.sort),
            "programme_id": one.programme_id,
            "help": one.help,
            "is_breakdown": one.is_breakdown,
            "offered": tuple(choice.key for choice in one.choices if not choice.retired),
            **{f"{_WORDS_OF}{choice.key}": choice.title for choice in one.choices},
        }
        about = f"change:{one.id.hex}"
        self._open(one.title, parts, values, self._change_wish, change_custom_field, about)

    def _answers(self, one: CustomFieldRow) -> tuple[Part, ...]:
        more = Lines("choices", self.tr("&More answers, one on each line"), rows=3)
        if not one.choices:
            return () if one.is_answered and one.sort not in CHOSEN else (more,)
        words = [Text(f"{_WORDS_OF}{choice.key}", choice.title.replace("&", "&&")) for choice in one.choices]
        return (
            Heading(
                self.tr("Answers"),
                self.tr("Other words for the same answer. One with another meaning is a new answer."),
            ),
            *(Together(*words[place : place + _PER_LINE]) for place in range(0, len(words), _PER_LINE)),
            Choices(
                "offered",
                self.tr("Offered now"),
                hint=self.tr("One that somebody gave stays where it was given when it is offered no more."),
                options=tuple(Option(choice.key, choice.title.replace("&", "&&")) for choice in one.choices),
            ),
            more,
        )

    def _open(
        self, heading: str, parts: tuple[Part, ...], values: object, wish: Any, command: Any, about: str
    ) -> None:
        self.form.open_form(heading, parts, values, wish, command, about=about)
        if self.form.form is not None:
            self.form.form.changed.connect(self._fit)
        self._fit()
        self._office.desk.read_drafts(self._fit_draft)

    def _fit_draft(self, _drafts: object) -> None:
        self._fit()

    @Slot()
    def _fit(self) -> None:
        """Ask for what goes with the sort that is chosen, and for nothing else."""
        form = self.form.form
        if form is None or "sort" not in form.names():
            return
        sort = form.input("sort").raw()
        for name in form.names():
            if name in ("choices", "offered") or name.startswith(_WORDS_OF):
                form.set_shown(name, shown=sort in CHOSEN)
        if "is_breakdown" in form.names():
            form.set_shown("is_breakdown", shown=sort in DIVIDING)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.add_button.setFocus()

    def _add_wish(self, values: dict[str, Any]) -> AddCustomField:
        return AddCustomField(
            title=values["title"],
            sort=values["sort"],
            help=values["help"],
            programme_id=values["programme_id"],
            choices=tuple(values["choices"].splitlines()),
            is_breakdown=values["is_breakdown"],
        )

    def _change_wish(self, values: dict[str, Any]) -> ChangeCustomField:
        one = self._changed_row
        if one is None:
            raise LookupError("no question was chosen")
        said = {
            name.removeprefix(_WORDS_OF): words
            for name, words in values.items()
            if name.startswith(_WORDS_OF) and values.get("sort", str(one.sort)) in set(map(str, CHOSEN))
        }
        return ChangeCustomField(
            field_id=one.id,
            title=values["title"],
            sort=values.get("sort", str(one.sort)),
            help=values["help"],
            programme_id=values["programme_id"],
            is_breakdown=values.get("is_breakdown", False),
            choices=said,
            offered=values.get("offered"),
            more=tuple(values.get("choices", "").splitlines()),
        )
