"""The team: who is in it, who may unlock the vault and as what; and the hubs."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.team import (
    AddCoach,
    AddHub,
    CoachRow,
    NamedRow,
    add_coach,
    add_hub,
    list_coaches,
    list_hubs,
)
from coachdesk.errors import Refusal
from coachdesk.terms import Changes, Kind, Ref, Role
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.drafts.kept_lines import KeptLines
from coachdesk.ui.office import Office
from coachdesk.ui.settings.people_forms import PersonForm
from coachdesk.ui.settings.people_words import role_name, state_of
from coachdesk.ui.settings.people_working import KeyCard
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Avatar,
    Button,
    Divider,
    Flow,
    Pill,
    RoundIcon,
    column,
    label,
    primary_button,
    quiet_button,
    row,
    secondary_button,
)
from coachdesk.vault.people import RemovePerson, remove_person


class PersonLine(QWidget):
    """Somebody of the team, and what a manager may do about them.

    Signals: ``wished(str, CoachRow)`` with "let", "role", "reset" or "remove".
    """

    wished = Signal(str, object)

    def __init__(self, person: CoachRow, *, is_self: bool, by_manager: bool) -> None:
        super().__init__()
        self.person = person
        self.buttons: dict[str, Button] = {}
        words, tone = state_of(person)
        names = column(label(person.name, "strong"), label(role_name(person.role), "meta"), spacing=0)
        pills = [Pill(words, tone), *([Pill(self.tr("You"), Tone.BRAND)] if is_self else [])]
        avatar = Avatar(person.name, person.id, 32)
        box = column(row(avatar, names, *pills, 1, spacing=Space.GAP))
        if by_manager and person.active:
            box.addLayout(self._actions())
        self.setLayout(box)

    def _actions(self) -> Flow:
        if self.person.may_unlock:
            self._button("role", self.tr("Change the role…"), "pencil")
            self._button("reset", self.tr("New passphrase…"), "key-round")
            self._button("remove", self.tr("Remove…"), "trash-2")
        else:
            self._button("let", self.tr("Let them unlock…"), "user-plus")
        return Flow(*self.buttons.values())

    def _button(self, kind: str, words: str, icon: str) -> None:
        button = quiet_button(words, icon)
        button.setObjectName(kind)
        button.setAccessibleName(
            self.tr("{name}: {what}").format(name=self.person.name, what=words.removesuffix("…"))
        )
        button.clicked.connect(self._pressed)
        self.buttons[kind] = button

    @Slot()
    def _pressed(self) -> None:
        self.wished.emit(self.sender().objectName(), self.person)


class TeamCard(KeyCard):
    """Who is in the team and may unlock, and where clients are met.

    Signals: ``lock_wanted()`` after a manager removed herself, whom the vault knows no more.
    """

    lock_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.lines_by_name: dict[str, PersonLine] = {}
        self._removed = ""
        self._removed_self = False
        self.coaches, self.hubs = QVBoxLayout(), QVBoxLayout()
        self.coaches.setSpacing(Space.GAP)
        self.form = PersonForm(office)
        self.only_managers = label(
            self.tr("Only a manager adds, changes and removes people."), "meta", wrap=True
        )
        self.add_person_button = primary_button(self.tr("Add a &person who unlocks…"), "user-plus")
        self.without_key = label(
            self.tr("A coach who has clients but does not use this computer needs no passphrase:"),
            "meta",
            wrap=True,
        )
        self.coach_name = self._line(self.tr("Name of the coach"))
        self.hub_name = self._line(self.tr("Name of the hub"))
        self.add_coach_button = secondary_button(self.tr("Add a &coach"), "user-plus")
        self.add_hub_button = secondary_button(self.tr("Add a &hub"), "plus")
        self.kept_coach = KeptLines(office, "coach", {"name": self.coach_name}, self)
        self.kept_hub = KeptLines(office, "hub", {"name": self.hub_name}, self)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.add(label(self.tr("People"), "section"))
        self.add(self.coaches)
        self.add(self.progress)
        self.add(self.found)
        self.add(self.only_managers)
        self.add(row(self.add_person_button, 1))
        self.add(self.form)
        self.add(self.without_key)
        self.add(row(self.coach_name, self.add_coach_button, 1))
        self.add(label(self.tr("Hubs"), "section"))
        self.add(self.hubs)
        self.add(row(self.hub_name, self.add_hub_button, 1))

    def _connect(self) -> None:
        self.add_person_button.clicked.connect(self._add_person)
        self.form.done.connect(self._say_done)
        self.add_coach_button.clicked.connect(self._add_coach)
        self.coach_name.returnPressed.connect(self._add_coach)
        self.add_hub_button.clicked.connect(self._add_hub)
        self.hub_name.returnPressed.connect(self._add_hub)

    @override
    def pieces(self) -> tuple[QWidget, ...]:
        return (self.add_person_button, self.form, *self.lines_by_name.values())

    def _line(self, words: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(words)
        line.setPlaceholderText(words)
        return line

    def refresh(self) -> None:
        """Ask for the people and the hubs."""
        self._office.desk.ask(list_coaches, None, self._show_coaches)
        self._office.desk.ask(list_hubs, None, self._show_hubs)
        self.kept_coach.show("", self.tr("A coach to add"))
        self.kept_hub.show("", self.tr("A hub to add"))

    def _show_coaches(self, rows: tuple[CoachRow, ...]) -> None:
        clear(self.coaches)
        own = self._office.desk.coach_id
        by_manager = any(one.id == own and one.role == Role.MANAGER for one in rows)
        self.lines_by_name = {}
        for person in rows:
            line = PersonLine(person, is_self=person.id == own, by_manager=by_manager)
            line.wished.connect(self._wished)
            if self.lines_by_name:
                self.coaches.addWidget(Divider())
            self.coaches.addWidget(line)
            self.lines_by_name[person.name] = line
        adding = (self.coach_name, self.add_coach_button, self.hub_name, self.add_hub_button)
        for piece in (self.add_person_button, self.without_key, *adding):
            piece.setVisible(by_manager)
        self.only_managers.setVisible(not by_manager)

    def _show_hubs(self, rows: tuple[NamedRow, ...]) -> None:
        clear(self.hubs)
        for hub in rows:
            self.hubs.addLayout(
                row(RoundIcon("building", Tone.INFO, 32), label(hub.name, "strong"), 1, spacing=Space.GAP)
            )
        if not rows:
            self.hubs.addWidget(label(self.tr("No hubs yet."), "meta"))

    @Slot()
    def _add_person(self) -> None:
        self.form.ask_to_add()

    @Slot(str, object)
    def _wished(self, kind: str, person: CoachRow) -> None:
        if kind == "let":
            self.form.ask_to_add(person.name)
        elif kind == "role":
            self.form.ask_for_role(person)
        elif kind == "reset":
            self.form.ask_to_reset(person)
        else:
            self._remove(person)

    def _remove(self, person: CoachRow) -> None:
        self._removed_self = person.id == self._office.desk.coach_id
        explain = self.tr(
            "From then on no passphrase of theirs opens this vault. Their name stays on what they did. A backup is made "
            "first, then all data is written anew under a new key: some seconds, in which nothing can be saved. You can "
            "stop it until it is done. Backups of earlier days still open with the passphrase of those days."
        )
        if self._removed_self:
            explain = (
                self.tr("This is you: CoachDesk locks afterwards, and you cannot unlock it any more.")
                + " "
                + explain
            )
        agreed = self._office.dialogs.confirm(
            self.tr("Remove {name}?").format(name=person.name),
            yes=self.tr("Remove {name}").format(name=person.name),
            explain=explain,
            danger=True,
        )
        if agreed:
            self._removed = person.name
            self.form.put_away()
            self.change_keys(
                remove_person,
                RemovePerson(coach_id=person.id),
                self.tr("Removing {name}…").format(name=person.name),
                self._is_removed,
                None if self._removed_self else Changes(frozenset({Ref(Kind.COACH, person.id)})),
            )

    def _is_removed(self, _nothing: None) -> None:
        if self._removed_self:
            self.lock_wanted.emit()
        else:
            self.say(
                self.tr("{name} cannot unlock this vault any more, and it has a new key.").format(
                    name=self._removed
                ),
                Tone.OK,
            )

    @Slot(str)
    def _say_done(self, words: str) -> None:
        self.say(words, Tone.OK)

    @Slot()
    def _add_coach(self) -> None:
        self._office.desk.do(
            add_coach,
            AddCoach(name=self.coach_name.text()),
            then=self._coach_added,
            refused=self._refused_name,
        )

    @Slot()
    def _add_hub(self) -> None:
        self._office.desk.do(
            add_hub, AddHub(name=self.hub_name.text()), then=self._hub_added, refused=self._refused_name
        )

    def _coach_added(self, _coach: object) -> None:
        self.coach_name.clear()
        self.kept_coach.forget()

    def _hub_added(self, _hub: object) -> None:
        self.hub_name.clear()
        self.kept_hub.forget()

    def _refused_name(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
