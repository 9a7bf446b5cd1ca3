"""Programmes: every time the client took part, what rests and what ended, and how often to be in touch."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.eligibility import declare_eligibility
from coachdesk.casework.endings import change_ending, end_support, record_answer
from coachdesk.casework.enrolments import enrol, save_enrolment
from coachdesk.casework.episodes import EpisodeRow, Episodes, read_episodes
from coachdesk.casework.pauses import begin_pause, end_pause
from coachdesk.casework.rhythm import DropRhythm, Rhythm, agree_rhythm, drop_rhythm
from coachdesk.errors import Refusal
from coachdesk.ui.clients import enrolment_wishes as wishes
from coachdesk.ui.clients.enrolment_card import EnrolmentCard
from coachdesk.ui.clients.enrolment_forms import EnrolmentForms
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import Tab, clear, lay_out
from coachdesk.ui.forms.fields import Part
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, EmptyState, Flow, column, label, primary_button, secondary_button

FORM = "programmes"
Wish = Callable[[dict[str, Any]], Any]
Command = Callable[[Any, Any], Any]


class EnrolmentTab(Tab):
    """A card an enrolment, the newest first, and the agreed rhythm above them."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._episodes: Episodes | None = None
        self._waiting = ("", "")
        self._forms = EnrolmentForms(office.codes)
        self.form = SideForm(office, FORM, self.tr("&Save"))
        self.form.saved.connect(self._saved)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(Space.GAP)
        self.body.addWidget(self.form)
        self.body.addLayout(self.cards)
        self.body.addStretch(1)

    @override
    def refresh(self) -> None:
        question = self.question()
        if question is not None:
            self.office.desk.ask(read_episodes, question, self._show)

    @Slot(object)
    def _saved(self, _value: object) -> None:
        self.refresh()

    def _show(self, episodes: Episodes) -> None:
        if episodes.client_id != self.client_id:
            return
        self._episodes = episodes
        clear(self.cards)
        self.cards.addWidget(self._touch(episodes.rhythm))
        if not episodes.rows:
            self.cards.addWidget(self._nothing())
        for episode in episodes.rows:
            card = EnrolmentCard(episode, self.office.codes, self.office.desk.clock.today())
            card.wanted.connect(self._open)
            card.history.connect(self.history)
            self.cards.addWidget(card)
        lay_out(self)
        self._go_on()

    def _nothing(self) -> QWidget:
        button = primary_button(self.tr("Enro&l on a programme"), "plus")
        button.clicked.connect(self._enrol)
        card = Card()
        card.add(
            EmptyState(
                self.tr("On no programme yet"),
                self.tr("An enquiry can stay one. Enrol the client when you both want to begin."),
                button,
                icon="flag",
            )
        )
        return card

    def _touch(self, rhythm: Rhythm | None) -> QWidget:
        card = Card()
        agree = secondary_button(self.tr("Agree a &rhythm"), "calendar-clock")
        agree.clicked.connect(self._agree_rhythm)
        buttons = [agree]
        if rhythm is not None and rhythm.agreed_on is not None:
            usual = secondary_button(self.tr("Back to the &usual"))
            usual.clicked.connect(self._drop_rhythm)
            buttons.append(usual)
        if self._episodes is not None and self._episodes.rows:
            begin = secondary_button(self.tr("Enro&l on a programme"), "plus")
            begin.clicked.connect(self._enrol)
            buttons.append(begin)
        words = column(
            label(self.tr("In touch"), "section"),
            label(self._rhythm_words(rhythm), wrap=True),
            spacing=Space.HAIR,
        )
        card.add(words)
        card.add(Flow(*buttons))
        return card

    def _rhythm_words(self, rhythm: Rhythm | None) -> str:
        if rhythm is None:
            return self.tr("No rhythm is agreed, and no programme that goes on has a usual one.")
        every = plural(rhythm.every_days, self.tr("Every day"), self.tr("Every {count} days"))
        if rhythm.agreed_on is None:
            return f"{every}. {rhythm.origin}."
        agreed = self.tr("{every}, agreed on {day}.").format(every=every, day=day(rhythm.agreed_on))
        return f"{agreed} {rhythm.reason}".strip()

    @override
    def go_on(self, kind: str, about: str) -> None:
        self._waiting = (kind, about)
        if self._episodes is not None and self._episodes.client_id == self.client_id:
            self._go_on()

    def _go_on(self) -> None:
        (kind, about), self._waiting = self._waiting, ("", "")
        if kind:
            self._open(kind, about)

    def _whose(self) -> UUID:
        if self.client_id is None:
            raise LookupError("no client is shown")
        return self.client_id

    @Slot()
    def _enrol(self) -> None:
        self._open("begin", self._whose().hex)

    @Slot()
    def _agree_rhythm(self) -> None:
        self._open("rhythm", self._whose().hex)

    @Slot()
    def _drop_rhythm(self) -> None:
        wish = DropRhythm(client_id=self._whose())
        self.office.desk.do(drop_rhythm, wish, then=self._saved, refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.office.messages.show_refusal(refusal)

    @Slot(str, str)
    def _open(self, kind: str, about: str) -> None:
        """Open the form of a kind about an enrolment, a pause, an ending or the client; nothing for what is gone."""
        openers: dict[str, Callable[[UUID], None]] = {"begin": self._begin, "rhythm": self._rhythm}
        record = UUID(hex=about)
        episode = self._episode(record)
        if kind in openers:
            openers[kind](record)
        elif episode is not None:
            of_one: dict[str, Callable[[EpisodeRow], None]] = {
                "enrolment": self._change,
                "reasons": self._reasons,
                "pause": self._pause,
                "end": self._end,
                "again": self._again,
            }
            of_record: dict[str, Callable[[EpisodeRow, UUID], None]] = {
                "goes_on": self._end_pause,
                "ending": self._ending,
                "answer": self._answer,
            }
            if kind in of_one:
                of_one[kind](episode)
            elif kind in of_record:
                of_record[kind](episode, record)

    def _episode(self, record: UUID) -> EpisodeRow | None:
        """Return the enrolment a record belongs to: itself, one of its pauses, or its ending."""
        rows = self._episodes.rows if self._episodes is not None else ()
        return next((one for one in rows if record in _records(one)), None)

    def _show_form(
        self, heading: str, parts: Sequence[Part], values: object, wish: Wish, command: Command, about: str
    ) -> None:
        self.form.open_form(heading, parts, values, wish, command, about=about, client_id=self.client_id)

    def _begin(self, client_id: UUID) -> None:
        today = self.office.desk.clock.today()
        self._form_to_begin(self.tr("Enrol on a programme"), {"received_on": today}, f"begin:{client_id.hex}")

    def _again(self, episode: EpisodeRow) -> None:
        enrolment = episode.enrolment
        values = {
            "programme_key": enrolment.programme_key,
            "received_on": self.office.desk.clock.today(),
            "reasons": enrolment.declared,
        }
        heading = self.tr("Begin again: the time before stays as it ended")
        self._form_to_begin(heading, values, f"again:{enrolment.id.hex}")

    def _form_to_begin(self, heading: str, values: dict[str, Any], about: str) -> None:
        programmes = self._episodes.programmes if self._episodes is not None else ()
        wish = partial(wishes.begin, self._whose())
        self._show_form(heading, self._forms.begin(programmes), values, wish, enrol, about)

    def _change(self, episode: EpisodeRow) -> None:
        enrolment = episode.enrolment
        wish = partial(wishes.change, enrolment.id)
        about = f"enrolment:{enrolment.id.hex}"
        self._show_form(enrolment.programme, self._forms.change(), enrolment, wish, save_enrolment, about)

    def _reasons(self, episode: EpisodeRow) -> None:
        enrolment = episode.enrolment
        heading = self.tr("Why {programme} is open to them").format(programme=enrolment.programme)
        other = {"other_words": wishes.other_words(enrolment)}
        self._show_form(
            heading,
            self._forms.reasons(episode.evidence_asked),
            {"reasons": enrolment.declared, **other},
            partial(wishes.reasons, enrolment.id),
            declare_eligibility,
            f"reasons:{enrolment.id.hex}",
        )

    def _pause(self, episode: EpisodeRow) -> None:
        enrolment = episode.enrolment
        heading = self.tr("Pause support on {programme}").format(programme=enrolment.programme)
        wish = partial(wishes.pause, enrolment.id, self.office.codes)
        today = {"from_on": self.office.desk.clock.today()}
        self._show_form(heading, self._forms.pause(), today, wish, begin_pause, f"pause:{enrolment.id.hex}")

    def _end_pause(self, episode: EpisodeRow, pause_id: UUID) -> None:
        heading = self.tr("Support on {programme} goes on").format(programme=episode.enrolment.programme)
        values = {"to_on": wishes.last_day_of_pause(episode, pause_id, self.office.desk.clock.today())}
        wish = partial(wishes.end_of_pause, pause_id)
        about = f"goes_on:{pause_id.hex}"
        self._show_form(heading, self._forms.end_of_pause(), values, wish, end_pause, about)

    def _end(self, episode: EpisodeRow) -> None:
        enrolment = episode.enrolment
        self._show_form(
            self.tr("End support on {programme}").format(programme=enrolment.programme),
            self._forms.ending(),
            {"exit_on": self.office.desk.clock.today()},
            partial(wishes.end, enrolment.id),
            end_support,
            f"end:{enrolment.id.hex}",
        )

    def _ending(self, episode: EpisodeRow, ending_id: UUID) -> None:
        self._show_form(
            self.tr("What stands after {programme}").format(programme=episode.enrolment.programme),
            self._forms.what_stands(),
            episode.ending,
            partial(wishes.change_ending, ending_id),
            change_ending,
            f"ending:{ending_id.hex}",
        )

    def _answer(self, episode: EpisodeRow, ending_id: UUID) -> None:
        self._show_form(
            self.tr("How things go since {programme}").format(programme=episode.enrolment.programme),
            self._forms.answer(),
            {"asked_on": self.office.desk.clock.today()},
            partial(wishes.answer, ending_id),
            record_answer,
            f"answer:{ending_id.hex}",
        )

    def _rhythm(self, client_id: UUID) -> None:
        rhythm = self._episodes.rhythm if self._episodes is not None else None
        values: dict[str, Any] = {"agreed_on": self.office.desk.clock.today()}
        if rhythm is not None:
            values["every_days"] = rhythm.every_days
        self._show_form(
            self.tr("How often to be in touch"),
            self._forms.rhythm(),
            values,
            partial(wishes.rhythm, client_id),
            agree_rhythm,
            f"rhythm:{client_id.hex}",
        )


def _records(episode: EpisodeRow) -> set[UUID]:
    ending = () if episode.ending is None else (episode.ending.id,)
    return {episode.enrolment.id, *(one.id for one in episode.pauses), *ending}
