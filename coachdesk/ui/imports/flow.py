"""The import as a value: where one is, what was chosen, and why one cannot go on. The window only draws it."""

from dataclasses import dataclass, replace
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from coachdesk.exchange.importing import ImportResult
from coachdesk.exchange.mapping import SheetMapping
from coachdesk.exchange.sheets import Sheet


class Step(IntEnum):
    """The steps in their order."""

    FILES = 0
    COLUMNS = 1
    LOOK = 2
    DONE = 3


@dataclass(frozen=True, slots=True)
class ImportFlow:
    """An import under way; going back keeps every answer."""

    step: Step = Step.FILES
    sheets: tuple[Sheet, ...] = ()
    mappings: tuple[SheetMapping, ...] = ()
    programme_key: str = ""
    looked: ImportResult | None = None
    done: ImportResult | None = None

    def with_sheets(self, sheets: tuple[Sheet, ...], mappings: tuple[SheetMapping, ...]) -> "ImportFlow":
        """Return the flow after files were read: on to their columns."""
        return replace(self, step=Step.COLUMNS, sheets=sheets, mappings=mappings, looked=None, done=None)

    def with_sheet(self, place: int, sheet: Sheet, mapping: SheetMapping) -> "ImportFlow":
        """Return the flow with one sheet taken for another kind; an earlier look no longer holds."""
        sheets = tuple(sheet if at == place else one for at, one in enumerate(self.sheets))
        return replace(self, sheets=sheets).with_mapping(place, mapping)

    def with_mapping(self, place: int, mapping: SheetMapping) -> "ImportFlow":
        """Return the flow with other columns for one sheet; an earlier look no longer holds."""
        changed = tuple(mapping if at == place else one for at, one in enumerate(self.mappings))
        return replace(self, mappings=changed, looked=None)

    def with_programme(self, key: str) -> "ImportFlow":
        """Return the flow with a programme chosen."""
        return replace(self, programme_key=key, looked=None)

    def with_look(self, result: ImportResult) -> "ImportFlow":
        """Return the flow after a dry run."""
        return replace(self, step=Step.LOOK, looked=result)

    def with_done(self, result: ImportResult) -> "ImportFlow":
        """Return the flow after the import."""
        return replace(self, step=Step.DONE, done=result)

    def back(self) -> "ImportFlow":
        """Return the flow one step earlier; after the import, at the beginning."""
        if self.step is Step.DONE:
            return ImportFlow(programme_key=self.programme_key)
        return replace(self, step=Step(max(self.step - 1, Step.FILES)))

    def missing(self) -> str:
        """Return why one cannot go on, in a sentence; nothing when one can."""
        translate = QCoreApplication.translate
        if self.step is Step.FILES and not self.sheets:
            return translate("ImportFlow", "Choose at least one CSV file or Excel workbook.")
        if self.step is Step.COLUMNS and not self.programme_key:
            return translate("ImportFlow", "Choose the programme these clients are on.")
        if self.step is Step.COLUMNS and not any(mapping.kind for mapping in self.mappings):
            return translate("ImportFlow", "Every sheet is left out. Say what at least one of them holds.")
        return ""
