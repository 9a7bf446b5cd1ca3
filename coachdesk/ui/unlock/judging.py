"""The strength of a passphrase, judged behind the unlock window while it is being typed."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject

from coachdesk.ui.unlock.new_passphrase import NewPassphrase
from coachdesk.vault.strength import Strength, judge

if TYPE_CHECKING:
    from coachdesk.ui.unlock.window import UnlockWindow


class _Judged(NamedTuple):
    passphrase: str
    strength: Strength


class Judging(QObject):
    """Judges what is typed, without the names it must not be built on; a stale answer is dropped."""

    def __init__(
        self, window: "UnlockWindow", secret: NewPassphrase, names: Callable[[], tuple[str, ...]]
    ) -> None:
        super().__init__(secret)
        self._window, self._secret, self._names = window, secret, names
        secret.typed.connect(self._judge)

    def _judge(self, passphrase: str) -> None:
        known = self._names()

        def job() -> _Judged:
            return _Judged(passphrase, judge(passphrase, known))

        self._window.send(job, self._judged)

    def _judged(self, judged: _Judged) -> None:
        if judged.passphrase == self._secret.text():
            self._secret.say_strength(judged.strength.words, enough=judged.strength.enough)
