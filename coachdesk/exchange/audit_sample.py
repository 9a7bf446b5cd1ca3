"""Which full files an auditor sees: drawn by a method anybody can repeat, or named by hand."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coachdesk.errors import Refusal

MOST_FILES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleWish:
    """A number of files drawn by a seed, or the references of those chosen by hand."""

    number: int = 0
    seed: str = ""
    references: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The references chosen, in the order they were drawn, and in words how."""

    references: tuple[str, ...]
    method: str


def sampled(wish: SampleWish, eligible: Collection[str]) -> Sample:
    """Return the sample of those whose full file may be seen.

    Raises Refusal for a number that cannot be, a draw without a seed, and a reference that may not be seen.
    """
    if wish.references:
        return _by_hand(wish.references, eligible)
    if not 0 <= wish.number <= MOST_FILES:
        sentence = f"Choose from 0 to {MOST_FILES} full files."
        raise Refusal(sentence, fields={"number": sentence})
    if wish.number == 0:
        return Sample(references=(), method="No full files were asked for.")
    seed = wish.seed.strip()
    if not seed:
        sentence = "Give the seed of the draw: any word, best one the auditor names."
        raise Refusal(sentence, fields={"seed": sentence})
    drawn = tuple(sorted(eligible, key=lambda reference: (_place(seed, reference), reference)))
    drawn = drawn[: wish.number]
    return Sample(
        references=drawn,
        method=(
            f"{len(drawn)} of the {len(eligible)} clients whose full file may be seen, drawn with the seed “{seed}”: the "
            "references were put in the order of the SHA-256 of the seed, a vertical bar and the reference, and the "
            "first taken."
        ),
    )


def _place(seed: str, reference: str) -> str:
    return hashlib.sha256(f"{seed}|{reference}".encode()).hexdigest()


def _by_hand(references: Sequence[str], eligible: Collection[str]) -> Sample:
    wanted = tuple(dict.fromkeys(one.strip() for one in references if one.strip()))
    unknown = [one for one in wanted if one not in eligible]
    if unknown or len(wanted) > MOST_FILES:
        sentence = (
            f"No full file may be seen of: {', '.join(unknown[:5])}. They are not current clients of the programme, or "
            "gave no permission that covers it."
            if unknown
            else f"Choose at most {MOST_FILES} full files."
        )
        raise Refusal(sentence, fields={"references": sentence})
    return Sample(references=wanted, method=f"{len(wanted)} chosen by hand.")
