"""Worked examples of an indicator: a few invented people, and who of them counts; run against the real indicator."""

import datetime as dt
import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from coachdesk.casework.sustained.examples import Tried
from coachdesk.errors import Refusal, Trouble
from coachdesk.resources import resource
from coachdesk.returns.catalogue import Catalogue, catalogue_of, definition_on, with_wording
from coachdesk.returns.comparing_counts import lines_of
from coachdesk.returns.definitions import SaveWording, checked_wording, own_examples
from coachdesk.returns.examples_world import Invented, invented_world
from coachdesk.returns.indicators.found import Found
from coachdesk.returns.periods import Period
from coachdesk.vault.work import clock_of

FOLDER = ("indicators", "examples")
_NEEDED = ("title", "from", "to", "people")
_KNOWN = frozenset(
    {
        *_NEEDED,
        "indicator",
        "figure",
        "as_at",
        "counted",
        "not_counted",
        "number",
        "groups",
        "amount",
        "programme",
        "also",
    }
)


def shipped_examples(folder: Path | None = None) -> tuple[Mapping[str, Any], ...]:
    """Return the examples of the data files, as JSON keeps them; raises Trouble for a file that is not one."""
    found: list[Mapping[str, Any]] = []
    for path in sorted((folder or resource(*FOLDER)).glob("*.toml")):
        try:
            found += checked_examples(tomllib.loads(path.read_text(encoding="utf-8"))["example"])
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, Refusal) as error:
            raise Trouble(
                f"The file of examples {path.name} cannot be read.",
                advice="Put the file that came with the program back in its place.",
            ) from error
    return tuple(found)


def examples_of(indicator: str) -> tuple[Mapping[str, Any], ...]:
    """Return the examples that ship for an indicator."""
    return tuple(each for each in shipped_examples() if each["indicator"] == indicator)


def read_examples(text: str) -> tuple[Mapping[str, Any], ...]:
    """Return examples that were typed; raises Refusal beside their field where they cannot be read."""
    try:
        return checked_examples(tomllib.loads(text).get("example", []))
    except tomllib.TOMLDecodeError as error:
        sentence = f"The examples cannot be read: {error}. Compare with the examples that ship."
        raise Refusal(sentence, fields={"examples": sentence}) from None


def checked_examples(told: Any) -> tuple[Mapping[str, Any], ...]:
    """Return examples with their dates as texts; raises Refusal for one that lacks what it needs or says too much."""
    found = []
    for each in told if isinstance(told, list) else [told]:
        if not isinstance(each, Mapping) or any(name not in each for name in _NEEDED):
            raise _refused("An example needs a title, from, to and people.")
        unknown = sorted(each.keys() - _KNOWN)
        if unknown:
            raise _refused(f"An example has no field “{unknown[0]}”.")
        found.append(json.loads(json.dumps(each, default=str)))
    return tuple(found)


def _refused(sentence: str) -> Refusal:
    return Refusal(sentence, fields={"examples": sentence})


@dataclass(frozen=True, slots=True, kw_only=True)
class TryWording:
    """Try examples against a wording that is being written; nothing is saved."""

    wording: SaveWording


def try_wording(session: Session, wish: TryWording) -> tuple[Tried, ...]:
    """Return what became of each example, its own and those that ship, under a wording with its rules.

    Raises Refusal for a wording or an example that cannot be.
    """
    wording = checked_wording(session, wish.wording)
    catalogue = with_wording(catalogue_of(session), wording)
    return try_examples([*wish.wording.examples, *examples_of(wording.id)], wording.id, catalogue)


def try_in_force(session: Session, indicator: str) -> tuple[Tried, ...]:
    """Return what became of an indicator's examples under the wording in force today; raises KeyError for none."""
    catalogue = catalogue_of(session)
    wording = definition_on(catalogue, indicator, clock_of(session).today())
    own = own_examples(session, wording.wording_id) if wording.wording_id is not None else ()
    return try_examples([*own, *examples_of(indicator)], indicator, with_wording(catalogue, wording))


def try_examples(
    examples: Iterable[Mapping[str, Any]], indicator: str, catalogue: Catalogue
) -> tuple[Tried, ...]:
    """Return what became of each example of an indicator, counted by the indicator itself in a world in memory.

    Raises Refusal for an example that cannot be read.
    """
    with invented_world() as session:
        return tuple(tried(session, told, indicator, catalogue) for told in examples)


def tried(session: Session, told: Mapping[str, Any], indicator: str, catalogue: Catalogue) -> Tried:
    """Return what became of one example; the session is as empty afterwards as before. Raises Refusal."""
    try:
        return _tried(session, told, indicator, catalogue)
    except (SQLAlchemyError, ValueError, TypeError, AttributeError):
        raise _refused(f"The example “{told.get('title', '')}” cannot be read.") from None
    finally:
        session.rollback()


def _tried(session: Session, told: Mapping[str, Any], indicator: str, catalogue: Catalogue) -> Tried:
    period = Period(_day(told["from"]), _day(told["to"]))
    as_at = _day(told.get("as_at", told["to"]))
    world = Invented(session, as_at)
    world.begin(told.get("programme", {}))
    for person in told["people"]:
        world.person(person)
    world.records(told.get("also", {}))
    lines = lines_of(session, world.programme, period, as_at, catalogue)
    wanted = str(told.get("figure", indicator))
    found = next((line.found for line in lines if line.found.id == wanted), None)
    if found is None:
        raise _refused(f"The example “{told['title']}” is about a figure that is not counted.")
    _all_are_named(told, set(world.names.values()))
    return _judged(told, found, world)


def _all_are_named(told: Mapping[str, Any], people: set[str]) -> None:
    """Raise Refusal unless an example says of everybody whether they count."""
    said = [*told.get("counted", ()), *told.get("not_counted", ())]
    if sorted(said) != sorted(people):
        raise _refused(f"The example “{told['title']}” has to say of everybody once whether they count.")


def _judged(told: Mapping[str, Any], found: Found, world: Invented) -> Tried:
    counted = sorted(world.names[each] for each in found.people)
    groups = {group.label: sorted(world.names[each] for each in group.clients) for group in found.groups}
    amount = found.amount.words if found.amount is not None else found.missing
    expected_groups = {label: sorted(names) for label, names in told.get("groups", {}).items()}
    holds = (
        counted == sorted(told.get("counted", ()))
        and told.get("number", found.number) == found.number
        and all(groups.get(label) == names for label, names in expected_groups.items())
        and told.get("amount", amount) == amount
    )
    reasons = {
        world.names[miss.client_id]: miss.reason for miss in found.near if miss.client_id in world.names
    }
    return Tried(
        title=str(told["title"]),
        holds=holds,
        expected=_words(
            sorted(told.get("counted", ())), told.get("number"), expected_groups, told.get("amount", "")
        ),
        found=_words(
            counted,
            found.number if "number" in told else None,
            groups if expected_groups else {},
            amount if "amount" in told else "",
            reasons,
        ),
    )


def _words(
    counted: Sequence[str],
    number: int | None,
    groups: Mapping[str, Sequence[str]],
    amount: str,
    reasons: Mapping[str, str] | None = None,
) -> str:
    """Return an answer in words: "2 from Ana; not Ben (left before the period)"."""
    names = ", ".join(counted) or "nobody"
    said = [names if number is None else f"{number} from {names}"]
    said += [f"{label}: {', '.join(people) or 'nobody'}" for label, people in groups.items()]
    said += [amount] if amount else []
    said += [f"not {name} ({reason.rstrip('.')})" for name, reason in (reasons or {}).items()]
    return "; ".join(said)


def _day(told: object) -> dt.date:
    return told if isinstance(told, dt.date) else dt.date.fromisoformat(str(told))
