"""Open vacancies beside what the client wants, the reasons in words; those that break a wish stand last, folded."""

from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.applications import MakeLead, make_lead
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.matching import Fit, Reason, VacancyMatch, vacancies_for
from coachdesk.ui.job_search.search_card import SearchCard, fold_button, quiet_line, with_buttons
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import plural, short_day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Pill, column, label, row

SHOWN_FIRST = 4
_LOOK = {
    Fit.FITS: ("check", Tone.OK),
    Fit.NOT_KNOWN: ("circle-help", Tone.INFO),
    Fit.DOES_NOT: ("x", Tone.WARNING),
}


def reason_line(reason: Reason) -> QWidget:
    """Return one reason with its icon; a wish that decides against the job stands out."""
    icon, tone = _LOOK[reason.fit]
    return quiet_line(reason.words, icon, Tone.DANGER if reason.breaks else tone)


class MatchesCard(SearchCard):
    """The vacancies one client could try for."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(
            office,
            self.tr("Vacancies beside their wishes"),
            self.tr("One reason for every wish, no score. All vacancies of the team: Ctrl+Shift+V."),
            None,
            parent,
        )
        self._all = False
        self._broken = False
        self._found: tuple[VacancyMatch, ...] = ()

    @override
    def show_client(self, client_id: UUID) -> None:
        if client_id != self.client_id:
            self._all = self._broken = False
        super().show_client(client_id)

    @override
    def ask(self, question: ClientQuestion) -> None:
        self.office.desk.ask(vacancies_for, question, self._show)

    def _show(self, found: tuple[VacancyMatch, ...]) -> None:
        self._found = found
        good = [one for one in found if not one.match.broken]
        broken = [one for one in found if one.match.broken]
        shown = good if self._all else good[:SHOWN_FIRST]
        pieces = [self._line(one) for one in shown]
        if len(good) > len(shown):
            words = self.tr("Show all {count}").format(count=len(good))
            pieces.append(fold_button("all", words, self._show_all, is_open=False))
        if broken:
            words = self._broken_words(len(broken))
            pieces.append(fold_button("broken", words, self._turn_broken, is_open=self._broken))
            pieces += [self._line(one) for one in broken] if self._broken else []
        if not found:
            pieces.append(label(self.tr("No vacancy is open now."), "secondary", wrap=True))
        self.draw(pieces, {one.vacancy.id.hex: one for one in found})

    def _broken_words(self, count: int) -> str:
        one = self.tr("{count} goes against a must or a will-not")
        many = self.tr("{count} go against a must or a will-not")
        return plural(count, one, many)

    @Slot()
    def _show_all(self) -> None:
        self._all = True
        self._show(self._found)

    @Slot()
    def _turn_broken(self) -> None:
        self._broken = not self._broken
        self._show(self._found)

    def _line(self, found: VacancyMatch) -> QWidget:
        one = found.vacancy
        head = row(label(one.called, "strong", wrap=True), self._pill(found))
        head.setStretch(0, 1)
        today = self.office.desk.clock.today()
        closes = self.tr("closes {day}").format(day=short_day(one.closes_on, today)) if one.closes_on else ""
        facts = [
            part for part in (one.hours_words, one.pay_words, one.town, one.contract_words, closes) if part
        ]
        said = column(head, spacing=Space.HAIR)
        said.addWidget(label("  ·  ".join(facts) or self.tr("Little is known yet"), "meta", wrap=True))
        if one.do_not_approach:
            words = self.tr("Do not approach this employer: {why}").format(why=one.do_not_approach)
            said.addWidget(quiet_line(words, "triangle-alert", Tone.WARNING))
        for reason in found.match.reasons:
            said.addWidget(reason_line(reason))
        lead = self.tr("Make it a lead")
        return with_buttons(
            said, () if found.stage else (self.act("lead", lead, "plus", one.id, one.called),)
        )

    def _pill(self, found: VacancyMatch) -> Pill:
        if found.stage:
            return Pill(self.tr("Theirs: {stage}").format(stage=found.stage), Tone.BRAND)
        return Pill(found.match.summary, Tone.WARNING if found.match.broken else Tone.INFO)

    @override
    def acted(self, key: str, found: VacancyMatch) -> None:
        self.do(make_lead, MakeLead(client_id=self.whose(), vacancy_id=found.vacancy.id))
