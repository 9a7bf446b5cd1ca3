"""Service quality: indicators of how the service works over a quarter. No fidelity score is claimed."""

import datetime as dt
from typing import Any

from PySide6.QtCore import Slot
from typing_extensions import override

from coachdesk.casework.service_quality.ground import (
    TIME_SORTS,
    Indicator,
    QualityQuestion,
    QualitySettings,
    SetTargets,
    quality_settings,
    quarter_of,
    set_targets,
)
from coachdesk.casework.service_quality.reading import ServiceQuality, read_service_quality
from coachdesk.errors import Refusal
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.forms.fields import Check, Choices, Number, Option, Together
from coachdesk.ui.rights.part import Part
from coachdesk.ui.spoken import day
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.team.indicator_card import IndicatorCard, band_words
from coachdesk.ui.team.working_time_card import WorkingTimeCard
from coachdesk.ui.widgets import Card, Flow, label, secondary_button
from coachdesk.ui.wizard import WorkingPage

_TABLE_HEIGHT = 380
_DAY = dt.timedelta(days=1)


def _title(one: Indicator) -> str:
    return one.title


def _value(one: Indicator) -> str:
    return one.value


def _target(one: Indicator) -> str:
    return one.target or "–"


def _identity(one: Indicator) -> str:
    return one.key


class QualityPart(Part):
    """A table of indicators with the chosen one below it, and the working time it rests on."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self._from_on, self._to_on = quarter_of(self.office.desk.clock.today())
        self.which = label("", "secondary", wrap=True)
        self.earlier_button = secondary_button(self.tr("&Earlier quarter"), "chevron-left")
        self.later_button = secondary_button(self.tr("&Later quarter"), "chevron-right")
        self.targets_button = secondary_button(self.tr("&Targets and what counts"), "target")
        self.table: TableView[Indicator] = TableView(
            RowTable(
                [
                    Column(self.tr("Indicator"), _title, stretch=True),
                    Column(self.tr("Figure"), _value, width=30),
                    Column(self.tr("Verified band"), self._band, width=18),
                    Column(self.tr("Our target"), _target, width=18),
                ],
                identify=_identity,
            ),
            self.tr("Indicators"),
        )
        self.table.setMinimumHeight(_TABLE_HEIGHT)
        self.card = IndicatorCard(self.office)
        self.form = SideForm(self.office, "service quality", self.tr("&Save"))
        self.time = WorkingTimeCard(self.office, self.form)
        self._arrange()

    def _arrange(self) -> None:
        card = Card(self.tr("Service quality"))
        card.add(
            label(
                self.tr(
                    "Indicators of how the service works; no fidelity score is claimed. Some are about very few "
                    "people: they are for your team, not for sending out."
                ),
                wrap=True,
            )
        )
        card.add(self.which)
        card.add(Flow(self.earlier_button, self.later_button, self.targets_button))
        card.add(self.table)
        for piece in (self.form, card, self.card, self.time):
            self.body.addWidget(piece)
        self.earlier_button.clicked.connect(self._earlier)
        self.later_button.clicked.connect(self._later)
        self.targets_button.clicked.connect(self._ask_settings)
        self.table.chosen.connect(self.card.show_indicator)
        self.card.people.opened.connect(self.page.open_client)
        self.form.saved.connect(self._saved)
        self.form.put_away.connect(self.targets_button.setFocus)

    @override
    @Slot()
    def refresh(self) -> None:
        today = self.office.desk.clock.today()
        self.targets_button.setVisible(self.manages)
        self.later_button.setEnabled(self._to_on < today)
        self.time.refresh(manages=self.manages)
        question = QualityQuestion(from_on=self._from_on, to_on=self._to_on, as_at=min(today, self._to_on))
        self.office.desk.ask(read_service_quality, question, self._show, refused=self._refused)

    def _show(self, found: ServiceQuality) -> None:
        asked = found.question
        words = self.tr("{first} to {last}, as it stood on {day}")
        self.which.setText(
            words.format(first=day(asked.from_on), last=day(asked.to_on), day=day(asked.as_at))
        )
        kept = self.table.current_row()
        self.table.show_rows(found.indicators)
        if kept is None or not self.table.choose(kept.key):
            self.table.choose(found.indicators[0].key)
        self.card.show_indicator(self.table.current_row() or found.indicators[0])
        lay_out(self)

    def _refused(self, refusal: Refusal) -> None:
        self.page.show_refusal(refusal)

    def _band(self, one: Indicator) -> str:
        return band_words(self, one) or "–"

    @Slot()
    def _earlier(self) -> None:
        self._go_to(self._from_on - _DAY)

    @Slot()
    def _later(self) -> None:
        self._go_to(self._to_on + _DAY)

    def _go_to(self, on: dt.date) -> None:
        self._from_on, self._to_on = quarter_of(on)
        self.refresh()

    @Slot()
    def _ask_settings(self) -> None:
        self.office.desk.ask(quality_settings, None, self._open)

    def _open(self, settings: QualitySettings) -> None:
        sorts = tuple(
            Option(key, words) for key, words in TIME_SORTS.items() if key not in settings.not_counted_time
        )
        parts = (
            Together(
                Number("first_contact_days", self.tr("Days to the first &meeting with an employer")),
                Number("contacts_a_week", self.tr("Meetin&gs with employers a week")),
            ),
            Choices("employment_time", self.tr("What counts as em&ployment services"), options=sorts),
            Check("hub_is_community", self.tr("Time at the hu&b counts as time in the community")),
        )
        values = {
            "first_contact_days": settings.first_contact_days,
            "contacts_a_week": settings.contacts_a_week,
            "employment_time": tuple(sorted(settings.employment_time)),
            "hub_is_community": settings.hub_is_community,
        }
        heading = self.tr("Our own targets, and what counts; a blank target is none")
        self.form.open_form(heading, parts, values, self._wish, set_targets, about="targets")

    def _wish(self, values: dict[str, Any]) -> SetTargets:
        return SetTargets(**values)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.targets_button.setFocus()
        self.refresh()
