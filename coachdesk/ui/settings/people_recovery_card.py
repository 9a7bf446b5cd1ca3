"""The recovery key: since when it holds, whether its sheet is still there, and a new one."""

import datetime as dt
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.vault_facts import read_vault_facts
from coachdesk.papers.recovery_sheet import RecoverySheet, write_recovery_sheet
from coachdesk.terms import Role
from coachdesk.ui.office import Office
from coachdesk.ui.settings.people_working import KeyCard, bring_into_sight
from coachdesk.ui.spoken import ago, day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.unlock.fields import LabelledLine
from coachdesk.ui.unlock.recovery_key_page import KeyWords
from coachdesk.ui.widgets import Flow, column, label, primary_button, secondary_button
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.recovery import new_recovery_key
from coachdesk.vault.recovery_slot import (
    MAY_CHANGE,
    NewRecoveryKey,
    RecoveryFacts,
    prove_recovery_key,
    recovery_facts,
    set_recovery_key,
)
from coachdesk.vault.roles import role_of
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading


class _Known(NamedTuple):
    facts: RecoveryFacts
    role: Role | None


class _Sheet(NamedTuple):
    path: Path
    key: str


def _known(session: Any, _question: None) -> _Known:
    return _Known(recovery_facts(session, None), role_of(session))


def _save_sheet(vault: OpenVault, sheet: _Sheet, _watch: Watch) -> Path:
    with reading(vault) as session:
        organisation = read_vault_facts(session, None).organisation
    made_on = vault.clock.today()
    written = RecoverySheet(
        organisation=organisation, vault_name=vault.folder.stem, made_on=made_on, key=sheet.key
    )
    write_recovery_sheet(sheet.path, written)
    return sheet.path


class RecoveryCard(KeyCard):
    """A new recovery key counts only once it was typed back whole; until then the old one stands."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._key = ""
        self.state = label("", "strong", wrap=True)
        self.prove_button = secondary_button(self.tr("Prove the sheet we have…"), "clipboard-check")
        self.new_button = secondary_button(self.tr("Make a new recovery key…"), "key-round")
        self.explained = label("", wrap=True)
        self.key_words = KeyWords()
        self.sheet_button = primary_button(self.tr("Save its sheet as PDF…"), "printer")
        self.next_button = secondary_button(self.tr("I have it on paper: type it back"), "arrow-right")
        self.typed = LabelledLine(
            self.tr("The key, from its sheet"),
            self.tr("Eight groups of five. Capitals, dashes and blanks do not matter."),
        )
        self.confirm_button = primary_button("", "check")
        self.again_button = secondary_button(self.tr("Show the key again"), "eye")
        self.away_button = secondary_button(self.tr("Put away"))
        self._steps = QWidget()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.add(label(self.tr("Recovery key"), "section"))
        self.add(self.state)
        self.add(
            label(
                self.tr(
                    "If every passphrase is forgotten, this key on its sheet is the only way back in. Prove once a year "
                    "that the sheet is still there by typing the key from it."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(Flow(self.prove_button, self.new_button, spacing=Space.GAP))
        box = column(self.explained, self.key_words, self.typed)
        box.addLayout(
            Flow(
                self.sheet_button,
                self.next_button,
                self.confirm_button,
                self.again_button,
                self.away_button,
                spacing=Space.GAP,
            )
        )
        self._steps.setLayout(box)
        self._steps.hide()
        self.add(self._steps)
        self.add(self.progress)
        self.add(self.found)

    def _connect(self) -> None:
        self.prove_button.clicked.connect(self._prove)
        self.new_button.clicked.connect(self._make)
        self.sheet_button.clicked.connect(self._save_sheet)
        self.next_button.clicked.connect(self._type_back)
        self.again_button.clicked.connect(self._show_key)
        self.confirm_button.clicked.connect(self.confirm)
        self.typed.entered.connect(self.confirm)
        self.away_button.clicked.connect(self.put_away)

    @override
    def pieces(self) -> tuple[QWidget, ...]:
        return self.prove_button, self.new_button, self._steps

    @override
    def lines(self) -> dict[str, LabelledLine]:
        return {"recovery_key": self.typed}

    def refresh(self) -> None:
        """Ask since when the key holds, and who is here."""
        self._office.desk.ask(_known, None, self._show)

    def _show(self, known: _Known) -> None:
        today = self._office.desk.clock.today()
        since, proved = known.facts.since, known.facts.proved_on
        made = (
            self.tr("Made on {day}").format(day=day(since))
            if since
            else self.tr("Made before dates were kept")
        )
        told = self._proved(proved, today)
        self.state.setText(self.tr("{made}; {proved}.").format(made=made, proved=told))
        may = known.role in MAY_CHANGE
        self.prove_button.setVisible(may)
        self.new_button.setVisible(may)

    def _proved(self, proved: dt.date | None, today: dt.date) -> str:
        if proved is None:
            return self.tr("its sheet was never typed back whole")
        return self.tr("its sheet was last proved {ago}").format(ago=ago(proved, today))

    @Slot()
    def _prove(self) -> None:
        self._key = ""
        self.explained.setText(
            self.tr("Fetch the sheet from where it is kept and type its key. Nothing is changed by this.")
        )
        self.confirm_button.setText(self.tr("Prove it"))
        self._ask(showing=False)

    @Slot()
    def _make(self) -> None:
        self._key = new_recovery_key()
        self.confirm_button.setText(self.tr("Make it count"))
        self._show_key()

    @Slot()
    def _show_key(self) -> None:
        self.explained.setText(
            self.tr(
                "This is the new key. Save its sheet and print it, or write the key down. It does not count yet: the old "
                "key stands until you have typed this one back."
            )
        )
        self._ask(showing=True)

    @Slot()
    def _type_back(self) -> None:
        self.explained.setText(
            self.tr(
                "Type the whole key from the paper. From then on the old key opens nothing; destroy its sheet, and the PDF "
                "of this one."
            )
        )
        self._ask(showing=False)

    def _ask(self, *, showing: bool) -> None:
        """Show the key, or ask for it: never both at once."""
        self.found.hide()
        self.typed.clear()
        self.key_words.show_key(self._key if showing else "")
        shown: tuple[QWidget, ...] = (self.key_words, self.sheet_button, self.next_button)
        asked: tuple[QWidget, ...] = (self.typed, self.confirm_button)
        for piece in (*shown, *asked):
            piece.setVisible((piece in shown) is showing)
        self.again_button.setVisible(not showing and bool(self._key))
        self._steps.show()
        bring_into_sight(self.explained, self.away_button)
        (self.sheet_button if showing else self.typed).setFocus()

    @Slot()
    def _save_sheet(self) -> None:
        name = self.tr("Recovery key of {vault}.pdf").format(vault=self._office.desk.vault_name)
        path = self._office.dialogs.save_as(name, (self.tr("PDF (*.pdf)"),))
        if path is not None:
            self.start(_save_sheet, _Sheet(path, self._key), self.tr("Writing the sheet…"), self._sheet_saved)

    def _sheet_saved(self, path: Path) -> None:
        self.say(
            self.tr("The sheet is in {file}. Print it, then delete the file.").format(file=path), Tone.OK
        )

    @Slot()
    def confirm(self) -> None:
        """Hand in the key as typed from the sheet."""
        typed = self.typed.text()
        if not typed.strip():
            self.typed.refuse(self.tr("Type the key from its sheet."))
            self.typed.setFocus()
        elif self._key:
            wish = NewRecoveryKey(key=self._key, typed=typed)
            self.change_keys(set_recovery_key, wish, self.tr("Sealing the new recovery key…"), self._counts)
        else:
            self.change_keys(prove_recovery_key, typed, self.tr("Trying the recovery key…"), self._is_proved)

    def _counts(self, _nothing: None) -> None:
        self.put_away()
        self.say(
            self.tr("The new recovery key counts. The old one opens nothing any more: destroy its sheet."),
            Tone.OK,
        )
        self.refresh()

    def _is_proved(self, _nothing: None) -> None:
        self.put_away()
        self.say(
            self.tr("Proved: the key on this sheet opens the vault. Put it back where it is kept."), Tone.OK
        )
        self.refresh()

    @Slot()
    def put_away(self) -> None:
        """Close the steps; a new key that was not typed back is forgotten."""
        self._key = ""
        self.key_words.show_key("")
        self.typed.clear()
        self.found.hide()
        self._steps.hide()
