"""My week: time with clients and in groups by itself, travel and the rest as typed; sums by what it went into."""

import datetime as dt
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.week import (
    CLIENTS,
    GROUPS,
    SORTS,
    DayRow,
    SaveWorkTime,
    TimeRow,
    WeekRow,
    read_week,
    remove_work_time,
    save_work_time,
)
from coachdesk.terms import Kind
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choice, Date, Number, Option, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.page import Page
from coachdesk.ui.spoken import long_day, plural, short_day
from coachdesk.ui.tokens import Space
from coachdesk.ui.week.calendar_saving import CalendarSaving
from coachdesk.ui.widgets import (
    Button,
    Card,
    Divider,
    EmptyState,
    Fact,
    FactGrid,
    Flow,
    IconButton,
    ScrollPage,
    column,
    label,
    primary_button,
    row,
    secondary_button,
)

_WEEK = dt.timedelta(days=7)
_HOUR = 60
_ABOUT = "about"


class WeekPage(Page):
    """One week at a time, the sums on top, each day below with what it holds."""

    concerns = frozenset({Kind.CONTACT, Kind.GROUP_SESSION, Kind.WORK_TIME})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._day = office.desk.clock.today()
        self._entries: dict[str, TimeRow] = {}
        self.title = label(self.tr("My week"), "title")
        self.which = label("", "secondary", wrap=True)
        self.earlier_button = secondary_button(self.tr("&Earlier"), "chevron-left")
        self.this_button = secondary_button(self.tr("&This week"))
        self.later_button = secondary_button(self.tr("&Later"), "chevron-right")
        self.add_button = primary_button(self.tr("&Add time"), "plus")
        self.calendar_button = secondary_button(self.tr("Save my &calendar…"), "calendar-clock")
        self.form = SideForm(office, "work time", self.tr("&Save"))
        self.calendar = CalendarSaving(office)
        self.sums = FactGrid()
        self.days = QVBoxLayout()
        self.days.setSpacing(Space.SMALL)
        self._sorts = {
            CLIENTS: self.tr("With clients"),
            GROUPS: self.tr("In groups"),
            "travel": self.tr("Travel"),
            "admin": self.tr("Paperwork"),
            "team": self.tr("Team"),
            "training": self.tr("Training"),
            "employers": self.tr("Employers"),
            "leave": self.tr("Leave"),
        }
        self._arrange()
        self.earlier_button.clicked.connect(self._earlier)
        self.later_button.clicked.connect(self._later)
        self.this_button.clicked.connect(self._this)
        self.add_button.clicked.connect(self._add)
        self.form.saved.connect(self._saved)
        self.form.put_away.connect(self.add_button.setFocus)
        self.calendar_button.clicked.connect(self.calendar.begin)
        self.calendar.done.connect(self.calendar_button.setFocus)

    def _arrange(self) -> None:
        area = ScrollPage(self)
        buttons = Flow(
            self.earlier_button, self.this_button, self.later_button, self.add_button, self.calendar_button
        )
        area.body.addLayout(column(self.title, self.which, spacing=0))
        area.body.addLayout(buttons)
        area.body.addWidget(self.form)
        area.body.addWidget(self.calendar)
        sums = Card(self.tr("What the week went into"))
        sums.add(self.sums)
        area.body.addWidget(sums)
        holder = Card(self.tr("Day by day"))
        holder.add(self.days)
        area.body.addWidget(holder)
        area.body.addStretch(1)
        self.fill_with(area)

    @override
    def refresh(self) -> None:
        self.office.desk.ask(read_week, self._day, self._show)

    def _show(self, week: WeekRow) -> None:
        today = self.office.desk.clock.today()
        sunday = week.monday + _WEEK - dt.timedelta(days=1)
        said = self.tr("{monday} to {sunday}, {sum}")
        self.which.setText(
            said.format(
                monday=short_day(week.monday, today),
                sunday=short_day(sunday, today),
                sum=_long(week.minutes) or self.tr("nothing yet"),
            )
        )
        self.this_button.setEnabled(not week.monday <= today <= sunday)
        self.sums.show_facts(
            tuple(Fact(self._sorts[sort], _long(minutes) or "–") for sort, minutes in week.sums.items())
        )
        clear(self.days)
        self._entries = {one.id.hex: one for day in week.days for one in day.entries}
        for place, one in enumerate(week.days):
            if place:
                self.days.addWidget(Divider())
            self.days.addWidget(self._day_line(one, is_today=one.on == today))
        if not week.minutes:
            self.days.addWidget(
                EmptyState(
                    self.tr("Nothing in this week yet"),
                    self.tr(
                        "Contacts and groups with their minutes come by themselves; add travel and the rest here."
                    ),
                    icon="calendar-clock",
                )
            )
        lay_out(self)

    def _day_line(self, one: DayRow, *, is_today: bool) -> QWidget:
        name = long_day(one.on)
        if is_today:
            name = self.tr("{day}, today").format(day=name)
        add = IconButton(self.tr("Add time on {day}").format(day=long_day(one.on)), "plus")
        add.setProperty(_ABOUT, one.on.isoformat())
        add.clicked.connect(self._add_on)
        head = row(label(name, "strong", wrap=True), label(_long(one.minutes), "strong"), add)
        head.setStretch(0, 1)
        lines = column(head, spacing=Space.HAIR)
        for count, minutes, words in (
            (
                one.contacts,
                one.contact_minutes,
                plural(one.contacts, self.tr("contact"), self.tr("contacts")),
            ),
            (
                one.sessions,
                one.session_minutes,
                plural(one.sessions, self.tr("group session"), self.tr("group sessions")),
            ),
        ):
            if count:
                parts = (words, _long(minutes) or self.tr("no minutes noted"))
                lines.addWidget(label(" · ".join(parts), "secondary", wrap=True))
        for entry in one.entries:
            lines.addLayout(self._entry(entry))
        holder = QWidget()
        holder.setLayout(lines)
        return holder

    def _entry(self, entry: TimeRow) -> QHBoxLayout:
        words = f"{self._sorts[entry.sort]} · {_long(entry.minutes)}"
        called = self.tr("{entry} on {day}").format(entry=words, day=long_day(entry.worked_on))
        change = IconButton(self.tr("Change: {entry}").format(entry=called), "pencil")
        remove = IconButton(self.tr("Take out: {entry}").format(entry=called), "trash-2")
        for button, slot in ((change, self._change), (remove, self._remove)):
            button.setProperty(_ABOUT, entry.id.hex)
            button.clicked.connect(slot)
        said = " · ".join(part for part in (words, entry.note) if part)
        line = row(label(said, wrap=True), change, remove)
        line.setStretch(0, 1)
        return line

    @Slot()
    def _earlier(self) -> None:
        self._day -= _WEEK
        self.refresh()

    @Slot()
    def _later(self) -> None:
        self._day += _WEEK
        self.refresh()

    @Slot()
    def _this(self) -> None:
        self._day = self.office.desk.clock.today()
        self.refresh()
        self.add_button.setFocus()

    def _asked(self) -> str:
        sender = self.sender()
        assert isinstance(sender, Button)  # noqa: S101  only buttons with a line lead here
        return str(sender.property(_ABOUT))

    @Slot()
    def _add(self) -> None:
        today = self.office.desk.clock.today()
        monday = self._day - dt.timedelta(days=self._day.weekday())
        self._open(today if monday <= today < monday + _WEEK else monday, None)

    @Slot()
    def _add_on(self) -> None:
        self._open(dt.date.fromisoformat(self._asked()), None)

    @Slot()
    def _change(self) -> None:
        entry = self._entries[self._asked()]
        self._open(entry.worked_on, entry)

    def _open(self, on: dt.date, entry: TimeRow | None) -> None:
        entry_id = entry.id if entry is not None else None

        def wish(values: dict[str, Any]) -> SaveWorkTime:
            return SaveWorkTime(
                id=entry_id,
                worked_on=values["worked_on"],
                sort=values["sort"] or "",
                minutes=values["minutes"],
                note=values["note"],
            )

        sorts = tuple(Option(key, self._sorts[key]) for key in SORTS)
        parts = (
            Together(
                Choice("sort", self.tr("What it &went into"), options=sorts, needed=True),
                Number("minutes", self.tr("&Minutes"), lowest=1, highest=1440, needed=True),
            ),
            Together(
                Date("worked_on", self.tr("&Day"), needed=True),
                Text("note", self.tr("&Note"), longest=4000),
            ),
        )
        values = entry if entry is not None else {"worked_on": on, "sort": "travel"}
        heading = self.tr("Add time") if entry is None else self.tr("Change time")
        about = entry_id.hex if entry_id is not None else ""
        self.form.open_form(heading, parts, values, wish, save_work_time, about=about)

    @Slot()
    def _remove(self) -> None:
        entry_id = UUID(hex=self._asked())
        self.office.desk.do(remove_work_time, entry_id, then=self._removed, refused=self.refused)

    def _removed(self, _nothing: object) -> None:
        self.add_button.setFocus()
        self.refresh()

    @Slot(object)
    def _saved(self, _entry_id: object) -> None:
        self.add_button.setFocus()
        self.refresh()


def _long(minutes: int) -> str:
    """Return minutes as hours and minutes; blank for none."""
    hours, rest = divmod(minutes, _HOUR)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
