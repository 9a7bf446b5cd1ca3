"""The import page: draws the flow, sends the work away, and shows what came of it."""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.programmes import ProgrammeRow, list_programmes
from coachdesk.errors import Refusal
from coachdesk.exchange.importing import ImportResult, ImportWish
from coachdesk.exchange.mapping import (
    FieldRow,
    SavedMapping,
    SaveMapping,
    SheetMapping,
    known_as,
    list_own_questions,
    list_saved_mappings,
    save_mapping,
    taken_as,
)
from coachdesk.exchange.problem_list import ListedProblem, SaveProblems, save_problems
from coachdesk.exchange.safe_import import import_after_backup
from coachdesk.exchange.sheets import Sheet, read_sheets
from coachdesk.terms import Changes, Kind, Ref
from coachdesk.ui.imports.account_view import AccountView
from coachdesk.ui.imports.columns_view import ColumnsView
from coachdesk.ui.imports.files_view import FilesView
from coachdesk.ui.imports.flow import ImportFlow, Step
from coachdesk.ui.imports.held_rows import HeldRows
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import (
    ScrollPage,
    StepBar,
    column,
    label,
    primary_button,
    row,
    secondary_button,
)
from coachdesk.ui.wizard import WorkingPage
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch

_ENDINGS = {".csv", ".xlsx", ".txt", ".tsv"}


def _read(_vault: OpenVault, paths: tuple[Path, ...], watch: Watch) -> tuple[Sheet, ...]:
    watch.progress(0.1, "Reading the files")
    return read_sheets(paths)


class ImportPage(WorkingPage):
    """Files, columns, a look, and the account."""

    concerns = frozenset({Kind.IMPORT_MAPPING, Kind.IMPORT_ROW, Kind.CUSTOM_FIELD})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setAcceptDrops(True)
        self.flow = ImportFlow()
        self._saved: tuple[SavedMapping, ...] = ()
        self._questions: tuple[FieldRow, ...] = ()
        self.title = label("", "title")
        self.steps = StepBar(0, len(Step))
        self.files = FilesView()
        self.columns = ColumnsView()
        self.looked = AccountView()
        self.waiting = HeldRows(office)
        self.done = AccountView()
        self.views = (self.files, self.columns, self.looked, self.done)
        self.body = QWidget()
        self.next_button = primary_button("", "chevron-right")
        self.back_button = secondary_button(self.tr("&Back"), "chevron-left")
        self._arrange()
        self._connect()
        self._draw()

    def _arrange(self) -> None:
        area = ScrollPage(self)
        area.body.addWidget(self.title)
        area.body.addWidget(self.steps)
        area.body.addWidget(self.refusal)
        # A stack would be as tall as its longest step; here a short step ends where it ends.
        area.body.addWidget(self.body, 1)
        self.body.setLayout(column(*self.views, spacing=0))
        area.body.addWidget(self.waiting)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(area, 1)
        foot = row(self.progress, 1, self.back_button, self.next_button, spacing=Space.GAP)
        foot.setStretch(0, 3)
        foot.setContentsMargins(Space.PAGE, Space.SMALL, Space.PAGE, Space.GAP)
        box.addLayout(foot)

    def _connect(self) -> None:
        self.files.wanted.connect(self._choose_files)
        self.columns.mapped.connect(self._mapped)
        self.columns.kind_chosen.connect(self._kind_chosen)
        for view in (self.looked, self.done):
            view.save_wanted.connect(self._save_problems)
        self.columns.programme_chosen.connect(self._programme)
        self.columns.save_wanted.connect(self._save_mapping)
        self.next_button.clicked.connect(self.go_on)
        self.back_button.clicked.connect(self.go_back)

    @override
    def pieces(self) -> Iterable[QWidget]:
        return self.body, self.next_button, self.back_button

    @override
    def refresh(self) -> None:
        self.office.desk.ask(list_programmes, None, self._know_programmes)
        self.office.desk.ask(list_saved_mappings, None, self._know_saved)
        self.office.desk.ask(list_own_questions, None, self._know_questions)
        self.waiting.refresh()

    def _know_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        self.columns.show_programmes(rows)
        if not self.flow.programme_key and rows:
            self.flow = self.flow.with_programme(self.columns.programme_key())

    def _know_saved(self, saved: tuple[SavedMapping, ...]) -> None:
        self._saved = saved

    def _know_questions(self, questions: tuple[FieldRow, ...]) -> None:
        self._questions = questions
        self.columns.questions = questions

    @Slot()
    def _choose_files(self) -> None:
        chosen = self.office.dialogs.open_files(
            self.tr("Choose the caseload’s files"), (self.tr("Sheets (*.csv *.xlsx *.txt *.tsv)"),)
        )
        if chosen:
            self.read_files(tuple(chosen))

    def read_files(self, paths: tuple[Path, ...]) -> None:
        """Read files and go on to their columns; while something is under way, nothing."""
        self.start(_read, paths, self.tr("Reading the files…"), self._read)

    def _read(self, sheets: tuple[Sheet, ...]) -> None:
        known = [known_as(sheet, self._saved, self._questions) for sheet in sheets]
        self.flow = self.flow.with_sheets(tuple(one for one, _ in known), tuple(one for _, one in known))
        self.columns.show_sheets(self.flow.sheets, self.flow.mappings)
        self._draw()

    @Slot(int, object)
    def _mapped(self, place: int, mapping: SheetMapping) -> None:
        self.flow = self.flow.with_mapping(place, mapping)

    @Slot(int, str)
    def _kind_chosen(self, place: int, kind: str) -> None:
        sheet, mapping = taken_as(self.flow.sheets[place], kind, self._saved, self._questions)
        self.flow = self.flow.with_sheet(place, sheet, mapping)
        self.columns.show_sheet(place, sheet, mapping)
        self.refusal.hide()

    @Slot(object)
    def _save_problems(self, problems: tuple[ListedProblem, ...]) -> None:
        name = self.tr("To look at {day}.csv").format(day=self.office.desk.clock.today())
        target = self.office.dialogs.save_as(name, (self.tr("CSV file (*.csv)"),))
        if target is not None:
            wish = SaveProblems(target=target, headings=self.looked.headings(), problems=problems)
            self.start(save_problems, wish, self.tr("Writing the list…"), self._list_saved, writes=True)

    def _list_saved(self, target: Path) -> None:
        self.office.messages.say_done(self.tr("The list is saved: {file}").format(file=target))

    @Slot(str)
    def _programme(self, key: str) -> None:
        self.flow = self.flow.with_programme(key)

    @Slot(int)
    def _save_mapping(self, place: int) -> None:
        mapping = self.flow.mappings[place]
        name = self.office.dialogs.ask_text(
            self.tr("What shall these columns be called?"),
            yes=self.tr("Save"),
            explain=self.tr("They are offered again for a sheet with the same headings."),
            start=mapping.sheet,
        )
        if name:
            wish = SaveMapping(
                name=name,
                sheet_kind=mapping.kind,
                headings=tuple(heading for heading, _ in mapping.columns),
                columns=dict(mapping.columns),
            )
            self.office.desk.do(save_mapping, wish, refused=self.show_refusal)

    @Slot()
    def go_on(self) -> None:
        """Take the next step: a look, then the import; afterwards begin anew."""
        missing = self.flow.missing()
        if missing:
            self.show_refusal(Refusal(missing))
        elif self.flow.step is Step.FILES:
            self.flow = self.flow.with_sheets(self.flow.sheets, self.flow.mappings)
            self._draw()
        elif self.flow.step is Step.DONE:
            self.go.emit("clients")
        else:
            self._run(dry_run=self.flow.step is Step.COLUMNS)

    @Slot()
    def go_back(self) -> None:
        """Go one step back, with every answer kept."""
        self.flow = self.flow.back()
        self._draw()

    def _run(self, *, dry_run: bool) -> None:
        wish = ImportWish(
            sheets=self.flow.sheets,
            mappings=self.flow.mappings,
            programme_key=self.flow.programme_key,
            today=self.office.desk.clock.today(),
            dry_run=dry_run,
        )
        told = Changes(
            refs=frozenset({Ref(Kind.IMPORT, self._marker()), Ref(Kind.CLIENT, self._marker())}),
            label=self.tr("Brought in a caseload"),
        )
        self.start(
            import_after_backup,
            wish,
            self.tr("Looking at every row…") if dry_run else self.tr("Bringing the caseload in…"),
            self._looked if dry_run else self._imported,
            writes=True,
            changes=None if dry_run else told,
        )

    def _marker(self) -> UUID:
        return UUID(int=0)

    def _looked(self, result: ImportResult) -> None:
        self.flow = self.flow.with_look(result)
        self.looked.show_result(result)
        self._draw()

    def _imported(self, result: ImportResult) -> None:
        self.flow = self.flow.with_done(result)
        self.done.show_result(result)
        self.waiting.refresh()
        self._draw()

    def _draw(self) -> None:
        step = self.flow.step
        titles = (
            self.tr("Bring in a caseload"),
            self.tr("Which column is what?"),
            self.tr("What every row would become"),
            self.tr("The caseload is in"),
        )
        buttons = (
            self.tr("&Next"),
            self.tr("&Look before anything is written"),
            self.tr("Bring it &in"),
            self.tr("See the &clients"),
        )
        self.refusal.hide()
        self.title.setText(titles[step])
        self.steps.show_steps(step + 1, len(Step))
        for place, view in enumerate(self.views):
            view.setVisible(place == step)
        self.show_top()
        self.waiting.allow(step in {Step.FILES, Step.DONE})
        self.next_button.setText(buttons[step])
        self.next_button.setVisible(step is not Step.FILES or bool(self.flow.sheets))
        self.back_button.setVisible(step is not Step.FILES)
        self.back_button.setText(self.tr("Bring in &another") if step is Step.DONE else self.tr("&Back"))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = _dropped(event)
        if paths:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.read_files(paths)


def _dropped(event: QDropEvent) -> tuple[Path, ...]:
    paths = (Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
    return tuple(path for path in paths if path.suffix.lower() in _ENDINGS)
