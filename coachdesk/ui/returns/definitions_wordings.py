"""The indicators with the wording in force, and the charity's own wordings: written, tried, compared, adopted."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.programmes import ProgrammeRow
from coachdesk.casework.sustained.examples import Tried
from coachdesk.errors import Refusal
from coachdesk.returns.catalogue import IndicatorDefinition
from coachdesk.returns.definitions import (
    Adopted,
    IndicatorRow,
    SaveWording,
    adopt_wording,
    list_indicators,
    own_examples,
)
from coachdesk.returns.examples import TryWording, try_in_force, try_wording
from coachdesk.returns.examples_text import examples_text
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.returns.definitions_compared import BeforeAdopting, touched_words, tried_line
from coachdesk.ui.returns.definitions_words import (
    facts_of,
    force_words,
    parts_of,
    values_of,
    wish_of,
    wording_column,
)
from coachdesk.ui.returns.side_by_side import SideBySide
from coachdesk.ui.rights.part import about, asked_about
from coachdesk.ui.spoken import day
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Divider, Flow, label, row, secondary_button
from coachdesk.ui.wizard import WorkingPage

_HEIGHT = 420


def _title(indicator: IndicatorRow) -> str:
    return indicator.now.title


def _code(indicator: IndicatorRow) -> str:
    return indicator.now.intervention


class Wordings(QWidget):
    """The list of indicators, beside it what the chosen one means; above both the wording that is being written."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page, self._office = page, page.office
        self._manages = False
        self._chosen = ""
        self._base: IndicatorDefinition | None = None
        self._asked: SaveWording | None = None
        self._looked: SaveWording | None = None
        self._rows: dict[str, IndicatorRow] = {}
        self.form = SideForm(self._office, "indicator-wording", self.tr("Adopt this &wording"))
        self.before = BeforeAdopting(self._office)
        self.table = self._make_table()
        self.detail = QVBoxLayout()
        self.detail.setSpacing(Space.SMALL)
        self._arrange()
        self.form.saved.connect(self._adopted)
        self.form.put_away.connect(self._put_away)
        self.before.examples_wanted.connect(self._try)
        self.before.comparison_wanted.connect(self._compare)
        self.table.chosen.connect(self._choose)

    def _make_table(self) -> TableView[IndicatorRow]:
        rows: RowTable[IndicatorRow] = RowTable(
            [
                Column(self.tr("Indicator"), _title, stretch=True),
                Column(self.tr("Code"), _code, width=8),
                Column(self.tr("Wording in force"), wording_column, width=18),
            ]
        )
        table = TableView(rows, self.tr("Indicators"))
        table.setMinimumHeight(_HEIGHT)
        return table

    def _arrange(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        self.form.add(self.before)
        box.addWidget(self.form)
        sides = SideBySide()
        left, right = Card(), Card()
        left.add(label(self.tr("What is counted"), "section"))
        left.add(self.table)
        right.add(self.detail)
        sides.sides.addWidget(left, 3)
        sides.sides.addWidget(right, 2)
        box.addWidget(sides)

    def know_role(self, *, manages: bool) -> None:
        """Offer what only managers may change to nobody else."""
        self._manages = manages
        self._draw()

    def know_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        """Take in the programmes to compare on."""
        self.before.know_programmes(rows)

    def refresh(self) -> None:
        """Ask for the indicators."""
        self._office.desk.ask(list_indicators, None, self._show)

    def _show(self, rows: tuple[IndicatorRow, ...]) -> None:
        self._rows = {one.id: one for one in rows}
        self.table.show_rows(rows)
        self._chosen = self._chosen if self._chosen in self._rows else rows[0].id
        self.table.choose(self._chosen)
        self._draw()

    @Slot(object)
    def _choose(self, indicator: IndicatorRow | None) -> None:
        if indicator is not None and indicator.id != self._chosen:
            self._chosen = indicator.id
            self._draw()

    def _draw(self) -> None:
        clear(self.detail)
        indicator = self._rows.get(self._chosen)
        if indicator is None:
            return
        now = indicator.now
        self.detail.addWidget(label(now.title, "section", wrap=True))
        self.detail.addWidget(label(now.definition, wrap=True))
        for name, said in facts_of(now):
            words = self.tr("{name}: {said}").format(name=name, said=said)
            self.detail.addWidget(label(words, "secondary", wrap=True))
        self.detail.addLayout(self._buttons(indicator))
        self.detail.addWidget(Divider())
        self.detail.addWidget(label(self.tr("Its wordings"), "strong"))
        for wording in indicator.wordings:
            self.detail.addWidget(self._wording(wording))
        self.tried = QVBoxLayout()
        self.detail.addLayout(self.tried)
        self.detail.addStretch(1)
        lay_out(self)

    def _buttons(self, indicator: IndicatorRow) -> Flow:
        called = indicator.now.title
        flow = Flow(spacing=Space.SMALL)
        if self._manages:
            spoken = self.tr("Write a wording of your own: {title}").format(title=called)
            button = secondary_button(self.tr("Write your &own"), "pencil")
            flow.addWidget(about(button, indicator.id, self._write, spoken))
        spoken = self.tr("Try the examples: {title}").format(title=called)
        button = secondary_button(self.tr("&Try the examples"), "refresh-cw")
        flow.addWidget(about(button, indicator.id, self._try_in_force, spoken))
        return flow

    def _wording(self, wording: IndicatorDefinition) -> QWidget:
        words = self.tr("{title}. {force}.").format(title=wording.title, force=force_words(wording))
        line = row(spacing=Space.SMALL)
        line.addWidget(label(words, "meta", wrap=True), 1)
        if wording.wording_id is not None and self._manages:
            button = secondary_button(self.tr("Change"), "pencil")
            spoken = self.tr("Change the wording from {day}: {title}").format(
                day=day(wording.valid_from), title=wording.title
            )
            line.addWidget(about(button, wording.wording_id.hex, self._change, spoken))
        holder = QWidget()
        holder.setLayout(line)
        return holder

    @Slot()
    def _write(self) -> None:
        now = self._rows[asked_about(self.sender())].now
        fresh = next(each for each in self._rows[now.id].wordings if not each.is_own)
        base = now if not now.is_own else _without_id(now, fresh)
        heading = self.tr("A wording of your own: {title}").format(title=now.title)
        self._open(heading, base, "", f"new-{now.id}")

    @Slot()
    def _change(self) -> None:
        wording_id = UUID(hex=asked_about(self.sender()))
        wording = next(each for each in self._rows[self._chosen].wordings if each.wording_id == wording_id)
        self._base = wording
        self._office.desk.ask(own_examples, wording_id, self._change_with)

    def _change_with(self, examples: Any) -> None:
        wording = self._base
        if wording is None:
            return
        heading = self.tr("Change your wording: {title}").format(title=wording.title)
        self._open(heading, wording, examples_text(examples), str(wording.wording_id))

    def _open(self, heading: str, base: IndicatorDefinition, examples: str, about_what: str) -> None:
        self._base, self._looked = base, None
        self.before.forget()
        values = values_of(base, examples)
        self.form.open_form(
            heading, parts_of(base.rules), values, self._wish, adopt_wording, about=about_what
        )
        self._page.show_top()

    def _typed(self, values: dict[str, Any]) -> SaveWording:
        assert self._base is not None  # noqa: S101  the form is open on a wording
        return wish_of(values, self._base)

    def _wish(self, values: dict[str, Any]) -> SaveWording:
        """Return the wording to adopt; raises Refusal until both figures were looked at for just this wording."""
        wish = self._typed(values)
        if wish != self._looked:
            raise Refusal(
                self.tr("Compare it with the wording in force first, so that you see what it changes.")
            )
        return wish

    def _read(self) -> SaveWording | None:
        form = self.form.form
        if form is None:
            return None
        form.clear_refusal()
        try:
            return self._typed(form.values())
        except Refusal as refusal:
            form.set_refusal(refusal)
            return None

    @Slot()
    def _try(self) -> None:
        wish = self._read()
        if wish is not None:
            self._office.desk.ask(
                try_wording, TryWording(wording=wish), self.before.show_tried, refused=self._refused
            )

    @Slot()
    def _compare(self) -> None:
        wish = self._read()
        if wish is None:
            return
        self._asked = wish
        self.before.compare(wish, self._seen, self._refused)

    def _seen(self) -> None:
        self._looked = self._asked

    def _refused(self, refusal: Refusal) -> None:
        if self.form.form is not None:
            self.form.form.set_refusal(refusal)

    @Slot()
    def _try_in_force(self) -> None:
        self._office.desk.ask(try_in_force, asked_about(self.sender()), self._show_tried)

    def _show_tried(self, tried: tuple[Tried, ...]) -> None:
        clear(self.tried)
        for one in tried:
            self.tried.addLayout(
                tried_line(
                    one,
                    self.tr("Holds: {title} – {found}."),
                    self.tr("Does not hold: {title} – expected {expected}, found {found}."),
                )
            )
        lay_out(self)
        holding = sum(one.holds for one in tried)
        words = self.tr("{holding} of {all} examples hold.").format(holding=holding, all=len(tried))
        self._office.messages.say_done(words)

    @Slot(object)
    def _adopted(self, adopted: Adopted) -> None:
        self.before.forget()
        self._chosen = adopted.indicator
        words = self.tr("Adopted: {title}.").format(title=adopted.title)
        self._office.messages.say(" ".join([words, *touched_words(adopted.touched)]), tone=Tone.OK)
        self.refresh()

    @Slot()
    def _put_away(self) -> None:
        self.before.forget()


def _without_id(now: IndicatorDefinition, shipped: IndicatorDefinition) -> IndicatorDefinition:
    """Return a wording to begin a new one from: the words in force, the days still to be said."""
    return replace(now, wording_id=None, valid_from=shipped.valid_from, valid_to=None)
