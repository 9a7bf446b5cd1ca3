"""What an employer holds and promised: schemes with level, dates and evidence, and whether each promise is kept."""

import datetime as dt
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.employer_schemes import (
    HeldScheme,
    SaveEmployerScheme,
    held_schemes,
    put_employer_scheme_away,
    save_employer_scheme,
)
from coachdesk.casework.schemes import SchemeRow, list_schemes, proposed_end
from coachdesk.errors import Refusal
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.ui.employers.part import EmployerPart, held, told
from coachdesk.ui.forms.fields import Choice, Date, Lines, Option, Text, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Pill, column, label, row


class PromisesPart(EmployerPart):
    """The schemes, charters and promises of one employer."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office, self.tr("Schemes and promises"), self.tr("Add a scheme or promise"), "award", parent
        )
        self._schemes: dict[UUID, SchemeRow] = {}
        self._rows: dict[UUID, HeldScheme] = {}
        self._chosen: UUID | None = None
        self._proposed: dt.date | None = None
        self._of: UUID | None = None

    @override
    def refresh(self) -> None:
        self._office.desk.ask(list_schemes, None, self._know)
        self._office.desk.ask(held_schemes, self.employer_id, self._show)

    def _know(self, schemes: tuple[SchemeRow, ...]) -> None:
        self._schemes = {one.id: one for one in schemes}

    def _show(self, rows: tuple[HeldScheme, ...]) -> None:
        self._rows = {one.id: one for one in rows}
        self._draw(
            [self._line(one) for one in rows],
            self.tr(
                "Nothing yet: a scheme they hold, a charter they signed, or what they said they would do."
            ),
        )

    def _line(self, one: HeldScheme) -> QWidget:
        called = one.title or self.tr("A promise")
        head = row(label(told(called, one.level_words), "strong", wrap=True), *self._pills(one))
        head.setStretch(0, 1)
        dates = [self.tr("from {day}").format(day=day(one.from_on)) if one.from_on else ""]
        if one.expires_on:
            dates.append(self.tr("until {day}").format(day=day(one.expires_on)))
        evidence = one.evidence
        if one.evidence_seen_on:
            evidence = told(evidence, self.tr("seen {day}").format(day=day(one.evidence_seen_on)))
        said = column(head, spacing=Space.HAIR)
        promise = self.tr("Promised: {words}").format(words=one.promise) if one.promise else ""
        for words, role in (
            (told(*dates), "meta"),
            (evidence, "secondary"),
            (promise, ""),
            (one.note, "meta"),
        ):
            if words:
                said.addWidget(label(words, role, wrap=True))
        change = ("change", self.tr("Change"), "pencil")
        away = ("away", self.tr("Put away"), "trash-2")
        said.addLayout(self._buttons(one.id, called, change, away))
        return held(said)

    def _pills(self, one: HeldScheme) -> list[Pill]:
        today = self._office.desk.clock.today()
        pills = []
        state = one.state(today)
        if state:
            words = {"ran out": self.tr("Ran out"), "runs out soon": self.tr("Runs out soon")}[state]
            pills.append(Pill(words, Tone.DANGER if state == "ran out" else Tone.WARNING))
        if one.promise and one.is_kept not in UNSTATED_WORDS:
            words = self.tr("Kept: {answer}").format(answer=one.kept_words)
            pills.append(Pill(words, {"yes": Tone.OK, "no": Tone.DANGER}.get(one.is_kept, Tone.WARNING)))
        return pills

    @override
    def _act(self, act: str, record_id: UUID) -> None:
        if act == "away":
            self._do(put_employer_scheme_away, record_id)
        elif record_id in self._rows:
            self._open(self._rows[record_id])

    @override
    @Slot()
    def start(self) -> None:
        """Open the form for something new."""
        self._open(None)

    def _open(self, one: HeldScheme | None) -> None:
        self._chosen = one.id if one is not None else None
        self._of, self._proposed = None, None
        codes = self._office.codes
        offered = [
            scheme
            for scheme in self._schemes.values()
            if scheme.retired_on is None or (one is not None and scheme.id == one.scheme_id)
        ]
        self.form.open_form(
            self.tr("What they hold or promised"),
            (
                Together(
                    Choice(
                        "scheme_id",
                        self.tr("Sche&me"),
                        options=tuple(Option(scheme.id, scheme.title) for scheme in offered),
                        nothing=self.tr("None: a promise of their own"),
                    ),
                    Choice("level", self.tr("&Level")),
                ),
                Together(
                    Date("from_on", self.tr("&From"), lean="past"),
                    Date("expires_on", self.tr("&Until"), lean="future"),
                ),
                Lines("promise", self.tr("What they &promised, in their words"), rows=2),
                Choice("is_kept", self.tr("&Kept?"), options=codes.options("kept_promise")),
                Together(
                    Text("evidence", self.tr("E&vidence"), longest=4000),
                    Date("evidence_seen_on", self.tr("S&een on"), lean="past"),
                ),
                Lines("note", self.tr("N&ote"), rows=2),
            ),
            one or {},
            self._wish,
            save_employer_scheme,
            about=self._about("promise", self._chosen),
        )
        form = self._form()
        form.changed.connect(self._follow)
        self._offer_levels(form)
        if one is not None:
            form.input("level").set_value(one.level or None)
        self._proposed = self._proposal(form)

    def _form(self) -> Form:
        assert self.form.form is not None  # noqa: S101  it was opened just now
        return self.form.form

    @Slot()
    def _follow(self) -> None:
        """Offer the levels of the scheme that was chosen, and propose the day it runs out."""
        form = self._form()
        self._offer_levels(form)
        proposal = self._proposal(form)
        if proposal == self._proposed:
            return
        ends = form.input("expires_on")
        try:
            typed = ends.value()
        except Refusal:
            return  # what somebody is typing there is theirs
        if typed is None or typed == self._proposed:
            ends.set_value(proposal)
        self._proposed = proposal

    def _offer_levels(self, form: Form) -> None:
        scheme = self._scheme(form)
        now = scheme.id if scheme is not None else None
        if now != self._of:
            self._of = now
            levels = scheme.levels if scheme is not None else ()
            form.set_options("level", [Option(key, title) for key, title in levels])
        form.set_shown("level", shown=scheme is not None and bool(scheme.levels))

    def _scheme(self, form: Form) -> SchemeRow | None:
        raw = form.input("scheme_id").raw()
        return next((one for one in self._schemes.values() if str(one.id) == raw), None)

    def _proposal(self, form: Form) -> dt.date | None:
        scheme = self._scheme(form)
        try:
            since = form.input("from_on").value()
        except Refusal:
            return self._proposed
        return proposed_end(since, scheme.valid_months if scheme is not None else None)

    def _wish(self, values: dict[str, Any]) -> SaveEmployerScheme:
        values["level"] = values["level"] or ""
        values["is_kept"] = values["is_kept"] or str(Unstated.NOT_ASKED)
        return SaveEmployerScheme(employer_id=self.employer_id, held_id=self._chosen, **values)
