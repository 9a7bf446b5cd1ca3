"""How every figure is counted, as a table for an auditor: the definition and formula in force on a day."""

import datetime as dt

from sqlalchemy.orm import Session

from coachdesk.press.cells import Cell
from coachdesk.returns.catalogue import catalogue_of, definition_on

METHOD_COLUMNS = (
    "Figure", "Definition", "Formula", "Unit", "Evidence", "Intervention", "Source", "In force from",
)  # fmt: skip


def method_rows(session: Session, on: dt.date) -> list[tuple[Cell, ...]]:
    """Return one row for every indicator, with the wording that is in force on a day."""
    catalogue = catalogue_of(session)
    found = (definition_on(catalogue, name, on) for name in dict.fromkeys(each.id for each in catalogue))
    return [
        (
            one.title,
            one.definition,
            one.formula,
            one.unit,
            one.evidence,
            one.intervention,
            one.source,
            one.valid_from,
        )
        for one in found
    ]
