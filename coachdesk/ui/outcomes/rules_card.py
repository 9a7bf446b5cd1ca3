"""Outcome rules in Settings: what each funder counts, changed by a manager, tried on worked examples."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.outcome_rules import (
    RuleRow,
    SavedRule,
    SaveRule,
    list_rules,
    save_rule,
    try_rule,
)
from coachdesk.casework.programmes import ProgrammeRow, list_programmes
from coachdesk.casework.sustained.examples import Tried
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Option
from coachdesk.ui.office import Office
from coachdesk.ui.outcomes.rule_parts import parts_of, settings_words, sort_words, told_of, values_of
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Button,
    Card,
    Divider,
    Flow,
    Pill,
    RoundIcon,
    column,
    label,
    row,
    secondary_button,
)


class OutcomeRulesCard(Card):
    """A line a rule; one is changed in the form above, and its examples are tried below it."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: dict[str, RuleRow] = {}
        self._programmes: tuple[Option, ...] = ()
        self._tried: dict[str, tuple[Tried, ...]] = {}
        self._key, self._sort = "", ""
        self.form = SideForm(office, "outcome_rule", self.tr("&Save and try the examples"))
        self.form.saved.connect(self._saved)
        self.sorts = Flow(spacing=Space.SMALL)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(label(self.tr("Outcome rules"), "section"))
        words = self.tr(
            "By these rules a client’s Work page tells whether work was sustained. Type what your agreement says; what it "
            "does not say stays empty, and nobody is judged by it. A return that was issued stays as it was issued."
        )
        self.add(label(words, "meta", wrap=True))
        self.add(self.lines)
        self.add(self.form)
        self.add(label(self.tr("Add a rule of your own"), "label"))
        self.add(self.sorts)
        for sort, called in sort_words().items():
            button = secondary_button(called, "plus")
            button.setProperty("sort", sort)
            button.clicked.connect(self._add)
            self.sorts.addWidget(button)

    def refresh(self) -> None:
        """Ask for the rules."""
        self._office.desk.ask(list_programmes, None, self._show_programmes)
        self._office.desk.ask(list_rules, None, self._show)

    def _show_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        self._programmes = tuple(Option(one.id, one.title) for one in rows)

    def _show(self, rows: tuple[RuleRow, ...]) -> None:
        self._rows = {rule.key: rule for rule in rows}
        self._draw()

    def _draw(self) -> None:
        clear(self.lines)
        for place, rule in enumerate(self._rows.values()):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(rule))
        lay_out(self)

    def _line(self, rule: RuleRow) -> QWidget:
        head = row(label(rule.title, "strong", wrap=True), spacing=Space.GAP)
        head.setStretch(0, 1)
        if rule.missing:
            head.addWidget(Pill(self.tr("A fact is missing"), Tone.WARNING))
        for words, icon, slot in (
            (self.tr("Change"), "pencil", self._change),
            (self.tr("Try the examples"), "refresh-cw", self._try),
        ):
            button = Button(words, icon)
            button.setProperty("rule", rule.key)
            button.setAccessibleName(f"{words}: {rule.title}")
            button.clicked.connect(slot)
            head.addWidget(button)
        lines = column(head, label(settings_words(rule), "secondary", wrap=True), spacing=Space.HAIR)
        for told in self._told(rule):
            lines.addWidget(label(told, "meta", wrap=True))
        for tried in self._tried.get(rule.key, ()):
            lines.addLayout(self._result(tried))
        holder = QWidget()
        holder.setLayout(lines)
        return holder

    def _told(self, rule: RuleRow) -> list[str]:
        counts = rule.programme or self.tr("any programme")
        found = [self.tr("Counts for {programme}.").format(programme=counts)]
        if rule.valid_from is not None:
            found[0] += " " + self.tr("In force from {day}.").format(day=day(rule.valid_from))
        if rule.valid_to is not None:
            found[0] += " " + self.tr("In force until {day}.").format(day=day(rule.valid_to))
        kinds = ", ".join(self._office.codes.title("evidence", key) for key in rule.evidence)
        found.append(self.tr("Evidence: {kinds}").format(kinds=kinds or self.tr("not known")))
        if rule.source_note:
            found.append(self.tr("Source: {source}").format(source=rule.source_note))
        return found

    def _result(self, tried: Tried) -> Any:
        tone = Tone.OK if tried.holds else Tone.WARNING
        words = self.tr("Holds: {title} – {answer}.").format(title=tried.title, answer=tried.found)
        if not tried.holds:
            words = self.tr("Does not hold: {title} – expected {expected}, found {found}.").format(
                title=tried.title, expected=tried.expected, found=tried.found
            )
        line = row(RoundIcon("check" if tried.holds else "triangle-alert", tone, 20), spacing=Space.SMALL)
        line.addWidget(label(words, wrap=True), 1)
        return line

    def _picked(self) -> RuleRow | None:
        return self._rows.get(str(self.sender().property("rule")))

    @Slot()
    def _try(self) -> None:
        rule = self._picked()
        if rule is not None:
            self._key = rule.key
            self._office.desk.ask(try_rule, rule.key, self._show_tried)

    def _show_tried(self, tried: tuple[Tried, ...]) -> None:
        self._tried = {self._key: tried}
        self._draw()
        holding = sum(one.holds for one in tried)
        words = self.tr("{holding} of {all} examples hold.").format(holding=holding, all=len(tried))
        self._office.messages.say_done(words)

    @Slot(object)
    def _saved(self, saved: SavedRule) -> None:
        self._tried = {saved.key: saved.tried}
        self.refresh()

    @Slot()
    def _add(self) -> None:
        sort = str(self.sender().property("sort"))
        self._open("", sort, self.tr("A new rule: {sort}").format(sort=sort_words()[sort]), {"evidence": ()})

    @Slot()
    def _change(self) -> None:
        rule = self._picked()
        if rule is not None:
            heading = self.tr("Change “{title}”").format(title=rule.title)
            self._open(rule.key, rule.sort, heading, values_of(rule))

    def _open(self, key: str, sort: str, heading: str, values: dict[str, Any]) -> None:
        self._key, self._sort = key, sort
        evidence = self._office.codes.options("evidence", unstated=False)
        parts = parts_of(sort, self._programmes, evidence)
        self.form.open_form(heading, parts, values, self._wish, save_rule, about=key or f"new-{sort}")

    def _wish(self, values: dict[str, Any]) -> SaveRule:
        programme: UUID | None = values["programme_id"]
        return SaveRule(
            key=self._key,
            title=values["title"],
            sort=self._sort,
            told=told_of(values),
            programme_id=programme,
            evidence=tuple(values["evidence"]),
            valid_from=values["valid_from"],
            valid_to=values["valid_to"],
            source_note=values["source_note"],
        )
