"""What is known of an employer, and its sites and people."""

from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.employer_places import (
    EmployerPersonRow,
    EmployerPlaces,
    SaveEmployerPerson,
    SaveSite,
    SiteRow,
    put_employer_person_away,
    put_site_away,
    read_places,
    save_employer_person,
    save_site,
)
from coachdesk.casework.employers import SaveEmployer, put_employer_away, save_employer
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.employers.part import EmployerPart, held, told
from coachdesk.ui.forms.fields import Check, Choice, Date, Lines, Option, Part, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Fact, FactGrid, Pill, column, label, quiet_button, row

_CODED = ("sector", "size_band", "sort")


def employer_parts(office: Office) -> tuple[Part, ...]:
    """Return what is asked about an employer, new or known."""
    codes, tr = office.codes, partial(QCoreApplication.translate, "EmployerForm")
    return (
        Together(Text("name", tr("&Name"), needed=True), Text("town", tr("&Town"))),
        Choice(
            "sector",
            tr("Se&ctor"),
            tr("Type what they do, like shop, care or school, and choose; two digits are narrower than a letter."),
            options=codes.options("sector"),
        ),
        Together(
            Choice("size_band", tr("How many &people work there"), options=codes.options("size_band")),
            Choice("sort", tr("&Kind"), options=codes.options("employer_sort")),
        ),
        Together(Text("phone", tr("P&hone")), Text("website", tr("&Website"))),
        Check("is_anchor", tr("An &anchor organisation: large, rooted here, with a duty to the place")),
        Lines(
            "do_not_approach",
            tr("&Do not approach, and why"),
            tr("Leave it empty if anybody may. What you write stands wherever this employer is shown."),
            rows=2,
        ),
        Lines("note", tr("N&ote"), rows=2),
    )  # fmt: skip


def employer_wish(values: dict[str, Any], employer_id: UUID | None) -> SaveEmployer:
    """Return the wish made of what was typed; a question left empty was not asked."""
    for name in _CODED:
        values[name] = values[name] or str(Unstated.NOT_ASKED)
    return SaveEmployer(employer_id=employer_id, **values)


class FactsPart(EmployerPart):
    """The facts of an employer, with the form that changes them.

    Signals: ``gone()`` after it was put away.
    """

    gone = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, self.tr("About this employer"), self.tr("Change"), "pencil", parent)
        self.add_button.setAccessibleName(self.tr("Change what is known of this employer"))
        self.grid = FactGrid()
        self.sector = label("", wrap=True)
        self.note = label("", wrap=True)
        self.away_button = quiet_button(self.tr("Put this employer away"), "trash-2")
        self.away_button.clicked.connect(self._put_away)
        self.add(self.sector)
        self.add(self.grid)
        self.add(self.note)
        self.add(row(self.away_button, 1))

    @override
    def refresh(self) -> None:
        one = self.employer
        if one is None:
            return
        facts = [
            Fact(self.tr("People"), self._words("size_band", one.size_band)),
            Fact(self.tr("Kind"), self._words("employer_sort", one.sort)),
            Fact(self.tr("Town"), one.town or UNSTATED_WORDS["not_asked"]),
            Fact(self.tr("Phone"), one.phone or UNSTATED_WORDS["not_asked"]),
            Fact(self.tr("Website"), one.website or UNSTATED_WORDS["not_asked"]),
        ]
        self.grid.show_facts(facts)
        sector = self._words("sector", one.sector)
        self.sector.setText(self.tr("Sector: {sector}").format(sector=sector))
        self.note.setText(one.note)
        self.note.setVisible(bool(one.note))
        lay_out(self)
        self._open_waiting()

    def _words(self, list_name: str, key: str) -> str:
        return self._office.codes.title(list_name, key)

    @override
    @Slot()
    def start(self) -> None:
        """Open the form with what is known."""
        if self.employer is not None:
            self.form.open_form(
                self.tr("What is known of {name}").format(name=self.employer.name),
                employer_parts(self._office),
                self.employer,
                self._wish,
                save_employer,
                about=self._about("facts", None),
            )

    def _wish(self, values: dict[str, Any]) -> SaveEmployer:
        return employer_wish(values, self.employer_id)

    @Slot()
    def _put_away(self) -> None:
        self._office.desk.do(put_employer_away, self.employer_id, then=self._went, refused=self._refused)

    def _went(self, _value: object) -> None:
        self.gone.emit()


class SitesPart(EmployerPart):
    """Where an employer's people work."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, self.tr("Sites"), self.tr("Add a site"), "map-pin", parent)
        self._rows: dict[UUID, SiteRow] = {}
        self._chosen: UUID | None = None

    @override
    def refresh(self) -> None:
        self._office.desk.ask(read_places, self.employer_id, self._show)

    def _show(self, places: EmployerPlaces) -> None:
        self._rows = {one.id: one for one in places.sites}
        self._draw([self._line(one) for one in places.sites], self.tr("No site is written down yet."))

    def _line(self, one: SiteRow) -> QWidget:
        where = ", ".join(part for part in (*one.address.split("\n"), one.town, one.postcode) if part)
        said = column(label(one.called, "strong", wrap=True), spacing=Space.HAIR)
        for words, role in ((told(where, one.phone), ""), (one.access_note, "meta")):
            if words:
                said.addWidget(label(words, role, wrap=True))
        change = ("change", self.tr("Change"), "pencil")
        away = ("away", self.tr("Put away"), "trash-2")
        said.addLayout(self._buttons(one.id, one.called, change, away))
        return held(said)

    @override
    def _act(self, act: str, record_id: UUID) -> None:
        if act == "away":
            self._do(put_site_away, record_id)
        elif record_id in self._rows:
            self._open(self._rows[record_id])

    @override
    @Slot()
    def start(self) -> None:
        """Open the form for a new site."""
        self._open(None)

    def _open(self, one: SiteRow | None) -> None:
        self._chosen = one.id if one is not None else None
        self.form.open_form(
            self.tr("A site"),
            (
                Together(Text("name", self.tr("&Name")), Text("phone", self.tr("P&hone"))),
                Lines("address", self.tr("&Address"), rows=2),
                Together(Text("town", self.tr("&Town")), Text("postcode", self.tr("&Postcode"))),
                Lines(
                    "access_note",
                    self.tr("How to get there and &in"),
                    rows=2,
                    placeholder=self.tr("Buses, steps, lift, parking"),
                ),
            ),
            one or {},
            self._wish,
            save_site,
            about=self._about("site", self._chosen),
        )

    def _wish(self, values: dict[str, Any]) -> SaveSite:
        return SaveSite(employer_id=self.employer_id, site_id=self._chosen, **values)


class PeoplePart(EmployerPart):
    """Whom we talk to at an employer; ``sites`` are those a person may work at."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, self.tr("People there"), self.tr("Add a person"), "user-plus", parent)
        self._rows: dict[UUID, EmployerPersonRow] = {}
        self._sites: tuple[Option, ...] = ()
        self._chosen: UUID | None = None

    @override
    def refresh(self) -> None:
        self._office.desk.ask(read_places, self.employer_id, self._show)

    def _show(self, places: EmployerPlaces) -> None:
        self._rows = {one.id: one for one in places.people}
        self._sites = tuple(Option(one.id, one.called) for one in places.sites)
        self._draw([self._line(one) for one in places.people], self.tr("Nobody is written down yet."))

    def _line(self, one: EmployerPersonRow) -> QWidget:
        head = row(label(one.name, "strong", wrap=True))
        head.setStretch(0, 1)
        if one.left_on is not None:
            head.addWidget(Pill(self.tr("Left {day}").format(day=day(one.left_on)), Tone.NEUTRAL))
        elif one.decides:
            head.addWidget(Pill(self.tr("Decides"), Tone.BRAND))
        said = column(head, spacing=Space.HAIR)
        for words, role in (
            (told(one.job_title, one.site), "secondary"),
            (told(one.phone, one.email), ""),
            (one.note, "meta"),
        ):
            if words:
                said.addWidget(label(words, role, wrap=True))
        change = ("change", self.tr("Change"), "pencil")
        away = ("away", self.tr("Put away"), "trash-2")
        said.addLayout(self._buttons(one.id, one.name, change, away))
        return held(said)

    @override
    def _act(self, act: str, record_id: UUID) -> None:
        if act == "away":
            self._do(put_employer_person_away, record_id)
        elif record_id in self._rows:
            self._open(self._rows[record_id])

    @override
    @Slot()
    def start(self) -> None:
        """Open the form for somebody new."""
        self._open(None)

    def _open(self, one: EmployerPersonRow | None) -> None:
        self._chosen = one.id if one is not None else None
        self.form.open_form(
            self.tr("Somebody at {name}").format(name=self.employer.name if self.employer else ""),
            (
                Together(Text("name", self.tr("&Name"), needed=True), Text("job_title", self.tr("&What they do"))),
                Together(Text("phone", self.tr("P&hone")), Text("email", self.tr("&Email"))),
                Check("decides", self.tr("&Decides who is taken on")),
                Together(
                    Choice("site_id", self.tr("S&ite"), options=self._sites),
                    Date("left_on", self.tr("Le&ft on"), lean="past"),
                ),
                Lines("note", self.tr("N&ote"), rows=2),
            ),
            one or {},
            self._wish,
            save_employer_person,
            about=self._about("person", self._chosen),
        )  # fmt: skip

    def _wish(self, values: dict[str, Any]) -> SaveEmployerPerson:
        return SaveEmployerPerson(employer_id=self.employer_id, person_id=self._chosen, **values)
