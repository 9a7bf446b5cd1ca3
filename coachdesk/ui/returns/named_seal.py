"""The passphrase of a file that leaves: typed twice, its strength in words, and how the other side opens the file."""

from dataclasses import dataclass, field

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.errors import Refusal
from coachdesk.exchange.sealed_file import HOW_TO_OPEN, Seal
from coachdesk.ui.office import Office
from coachdesk.ui.unlock.new_passphrase import NewPassphrase
from coachdesk.ui.widgets import label
from coachdesk.vault.strength import Strength, judge


@dataclass(frozen=True, slots=True)
class _Judged:
    passphrase: str = field(repr=False)
    strength: Strength


def _strength(_session: object, passphrase: str) -> _Judged:
    """Judge behind the window: the word lists take their time."""
    return _Judged(passphrase, judge(passphrase))


class SealCard(QWidget):
    """Two lines for the passphrase, and what to tell whoever receives the file."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.secret = NewPassphrase(self.tr("&Passphrase of the file"))
        self.secret.suggest_button.setText(self.tr("Su&ggest one"))
        self.how = label(HOW_TO_OPEN, "meta", wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.secret)
        box.addWidget(self.how)
        self.secret.typed.connect(self._judge)
        office.desk.locking.connect(self.secret.clear)

    def _judge(self, passphrase: str) -> None:
        self._office.desk.ask(_strength, passphrase, self._judged)

    def _judged(self, judged: _Judged) -> None:
        if judged.passphrase == self.secret.text():
            self.secret.say_strength(judged.strength.words, enough=judged.strength.enough)

    def seal(self) -> Seal | None:
        """Return what was typed, or None after what is wrong with it was said beside its line."""
        missing = self.secret.missing()
        if missing is not None:
            missing.setFocus()
            return None
        seal = Seal(passphrase=self.secret.text(), again=self.secret.again.text())
        try:
            seal.checked()
        except Refusal as refusal:
            self.secret.refuse(refusal.message)
            return None
        return seal

    def forget(self) -> None:
        """Forget the passphrase: it is kept nowhere."""
        self.secret.clear()
