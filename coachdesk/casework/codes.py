"""Editable lists and rates: seeded from files, edited in the window, never changing the meaning of a key."""

import datetime as dt
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import BankHoliday, Code, Rate
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.vault.one_moment import each_once
from coachdesk.vault.work import describe

_LISTS: BindParameter[list[str]] = bindparam("lists", expanding=True)
_TITLES = select(Code.list_name, Code.key, Code.title).where(Code.list_name.in_(_LISTS))
"""Put together once: nearly every page asks it."""
_YEARS_BACK, _YEARS_AHEAD = 2022, 2030
_HOLIDAY_SOURCE = "The holidays library, England; check with gov.uk/bank-holidays"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeRow:
    """One answer of a list; ``retired`` answers are shown where they stand and offered no more."""

    key: str
    title: str
    position: int
    parent: str = ""
    retired: bool = False


def list_codes(session: Session, list_name: str) -> tuple[CodeRow, ...]:
    """Return the answers of one list in their order, the four non-answers last."""
    return all_codes(session, None).get(list_name, _non_answers(0))


def all_codes(session: Session, _question: None) -> dict[str, tuple[CodeRow, ...]]:
    """Return every list by name, each ending with the four non-answers."""
    query = select(
        Code.list_name, Code.key, Code.title, Code.position, Code.parent, Code.valid_to, Code.archived_at
    ).order_by(Code.list_name, Code.position, Code.key)
    found: dict[str, list[CodeRow]] = {}
    for name, key, title, position, parent, valid_to, archived_at in session.execute(query):
        retired = valid_to is not None or archived_at is not None
        row = CodeRow(key=key, title=title, position=position, parent=parent, retired=retired)
        found.setdefault(name, []).append(row)
    return {name: (*rows, *_non_answers(len(rows))) for name, rows in found.items()}


def _non_answers(after: int) -> tuple[CodeRow, ...]:
    return tuple(
        CodeRow(key=str(key), title=words, position=after + place)
        for place, (key, words) in enumerate(UNSTATED_WORDS.items())
    )


def titles_of(session: Session, *list_names: str) -> dict[str, dict[str, str]]:
    """Return key to title of some lists, retired answers and non-answers included.

    A session that only reads sees one moment of the vault: it asks for each list once.
    """
    known = each_once(session, "titles", list_names, partial(_titles, session))
    return {name: dict(titles) for name, titles in known.items()}


def _titles(session: Session, list_names: Sequence[str]) -> dict[str, dict[str, str]]:
    found = {name: dict(UNSTATED_WORDS) for name in list_names}
    for name, key, title in session.execute(_TITLES, {"lists": list_names}):
        found[name][key] = title
    return found


def code_title(session: Session, list_name: str, key: str) -> str:
    """Return the words of one answer; a key no list knows stands for itself."""
    if key in UNSTATED_WORDS:
        return UNSTATED_WORDS[key]
    title = session.scalar(select(Code.title).where(Code.list_name == list_name, Code.key == key))
    return title or key


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCode:
    """Add an answer to a list, or give an answer better words."""

    list_name: str
    key: str
    title: str


def set_code(session: Session, wish: SetCode) -> None:
    """Write an answer; raises Refusal without words, with a non-answer's key or nearly the words of another."""
    title = wish.title.strip()
    if not title:
        raise Refusal("An answer needs words.", fields={"title": "Type the words of the answer."})
    key = wish.key.strip() or _key_of(title)
    if not key:
        raise Refusal("An answer needs words.", fields={"title": "Use letters or digits."})
    if key in UNSTATED_WORDS:
        raise Refusal("The four non-answers are part of every list and stay as they are.")
    code = session.scalar(select(Code).where(Code.list_name == wish.list_name, Code.key == key))
    if code is not None and not wish.key.strip() and code.title != title:
        sentence = (
            f"The list has “{code.title}” already; words that are nearly the same would take its place."
        )
        raise Refusal(sentence, fields={"title": "Choose other words."})
    if code is None:
        last = session.scalars(
            select(Code.position)
            .where(Code.list_name == wish.list_name)
            .order_by(Code.position.desc())
            .limit(1)
        ).first()
        code = Code(list_name=wish.list_name, key=key, position=(last or 0) + 1, source_note="Added here")
        session.add(code)
    code.title = title
    code.valid_to = None
    describe(session, "Changed an answer of a list")


def _key_of(title: str) -> str:
    kept = "".join(letter if letter.isalnum() else "_" for letter in title.casefold())
    return "_".join(part for part in kept.split("_") if part)[:60]


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireCode:
    """Offer an answer no longer from a day on; records that hold it keep it."""

    list_name: str
    key: str
    on: dt.date


def retire_code(session: Session, wish: RetireCode) -> None:
    """Retire an answer; raises Refusal when the list has no such answer."""
    code = session.scalar(select(Code).where(Code.list_name == wish.list_name, Code.key == wish.key))
    if code is None:
        raise Refusal("That answer is not in the list any more.")
    code.valid_to = wish.on
    describe(session, "Retired an answer of a list")


def seed_codes(session: Session, resources: Path) -> None:
    """Put in the lists, rates and bank holidays that ship; what is there already stays as somebody left it."""
    have = {(name, key) for name, key in session.execute(select(Code.list_name, Code.key))}
    for path in sorted((resources / "codes").glob("*.toml")):
        for told in tomllib.loads(path.read_text(encoding="utf-8"))["list"]:
            session.add_all(_codes(told, have))
    _seed_rates(session, resources / "rates")
    _seed_holidays(session)


def _codes(told: dict[str, Any], have: set[tuple[str, str]]) -> list[Code]:
    return [
        Code(
            list_name=told["name"],
            key=answer["key"],
            title=answer["title"],
            parent=answer.get("parent", ""),
            position=place,
            list_version=told["version"],
            source_note=told["source"],
        )
        for place, answer in enumerate(told["answers"], start=1)
        if (told["name"], answer["key"]) not in have
    ]


def _seed_rates(session: Session, folder: Path) -> None:
    have = {(name, since) for name, since in session.execute(select(Rate.name, Rate.valid_from))}
    for path in sorted(folder.glob("*.toml")):
        for told in tomllib.loads(path.read_text(encoding="utf-8"))["rate"]:
            session.add_all(
                Rate(
                    name=told["name"],
                    valid_from=row["from"],
                    valid_to=row.get("to"),
                    pence=row["pence"],
                    source_note=told["source"],
                )
                for row in told["rows"]
                if (told["name"], row["from"]) not in have
            )


def _seed_holidays(session: Session) -> None:
    if session.scalar(select(BankHoliday.id).limit(1)) is not None:
        return
    import holidays  # noqa: PLC0415  needed once in the life of a vault

    known = holidays.country_holidays("GB", subdiv="ENG", years=range(_YEARS_BACK, _YEARS_AHEAD + 1))
    session.add_all(
        BankHoliday(falls_on=day, title=title, source_note=_HOLIDAY_SOURCE)
        for day, title in sorted(known.items())
    )
