"""What a return prints, each value under a key of its own: all that may ever be written into a funder's sheet."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Organisation, Programme, Release, ReleaseReview
from coachdesk.press.cells import date_words
from coachdesk.returns.counting import HEADINGS
from coachdesk.returns.narratives import narratives_of
from coachdesk.returns.periods import Period
from coachdesk.returns.report import PRACTICE
from coachdesk.returns.tables import MARK, SEPARATOR
from coachdesk.returns.wishes import NarrativeText, PreparedReturn, ReturnWish

NOT_IN_THIS_RETURN = "[x]"
"""The shorthand of the Analysis Function for a figure that is not available."""
FACTS = {
    "organisation": "Organisation",
    "programme": "Programme",
    "funder": "Funder",
    "period": "Period",
    "from": "First day of the period",
    "to": "Last day of the period",
    "as_at": "As at",
    "marks": "What [c] and [x] stand for",
}
PRACTICE_MARK = "Practice "
MARKS = (
    "[c] stands for a number that is withheld to protect people; it does not say how large it is. [x] stands for one "
    "that this return does not hold."
)
_LEAST_LIKENESS = 0.6
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_EMPTY_WORDS = frozenset(
    {"a", "an", "and", "by", "for", "in", "number", "of", "on", "printed", "the", "to", "total"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """The values of one return by key, what each is called, and whether its people are invented."""

    values: Mapping[str, int | str]
    titles: Mapping[str, str]
    programme: str
    period: Period
    is_practice: bool = False


def key_of(*parts: str) -> str:
    """Return the key of a value: its sort and what it is."""
    return SEPARATOR.join(parts)


def printed_of(prepared: PreparedReturn) -> Printed:
    """Return what a prepared return prints; raises Refusal for one that is not safe."""
    if not prepared.is_safe:
        raise Refusal("This return is not safe to issue, so nothing of it can be written into a sheet.")
    headings = {table.id: table.title for table in prepared.tables}
    figures = [(one.id, one.title, one.printed_words) for one in prepared.figures]
    facts = _facts(prepared.wish, prepared.organisation, prepared.programme, prepared.funder)
    return _printed(
        facts,
        figures,
        prepared.release,
        headings,
        prepared.narratives,
        prepared.is_practice,
        prepared.wish.period,
    )


def printed_of_release(session: Session, release_id: UUID) -> Printed:
    """Return what an issued return prints; raises Refusal when the register does not hold it."""
    release = session.get(Release, release_id)
    if release is None:
        raise Refusal("That return is not in the register. Choose one from the list.")
    programme = session.get_one(Programme, release.programme_id)
    organisation = session.scalars(select(Organisation).order_by(Organisation.id)).first()
    told = {table["id"]: table["title"] for table in release.counted.get("tables", ())}
    wish = ReturnWish(
        programme_key=programme.key, from_on=release.from_on, to_on=release.to_on, as_at=release.as_at
    )
    facts = _facts(wish, organisation.name if organisation else "", programme.title, programme.funder)
    return _printed(
        facts,
        _issued_figures(session, release, told),
        release.printed,
        told,
        narratives_of(session, programme.id, wish.period),
        bool(organisation and organisation.is_practice),
        wish.period,
    )


def _issued_figures(
    session: Session, release: Release, titles: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Return id, title and printed words of the figures of an issued return."""
    review = session.scalar(select(ReleaseReview).where(ReleaseReview.release_id == release.id))
    kept = [
        (str(one["id"]), str(one["title"]), str(one["printed_words"]))
        for one in (review.figures if review is not None else ())
        if isinstance(one, dict) and one.get("printed_words")
    ]
    if kept:
        return kept
    return [
        (table["id"], titles.get(table["id"], table["id"]), _words(table["values"]))
        for table in release.printed.get("tables", ())
        if not table["dims"]
    ]


def _words(value: Any) -> str:
    return MARK if value is None else f"{value:,}" if isinstance(value, int) else str(value)


def _facts(wish: ReturnWish, organisation: str, programme: str, funder: str) -> dict[str, str]:
    said = (
        organisation,
        programme,
        funder,
        wish.period.words,
        date_words(wish.from_on),
        date_words(wish.to_on),
        date_words(wish.as_at),
        MARKS,
    )
    return dict(zip(FACTS, said, strict=True))


def _printed(
    facts: Mapping[str, str],
    figures: Iterable[tuple[str, str, str]],
    release: Mapping[str, Any],
    headings: Mapping[str, str],
    narratives: Iterable[NarrativeText],
    is_practice: bool,  # noqa: FBT001  one of the facts of a return
    period: Period,
) -> Printed:
    values: dict[str, int | str] = {}
    titles: dict[str, str] = {}

    def keep(key: str, title: str, value: int | str) -> None:
        values[key], titles[key] = value, title

    for name, words in facts.items():
        shown = f"{words} ({PRACTICE.lower()})" if is_practice and name == "organisation" else words
        keep(key_of("fact", name), FACTS[name], shown)
    numbers = {
        table["id"]: MARK if table["values"] is None else table["values"]
        for table in release.get("tables", ())
        if not table["dims"]
    }
    for name, title, said in figures:
        keep(key_of("figure", name), f"{title}, as printed" if name in numbers else title, said)
        if name in numbers:
            keep(key_of("number", name), title, numbers[name])
    for table, labels, value in _cells(release):
        if table in headings:
            keep(key_of("cell", table, *labels), f"{headings[table]}: {', '.join(labels)}", value)
    for one in narratives:
        keep(key_of("words", one.prompt_id.hex), one.title, one.text)
    return Printed(
        values=values, titles=titles, programme=facts["programme"], period=period, is_practice=is_practice
    )


def _cells(release: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], int | str]]:
    """Yield every cell of the tables with dimensions as the public form holds it, or its mark."""
    for table in release.get("tables", ()):
        if table["dims"] and not table["dims"][0]["name"].endswith(f"-{HEADINGS}"):
            for labels, value in _flat(table["dims"], table["values"], ()):
                yield table["id"], labels, MARK if value is None else value


def _flat(dims: list[Any], values: Any, labels: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    if len(labels) == len(dims):
        yield labels, values
        return
    for label, inner in zip(dims[len(labels)]["labels"], values, strict=True):
        yield from _flat(dims, inner, (*labels, label))


def suggested(names: Iterable[str], titles: Mapping[str, str]) -> dict[str, str]:
    """Return for names of cells the key whose title is most alike; a name that nothing resembles gets none."""
    told = {key: _tokens(title) | _tokens(key.split(SEPARATOR)[1]) for key, title in titles.items()}
    plain = {key: _tokens(title) for key, title in titles.items()}
    found = {}
    for name in names:
        ours = _tokens(name)
        best = max(
            titles, key=lambda key: max(_alike(ours, plain[key]), _alike(ours, told[key])), default=None
        )
        if best is not None and max(_alike(ours, plain[best]), _alike(ours, told[best])) >= _LEAST_LIKENESS:
            found[name] = best
    return found


def _tokens(text: str) -> frozenset[str]:
    """Return the words of a name or title that say something: ``JobStarts_Female`` is job, start, female."""
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(word.removesuffix("s") or word for word in words if word not in _EMPTY_WORDS)


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much two sets of words have in common, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0
