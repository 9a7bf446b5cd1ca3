"""Programmes: the threshold, what nobody could find out, and planned figures."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.programmes import (
    ProgrammeRow,
    SetProfileFigure,
    SetThreshold,
    list_programmes,
    periods_around,
    set_profile_figure,
    set_threshold,
)
from coachdesk.casework.start_evidence import SetStartEvidence, set_start_evidence
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.forms.fields import Choice, Choices, Date, Number, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.planned_measures import measure_options
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, Divider, Flow, Pill, label, row

_LOWEST, _HIGHEST = 3, 20


class ProgrammesCard(Card):
    """A line a programme, each with what may be changed."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._rows: dict[str, ProgrammeRow] = {}
        self._chosen = ""
        self._wanted = ""
        self.form = SideForm(office, "programme", self.tr("&Save"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(label(self.tr("Programmes"), "section"))
        self.add(
            label(
                self.tr(
                    "Periods, due dates and rules come from the programme’s data file, each with its source. Where nothing was "
                    "found, the setting is blank and CoachDesk says so."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(self.form)
        self.add(self.lines)

    def refresh(self) -> None:
        """Ask for the programmes."""
        self._office.desk.ask(list_programmes, None, self._show)

    def _show(self, rows: tuple[ProgrammeRow, ...]) -> None:
        self._rows = {programme.key: programme for programme in rows}
        clear(self.lines)
        for place, programme in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(programme))
        if self._wanted:
            self.set_threshold_of(self._wanted)

    def set_threshold_of(self, key: str) -> None:
        """Open the form for a programme's threshold, as soon as the programmes are known."""
        self._wanted = key if not self._rows else ""
        if key in self._rows:
            self._open_threshold(self._rows[key])

    def _line(self, programme: ProgrammeRow) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.HAIR)
        threshold = Button(self.tr("Threshold"), "shield-check")
        planned = Button(self.tr("Planned figure"), "target")
        evidence = Button(self.tr("Evidence of a start"), "file-text")
        buttons = ((threshold, self._threshold), (planned, self._planned), (evidence, self._evidence))
        for button, slot in buttons:
            button.setProperty("programme", programme.key)
            button.setAccessibleName(f"{button.text()}: {programme.title}")
            button.clicked.connect(slot)
        if programme.threshold is None:
            pill = Pill(self.tr("No threshold: returns are refused"), Tone.WARNING)
        else:
            pill = Pill(
                self.tr("Counts of 1 to {most} are withheld").format(most=programme.threshold - 1), Tone.OK
            )
        head = row(label(programme.title, "strong", wrap=True), pill, spacing=Space.GAP)
        head.setStretch(0, 1)
        box.addLayout(head)
        box.addWidget(
            label(" · ".join(part for part in (programme.funder, programme.model) if part), "meta", wrap=True)
        )
        box.addWidget(label(self.tr("Source: {source}").format(source=programme.source), "meta", wrap=True))
        box.addWidget(label(self._evidence_words(programme), "meta", wrap=True))
        if programme.blanks:
            words = self.tr("Not found, fill in from your own agreement: {blanks}")
            box.addWidget(
                label(words.format(blanks="; ".join(programme.blanks)), "meta", tone=Tone.WARNING, wrap=True)
            )
        box.addLayout(Flow(threshold, planned, evidence, spacing=Space.SMALL))
        return holder

    def _evidence_words(self, programme: ProgrammeRow) -> str:
        if not programme.job_start:
            return self.tr("What the funder accepts as evidence of a start is not written down.")
        kinds = ", ".join(self._office.codes.title("evidence", key) for key in programme.job_start)
        return self.tr("Evidence of a start the funder accepts: {kinds}").format(kinds=kinds)

    def _picked(self) -> ProgrammeRow | None:
        sender = self.sender()
        return self._rows.get(str(sender.property("programme")))

    @Slot()
    def _threshold(self) -> None:
        programme = self._picked()
        if programme is not None:
            self._open_threshold(programme)

    def _open_threshold(self, programme: ProgrammeRow) -> None:
        self._chosen = programme.key
        self.form.open_form(
            self.tr("Threshold of {programme}").format(programme=programme.title),
            (
                Number(
                    "threshold",
                    self.tr("Show counts &from"),
                    hint=self.tr("3 to 20; 5 is the commonest for a named funder, 10 for the public."),
                    lowest=_LOWEST,
                    highest=_HIGHEST,
                ),
            ),
            {"threshold": programme.threshold},
            self._threshold_wish,
            set_threshold,
            about=programme.key,
        )

    def _threshold_wish(self, values: dict[str, Any]) -> SetThreshold:
        return SetThreshold(key=self._chosen, threshold=values["threshold"])

    @Slot()
    def _evidence(self) -> None:
        programme = self._picked()
        if programme is None:
            return
        self._chosen = programme.key
        kinds = self._office.codes.options("evidence", unstated=False)
        self.form.open_form(
            self.tr("Evidence the funder of {programme} accepts").format(programme=programme.title),
            (
                Choices("job_start", self.tr("Of the &start of a job"), options=kinds),
                Choices("four_hours", self.tr("Of the first four paid &hours"), options=kinds),
            ),
            programme,
            self._evidence_wish,
            set_start_evidence,
            about=f"evidence:{programme.key}",
        )

    def _evidence_wish(self, values: dict[str, Any]) -> SetStartEvidence:
        return SetStartEvidence(key=self._chosen, **values)

    @Slot()
    def _planned(self) -> None:
        programme = self._picked()
        if programme is None:
            return
        self._chosen = programme.key
        current = periods_around(programme, self._office.desk.clock.today())[-1]
        self.form.open_form(
            self.tr("Planned figure of {programme}").format(programme=programme.title),
            (
                Together(
                    Choice("measure", self.tr("&What"), options=measure_options(), needed=True),
                    Date("from_on", self.tr("&From"), needed=True),
                    Date("to_on", self.tr("&To"), needed=True),
                    Number("figure", self.tr("Planned &number"), lowest=0, needed=True),
                ),
                Text("source_note", self.tr("Where &it says so")),
            ),
            {"from_on": current.from_on, "to_on": current.to_on},
            self._planned_wish,
            set_profile_figure,
            about=f"planned:{programme.key}",
        )

    def _planned_wish(self, values: dict[str, Any]) -> SetProfileFigure:
        return SetProfileFigure(key=self._chosen, **values)
