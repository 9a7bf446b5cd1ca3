"""What the cards about keys have in common: work on the keys goes to the one who writes, refusals to their fields."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QScrollArea, QWidget
from typing_extensions import override

from coachdesk.casework.vault_facts import read_vault_facts
from coachdesk.errors import Refusal
from coachdesk.terms import Changes
from coachdesk.ui.backups.working_card import WorkingCard
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.unlock.fields import LabelledLine
from coachdesk.ui.unlock.new_passphrase import NewPassphrase
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.strength import Strength, judge
from coachdesk.vault.watch import Watch

W = TypeVar("W")
T = TypeVar("T")


class KeyCard(WorkingCard):
    """A card whose work changes the keys: nobody else writes meanwhile."""

    def change_keys(
        self,
        job: Callable[[OpenVault, W, Watch], T],
        wish: W,
        words: str,
        then: Callable[[T], None],
        changes: Changes | None = None,
    ) -> None:
        """Send a change of the keys to the thread that writes, with words to show meanwhile."""
        self.start(job, wish, words, then, writes=True, changes=changes)

    def lines(self) -> Mapping[str, LabelledLine]:
        """Return the fields that a refusal may name."""
        return {}

    @override
    def _refused(self, refusal: Refusal) -> None:
        self._end()
        lines = self.lines()
        named = [lines[name] for name in refusal.fields if name in lines and lines[name].isVisible()]
        for name, sentence in refusal.fields.items():
            if name in lines:
                lines[name].refuse(sentence)
        if named:
            named[0].setFocus()
        else:
            self.say(refusal.message, Tone.DANGER)

    @override
    def _stopped(self) -> None:
        self._end()
        self.say(self.tr("Stopped. Who unlocks, and with what, is as it was."), Tone.INFO)


def bring_into_sight(heading: QWidget, end: QWidget) -> None:
    """Scroll to a form that has just opened: to its heading, and as much below it as there is room for."""
    place = heading.parentWidget()
    while place is not None and not isinstance(place, QScrollArea):
        place = place.parentWidget()
    if place is not None:
        lay_out(heading)
        place.ensureWidgetVisible(end, 0, Space.PAGE)
        place.ensureWidgetVisible(heading, 0, Space.PAGE)


class _Question(NamedTuple):
    passphrase: str
    name: str


class _Judged(NamedTuple):
    passphrase: str
    strength: Strength


class Judging(QObject):
    """Judges a passphrase behind the window as it is typed, without the names it must not be built on."""

    def __init__(self, office: Office, secret: NewPassphrase, name: Callable[[], str]) -> None:
        super().__init__(secret)
        self._office, self._secret, self._name = office, secret, name
        secret.typed.connect(self._judge)

    def _judge(self, passphrase: str) -> None:
        self._office.desk.ask(_judged, _Question(passphrase, self._name()), self._say)

    def _say(self, judged: _Judged) -> None:
        if judged.passphrase == self._secret.text():
            self._secret.say_strength(judged.strength.words, enough=judged.strength.enough)


def _judged(session: Any, question: _Question) -> _Judged:
    organisation = read_vault_facts(session, None).organisation
    return _Judged(question.passphrase, judge(question.passphrase, (question.name, organisation)))
