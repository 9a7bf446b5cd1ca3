"""What an issued return keeps of itself: how it was checked, and every figure with the people behind it.

People stand once, in a list of their own; figures and headings name them by their place in it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from coachdesk.models import Release, ReleaseReview
from coachdesk.press.cells import date_words
from coachdesk.returns.explaining import worked_formula
from coachdesk.returns.explaining_cells import CellPeople
from coachdesk.returns.indicators.found import NearMiss
from coachdesk.returns.wishes import FigurePart, FigureRow, IssueWish, PreparedReturn, ShownTable

PEOPLE, INPUTS, FIGURE, TABLE, CELLS = "people", "inputs", "figure", "table", "cells"
"""What the entries of the kept list are: told apart by their ``sort``."""
RETURN, REVISED, QUESTION = "return", "revised", "question"
WORDS = (
    "id", "title", "definition", "formula", "value_words", "base_words", "note", "printed_words", "intervention", "unit",
    "evidence", "source", "kind",
)  # fmt: skip
"""The words of a figure, kept as they were."""

Places = Mapping[UUID, int]


def review_of(release: Release, wish: IssueWish, today: dt.date) -> ReleaseReview:
    """Return what is kept beside an issued release, in the same unit of work."""
    prepared = wish.prepared
    reason = wish.reason or prepared.wish.reason
    title = prepared.question or f"{prepared.programme}, {prepared.wish.period.words}"
    sort = REVISED if release.supersedes_id is not None else RETURN
    return ReleaseReview(
        release_id=release.id,
        sort=QUESTION if prepared.question else sort,
        title=title,
        reason=reason,
        protection=_protection(prepared),
        intruder=dict(wish.intruder),
        checked_by=wish.checked_by.strip(),
        checked_on=today if wish.checked_by.strip() else None,
        figures=kept(prepared),
    )


def said_as_checked(wish: IssueWish, today: dt.date) -> PreparedReturn:
    """Return the return with the sentence that it was checked, naming nobody; unchanged where nobody checked it."""
    if wish.draft or not wish.checked_by.strip():
        return wish.prepared
    sentence = f"Checked before issue on {date_words(today)} with the motivated-intruder checklist."
    return replace(wish.prepared, safety=(*wish.prepared.safety, sentence))


def _protection(prepared: PreparedReturn) -> dict[str, Any]:
    cost = prepared.cost
    return {
        "cells": cost.cells,
        "hidden": cost.hidden,
        "margins_hidden": cost.margins_hidden,
        "zeros_hidden": cost.zeros_hidden,
        "hidden_share": round(cost.hidden_share, 4),
        "earlier": prepared.earlier,
        "said": list(prepared.safety),
        **prepared.protection,
    }


def kept(prepared: PreparedReturn) -> list[dict[str, Any]]:
    """Return figures, tables and headings with the people behind them as plain data."""
    people = _everybody(prepared)
    places = {client: place for place, client in enumerate(people)}
    entries: list[dict[str, Any]] = [
        {"sort": PEOPLE, "ids": [client.hex for client in people]},
        {"sort": INPUTS, **prepared.inputs},
        *(_figure(figure, places) for figure in prepared.figures),
        *(_table(table) for table in prepared.tables),
    ]
    if prepared.cells is not None:
        entries.append(_cells(prepared.cells, places))
    return entries


def _everybody(prepared: PreparedReturn) -> tuple[UUID, ...]:
    everybody: set[UUID] = set()
    for figure in prepared.figures:
        everybody.update(figure.client_ids, figure.base_ids, (near.client_id for near in figure.near))
        for part in figure.parts:
            everybody.update(part.client_ids)
    if prepared.cells is not None:
        everybody.update(*prepared.cells.measures.values())
    return tuple(sorted(everybody))


def _figure(figure: FigureRow, places: Places) -> dict[str, Any]:
    return {
        "sort": FIGURE,
        **{name: getattr(figure, name) for name in WORDS},
        "worked": worked_formula(figure),
        "counted": _at(figure.client_ids, places),
        "among": _at(figure.base_ids, places),
        "parts": [
            {
                "label": part.label,
                "number": part.number,
                "left_out": part.left_out,
                "who": _at(part.client_ids, places),
            }
            for part in figure.parts
        ],
        "near": [[places[near.client_id], near.reason] for near in figure.near],
    }


def _at(clients: Iterable[UUID], places: Places) -> list[int]:
    """Return the places of those who are in the list; headings also hold people no figure counts."""
    return sorted(places[client] for client in clients if client in places)


def _table(table: ShownTable) -> dict[str, Any]:
    return {
        "sort": TABLE,
        "id": table.id,
        "title": table.title,
        "header": list(table.header),
        "rows": [list(row) for row in table.rows],
        "proof": table.proof,
        "unit": table.unit,
        "note": table.note,
    }


def _cells(cells: CellPeople, places: Places) -> dict[str, Any]:
    return {
        "sort": CELLS,
        "measures": {name: _at(people, places) for name, people in cells.measures.items()},
        "under": {
            name: {label: _at(people, places) for label, people in labels.items()}
            for name, labels in cells.under.items()
        },
        "tables": {name: [measure, list(names)] for name, (measure, names) in cells.tables.items()},
        "totals": dict(cells.totals),
    }


def read_figures(entries: Iterable[Mapping[str, Any]]) -> tuple[FigureRow, ...]:
    """Return the figures as they were issued."""
    told = list(entries)
    people = _ids(told)
    return tuple(_row(entry, people) for entry in told if entry["sort"] == FIGURE)


def _ids(entries: Iterable[Mapping[str, Any]]) -> tuple[UUID, ...]:
    return tuple(UUID(hex=one) for entry in entries if entry["sort"] == PEOPLE for one in entry["ids"])


def _row(entry: Mapping[str, Any], people: tuple[UUID, ...]) -> FigureRow:
    return FigureRow(
        **{name: entry[name] for name in WORDS},
        client_ids=_who(entry["counted"], people),
        base_ids=_who(entry["among"], people),
        near=tuple(NearMiss(people[place], reason) for place, reason in entry["near"]),
        parts=tuple(
            FigurePart(
                label=part["label"],
                number=part["number"],
                client_ids=_who(part["who"], people),
                left_out=part["left_out"],
            )
            for part in entry["parts"]
        ),
    )


def _who(places: Iterable[int], people: tuple[UUID, ...]) -> tuple[UUID, ...]:
    return tuple(people[place] for place in places)


def read_tables(entries: Iterable[Mapping[str, Any]]) -> tuple[ShownTable, ...]:
    """Return the tables as they were printed."""
    return tuple(
        ShownTable(
            id=entry["id"],
            title=entry["title"],
            header=tuple(entry["header"]),
            rows=tuple(tuple(row) for row in entry["rows"]),
            proof=entry["proof"],
            unit=entry["unit"],
            note=entry["note"],
        )
        for entry in entries
        if entry["sort"] == TABLE
    )


def read_cells(entries: Iterable[Mapping[str, Any]]) -> CellPeople | None:
    """Return who stood behind the cells; None where nothing was kept."""
    told = list(entries)
    people = _ids(told)
    entry = next((each for each in told if each["sort"] == CELLS), None)
    if entry is None:
        return None
    return CellPeople(
        measures={name: frozenset(_who(places, people)) for name, places in entry["measures"].items()},
        under={
            name: {label: frozenset(_who(places, people)) for label, places in labels.items()}
            for name, labels in entry["under"].items()
        },
        tables={name: (measure, tuple(names)) for name, (measure, names) in entry["tables"].items()},
        totals=entry["totals"],
    )


def read_inputs(entries: Iterable[Mapping[str, Any]]) -> Mapping[str, Any]:
    """Return the rules and definitions it was counted with; empty where none were kept."""
    return next((entry for entry in entries if entry["sort"] == INPUTS), {})
