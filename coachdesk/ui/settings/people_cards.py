"""One's own passphrase, and a new key for the vault after a copy of it was lost."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.terms import Role
from coachdesk.ui.office import Office
from coachdesk.ui.settings.people_working import Judging, KeyCard, bring_into_sight
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.unlock.fields import LabelledLine, PassphraseLine
from coachdesk.ui.unlock.new_passphrase import NewPassphrase as NewPassphraseLines
from coachdesk.ui.widgets import Flow, column, label, primary_button, row, secondary_button
from coachdesk.vault.passphrase import NewPassphrase, change_passphrase
from coachdesk.vault.roles import role_of
from coachdesk.vault.rotation import rotate
from coachdesk.vault.slots import RECOVERY
from coachdesk.vault.work import vault_of


def unlocked_by_recovery_key(session: Any, _question: None) -> bool:
    """Return whether the vault was unlocked with its recovery key, so that nobody's old passphrase is asked for."""
    return vault_of(session).slot.kind == RECOVERY


def _own_role(session: Any, _question: None) -> Role | None:
    return role_of(session)


class PassphraseCard(KeyCard):
    """Changing one's own passphrase."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._by_recovery_key = False
        self.change_button = secondary_button(self.tr("Change my passphrase…"), "key-round")
        self.old = PassphraseLine(self.tr("Your passphrase until now"))
        self.secret = NewPassphraseLines(self.tr("New passphrase"), self.tr("New passphrase again"))
        self.secret.suggest_button.setText(self.tr("Suggest one"))
        self.judging = Judging(office, self.secret, self._name)
        self.save_button = primary_button(self.tr("Change it"), "check")
        self.away_button = secondary_button(self.tr("Put away"))
        self.form = QWidget()
        box = column(self.old, self.secret, spacing=Space.GAP)
        box.addLayout(Flow(self.save_button, self.away_button, spacing=Space.GAP))
        self.form.setLayout(box)
        self.form.hide()
        self.add(label(self.tr("Your passphrase"), "section"))
        self.add(
            label(
                self.tr(
                    "Changing it takes a second and touches no record. If somebody may have seen the old one together with "
                    "this computer, a manager should also give the vault a new key."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(row(self.change_button, 1))
        self.add(self.form)
        self.add(self.progress)
        self.add(self.found)
        self.change_button.clicked.connect(self._open)
        self.save_button.clicked.connect(self.save)
        self.secret.entered.connect(self.save)
        self.away_button.clicked.connect(self.put_away)

    @override
    def pieces(self) -> tuple[QWidget, ...]:
        return self.change_button, self.form

    @override
    def lines(self) -> Mapping[str, LabelledLine]:
        return {"old": self.old, "passphrase": self.secret.passphrase}

    def _name(self) -> str:
        return self._office.desk.person

    def refresh(self) -> None:
        """Ask whether an old passphrase is needed."""
        self._office.desk.ask(unlocked_by_recovery_key, None, self._know)

    def _know(self, by_recovery_key: bool) -> None:  # noqa: FBT001  the answer of a question
        self._by_recovery_key = by_recovery_key
        self.old.setHidden(by_recovery_key)

    @Slot()
    def _open(self) -> None:
        self._forget()
        self.found.hide()
        self.change_button.hide()
        self.form.show()
        bring_into_sight(self.old, self.save_button)
        (self.secret if self._by_recovery_key else self.old).setFocus()

    @Slot()
    def save(self) -> None:
        """Hand the new passphrase in."""
        empty = not (self._by_recovery_key or self.old.text())
        self.old.refuse(self.tr("Type the passphrase you have now.") if empty else "")
        missing = self.secret.missing()
        if empty or missing is not None:
            (self.old if empty else missing or self.old).setFocus()
            return
        self.change_keys(
            change_passphrase,
            NewPassphrase(passphrase=self.secret.text(), old=self.old.text()),
            self.tr("Changing your passphrase…"),
            self._changed,
        )

    def _changed(self, _nothing: None) -> None:
        self.put_away()
        self.say(self.tr("Your passphrase is changed. The old one opens nothing any more."), Tone.OK)

    @Slot()
    def put_away(self) -> None:
        """Close the form and forget what was typed."""
        self._forget()
        self.form.hide()
        self.change_button.show()
        self.change_button.setFocus()

    def _forget(self) -> None:
        self.old.clear()
        self.secret.clear()


class NewKeyCard(KeyCard):
    """A new key for all data, for the day after a laptop or a copy was lost; managers only."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.renew_button = secondary_button(self.tr("Give the vault a new key…"), "refresh-cw")
        self.add(label(self.tr("After a laptop or a copy was lost"), "section"))
        self.add(
            label(
                self.tr(
                    "All data is written anew under a new key. Whoever has an old copy of the vault, and a passphrase of "
                    "that day, can read what was in that copy, and nothing that came after. Everybody keeps their own "
                    "passphrase. It needs room for the data twice and takes some seconds, in which nothing can be saved."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(row(self.renew_button, 1))
        self.add(self.progress)
        self.add(self.found)
        self.renew_button.clicked.connect(self._renew)

    @override
    def pieces(self) -> tuple[QWidget, ...]:
        return (self.renew_button,)

    def refresh(self) -> None:
        """Ask whether a manager is here."""
        self._office.desk.ask(_own_role, None, self._know)

    def _know(self, role: Role | None) -> None:
        self.renew_button.setVisible(role is Role.MANAGER)

    @Slot()
    def _renew(self) -> None:
        agreed = self._office.dialogs.confirm(
            self.tr("Give the vault a new key?"),
            yes=self.tr("Give it a new key"),
            explain=self.tr(
                "A backup is made first. You can stop it until it is done; the vault is then as it was."
            ),
        )
        if agreed:
            self.change_keys(rotate, None, self.tr("Giving the vault a new key…"), self._renewed)

    def _renewed(self, _nothing: None) -> None:
        self.say(
            self.tr(
                "Done: the vault has a new key, and everybody keeps their passphrase. Backups made before still open with "
                "the passphrases of their day. Make a new one now, and destroy old ones that may be in wrong hands."
            ),
            Tone.OK,
        )
