"""Rules by which funders count sustained work: data that ships, edited by a manager, tried on its own examples."""

import datetime as dt
import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework.pay import all_rates
from coachdesk.casework.sustained.examples import Tried, try_examples
from coachdesk.casework.sustained.settings import Settings, missing_facts, read_settings
from coachdesk.errors import Refusal
from coachdesk.models import OutcomeRule, Programme
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.work import describe

_GONE = "This rule is not in the list any more."
_LONGEST_KEY = 40
_ONE_OF_EACH = "Give either a sum in pounds, or hours, weeks and a rate."


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule; ``missing`` names in words the facts it lacks, and a rule that lacks one judges nobody."""

    id: UUID
    key: str
    title: str
    sort: str
    programme_id: UUID | None
    programme: str
    told: Mapping[str, Any]
    """Its settings as they are stored."""
    examples: tuple[Mapping[str, Any], ...]
    evidence: tuple[str, ...]
    """Keys of the list ``evidence``; none: nobody has said what the funder accepts."""
    valid_from: dt.date | None
    valid_to: dt.date | None
    source_note: str
    missing: tuple[str, ...]

    @property
    def settings(self) -> Settings | None:
        """The settings the engine works with; None while a fact is missing."""
        return read_settings(self.sort, self.told)

    def holds_on(self, day: dt.date) -> bool:
        """Return whether the rule is in force on a day."""
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_to is None or day <= self.valid_to)


def list_rules(session: Session, _question: None) -> tuple[RuleRow, ...]:
    """Return the rules in their order."""
    query = (
        select(OutcomeRule, Programme.title)
        .outerjoin(Programme, Programme.id == OutcomeRule.programme_id)
        .where(OutcomeRule.archived_at.is_(None))
        .order_by(OutcomeRule.position, OutcomeRule.key)
    )
    return tuple(_row(rule, programme or "") for rule, programme in session.execute(query))


def _row(rule: OutcomeRule, programme: str) -> RuleRow:
    return RuleRow(
        id=rule.id,
        key=rule.key,
        title=rule.title,
        sort=rule.sort,
        programme_id=rule.programme_id,
        programme=programme,
        told=MappingProxyType(dict(rule.settings)),
        examples=tuple(rule.examples),
        evidence=tuple(rule.evidence),
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        source_note=rule.source_note,
        missing=missing_facts(rule.sort, rule.settings),
    )


def try_rule(session: Session, key: str) -> tuple[Tried, ...]:
    """Return what became of each worked example of a rule; raises Refusal when the rule is gone."""
    rule = _rule(session, key)
    return try_examples(rule.examples, read_settings(rule.sort, rule.settings), all_rates(session))


def _rule(session: Session, key: str) -> OutcomeRule:
    query = select(OutcomeRule).where(OutcomeRule.key == key, OutcomeRule.archived_at.is_(None))
    rule = session.scalar(query)
    if rule is None:
        raise Refusal(_GONE)
    return rule


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRule:
    """Change a rule (or, without a key, add one); ``told`` are its settings as they were typed, blank for not known."""

    key: str
    title: str
    sort: str
    told: Mapping[str, Any]
    programme_id: UUID | None = None
    evidence: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    source_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRule:
    """The rule's key, and what became of its worked examples under the settings that were saved."""

    key: str
    title: str
    tried: tuple[Tried, ...]


def save_rule(session: Session, wish: SaveRule) -> SavedRule:
    """Write a rule and try its examples again; a return that was issued stays as it was issued.

    Raises Refusal unless a manager asks, without a title, with settings that cannot be, or when the rule is gone.
    """
    check_is_manager(session)
    told = checked_settings(wish.sort, wish.told)
    _in_order(wish)
    rule = _rule(session, wish.key) if wish.key else _new_rule(session, wish)
    rule.title, rule.settings = wish.title.strip(), told
    rule.programme_id, rule.evidence = wish.programme_id, list(wish.evidence)
    rule.valid_from, rule.valid_to = wish.valid_from, wish.valid_to
    rule.source_note = wish.source_note.strip()
    describe(
        session,
        f"Changed the rule “{rule.title[:60]}”" if wish.key else f"Added the rule “{rule.title[:60]}”",
    )
    tried = try_examples(rule.examples, read_settings(rule.sort, told), all_rates(session))
    return SavedRule(key=rule.key, title=rule.title, tried=tried)


def _in_order(wish: SaveRule) -> None:
    if not wish.title.strip():
        raise Refusal("A rule needs a name.", fields={"title": "Give it a name."})
    if wish.valid_from is not None and wish.valid_to is not None and wish.valid_to < wish.valid_from:
        sentence = "This is before the first day."
        raise Refusal("The rule ends before it begins.", fields={"valid_to": sentence})


def _new_rule(session: Session, wish: SaveRule) -> OutcomeRule:
    kept = "".join(letter if letter.isalnum() else "-" for letter in wish.title.casefold())
    key = "-".join(part for part in kept.split("-") if part)[:_LONGEST_KEY]
    if not key or session.scalar(select(OutcomeRule.id).where(OutcomeRule.key == key)) is not None:
        sentence = "Another rule has this name; give it one of its own."
        raise Refusal("This name cannot be used.", fields={"title": sentence})
    last = session.scalar(select(func.max(OutcomeRule.position)))
    rule = OutcomeRule(key=key, title=wish.title, sort=wish.sort, examples=[], position=(last or 0) + 1)
    session.add(rule)
    return rule


@dataclass(frozen=True, slots=True)
class _Range:
    """What a setting may be, and the words for what it may not."""

    lowest: float
    highest: float
    words: str


_WEEKS = _Range(1, 520, "Type a whole number of weeks from 1 to 520.")
_HOURS = _Range(0.25, 168, "Type hours a week, up to 168.")
_MONTHS = _Range(1, 60, "Type a whole number of months from 1 to 60.")
_RANGES: dict[str, dict[str, _Range]] = {
    "milestone": {"weeks": _WEEKS, "gap_days": _Range(0, 365, "Type a whole number of days from 0 to 365.")},
    "weeks": {"window_weeks": _WEEKS, "weeks_needed": _WEEKS, "hours": _HOURS, "also_hours": _HOURS},
    "earnings": {
        "pounds": _Range(1, 1_000_000, "Type pounds, from 1 to 1,000,000."),
        "hours": _HOURS,
        "weeks": _WEEKS,
        "self_employed_months": _MONTHS,
    },
    "cohort": {"months": _MONTHS},
}
_PARTS = {"hours", "also_hours", "pounds"}
"""What may be a part of one; the rest are whole numbers."""
_TICKED = {
    "weeks": ("at_legal_rate", "within_support", "estimates"),
    "earnings": ("within_support", "estimates"),
}


def checked_settings(sort: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a rule as they are stored; what was left blank is left out.

    Raises Refusal beside the field for a number that cannot be.
    """
    if sort not in _RANGES:
        raise Refusal("Say what sort of rule it is.", fields={"sort": "Choose one."})
    found: dict[str, Any] = {}
    for name, limits in _RANGES[sort].items():
        value = told.get(name)
        if value in {None, ""}:
            continue
        number: float = float(value) if name in _PARTS else int(value)
        if not limits.lowest <= number <= limits.highest:
            raise Refusal(limits.words, fields={name: limits.words})
        found[name] = number
    found.update({name: bool(told.get(name)) for name in _TICKED.get(sort, ())})
    if sort == "earnings" and told.get("rate"):
        found["rate"] = str(told["rate"])
    _together(sort, found)
    return found


def _together(sort: str, found: Mapping[str, Any]) -> None:
    window, needed = found.get("window_weeks"), found.get("weeks_needed")
    if window is not None and needed is not None and needed > window:
        sentence = "No more weeks can be needed than are looked at."
        raise Refusal(sentence, fields={"weeks_needed": sentence})
    if sort == "earnings" and "pounds" in found and any(name in found for name in ("hours", "weeks", "rate")):
        raise Refusal(_ONE_OF_EACH, fields={"pounds": _ONE_OF_EACH})


def seed_rules(session: Session, folder: Path) -> None:
    """Put in the rules that ship; those that are there stay as somebody left them."""
    have = set(session.scalars(select(OutcomeRule.key)))
    programmes = {one.key: one.id for one in session.execute(select(Programme.key, Programme.id))}
    for told in shipped_rules(folder):
        if told["key"] in have:
            continue
        session.add(
            OutcomeRule(
                key=told["key"],
                title=told["title"],
                sort=told["sort"],
                programme_id=programmes.get(told.get("programme", "")),
                settings=told.get("settings", {}),
                examples=_plain(told.get("example", [])),
                evidence=told.get("evidence", []),
                valid_from=told.get("valid_from"),
                valid_to=told.get("valid_to"),
                position=told["position"],
                source_note=told["source"],
            )
        )


def shipped_rules(folder: Path) -> tuple[dict[str, Any], ...]:
    """Return the rules of the data files, as they stand there."""
    return tuple(
        told
        for path in sorted(folder.glob("*.toml"))
        for told in tomllib.loads(path.read_text(encoding="utf-8"))["rule"]
    )


_as_text: Callable[[Any], str] = str


def _plain(told: list[Any]) -> list[Any]:
    """Return examples with their dates as ISO texts, as JSON keeps them."""
    found: list[Any] = json.loads(json.dumps(told, default=_as_text))
    return found
