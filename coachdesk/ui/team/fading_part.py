"""Who is fading: by coach above, the people below, furthest past their rhythm first; pauses stand apart."""

import datetime as dt
from collections.abc import Hashable

from PySide6.QtCore import QModelIndex, Qt, Slot
from typing_extensions import override

from coachdesk.casework.fading import CoachTouch, Fading, FadingQuestion, FadingRow, Touch, read_fading
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.rights.part import Part
from coachdesk.ui.spoken import ago, day, plural
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Size, Tone
from coachdesk.ui.widgets import Card, ChipButton, EmptyState, Flow, label, quiet_button
from coachdesk.ui.wizard import WorkingPage

_PEOPLE_HEIGHT = 300
_MOST_COACHES = 5
_SHOWN = (Touch.FADING, Touch.LOOSE, Touch.PAUSED)


def _coach_identity(one: CoachTouch) -> Hashable:
    return one.id or "nobody"


def _coach_name(one: CoachTouch) -> str:
    return one.name


def _clients(one: CoachTouch) -> str:
    return f"{one.clients:,}"


def _client_count(one: CoachTouch) -> int:
    return one.clients


def _fading_count(one: CoachTouch) -> int:
    return one.fading


def _fading_words(one: CoachTouch) -> str:
    return f"{one.fading:,}"


def _longest(one: CoachTouch) -> int:
    return one.longest


def _loose_words(one: CoachTouch) -> str:
    return f"{one.loose:,}"


def _loose_count(one: CoachTouch) -> int:
    return one.loose


def _paused_words(one: CoachTouch) -> str:
    return f"{one.paused:,}"


def _paused_count(one: CoachTouch) -> int:
    return one.paused


def _client_name(one: FadingRow) -> str:
    return one.name


def _days_past(one: FadingRow) -> int:
    return one.days_past


def _last_on(one: FadingRow) -> dt.date | None:
    return one.last_on


def _every(one: FadingRow) -> int | None:
    return one.every_days


def _missed(one: FadingRow) -> int:
    return one.missed_check_ins


class FadingPart(Part):
    """A table of coaches that narrows a table of people; every count is the length of what it opens."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._fading = Fading(rows=())
        self._touch = Touch.FADING
        self._chosen: CoachTouch | None = None
        right = Qt.AlignmentFlag.AlignRight
        self.coaches: TableView[CoachTouch] = TableView(
            RowTable(
                [
                    Column(self.tr("Coach"), self._coach_words, sort_key=_coach_name, stretch=True),
                    Column(self.tr("Clients"), _clients, sort_key=_client_count, align=right),
                    Column(
                        self.tr("Past the rhythm"),
                        _fading_words,
                        sort_key=_fading_count,
                        tone=_coach_tone,
                        align=right,
                    ),
                    Column(self.tr("Furthest"), self._longest_words, sort_key=_longest, align=right),
                    Column(self.tr("Nothing agreed next"), _loose_words, sort_key=_loose_count, align=right),
                    Column(self.tr("Paused"), _paused_words, sort_key=_paused_count, align=right),
                ],
                identify=_coach_identity,
            ),
            self.tr("By coach"),
        )
        self.everybody_button = quiet_button(self.tr("Show every&body’s"), "users")
        self.coach_card = Card(self.tr("By coach"), corner=self.everybody_button)
        self.coach_card.add(self.coaches)
        self.chips = {touch: ChipButton("") for touch in _SHOWN}
        self.people: TableView[FadingRow] = TableView(
            RowTable(
                [
                    Column(self.tr("Client"), _client_name, width=20),
                    Column(
                        self.tr("Stands"), self._stands, sort_key=_days_past, tone=_row_tone, stretch=True
                    ),
                    Column(self.tr("Last in touch"), self._last, sort_key=_last_on, width=13),
                    Column(self.tr("Rhythm"), self._rhythm, sort_key=_every, width=20),
                    Column(self.tr("Next step"), self._next_step, width=13),
                    Column(self.tr("Check-ins"), self._check_ins, sort_key=_missed, width=12),
                ]
            ),
            self.tr("People"),
        )
        self.people.setMinimumHeight(_PEOPLE_HEIGHT)
        self.nothing = EmptyState("", "", icon="heart-handshake")
        self.meaning = label("", "meta", wrap=True)
        self._arrange()

    def _arrange(self) -> None:
        card = self.people_card = Card()
        for unknown in (self.coach_card, card, self.everybody_button):
            unknown.hide()  # nothing is said before it is known
        card.add(Flow(*self.chips.values()))
        for piece in (self.meaning, self.people, self.nothing):
            card.add(piece)
        self.body.addWidget(self.coach_card)
        self.body.addWidget(card)
        for touch, chip in self.chips.items():
            chip.setProperty("touch", touch.value)
            chip.setCheckable(True)
            chip.clicked.connect(self._narrowed)
        self.coaches.clicked.connect(self._coach_clicked)
        self.coaches.opened.connect(self._choose)
        self.everybody_button.clicked.connect(self._show_everybody)
        self.people.opened.connect(self._open)

    @override
    @Slot()
    def refresh(self) -> None:
        question = FadingQuestion(today=self.office.desk.clock.today())
        self.office.desk.ask(read_fading, question, self._show)

    def _show(self, fading: Fading) -> None:
        self._fading = fading
        coaches = fading.by_coach()
        kept = self._chosen.id if self._chosen is not None else None
        self._chosen = next((one for one in coaches if self._chosen is not None and one.id == kept), None)
        self.coach_card.setVisible(len(coaches) > 1)
        self.people_card.show()
        self.coaches.show_rows(coaches)
        rows = min(len(coaches), _MOST_COACHES) + 1  # and the titles of the columns
        self.coaches.setFixedHeight(look().px(Size.TABLE_ROW) * rows)
        self._show_people()

    @Slot(QModelIndex)
    def _coach_clicked(self, index: QModelIndex) -> None:
        self._choose(self.coaches.table.row_at(index))

    @Slot(object)
    def _choose(self, one: CoachTouch | None) -> None:
        """Narrow the people to one coach's; a row that only gets the keyboard narrows nothing."""
        self._chosen = one
        self._show_people()

    @Slot()
    def _show_everybody(self) -> None:
        self.chips[self._touch].setFocus()
        self._choose(None)

    @Slot()
    def _narrowed(self) -> None:
        self._touch = Touch(str(self.sender().property("touch")))
        self._show_people()

    def _show_people(self) -> None:
        """Show one part of the people, of the chosen coach or of everybody; the chips count what they open."""
        chosen = self._chosen
        self.everybody_button.setVisible(chosen is not None)
        words = {
            Touch.FADING: self.tr("Past the rhythm"),
            Touch.LOOSE: self.tr("Nothing agreed next"),
            Touch.PAUSED: self.tr("Paused"),
        }
        for touch, chip in self.chips.items():
            count = len(self._people(touch, chosen))
            chip.setText(f"{words[touch]} ({count:,})")
            chip.setChecked(touch is self._touch)
        rows = self._people(self._touch, chosen)
        self.people.show_rows(rows)
        self.people.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._say(chosen)
        lay_out(self)

    def _people(self, touch: Touch, chosen: CoachTouch | None) -> tuple[FadingRow, ...]:
        rows = self._fading.parts[touch]
        return rows if chosen is None else tuple(row for row in rows if row.coach_id == chosen.id)

    def _say(self, chosen: CoachTouch | None) -> None:
        meanings = {
            Touch.FADING: self.tr("Furthest past what was agreed first. Nobody is closed by standing here."),
            Touch.LOOSE: self.tr("In touch, but with no next step, or with check-ins that were not held."),
            Touch.PAUSED: self.tr("Support rests for a reason; these days do not count."),
        }
        whose = (
            "" if chosen is None else self.tr("Clients of {coach}.").format(coach=self._coach_words(chosen))
        )
        self.meaning.setText(f"{whose} {meanings[self._touch]}".strip())
        headings = {
            Touch.FADING: self.tr("Nobody is past their rhythm"),
            Touch.LOOSE: self.tr("Something is agreed with everybody"),
            Touch.PAUSED: self.tr("Nobody’s support is paused"),
        }
        self.nothing.say(headings[self._touch], self.tr("Choose another part above, or another coach."))

    def _coach_words(self, one: CoachTouch) -> str:
        return one.name or self.tr("With nobody yet")

    def _longest_words(self, one: CoachTouch) -> str:
        return plural(one.longest, self.tr("day"), self.tr("days")) if one.longest else "–"

    def _stands(self, one: FadingRow) -> str:
        if one.touch is Touch.FADING:
            return plural(one.days_past, self.tr("{count} day past"), self.tr("{count} days past"))
        if one.touch is Touch.PAUSED:
            until = self.tr("until {day}").format(day=day(one.paused_until)) if one.paused_until else ""
            return ", ".join(part for part in (one.pause_reason or self.tr("Paused"), until) if part)
        return self.tr("In touch")

    def _last(self, one: FadingRow) -> str:
        return ago(one.last_on, self.office.desk.clock.today())

    def _rhythm(self, one: FadingRow) -> str:
        if one.every_days is None:
            return self.tr("None")
        every = plural(one.every_days, self.tr("every day"), self.tr("every {count} days"))
        return self.tr("{every}, agreed").format(every=every) if one.is_agreed else every

    def _next_step(self, one: FadingRow) -> str:
        return self.tr("Agreed") if one.has_next_step else self.tr("Nothing agreed")

    def _check_ins(self, one: FadingRow) -> str:
        missed = one.missed_check_ins
        return self.tr("{count} not held").format(count=missed) if missed else "–"

    @Slot(object)
    def _open(self, one: FadingRow) -> None:
        self.page.open_client.emit(one.id)


def _coach_tone(one: CoachTouch) -> Tone | None:
    return Tone.DANGER if one.fading else None


def _row_tone(one: FadingRow) -> Tone | None:
    return Tone.DANGER if one.touch is Touch.FADING else None
