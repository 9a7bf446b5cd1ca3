"""A return whose every number is rounded to 5, all tables together, so that everything still adds up.

A reader of rounded numbers beside exact ones of the same people could set them against each other, and the same count
rounded anew in another way narrows it: beside earlier returns of the other method, rounding is refused (disclosure.md 5.1).
"""

from collections.abc import Sequence

from coachdesk.errors import Refusal
from coachdesk.returns.earlier import Past
from coachdesk.returns.tables import Protected

BASE = 5


def base_for(threshold: int) -> int:
    """Return what numbers are rounded to: 5, or the next multiple of it that hides every count below the threshold."""
    return BASE * max(1, -(-threshold // BASE))


def require_one_method(before: Past, *, rounds: bool) -> None:
    """Raise Refusal where earlier returns of the same people were protected in the other way."""
    if rounds and len(before.rounded) < len(before.tables):
        raise Refusal(
            "An earlier return that counts some of the same people printed exact numbers. Beside those, rounded numbers "
            "would not add up or would tell too much: withhold small numbers in this return too."
        )
    if before.rounded and not rounds:
        raise Refusal(
            "An earlier return that counts some of the same people was rounded. Exact numbers beside it would undo the "
            "rounding: round this return to 5 too."
        )


def largest_distortion(protected: Sequence[Protected]) -> int:
    """Return how far the farthest printed number is from its true count."""
    return max(
        (
            abs(value - each.table.counts[key])
            for each in protected
            for key, value in each.values.items()
            if value is not None
        ),
        default=0,
    )


def as_before(protected: Sequence[Protected], before: Past) -> tuple[Protected, ...]:
    """Return the tables of earlier returns as their readers have them: exact, or rounded as they were printed."""
    return tuple(
        Protected(table=each.table, values=each.values, rounding=before.rounded.get(each.table.id))
        for each in protected
    )


def rounded_sentences(protected: Sequence[Protected], earlier: int = 0) -> tuple[str, ...]:
    """Return how people are protected where numbers are rounded, in plain English (disclosure.md 5.6)."""
    roundings = [each.rounding for each in protected if each.rounding is not None]
    if not roundings:
        return ()
    base, spread = roundings[0].base, max(rounding.spread for rounding in roundings)
    together = {
        0: "on its own, because no earlier return counts any of the same people",
        1: "together with 1 earlier return",
    }.get(earlier, f"together with {earlier} earlier returns")
    return (
        (
            f"Every number, including totals, is a multiple of {base} within {spread} of the true count, chosen so that "
            f"tables add up; 0 means 0 to {spread}."
        ),
        (
            f"This return was checked {together}: a reader who knows how it was rounded cannot narrow any number down to "
            "fewer than 3 possible values."
        ),
    )
