"""One enrolment as a card: how it stands, why the client is here, its pauses, its ending, and what can be done."""

import datetime as dt
from collections.abc import Iterable

from PySide6.QtCore import Signal, Slot

from coachdesk.casework.endings import EndingRow
from coachdesk.casework.enrolments import EnrolmentRow
from coachdesk.casework.episodes import EpisodeRow
from coachdesk.casework.pauses import PauseRow
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Button, Card, Fact, FactGrid, Flow, Pill, label, row

_SHOWN_PAUSES = 4


class EnrolmentCard(Card):
    """An enrolment and its buttons.

    Signals: ``wanted(str, str)`` the key of a form and the record it is about; ``history(Ref, str)``.
    """

    wanted = Signal(str, str)
    history = Signal(object, str)

    def __init__(self, episode: EpisodeRow, codes: CodeBook, today: dt.date) -> None:
        super().__init__()
        self._codes, self._today = codes, today
        self.episode = episode
        enrolment = episode.enrolment
        self._key = enrolment.id.hex
        self._resting = next((one for one in episode.pauses if one.covers(today)), None)
        head = row(label(enrolment.programme, "section", wrap=True))
        head.setStretch(0, 1)
        for pill in self._pills(enrolment):
            head.addWidget(pill)
        head.addWidget(self._history())
        self.add(head)
        self.add(FactGrid(tuple(self._days(enrolment))))
        self.add(FactGrid(tuple(self._ways(enrolment))))
        self._say_reasons(episode)
        for pause in episode.pauses[:_SHOWN_PAUSES]:
            self.add(label(self._pause_words(pause), "secondary", wrap=True))
        if episode.ending is not None:
            self._say_ending(episode.ending)
        self.add(Flow(*self._buttons(episode)))

    def _history(self) -> HistoryButton:
        button = HistoryButton(
            Ref(Kind.ENROLMENT, self.episode.enrolment.id), self.episode.enrolment.programme
        )
        button.wanted.connect(self.history)
        return button

    def _pills(self, enrolment: EnrolmentRow) -> Iterable[Pill]:
        if enrolment.episode > 1:
            words = self.tr("Time {number} on this programme").format(number=enrolment.episode)
            yield Pill(words, Tone.PLUM)
        if enrolment.exit_on is not None:
            yield Pill(self.tr("Ended {day}").format(day=day(enrolment.exit_on)), Tone.NEUTRAL)
        elif self._resting is not None:
            yield Pill(self.tr("Paused"), Tone.WARNING)
        elif enrolment.started_on is None:
            yield Pill(self.tr("Waiting to start"), Tone.INFO)
        else:
            yield Pill(self.tr("Going on"), Tone.OK)

    def _days(self, enrolment: EnrolmentRow) -> Iterable[Fact]:
        blank = self.tr("Not recorded")
        yield Fact(self.tr("Received"), day(enrolment.received_on) or blank)
        yield Fact(self.tr("Accepted"), day(enrolment.accepted_on) or blank)
        yield Fact(self.tr("Started"), day(enrolment.started_on) or blank)
        yield Fact(self.tr("Profile begun"), day(enrolment.profile_started_on) or blank)
        if enrolment.exit_on is None:
            yield Fact(self.tr("Expected to end"), day(enrolment.expected_end_on) or blank)

    def _ways(self, enrolment: EnrolmentRow) -> Iterable[Fact]:
        blank = self.tr("Not recorded")
        source = self._codes.title("referral_source", enrolment.source)
        referred = f"{source}: {enrolment.referrer}" if enrolment.referrer else source
        yield Fact(self.tr("Referred by"), referred)
        yield Fact(self.tr("Work at the start"), self._codes.title("route", enrolment.route))
        if enrolment.exit_on is None:
            yield Fact(self.tr("Stage"), self._codes.title("stage", enrolment.stage))
        else:
            yield Fact(self.tr("Because"), self._codes.title("exit_reason", enrolment.exit_reason))
            yield Fact(self.tr("Went to"), enrolment.destination or blank)
        if enrolment.hub:
            yield Fact(self.tr("Hub"), enrolment.hub)
        if enrolment.coach:
            yield Fact(self.tr("Coach"), enrolment.coach)

    def _say_reasons(self, episode: EpisodeRow) -> None:
        reasons = ", ".join(episode.enrolment.eligibility)
        said = self.tr("Here because of: {reasons}").format(reasons=reasons)
        self.add(label(said if reasons else self.tr("No reason declared yet."), "secondary", wrap=True))

    def _pause_words(self, pause: PauseRow) -> str:
        if pause.to_on is None:
            words = self.tr("Paused since {first}: {reason}")
        elif pause.from_on > self._today:
            words = self.tr("Pause to come, {first} to {last}: {reason}")
        elif pause.to_on >= self._today:
            words = self.tr("Paused {first} to {last}: {reason}")
        else:
            words = self.tr("Was paused {first} to {last}: {reason}")
        return words.format(first=day(pause.from_on), last=day(pause.to_on), reason=pause.reason)

    def _say_ending(self, ending: EndingRow) -> None:
        if ending.what_stands:
            self.add(label(self.tr("What stands"), "label"))
            self.add(label(ending.what_stands, wrap=True))
        asks = {
            "yes": self.tr("May ask later: yes, on {day}").format(day=day(ending.ask_on)),
            "no": self.tr("May ask later: no"),
        }
        self.add(label(asks.get(ending.may_ask_later, self.tr("May ask later: not asked")), "secondary"))
        if ending.answer:
            self.add(label(self.tr("What was said since"), "label"))
            self.add(label(ending.answer, wrap=True))

    def _buttons(self, episode: EpisodeRow) -> Iterable[Button]:
        programme = episode.enrolment.programme
        change = self.tr("Change the enrolment on {programme}").format(programme=programme)
        reasons = self.tr("Change the reasons on {programme}").format(programme=programme)
        yield self._button(self.tr("Change"), "pencil", "enrolment", spoken=change)
        yield self._button(self.tr("Reasons"), "list-checks", "reasons", spoken=reasons)
        if episode.enrolment.exit_on is None:
            yield from self._while_open(programme)
        else:
            yield from self._when_ended(episode, programme)

    def _while_open(self, programme: str) -> Iterable[Button]:
        if self._resting is None:
            spoken = self.tr("Pause support on {programme}").format(programme=programme)
            yield self._button(self.tr("Pause"), "clock", "pause", spoken=spoken)
        else:
            spoken = self.tr("Support on {programme} goes on").format(programme=programme)
            yield self._button(
                self.tr("Support goes on"), "refresh-cw", "goes_on", self._resting.id.hex, spoken
            )
        yield self._button(self.tr("End support"), "log-out", "end")

    def _when_ended(self, episode: EpisodeRow, programme: str) -> Iterable[Button]:
        again = self.tr("Begin again on {programme}").format(programme=programme)
        yield self._button(self.tr("Begin again"), "refresh-cw", "again", spoken=again)
        ending = episode.ending
        if ending is not None:
            yield self._button(self.tr("What stands…"), "handshake", "ending", ending.id.hex)
            if ending.waits:
                yield self._button(self.tr("We asked"), "message-square", "answer", ending.id.hex)

    def _button(self, words: str, icon: str, form: str, about: str = "", spoken: str = "") -> Button:
        made = Button(words, icon)
        made.setProperty("form", form)
        made.setProperty("about", about or self._key)
        if spoken:
            made.setAccessibleName(spoken)
        made.clicked.connect(self._pressed)
        return made

    @Slot()
    def _pressed(self) -> None:
        button = self.sender()
        self.wanted.emit(str(button.property("form")), str(button.property("about")))
