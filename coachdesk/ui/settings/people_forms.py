"""The forms about one person: somebody added, another role, a new passphrase for one that is forgotten."""

from collections.abc import Mapping
from uuid import UUID

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.casework.team import CoachRow
from coachdesk.terms import Changes, Kind, Ref, Role
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.office import Office
from coachdesk.ui.settings.people_words import role_name, role_sentence
from coachdesk.ui.settings.people_working import Judging, KeyCard, bring_into_sight
from coachdesk.ui.tokens import Space
from coachdesk.ui.unlock.fields import LabelledLine
from coachdesk.ui.unlock.new_passphrase import NewPassphrase
from coachdesk.ui.widgets import Flow, column, label, primary_button, secondary_button
from coachdesk.vault.people import (
    AddPerson,
    ChangeRole,
    ResetPassphrase,
    add_person,
    change_role,
    reset_passphrase,
)

ROLES = (Role.COACH, Role.MANAGER, Role.TRUSTEE, Role.AUDITOR)
ADD, ROLE, RESET = "add", "role", "reset"


class RoleChoice(QWidget):
    """One of the four roles, and in a sentence what somebody in it may do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = CalmComboBox()
        self.box.setAccessibleName(self.tr("Role"))
        self.box.addItems([role_name(role) for role in ROLES])
        self.sentence = label("", "meta", wrap=True)
        name = label(self.tr("Role"), "label")
        name.setBuddy(self.box)
        self.setLayout(column(name, self.box, self.sentence, spacing=Space.HAIR))
        self.box.currentIndexChanged.connect(self._say)
        self._say(0)

    def _say(self, place: int) -> None:
        words = role_sentence(ROLES[place])
        self.sentence.setText(words)
        self.box.setAccessibleDescription(words)

    def role(self) -> str:
        """Return the role chosen."""
        return ROLES[self.box.currentIndex()]

    def choose(self, role: str) -> None:
        """Show a role."""
        self.box.setCurrentIndex(ROLES.index(Role(role)))


class PersonForm(KeyCard):
    """One form at a time about one person; nothing typed here is ever kept as a draft.

    Signals: ``done(str)`` with what was done, in words.
    """

    done = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._kind = ADD
        self._coach_id: UUID | None = None
        self._person = ""
        self.heading = label("", "section", wrap=True)
        self.explained = label("", "secondary", wrap=True)
        self.name = LabelledLine(
            self.tr("Name"), self.tr("First and family name, as the team knows the person.")
        )
        self.role = RoleChoice()
        self.secret = NewPassphrase(self.tr("Passphrase"), self.tr("Passphrase again"))
        self.secret.suggest_button.setText(self.tr("Suggest one"))
        self.judging = Judging(office, self.secret, self.name.text)
        self.save_button = primary_button("", "check")
        self.away_button = secondary_button(self.tr("Put away"))
        for piece in (
            self.heading,
            self.explained,
            self.name,
            self.role,
            self.secret,
            self.progress,
            self.found,
        ):
            self.add(piece)
        self.add(Flow(self.save_button, self.away_button, spacing=Space.GAP))
        self.save_button.clicked.connect(self.save)
        self.secret.entered.connect(self.save)
        self.name.entered.connect(self.save)
        self.away_button.clicked.connect(self.put_away)
        self.hide()

    @override
    def pieces(self) -> tuple[QWidget, ...]:
        return self.name, self.role, self.secret, self.save_button, self.away_button

    @override
    def lines(self) -> Mapping[str, LabelledLine]:
        return {"name": self.name, "passphrase": self.secret.passphrase}

    def ask_to_add(self, name: str = "") -> None:
        """Ask for somebody new, or for the passphrase of somebody who is in the team already."""
        self._open(
            ADD,
            self.tr("Add a person who unlocks this vault"),
            self.tr(
                "Hand over the keyboard for the passphrase: each person types their own, twice, and nobody else needs to "
                "know it."
            ),
            self.tr("Add the person"),
        )
        self.name.line.setText(name)
        self.role.choose(Role.COACH)
        (self.secret if name else self.name).setFocus()

    def ask_for_role(self, row: CoachRow) -> None:
        """Ask for another role."""
        self._open(
            ROLE,
            self.tr("Role of {name}").format(name=row.name),
            self.tr("It holds at once, also while the person works."),
            self.tr("Change the role"),
        )
        self._coach_id, self._person = row.id, row.name
        self.role.choose(row.role)
        self.role.box.setFocus()

    def ask_to_reset(self, row: CoachRow) -> None:
        """Ask for a new passphrase for somebody who has forgotten theirs."""
        self._open(
            RESET,
            self.tr("New passphrase for {name}").format(name=row.name),
            self.tr(
                "The old one stops working at once. Best hand over the keyboard, so that only the person knows the new "
                "one. Otherwise suggest one, pass it on in person, and have it changed under “Your passphrase”."
            ),
            self.tr("Set the new passphrase"),
        )
        self._coach_id, self._person = row.id, row.name
        self.name.line.setText(row.name)  # not shown; the strength is judged without the person’s name
        self.secret.setFocus()

    def _open(self, kind: str, heading: str, explained: str, save: str) -> None:
        self._kind, self._coach_id = kind, None
        self.heading.setText(heading)
        self.explained.setText(explained)
        self.save_button.setText(save)
        self.name.setVisible(kind == ADD)
        self.role.setVisible(kind in (ADD, ROLE))
        self.secret.setVisible(kind in (ADD, RESET))
        self.name.clear()
        self.secret.clear()
        self.found.hide()
        self.show()
        bring_into_sight(self.heading, self.save_button)

    @Slot()
    def save(self) -> None:
        """Hand in what was asked for."""
        missing = self.secret.missing() if self._kind != ROLE else None
        if missing is not None:
            missing.setFocus()
        elif self._kind == ADD:
            wish = AddPerson(name=self.name.text(), role=self.role.role(), passphrase=self.secret.text())
            self._person = " ".join(wish.name.split())
            self.change_keys(add_person, wish, self.tr("Adding the person…"), self._added, self._touched())
        elif self._coach_id is not None:
            self._change(self._coach_id)

    def _change(self, coach_id: UUID) -> None:
        if self._kind == ROLE:
            self.change_keys(
                change_role,
                ChangeRole(coach_id=coach_id, role=self.role.role()),
                self.tr("Changing the role…"),
                self._role_changed,
                self._touched(),
            )
        else:
            self.change_keys(
                reset_passphrase,
                ResetPassphrase(coach_id=coach_id, passphrase=self.secret.text()),
                self.tr("Setting the new passphrase…"),
                self._was_reset,
                self._touched(),
            )

    def _touched(self) -> Changes:
        """Return what tells every page that the team changed; somebody new has no id yet."""
        coach_id = self._coach_id or self._office.desk.coach_id
        return Changes(frozenset({Ref(Kind.COACH, coach_id)} if coach_id else ()))

    def _added(self, _coach_id: UUID) -> None:
        self._finish(self.tr("{name} can unlock the vault now.").format(name=self._person))

    def _role_changed(self, _nothing: None) -> None:
        self._finish(self.tr("The role of {name} was changed.").format(name=self._person))

    def _was_reset(self, _nothing: None) -> None:
        self._finish(self.tr("{name} has a new passphrase.").format(name=self._person))

    def _finish(self, words: str) -> None:
        self.put_away()
        self.done.emit(words)

    @Slot()
    def put_away(self) -> None:
        """Close the form and forget what was typed."""
        self.name.clear()
        self.secret.clear()
        self.found.hide()
        self.hide()
