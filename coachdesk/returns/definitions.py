"""What is counted, as a charity words it: its own wordings of the indicators, each from its day on."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import IndicatorWording, Programme, Release
from coachdesk.returns.catalogue import (
    Catalogue,
    IndicatorDefinition,
    catalogue_of,
    definition_on,
    indicator_ids,
    read_catalogue,
)
from coachdesk.returns.periods import Period
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.work import clock_of, describe

_WORDS = ("title", "definition", "unit", "evidence", "formula", "source_note")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """An indicator with the wording in force today, the one to come, and every wording there is, the oldest first."""

    id: str
    now: IndicatorDefinition
    coming: IndicatorDefinition | None
    wordings: Catalogue


def list_indicators(session: Session, _question: None) -> tuple[IndicatorRow, ...]:
    """Return every indicator in the order that ships."""
    catalogue, today = catalogue_of(session), clock_of(session).today()
    return tuple(_row(catalogue, each, today) for each in indicator_ids(catalogue))


def _row(catalogue: Catalogue, indicator: str, today: dt.date) -> IndicatorRow:
    wordings = sorted((each for each in catalogue if each.id == indicator), key=lambda each: each.valid_from)
    later = [each for each in wordings if each.valid_from > today]
    return IndicatorRow(
        id=indicator,
        now=definition_on(catalogue, indicator, today),
        coming=later[0] if later else None,
        wordings=tuple(wordings),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWording:
    """A wording of the charity's own, new or (with its id) changed; ``rules`` are numbers of the rule by name."""

    indicator: str
    title: str
    intervention: str = ""
    definition: str
    unit: str
    evidence: str
    formula: str
    source_note: str
    valid_from: dt.date
    valid_to: dt.date | None = None
    rules: Mapping[str, int | None] = field(default_factory=dict)
    examples: Sequence[Mapping[str, Any]] = ()
    wording_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TouchedReturn:
    """A return that was issued under another wording of the days it covers; it stays as it was issued."""

    release_id: UUID
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What was adopted: its indicator and title, and the issued returns it would have changed."""

    indicator: str
    title: str
    touched: tuple[TouchedReturn, ...]


def checked_wording(session: Session, wish: SaveWording) -> IndicatorDefinition:
    """Return the wording as a definition.

    Raises Refusal beside the field for an indicator that is not counted, a field that is empty, dates out of order,
    another own wording of the same first day, and a number its rule does not allow.
    """
    shipped = next((each for each in read_catalogue() if each.id == wish.indicator), None)
    if shipped is None:
        raise Refusal("There is no such indicator. Choose one from the list.")
    empty = {name: "Please fill this in." for name in _WORDS if not str(getattr(wish, name)).strip()}
    if empty:
        raise Refusal("A wording says all of this, so that a reader knows what was counted.", fields=empty)
    _in_order(session, wish)
    return IndicatorDefinition(
        id=wish.indicator,
        title=wish.title.strip(),
        intervention=wish.intervention.strip(),
        definition=wish.definition.strip(),
        unit=wish.unit.strip(),
        evidence=wish.evidence.strip(),
        formula=wish.formula.strip(),
        source=wish.source_note.strip(),
        valid_from=wish.valid_from,
        valid_to=wish.valid_to,
        rules=shipped.rules,
        chosen=_chosen(wish, shipped),
        wording_id=wish.wording_id,
    )


def _chosen(wish: SaveWording, shipped: IndicatorDefinition) -> dict[str, int]:
    unknown = sorted(wish.rules.keys() - shipped.rules.keys())
    if unknown:
        raise Refusal(f"The rule of this indicator has no number “{unknown[0]}”.")
    return {
        name: shipped.rules[name].checked(value) for name, value in wish.rules.items() if value is not None
    }


def _in_order(session: Session, wish: SaveWording) -> None:
    if wish.valid_to is not None and wish.valid_to < wish.valid_from:
        sentence = "This is before the first day."
        raise Refusal("The wording ends before it begins.", fields={"valid_to": sentence})
    same = select(IndicatorWording.id).where(
        IndicatorWording.indicator == wish.indicator,
        IndicatorWording.valid_from == wish.valid_from,
        IndicatorWording.id != wish.wording_id,
    )
    if session.scalar(same) is not None:
        sentence = "Another wording of yours begins on this day. Change that one, or choose another day."
        raise Refusal(sentence, fields={"valid_from": sentence})


def adopt_wording(session: Session, wish: SaveWording) -> Adopted:
    """Write a wording, in force from its day on; a return that was issued stays as it was issued.

    Raises Refusal unless a manager asks, and for a wording that cannot be.
    """
    check_is_manager(session)
    wording = checked_wording(session, wish)
    touched = touched_returns(session, wish)
    kept = session.get(IndicatorWording, wish.wording_id) if wish.wording_id else None
    if wish.wording_id is not None and kept is None:
        raise Refusal("This wording is not in the list any more.")
    if kept is None:
        kept = IndicatorWording(indicator=wish.indicator)
        session.add(kept)
    for name in ("title", "intervention", "definition", "unit", "evidence", "formula"):
        setattr(kept, name, getattr(wording, name))
    kept.source_note = wording.source
    kept.valid_from, kept.valid_to = wording.valid_from, wording.valid_to
    kept.rules, kept.examples = dict(wording.chosen), [dict(each) for each in wish.examples]
    describe(session, f"Adopted a wording of “{wording.title[:60]}”")
    return Adopted(indicator=wording.id, title=wording.title, touched=touched)


def touched_returns(session: Session, wish: SaveWording) -> tuple[TouchedReturn, ...]:
    """Return the issued returns that hold the indicator and whose last day the wording would govern.

    A return is counted by the wording in force on the last day of its period.
    """
    last = wish.valid_to or dt.date.max
    rows = session.execute(
        select(Release.id, Release.from_on, Release.to_on, Release.counted, Programme.title)
        .join(Programme, Programme.id == Release.programme_id)
        .where(Release.to_on >= wish.valid_from, Release.to_on <= last)
        .order_by(Release.to_on, Release.issued_at, Release.id)
    )
    return tuple(
        TouchedReturn(release_id=release, words=f"{title}, {Period(from_on, to_on).words}")
        for release, from_on, to_on, counted, title in rows
        if wish.indicator in counted.get("definitions", ())
    )


def own_examples(session: Session, wording_id: UUID) -> tuple[Mapping[str, Any], ...]:
    """Return the examples kept with an own wording; none where it is gone."""
    kept = session.get(IndicatorWording, wording_id)
    return tuple(kept.examples) if kept is not None else ()
