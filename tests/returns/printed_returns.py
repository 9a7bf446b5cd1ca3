"""A small return as it is printed, made by hand: quicker than counting one where only its printed values matter."""

import datetime as dt
from typing import Any
from uuid import UUID

from coachdesk.models import Programme, Release, ReleaseReview
from coachdesk.returns.tables import Cost
from coachdesk.returns.wishes import FigureRow, PreparedReturn, ReturnWish, ShownTable
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work

WISH = ReturnWish(
    programme_key="grant",
    from_on=dt.date(2026, 7, 1),
    to_on=dt.date(2026, 9, 30),
    as_at=dt.date(2026, 9, 30),
)
SEX = {
    "name": "sex",
    "labels": ["Female", "Male", "Not stated", "Total"],
    "total": "Total",
    "kind": "partition",
}
HUB = {"name": "hub", "labels": ["Barrow", "Total"], "total": "Total", "kind": "partition"}
TABLES: list[dict[str, Any]] = [
    {"id": "starts", "period": "q", "dims": [], "values": 42},
    {"id": "first-job-starts", "period": "q", "dims": [], "values": None},
    {"id": "starts-by-sex", "period": "q", "dims": [SEX], "values": [30, None, None, 42]},
    {"id": "starts-by-sex-by-hub", "period": "q", "dims": [SEX, HUB], "values": [[9, 30], [None, None], [None, None], [12, 42]]},
    {"id": "starts-by-barrier-headings", "period": "q", "dims": [{**HUB, "name": "barrier-headings"}], "values": [1, 2]},
]  # fmt: skip
CELLS = [[["Female"], 30, 30], [["Male"], 8, None], [["Not stated"], 4, None], [["Total"], 42, 42]]
TITLES = {
    "starts-by-sex": "Starts by sex",
    "starts-by-sex-by-hub": "Starts by sex and hub",
    "starts": "Starts",
}


def a_grant(vault: OpenVault) -> UUID:
    """Return the id of a programme put into the vault."""
    with unit_of_work(vault, label="Added a programme") as work:
        programme = Programme(
            key="grant", title="Community grant", funder="A trust", threshold=5, definition={}
        )
        work.session.add(programme)
        return programme.id


def a_figure(name: str, title: str, words: str) -> FigureRow:
    return FigureRow(
        id=name,
        title=title,
        definition="",
        formula="",
        value_words="true",
        base_words="",
        client_ids=(),
        printed_words=words,
    )


def a_prepared(**values: Any) -> PreparedReturn:
    """Return a prepared return whose true numbers differ from what it prints."""
    tables = tuple(
        ShownTable(id=name, title=title, header=("Sex", "Number"), rows=(), proof="")
        for name, title in TITLES.items()
        if "-" in name
    )
    given: dict[str, Any] = {
        "wish": WISH,
        "programme": "Community grant",
        "funder": "A trust",
        "organisation": "Furness Into Work",
        "threshold": 5,
        "journal_position": 1,
        "is_practice": False,
        "figures": (
            a_figure("starts", "Starts", "42 (profile 50, 84%)"),
            a_figure("first-job-starts", "First job starts", "[c]"),
            a_figure("employment-rate", "Employment rate", "45% (9 of 20)"),
        ),
        "quality": (),
        "tables": tables,
        "cost": Cost(cells=10, hidden=4, margins_hidden=0, zeros_hidden=0),
        "safety": ("Nothing was found.",),
        "is_safe": True,
        "release": {"tables": TABLES},
        "counted": {"tables": [{"id": "starts-by-sex", "title": "Starts by sex", "cells": CELLS}]},
    }
    return PreparedReturn(**{**given, **values})


def a_release(vault: OpenVault, programme_id: UUID, *, reviewed: bool = True, **values: Any) -> UUID:
    """Return the id of an issued release put into the register."""
    told = [
        {"id": name, "title": title, "cells": CELLS if name == "starts-by-sex" else []}
        for name, title in TITLES.items()
    ]
    with unit_of_work(vault, label="Issued a return") as work:
        release = Release(
            **{
                "programme_id": programme_id,
                "from_on": WISH.from_on,
                "to_on": WISH.to_on,
                "as_at": WISH.as_at,
                "issued_at": dt.datetime(2026, 10, 1, 12, tzinfo=dt.UTC),
                "issued_by": "Ruth Ellison",
                "audience": WISH.audience,
                "threshold": 5,
                "rule_version": "withhold-1",
                "engine_version": "1",
                "journal_position": 1,
                "counted": {"tables": told},
                "printed": {"tables": TABLES},
                **values,
            }
        )
        work.session.add(release)
        if reviewed:
            figures = [
                {"sort": "figure", "id": "starts", "title": "Starts", "printed_words": "42 (profile 50, 84%)"}
            ]
            work.session.add(ReleaseReview(release_id=release.id, figures=figures))
        return release.id
