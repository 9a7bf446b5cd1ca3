"""Questions of the charity's own, answered from 0 to 10: reworded, retired, and never changed for what was answered."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Reading, Scale
from coachdesk.vault.work import describe

ONS4 = "ons4"
_HIGHEST = 10
_LONGEST_KEY = 40
_GONE = "This question is not in the list any more."

Bands = tuple[tuple[int, str], ...]
"""The lowest answer of each band and its words, the lowest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRow:
    """One wording of a question of the charity's own; ``is_used`` once somebody has answered it."""

    key: str
    version: str
    title: str
    question: str
    low_words: str
    high_words: str
    higher_is_better: bool
    bands: Bands
    retired_on: dt.date | None
    source_note: str
    is_used: bool


def list_scales(session: Session, _question: None) -> tuple[ScaleRow, ...]:
    """Return the wording in force of every question, in their order; one that is retired says since when."""
    newest: dict[str, ScaleRow] = {}
    for row in all_wordings(session):
        newest[row.key] = row
    return tuple(newest.values())


def all_wordings(session: Session) -> tuple[ScaleRow, ...]:
    """Return every wording of every question, the oldest of each first."""
    used = set(
        session.execute(
            select(Reading.instrument, Reading.instrument_version)
            .where(Reading.instrument != ONS4)
            .group_by(Reading.instrument, Reading.instrument_version)
        )
    )
    scales = list(session.scalars(select(Scale).where(Scale.archived_at.is_(None))))
    scales.sort(key=_place)
    return tuple(_row(scale, is_used=(scale.key, scale.version) in used) for scale in scales)


def _place(scale: Scale) -> tuple[int, str, int]:
    return scale.position, scale.key, int(scale.version)


def _row(scale: Scale, *, is_used: bool) -> ScaleRow:
    return ScaleRow(
        key=scale.key,
        version=scale.version,
        title=scale.title,
        question=scale.question,
        low_words=scale.low_words,
        high_words=scale.high_words,
        higher_is_better=scale.higher_is_better,
        bands=tuple((int(lowest), str(words)) for lowest, words in scale.bands),
        retired_on=scale.retired_on,
        source_note=scale.source_note,
        is_used=is_used,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetScale:
    """Add a question (without a key), or give one better words."""

    key: str
    title: str
    question: str
    low_words: str = ""
    high_words: str = ""
    higher_is_better: bool = True
    bands: str = ""
    """One band on each line: its lowest answer and its words."""


def set_scale(session: Session, wish: SetScale) -> str:
    """Write a question and return its key; one that was answered keeps its words, and gets a new wording beside them.

    Raises Refusal without words, with bands that cannot be, with words another question has, or when it is gone.
    """
    words = _words(wish)
    if not wish.key:
        return _add(session, words)
    scale = _newest(session, wish.key)
    means = {name: value for name, value in words.items() if name != "title"}
    if _is_used(session, scale) and any(getattr(scale, name) != value for name, value in means.items()):
        version = str(int(scale.version) + 1)
        session.add(
            Scale(
                key=scale.key,
                version=version,
                position=scale.position,
                retired_on=scale.retired_on,
                source_note="Worded here",
                **words,
            )
        )
    else:
        for name, value in words.items():
            setattr(scale, name, value)
    describe(session, f"Changed the question “{words['title'][:60]}”")
    return scale.key


def _words(wish: SetScale) -> dict[str, Any]:
    title, question = wish.title.strip(), wish.question.strip()
    missing = {}
    if not title:
        missing["title"] = "Give it a short name."
    if not question:
        missing["question"] = "Type the question as it is asked."
    if missing:
        raise Refusal("A question needs a name and its words.", fields=missing)
    return {
        "title": title,
        "question": question,
        "low_words": wish.low_words.strip(),
        "high_words": wish.high_words.strip(),
        "higher_is_better": wish.higher_is_better,
        "bands": [[lowest, words] for lowest, words in read_bands(wish.bands)],
    }


def read_bands(typed: str) -> Bands:
    """Return the bands that were typed, one on each line: ``0 Not yet``.

    Raises Refusal unless the first begins at 0 and each of the others higher than the one before, up to 10.
    """
    found: list[tuple[int, str]] = []
    for line in typed.splitlines():
        if not line.strip():
            continue
        number, _, words = line.strip().partition(" ")
        if not number.isdecimal() or not words.strip():
            raise _bad_bands("Write each band on a line of its own: 4 Getting there.")
        found.append((int(number), words.strip()))
    if found:
        starts = [lowest for lowest, _ in found]
        rises = all(low < high for low, high in pairwise(starts))
        if starts[0] != 0 or not rises or starts[-1] > _HIGHEST:
            raise _bad_bands("The first band begins at 0, each of the others higher, the last at 10 at most.")
    return tuple(found)


def _bad_bands(sentence: str) -> Refusal:
    return Refusal("These bands do not cover 0 to 10.", fields={"bands": sentence})


def typed_bands(bands: Bands) -> str:
    """Return bands as they are typed."""
    return "\n".join(f"{lowest} {words}" for lowest, words in bands)


def _add(session: Session, words: dict[str, Any]) -> str:
    key = _key_of(words["title"])
    taken = session.scalar(select(Scale.id).where(Scale.key == key).limit(1)) is not None
    if not key or key == ONS4 or taken:
        sentence = "Another question has this name; give it one of its own."
        raise Refusal("This name cannot be used.", fields={"title": sentence})
    last = session.scalar(select(func.max(Scale.position)))
    session.add(Scale(key=key, version="1", position=(last or 0) + 1, source_note="Added here", **words))
    describe(session, f"Added the question “{words['title'][:60]}”")
    return key


def _key_of(title: str) -> str:
    kept = "".join(letter if letter.isalnum() else "_" for letter in title.casefold())
    return "_".join(part for part in kept.split("_") if part)[:_LONGEST_KEY]


def _newest(session: Session, key: str) -> Scale:
    scales = list(session.scalars(select(Scale).where(Scale.key == key, Scale.archived_at.is_(None))))
    if not scales:
        raise Refusal(_GONE)
    return max(scales, key=_place)


def _is_used(session: Session, scale: Scale) -> bool:
    query = select(Reading.id).where(
        Reading.instrument == scale.key, Reading.instrument_version == scale.version
    )
    return session.scalar(query.limit(1)) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireScale:
    """Ask a question no longer from a day on, or (without a day) ask it again."""

    key: str
    on: dt.date | None


def retire_scale(session: Session, wish: RetireScale) -> None:
    """Retire a question or bring it back; its answers stay. Raises Refusal when it is gone."""
    scale = _newest(session, wish.key)
    scale.retired_on = wish.on
    what = "Retired" if wish.on is not None else "Brought back"
    describe(session, f"{what} the question “{scale.title[:60]}”")


def seed_scales(session: Session, folder: Path) -> None:
    """Put in the questions that ship; those that are there stay as somebody left them."""
    have = set(session.scalars(select(Scale.key)))
    for path in sorted(folder.glob("*.toml")):
        for place, told in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["scale"], start=1):
            if told["key"] in have:
                continue
            session.add(
                Scale(
                    key=told["key"],
                    version="1",
                    title=told["title"],
                    question=told["question"],
                    low_words=told["low_words"],
                    high_words=told["high_words"],
                    higher_is_better=told["higher_is_better"],
                    bands=told["bands"],
                    position=place,
                    source_note=told["source"],
                )
            )
