"""A protected return of invented counts, made without a vault: quick enough to be spoiled in every way."""

import datetime as dt
from collections.abc import Mapping
from functools import cache
from itertools import product

from coachdesk.returns.issue import pack
from coachdesk.returns.protection import protect, render_release
from coachdesk.returns.safety import cost_of
from coachdesk.returns.shown import shown_tables
from coachdesk.returns.tables import CountTable, Dimension, Key, Relation, Rule
from coachdesk.returns.wishes import FigureRow, PreparedReturn, ReturnWish
from tests.vault_fixtures import TODAY

QUARTER = "2026-07-01..2026-09-30"
SEX = Dimension(name="sex", title="Sex", labels=("Female", "Male", "Not stated"))
HUB = Dimension(name="hub", title="Hub", labels=("Barrow Hub", "Carlisle Hub", "Kendal Hub", "Wigton Hub"))
SAFETY = (
    "Numbers from 1 to 4 are not shown. Some larger numbers are withheld so that those cannot be worked out.",
    "This return was checked on its own, because no earlier return counts any of the same people.",
)
STARTS = {"Female": (19, 3, 31, 13), "Male": (21, 24, 2, 17), "Not stated": (6, 0, 7, 8)}


def table(dims: tuple[Dimension, ...], measure: str = "starts") -> CountTable:
    """Return the starts divided so; every margin is the sum of its parts."""

    def count(key: Key) -> int:
        place = dict(zip((each.name for each in dims), key, strict=True))
        wanted = [place.get(each.name, "Total") for each in (SEX, HUB)]
        return sum(
            STARTS[sex][at]
            for sex, (at, hub) in product(SEX.labels, enumerate(HUB.labels))
            if wanted[0] in {sex, "Total"} and wanted[1] in {hub, "Total"}
        )

    keys = product(*(each.every_label for each in dims))
    name = f"{measure}-by-{'-and-'.join(each.name for each in dims)}" if dims else measure
    title = " and ".join(each.title.lower() for each in dims)
    return CountTable(
        id=name,
        title=f"Starts by {title}" if dims else "Starts",
        measure=measure,
        period=QUARTER,
        universe="everybody",
        dims=dims,
        counts={key: count(key) for key in keys},
    )


@cache
def prepared() -> PreparedReturn:
    """Return the starts of a quarter by sex, by hub and by both, protected with a threshold of 5."""
    tables = (table(()), table((SEX,)), table((HUB,)), table((SEX, HUB)))
    relations = (Relation.shared(*(each.id for each in tables)),)
    rule = Rule(threshold=5)
    done = protect(tables, relations, rule).tables
    printed = {each.table.id: each for each in done}
    cost = cost_of(done)
    counted = [
        {
            "id": each.table.id,
            "cells": [[list(key), n, each.values[key]] for key, n in each.table.counts.items()],
        }
        for each in done
    ]
    return PreparedReturn(
        wish=ReturnWish(
            programme_key="grant",
            from_on=dt.date(2026, 7, 1),
            to_on=dt.date(2026, 9, 30),
            as_at=dt.date(2026, 9, 30),
        ),
        programme="Community grant",
        funder="A trust",
        organisation="Furness Coaching",
        threshold=5,
        journal_position=1,
        is_practice=False,
        figures=(figure("starts", "151"),),
        quality=(),
        tables=shown_tables(printed, (), {}),
        cost=cost,
        safety=SAFETY,
        is_safe=True,
        release=render_release(done, relations, rule),
        counted={"tables": counted},
        finding={"verdict": "safe", "readers": ["suppressible"], "narrowest": 5},
    )


def figure(name: str, words: str) -> FigureRow:
    """Return a figure that reads so."""
    return FigureRow(
        id=name,
        title="People who started",
        definition="Everybody whose first day lies in the period.",
        formula="Count of people",
        value_words=words,
        base_words="",
        client_ids=(),
        printed_words=words,
        intervention="SI1",
        unit="people",
        evidence="Record of the first meeting",
        source="Grant agreement",
    )


@cache
def files() -> Mapping[str, bytes]:
    """Return the files of the pack as they ought to be."""
    return pack(prepared(), TODAY, draft=False)


def withheld() -> tuple[str, str, int]:
    """Return hub, sex and true number of a small cell that is withheld and nowhere printed."""
    return "Carlisle Hub", "Female", 3
