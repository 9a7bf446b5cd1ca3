"""On what footing a programme passes clients on by name, and which columns the file has."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.exchange.transfers_basis import (
    BasisQuestion,
    BasisRow,
    Column,
    SaveBasis,
    SaveColumns,
    basis_of,
    save_basis,
    save_columns,
)
from coachdesk.exchange.transfers_fields import FIELDS
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Lines, Option, Text, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.rights.part import Part, about, asked_about
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Banner,
    Card,
    EmptyState,
    Fact,
    FactGrid,
    column,
    label,
    row,
    secondary_button,
)
from coachdesk.ui.widgets.buttons import IconButton
from coachdesk.ui.wizard import WorkingPage


class BasisPart(Part):
    """The footing in words, with a form to change it, and the lay-out of the file below."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self.basis: BasisRow | None = None
        self._programme = ""
        self.blocked = Banner(
            self.tr("Nothing can be passed on by name yet"), "", Tone.WARNING, closable=False
        )
        self.change_button = secondary_button(self.tr("Set the footin&g"), "pencil")
        self.facts = QVBoxLayout()
        self.form = SideForm(self.office, "sharing_basis", self.tr("Sa&ve"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.adding = Form(
            (
                Together(
                    Choice(
                        "field", self.tr("Add a fiel&d"), needed=True, nothing=self.tr("Choose"), options=()
                    ),
                    Text(
                        "heading", self.tr("Under the &heading"), hint=self.tr("As the recipient wants it.")
                    ),
                ),
            ),
            self.office.desk.clock,
        )
        self.adding.setAccessibleName(self.tr("Another column"))
        self.why = label("", "meta", wrap=True)
        self.add_button = secondary_button(self.tr("&Add the column"), "plus")
        self.columns = Card()
        self._arrange()
        self.change_button.clicked.connect(self._change)
        self.add_button.clicked.connect(self._add)
        self.adding.changed.connect(self._say_why)
        self.form.saved.connect(self._saved)

    def _arrange(self) -> None:
        card = Card()
        card.add(row(label(self.tr("On what footing"), "section"), 1, self.change_button))
        card.add(self.facts)
        self.columns.add(label(self.tr("What the file holds, in this order"), "section", wrap=True))
        told = self.tr("The fewer columns, the better: whatever is not needed should not leave.")
        self.columns.add(label(told, "meta", wrap=True))
        for piece in (self.lines, self.adding, self.why):
            self.columns.add(piece)
        self.columns.add(row(self.add_button, 1))
        whole: tuple[QWidget, ...] = (self.blocked, self.form, card, self.columns)
        for part in whole:
            self.body.addWidget(part)

    def show_programme(self, key: str) -> None:
        """Ask for a programme's footing."""
        self._programme = key
        self.refresh()

    @override
    def refresh(self) -> None:
        if self._programme:
            question = BasisQuestion(programme_key=self._programme, today=self.office.desk.clock.today())
            self.office.desk.ask(basis_of, question, self._show, refused=self.page.show_refusal)

    def _show(self, basis: BasisRow) -> None:
        self.basis = basis
        self.blocked.message.setText(basis.blocked)
        self.blocked.setVisible(bool(basis.blocked))
        self.columns.setVisible(bool(basis.recipient))
        clear(self.facts)
        if basis.recipient:
            self.facts.addWidget(FactGrid(self._facts(basis)))
        else:
            words = self.tr(
                "Say to whom this programme may pass clients on, why the law allows it, and by which agreement."
            )
            self.facts.addWidget(EmptyState(self.tr("No footing yet"), words, icon="handshake"))
        self._show_columns(basis.columns)
        lay_out(self)

    def _facts(self, basis: BasisRow) -> tuple[Fact, ...]:
        open_ended = self.tr("No end was said")
        missing = self.tr("Not decided yet")
        return (
            Fact(self.tr("Who receives it"), basis.recipient),
            Fact(self.tr("Why the law allows it"), basis.basis),
            Fact(self.tr("Agreement"), basis.agreement or missing),
            Fact(self.tr("Signed"), day(basis.agreed_on) if basis.agreed_on else missing),
            Fact(self.tr("Ends"), day(basis.ends_on) if basis.ends_on else open_ended),
        )

    def _show_columns(self, columns: tuple[Column, ...]) -> None:
        clear(self.lines)
        for place, one in enumerate(columns):
            self.lines.addWidget(self._line(place, one, len(columns)))
        used = {one.field for one in columns}
        offered = [Option(one.key, one.title) for one in FIELDS.values() if one.key not in used]
        self.adding.set_options("field", offered)
        self.adding.set_values({})
        self._say_why()

    def _line(self, place: int, one: Column, count: int) -> QWidget:
        found = FIELDS[one.field]
        head = self.tr("{number}. {heading}").format(number=place + 1, heading=one.heading)
        words = column(
            label(head, "strong", wrap=True),
            label(f"{found.title}: {found.why}", "meta", wrap=True),
            spacing=Space.HAIR,
        )
        key = str(place)
        earlier = IconButton(self.tr("Earlier: {heading}").format(heading=one.heading), "arrow-up")
        later = IconButton(self.tr("Later: {heading}").format(heading=one.heading), "arrow-down")
        earlier.setEnabled(place > 0)
        later.setEnabled(place < count - 1)
        out = secondary_button(self.tr("Leave out"))
        buttons = (
            about(earlier, key, self._earlier),
            about(later, key, self._later),
            about(out, key, self._leave_out, self.tr("Leave out: {heading}").format(heading=one.heading)),
        )
        line = row(words, *buttons, spacing=Space.SMALL)
        line.setStretch(0, 1)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    @Slot()
    def _say_why(self) -> None:
        key = self.adding.raw()["field"]
        self.why.setText(FIELDS[key].why if key in FIELDS else "")
        self.why.setVisible(key in FIELDS)

    @Slot()
    def _change(self) -> None:
        basis = self.basis
        if basis is None:
            return
        parts = (
            Text("recipient", self.tr("Who receives it"), needed=True),
            Lines("basis", self.tr("Why the law allows it"), rows=2, needed=True),
            Text("agreement", self.tr("By which agreement"), hint=self.tr("Its name or number.")),
            Together(Date("agreed_on", self.tr("Signed on")), Date("ends_on", self.tr("Ends on"))),
        )
        heading = self.tr("The footing of {programme}").format(programme=basis.programme)
        self.form.open_form(heading, parts, basis, self._wish, save_basis, about=basis.programme_key)
        self.page.show_top()

    def _wish(self, values: dict[str, Any]) -> SaveBasis:
        return SaveBasis(programme_key=self._programme, **values)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()

    @Slot()
    def _add(self) -> None:
        values = self.adding.read(dict[str, Any])
        if values is not None and self.basis is not None:
            heading = values["heading"].strip() or FIELDS[values["field"]].title
            self._save((*self.basis.columns, Column(heading=heading, field=values["field"])))

    @Slot()
    def _earlier(self) -> None:
        self._move(int(asked_about(self.sender())), -1)

    @Slot()
    def _later(self) -> None:
        self._move(int(asked_about(self.sender())), 1)

    def _move(self, place: int, by: int) -> None:
        columns = list(self.basis.columns) if self.basis is not None else []
        columns.insert(place + by, columns.pop(place))
        self._save(tuple(columns))

    @Slot()
    def _leave_out(self) -> None:
        place = int(asked_about(self.sender()))
        columns = self.basis.columns if self.basis is not None else ()
        self._save((*columns[:place], *columns[place + 1 :]))

    def _save(self, columns: tuple[Column, ...]) -> None:
        wish = SaveColumns(programme_key=self._programme, columns=columns)
        self.office.desk.do(save_columns, wish, then=self._saved, refused=self.adding.set_refusal)
