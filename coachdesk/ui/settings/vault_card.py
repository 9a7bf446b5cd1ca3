"""The vault itself: where its backups go, by which rule, restore, practise, check; and what CoachDesk is."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk import __version__
from coachdesk.errors import Refusal
from coachdesk.ui.backups.restore_card import RestoreCard
from coachdesk.ui.backups.working_card import WorkingCard
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.forms.fields import Number, Text, Together
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import ago, moment, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import (
    Banner,
    Card,
    Fact,
    FactGrid,
    Flow,
    label,
    primary_button,
    quiet_button,
    row,
    secondary_button,
)
from coachdesk.vault.backup import back_up, back_up_by_rule, ground_of
from coachdesk.vault.backup_folder import ASKED, BACKUPS, ENDING, Written
from coachdesk.vault.backup_rule import BOUNDS
from coachdesk.vault.backup_state import BackupState, ChangeRule, change_rule, read_backup_state
from coachdesk.vault.drill import Drill, drill
from coachdesk.vault.health import Report, check
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.rescue import Rescued, rescue
from coachdesk.vault.watch import Watch


def _back_up(vault: OpenVault, _wish: None, watch: Watch) -> Written:
    return back_up_by_rule(vault, ASKED, watch)


def _save(vault: OpenVault, target: Path, watch: Watch) -> Path:
    back_up(vault, target, watch)
    return target


def _practise(vault: OpenVault, _wish: None, watch: Watch) -> Drill:
    return drill(ground_of(vault), watch)


def _rescue(vault: OpenVault, _wish: None, watch: Watch) -> Rescued:
    """Save what can be read into a new vault beside this one; raises Trouble."""
    return rescue(vault.folder, vault.slot_file, vault.keys, clock=vault.clock, watch=watch)


def _check(vault: OpenVault, _wish: None, watch: Watch) -> Report:
    watch.progress(0.1, "Reading every page and every journal entry")
    return check(vault)


class VaultCard(WorkingCard):
    """How the backups stand, and everything that can be done about them.

    Signals: ``backed_up()`` when a backup was written; ``lock_wanted()`` when a restored vault is to take over.
    """

    backed_up = Signal()
    lock_wanted = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.state: BackupState | None = None
        self._tells_why = False
        self.reminder = Banner("", "", Tone.WARNING, closable=False)
        self.reminder.hide()
        self.last = label("", "strong", wrap=True)
        self.facts = FactGrid()
        self.practised = label("", "meta", wrap=True)
        self.now_button = primary_button(self.tr("Back up &now"), "save")
        self.backup_button = secondary_button(self.tr("Save a &backup elsewhere…"), "download")
        self.rule_button = secondary_button(self.tr("&Where and how long…"), "pencil")
        self.restore_button = secondary_button(self.tr("&Restore…"), "history")
        self.drill_button = secondary_button(self.tr("&Practise a restore"), "clipboard-check")
        self.check_button = secondary_button(self.tr("&Check the vault"), "shield-check")
        self.rescue_button = secondary_button(self.tr("Save what can be &read…"), "download")
        self.rescue_button.hide()  # only a damaged vault needs it
        self.rule_form = SideForm(office, "backup-rule", self.tr("&Save"))
        self.folder_button = quiet_button(self.tr("Choose a &folder…"), "folder-open")
        self.folder_button.hide()
        self.restore_card = RestoreCard(office)
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        self.add(label(self.tr("Backups"), "section"))
        self.add(self.reminder)
        self.add(self.last)
        self.add(self.facts)
        self.add(self.practised)
        self.add(
            label(
                self.tr(
                    "A backup is one encrypted file, read back and checked after it was written. CoachDesk makes one by "
                    "itself when you have worked. Keep them away from this computer: on a stick, or another drive."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(Flow(*self.pieces(), spacing=Space.GAP))
        self.add(self.progress)
        self.add(self.found)
        self.add(row(self.rescue_button, 1))
        self.add(self.rule_form)
        self.add(row(self.folder_button, 1))
        self.add(self.restore_card)

    def _connect(self) -> None:
        self.now_button.clicked.connect(self._now)
        self.backup_button.clicked.connect(self._save_elsewhere)
        self.rule_button.clicked.connect(self._open_rule)
        self.restore_button.clicked.connect(self._restore)
        self.drill_button.clicked.connect(self._practise)
        self.check_button.clicked.connect(self._check)
        self.rescue_button.clicked.connect(self._rescue)
        self.folder_button.clicked.connect(self._choose_folder)
        self.rule_form.saved.connect(self._rule_saved)
        self.rule_form.put_away.connect(self.folder_button.hide)
        self.restore_card.lock_wanted.connect(self.lock_wanted)

    @override
    def pieces(self) -> tuple[QWidget, ...]:
        return (
            self.now_button,
            self.backup_button,
            self.rule_button,
            self.restore_button,
            self.drill_button,
            self.check_button,
        )

    def refresh(self) -> None:
        """Ask how the backups stand."""
        self._office.desk.ask(read_backup_state, None, self._show)

    def _show(self, state: BackupState) -> None:
        self.state = state
        reminder = "" if self._tells_why else state.reminder  # why no backup was made stands below already
        self.reminder.setVisible(bool(reminder))
        self.reminder.message.setText(reminder)
        self.reminder.setAccessibleName(reminder)
        last = self._last_words(state)
        self.last.setText(last)
        self.last.setVisible(last != reminder)  # it is not said twice
        place = str(state.place)
        if not state.rule.folder:
            place = self.tr("{place} (on this computer only)").format(place=place)
        rule = state.rule
        self.facts.show_facts(
            (
                Fact(self.tr("Backups go to"), place),
                Fact(
                    self.tr("Kept there"),
                    self.tr("the newest of each of {days} days, {weeks} weeks and {months} months").format(
                        days=rule.days, weeks=rule.weeks, months=rule.months
                    ),
                ),
                Fact(
                    self.tr("There now"),
                    self.tr("the place is not there")
                    if state.count is None
                    else plural(state.count, self.tr("backup"), self.tr("backups")),
                ),
                Fact(
                    self.tr("Reminded after"),
                    plural(rule.remind_after, self.tr("day"), self.tr("days")),
                ),
                Fact(
                    self.tr("Last change in this vault"),
                    moment(state.changed_at) if state.changed_at else self.tr("none"),
                ),
            )
        )
        self.practised.setText(
            self.tr("Practised on {moment}: {words}").format(
                moment=moment(state.drill.moment), words=state.drill.words
            )
            if state.drill
            else self.tr("A restore has not been practised yet.")
        )

    def _last_words(self, state: BackupState) -> str:
        if state.last_at is None:
            return self.tr("This vault has not been backed up yet.")
        since = (
            plural(state.changes_since, self.tr("change since then"), self.tr("changes since then"))
            if state.changes_since
            else self.tr("nothing changed since then")
        )
        local = state.last_at.astimezone()
        return self.tr("Last backup: {ago}, {moment}; {since}").format(
            ago=ago(local.date(), self._office.desk.clock.today()), moment=moment(state.last_at), since=since
        )

    @Slot()
    def _now(self) -> None:
        self.start(_back_up, None, self.tr("Writing the backup…"), self._kept)

    def _kept(self, written: Written) -> None:
        self._told(str(written.path))

    @Slot()
    def _save_elsewhere(self) -> None:
        desk = self._office.desk
        name = f"{desk.vault_name} {desk.clock.today():%Y-%m-%d}{ENDING}"
        target = self._office.dialogs.save_as(name, (self._filter(),))
        if target is not None:
            self.start(_save, target, self.tr("Writing the backup…"), self._saved)

    def _filter(self) -> str:
        return self.tr("CoachDesk backup (*{ending})").format(ending=ENDING)

    def _saved(self, target: Path) -> None:
        self._told(str(target))

    def _told(self, file: str) -> None:
        self.say(self.tr("Backed up and checked: {file}").format(file=file), Tone.OK)
        self._office.messages.settle(BACKUPS)
        self.refresh()
        self.backed_up.emit()

    @override
    def _end(self) -> None:
        super()._end()
        self._tells_why = False

    @override
    def _refused(self, refusal: Refusal) -> None:
        was_backup = self._then in {self._kept, self._saved}
        super()._refused(refusal)
        self._tells_why = was_backup
        self.refresh()  # a stick that is away is told where it stands, too

    @Slot()
    def _open_rule(self) -> None:
        if self.state is None:
            return
        rule = self.state.rule
        self.rule_form.open_form(
            self.tr("Where backups go, and how long they are kept"),
            (
                Text(
                    "folder",
                    self.tr("Fo&lder or stick"),
                    hint=self.tr("Empty: a folder beside the vault, which goes when this computer goes."),
                ),
                Together(
                    self._number("days", self.tr("&Days kept")),
                    self._number("weeks", self.tr("W&eeks kept")),
                    self._number("months", self.tr("&Months kept")),
                    self._number("remind_after", self.tr("Rem&ind after days")),
                ),
            ),
            {
                "folder": str(rule.folder or ""),
                "days": rule.days,
                "weeks": rule.weeks,
                "months": rule.months,
                "remind_after": rule.remind_after,
            },
            self._rule_wish,
            change_rule,
        )
        self.folder_button.show()

    def _number(self, name: str, words: str) -> Number:
        low, high = BOUNDS[name]
        return Number(name, words, lowest=low, highest=high, needed=True)

    def _rule_wish(self, values: dict[str, Any]) -> ChangeRule:
        return ChangeRule(**values)

    @Slot()
    def _choose_folder(self) -> None:
        folder = self._office.dialogs.choose_folder(self.tr("Where backups go"))
        if folder is not None and self.rule_form.form is not None:
            self.rule_form.form.input("folder").set_value(str(folder))

    def _rule_saved(self, _rule: object) -> None:
        self.folder_button.hide()
        self.refresh()

    @Slot()
    def _restore(self) -> None:
        backup = self._office.dialogs.open_file(self.tr("Which backup?"), (self._filter(),))
        if backup is not None:
            self.restore_card.open_with(backup)

    @Slot()
    def _practise(self) -> None:
        self.start(_practise, None, self.tr("Restoring for practice…"), self._practice_done)

    def _practice_done(self, found: Drill) -> None:
        self.say(found.words, Tone.OK if found.well else Tone.DANGER)
        self.refresh()

    @Slot()
    def _check(self) -> None:
        self.start(_check, None, self.tr("Checking the vault…"), self._checked)

    @Slot()
    def _rescue(self) -> None:
        self.start(_rescue, None, self.tr("Reading what can be read…"), self._rescued)

    def _rescued(self, found: Rescued) -> None:
        self.say(
            self.tr(
                "Saved in “{place}”, beside this vault, which was not touched: {read:,} rows read, {rebuilt:,} records "
                "written again from their history, {lost:,} lost. Lock, then open it from there with the same passphrase."
            ).format(
                place=found.place.name,
                read=found.read,
                rebuilt=sum(found.rebuilt.values()),
                lost=sum(found.lost.values()),
            ),
            Tone.WARNING if found.lost else Tone.OK,
        )

    def _checked(self, report: Report) -> None:
        self.rescue_button.setVisible(bool(report.facts.get("damaged_pages")))
        if report.problems:
            self.say("\n".join(report.problems), Tone.DANGER)
        else:
            self.say(self.tr("All is well: every page, link and journal entry was checked."), Tone.OK)


class AboutCard(Card):
    """What CoachDesk is, and what it stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.add(label(self.tr("About"), "section"))
        self.add(label(self.tr("CoachDesk {version}, Apache License 2.0").format(version=__version__)))
        self.add(
            label(
                self.tr(
                    "CoachDesk never uses the network: nothing leaves this computer unless you save a file and carry it away. "
                    "It stands on Qt for Python (LGPL), SQLCipher, SQLAlchemy, reportlab, HiGHS, the fonts Inter and Atkinson "
                    "Hyperlegible (OFL) and Lucide icons (ISC); their licences lie beside the program."
                ),
                "secondary",
                wrap=True,
            )
        )
