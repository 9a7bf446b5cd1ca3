"""Restoring, step by step: what a backup holds, the difference, and only then the restored vault in use."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.ui.backups.working_card import WorkingCard
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.forms.fields import Choice, Option, Text
from coachdesk.ui.forms.form import Form
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import moment, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Flow, label, primary_button, secondary_button
from coachdesk.vault.comparing import Step
from coachdesk.vault.places import in_words
from coachdesk.vault.restore_steps import (
    Compared,
    CompareWish,
    Held,
    compare,
    look_into,
    remove_restored,
    use_restored,
)

_SHOWN = 12


class RestoreCard(WorkingCard):
    """Opened with a backup; nothing happens to the vault in use before the last step, and then it is kept.

    Signals: ``lock_wanted()`` when the restored vault is to take over, which it does once this one is locked.
    """

    lock_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._held: Held | None = None
        self._made: Path | None = None
        self.form: Form | None = None
        self.heading = label(self.tr("Restore from a backup"), "section")
        self.words = QVBoxLayout()
        self.words.setSpacing(Space.SMALL)
        self.compare_button = primary_button(self.tr("Make it beside this vault and c&ompare"), "copy")
        self.use_button = primary_button(self.tr("&Use the restored vault…"), "check")
        self.remove_button = secondary_button(self.tr("Remo&ve the restored one"), "trash-2")
        self.away_button = secondary_button(self.tr("Put aw&ay"))
        self.add(self.heading)
        self.add(self.words)
        self.add(self.progress)
        self.add(self.found)
        self.add(Flow(*self.pieces(), spacing=Space.GAP))
        self.compare_button.clicked.connect(self._compare)
        self.use_button.clicked.connect(self._use)
        self.remove_button.clicked.connect(self._remove)
        self.away_button.clicked.connect(self.put_away)
        self.hide()

    @override
    def pieces(self) -> tuple[QWidget, ...]:
        return (self.compare_button, self.use_button, self.remove_button, self.away_button)

    def open_with(self, backup: Path) -> None:
        """Look into a backup and say what it holds."""
        self._held = self._made = None
        self._offer()
        clear(self.words)
        self.show()
        self.start(look_into, backup, self.tr("Looking into the backup…"), self._looked)

    def _offer(self) -> None:
        """Show the buttons of the step the person is at."""
        comparable = self._held is not None and self._held.same_vault and self._made is None
        self.compare_button.setVisible(comparable)
        self.use_button.setVisible(self._made is not None)
        self.remove_button.setVisible(self._made is not None)

    def _looked(self, held: Held) -> None:
        self._held = held
        clear(self.words)
        self._tell(
            self.tr("“{file}” was written {moment} and holds {size}.").format(
                file=held.path.name, moment=moment(held.at), size=in_words(held.size)
            )
        )
        if not held.same_vault:
            self._tell(
                self.tr(
                    "It is a backup of another vault. Put this one away, lock, and open it with “Restore” there."
                ),
                Tone.WARNING,
            )
        counts = ", ".join(f"{words}: {count:,}" for words, count in held.counts())
        if counts:
            self._tell(counts)
        if held.earlier_key:
            self._ask_for_the_earlier_key(held)
        elif held.same_vault:
            self._tell(
                self.tr(
                    "Next it is made into a vault beside this one, and the two are compared. Nothing is overwritten."
                ),
                role="meta",
            )
        self._offer()
        self.compare_button.setFocus()

    def _ask_for_the_earlier_key(self, held: Held) -> None:
        self._tell(
            self.tr("It was made before the vault’s key was changed. It opens with a passphrase of that day.")
        )
        people = tuple(Option(name, name) for name in held.people)
        self.form = Form(
            (
                Choice("person", self.tr("Who &unlocks it"), options=people, needed=True),
                Text("secret", self.tr("Her or his passphrase &then"), secret=True, needed=True),
            ),
            self._office.desk.clock,
        )
        self.words.addWidget(self.form)

    @Slot()
    def _compare(self) -> None:
        if self._held is None:
            return
        if self._held.earlier_key and self.form is not None:
            wish: Any = self.form.read(CompareWish, backup=self._held.path)
        else:
            wish = CompareWish(backup=self._held.path)
        if wish is not None:
            self.start(compare, wish, self.tr("Making it beside this vault…"), self._compared)

    def _compared(self, found: Compared) -> None:
        self._made = found.made
        clear(self.words)
        self.form = None
        self._tell(self.tr("It lies beside this vault as “{name}”.").format(name=found.made.stem))
        for place, sentence in enumerate(found.difference.sentences()):
            self._tell(sentence, role="strong" if place == 0 else "")
        self._tell_lost(found.difference.lost, found.difference.lost_count)
        self._offer()
        self.use_button.setFocus()

    def _tell_lost(self, lost: tuple[Step, ...], count: int) -> None:
        if not lost:
            return
        self._tell(self.tr("What would be missing, the newest first:"), Tone.WARNING)
        lines = [
            f"{moment(step.at)} · {step.actor} · {step.label or self.tr('a change')}"
            for step in lost[:_SHOWN]
        ]
        if count > _SHOWN:
            lines.append(plural(count - _SHOWN, self.tr("and {count} more"), self.tr("and {count} more")))
        self._tell("\n".join(lines), role="secondary")

    @Slot()
    def _use(self) -> None:
        if self._made is None:
            return
        agreed = self._office.dialogs.confirm(
            self.tr("Use the restored vault from now on?"),
            yes=self.tr("Lock and use it"),
            explain=self.tr(
                "This vault is locked now and moved aside as a whole, beside the restored one; nothing in it is lost. "
                "Unlock with the passphrase of the day the backup was written."
            ),
        )
        if agreed:
            self.start(use_restored, self._made, self.tr("Locking…"), self._taking_over)

    def _taking_over(self, _nothing: None) -> None:
        self.lock_wanted.emit()

    @Slot()
    def _remove(self) -> None:
        if self._made is not None:
            self.start(remove_restored, self._made, self.tr("Removing it…"), self._removed)

    def _removed(self, _nothing: None) -> None:
        self.put_away()
        self._office.messages.say_done(self.tr("Removed. The vault in use was not touched."))

    @Slot()
    def put_away(self) -> None:
        """Close the card; a vault that was made beside stays where it is."""
        self._held = self._made = None
        self.form = None
        self.found.hide()
        clear(self.words)
        self.hide()

    def _tell(self, words: str, tone: Tone | None = None, *, role: str = "") -> None:
        self.words.addWidget(label(words, role, tone=tone, wrap=True))
