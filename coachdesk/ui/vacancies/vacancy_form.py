"""Writing a vacancy down, and closing one: what is not known may stay open."""

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from coachdesk.casework.job_wishes import TRAITS
from coachdesk.casework.ranges import plain_hours, plain_pounds
from coachdesk.casework.vacancies import (
    CloseVacancy,
    EmployerNote,
    SaveVacancy,
    VacancyRow,
    close_vacancy,
    note_on_employer,
    save_vacancy,
)
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.forms.fields import Choice, Date, Lines, Option, Part, Text, Together
from coachdesk.ui.forms.inputs import TextInput
from coachdesk.ui.forms.stances import Stances
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Banner
from coachdesk.ui.work.employer_line import EmployerLine

FORM = "vacancy"
NEW = "new"
_NOT_ASKED = "not_asked"
_SAME = ("title", "found_on", "closes_on", "town", "postcode", "contract", "employment_type", "source")


class VacancyForm(SideForm):
    """The form for a new vacancy, a change, and the end of one."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, FORM, self.tr("&Save"), parent)
        self.warning = Banner("", "", Tone.WARNING, closable=False)
        self.warning.hide()
        self.body.insertWidget(2, self.warning)

    def start(self) -> None:
        """Ask about a new vacancy."""
        today = self._office.desk.clock.today()
        self._ask_about(self.tr("A vacancy"), {"found_on": today, "employment_type": "employee"}, None)

    def change(self, one: VacancyRow) -> None:
        """Ask again for all that was written down."""
        told: dict[str, Any] = {name: getattr(one, name) for name in _SAME}
        for name, figure in (("least_hours", one.least_minutes), ("most_hours", one.most_minutes)):
            told[name] = plain_hours(figure)
        for name, figure in (("least_pay", one.least_pence), ("most_pay", one.most_pence)):
            told[name] = plain_pounds(figure)
        told["traits"] = {key: "yes" if is_so else "no" for key, is_so in one.traits.items()}
        told |= {"employer_name": one.employer, "how_to_apply": one.how_to_apply, "note": one.note}
        self._ask_about(one.called, told, one)

    def finish(self, one: VacancyRow) -> None:
        """Ask since when a vacancy is gone, and why."""

        def wish(values: dict[str, Any]) -> CloseVacancy:
            return CloseVacancy(vacancy_id=one.id, **values)

        self.warning.hide()
        self.open_form(
            self.tr("Close: {vacancy}").format(vacancy=one.called),
            (
                Together(
                    Date("closed_on", self.tr("Gone &since"), needed=True, lean="past"),
                    Text("closed_reason", self.tr("&Why"), placeholder=self.tr("Filled, withdrawn")),
                ),
            ),
            {"closed_on": self._office.desk.clock.today()},
            wish,
            close_vacancy,
            about=f"close:{one.id.hex}",
        )

    def _parts(self) -> tuple[Part, ...]:
        codes = self._office.codes
        return (
            Together(
                Text("employer_name", self.tr("&Employer"), needed=True),
                Text("title", self.tr("&Job"), needed=True),
                Text("town", self.tr("&Town")),
            ),
            Together(
                Text("least_hours", self.tr("&Hours a week")),
                Text("most_hours", self.tr("up to, where they vary")),
                Text("least_pay", self.tr("&Pay an hour"), placeholder="£12.71"),
                Text("most_pay", self.tr("up to, where it varies")),
            ),
            Together(
                Date("closes_on", self.tr("C&loses on"), lean="future"),
                Choice("contract", self.tr("&Contract"), options=codes.options("contract_kind")),
                Choice("employment_type", self.tr("Employed &as"), options=codes.options("employment_type")),
            ),
            Lines("how_to_apply", self.tr("Ho&w to apply"), rows=2),
            Stances(
                "traits",
                self.tr("What the job &is like"),
                self.tr("Keys 1 to 3 answer and go on; what is not known may stay so."),
                subjects=codes.options(TRAITS, unstated=False),
                answers=(
                    Option(None, self.tr("Not known")),
                    Option("yes", self.tr("Yes")),
                    Option("no", self.tr("No")),
                ),
            ),
            Together(
                Date("found_on", self.tr("&Found on"), needed=True, lean="past"),
                Choice("source", self.tr("Found &by"), options=codes.options("lead_source")),
                Text("postcode", self.tr("Postco&de")),
            ),
            Lines("note", self.tr("&Note"), rows=2),
        )

    def _ask_about(self, heading: str, told: dict[str, Any], one: VacancyRow | None) -> None:
        def wish(values: dict[str, Any]) -> SaveVacancy:
            for name in ("contract", "employment_type", "source"):
                values[name] = values[name] or _NOT_ASKED
            return SaveVacancy(id=one.id if one is not None else None, **values)

        self.warning.hide()
        about = NEW if one is None else one.id.hex
        self.open_form(heading, self._parts(), told, wish, save_vacancy, about=about)
        assert self.form is not None  # noqa: S101  it was opened just now
        field = self.form.input("employer_name")
        assert isinstance(field, TextInput)  # noqa: S101  the parts above say so
        EmployerLine(self._office, field)
        field.line.editingFinished.connect(self._look_up)
        field.edited.connect(self.warning.hide)
        self._look_up()

    @Slot()
    def _look_up(self) -> None:
        """Ask whether somebody wrote down that this employer is not to be approached."""
        if self.form is not None and "employer_name" in self.form.names():
            typed = str(self.form.input("employer_name").raw())
            self._office.desk.ask(note_on_employer, typed, self._warn)

    def _warn(self, note: EmployerNote | None) -> None:
        self.warning.setVisible(note is not None)
        if note is not None:
            self.warning.message.setText(self.tr("Do not approach {employer}").format(employer=note.name))
            self.warning.advice.setText(note.do_not_approach)
            self.warning.advice.show()
            self.warning.setAccessibleName(f"{self.warning.message.text()}: {note.do_not_approach}")
