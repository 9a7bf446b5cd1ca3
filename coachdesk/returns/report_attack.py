"""What the attacker found, in plain English: the last page of a return (disclosure.md 5.5 and 5.6).

It says what anybody can check and nothing that helps: not how many numbers are small, nor whether a zero is withheld.
"""

from collections.abc import Iterator

from coachdesk.press.blocks import Block, BulletList, Facts, Heading, Note, Text
from coachdesk.press.cells import Cell
from coachdesk.returns.choice import ROUND
from coachdesk.returns.tables import MARK
from coachdesk.returns.wishes import PreparedReturn

METHODS = {
    "withhold": (
        "Small numbers are withheld, and enough larger ones beside them that none can be worked out. Every number "
        "that is printed is exact."
    ),
    "round": (
        "Every number is rounded, so that tables still add up and no small number can be told from its neighbours."
    ),
}
KNOWN = "They know the rule for small numbers, that numbers are whole and that tables add up"


def attack_blocks(prepared: PreparedReturn) -> Iterator[Block]:
    """Return what was tried against the return, by whom, and what they found."""
    yield Heading(2, "What an attacker finds")
    yield Text(
        "Before this return was written, a separate program that sees only what is printed tried to work out "
        "the withheld numbers. After it was written, the files themselves were read back and attacked again. The two "
        "programs share no code, and a return in which anything is found is not written."
    )
    yield Heading(3, "Readers that were tried")
    yield BulletList(readers(prepared.earlier))
    yield Heading(3, "What they found")
    yield Facts(tuple(_facts(prepared)))
    yield Heading(3, "How numbers are protected, and what it costs")
    yield BulletList(tuple(cost_sentences(prepared)))
    yield BulletList(prepared.safety)
    yield Note(
        "The file release.json beside this report holds exactly what is printed, in a public form, so that "
        "anybody can repeat the check with a program of their own."
    )


def readers(earlier: int) -> tuple[str, ...]:
    """Return who tried, and what they know beside the tables."""
    others = {
        0: "Somebody who kept earlier returns: none of them counts any of the same people, so there was nothing to "
        "set beside this one.",
        1: "Somebody who kept the 1 earlier return that counts some of the same people, whoever it was written for.",
    }
    return (
        f"Somebody who reads only this return. {KNOWN}.",
        others.get(
            earlier,
            f"Somebody who kept the {earlier} earlier returns that count some of the same people, whoever they were "
            "written for.",
        ),
        "Somebody who guesses, besides, that no mark stands for a zero. The guess is wrong or it does not help.",
    )


def _facts(prepared: PreparedReturn) -> Iterator[tuple[str, Cell]]:
    narrowest = prepared.finding.get("narrowest")
    cost = prepared.cost
    yield ("Numbers looked at", cost.cells)
    yield ("Withheld in total", cost.hidden)
    yield ("Earlier returns beside it", prepared.earlier)
    yield (
        "Narrowest range found",
        "no withheld number to look for"
        if narrowest is None
        else f"a withheld number that could be small can still be any of at least {narrowest} values",
    )
    if prepared.protection.get("method") != ROUND:
        yield ("Smallest number shown", f"{prepared.threshold}, besides 0")
        yield ("Mark", f"{MARK}: withheld to protect people")
    yield ("Verdict", "Nothing found: safe to issue" if prepared.is_safe else "Not safe")


def cost_sentences(prepared: PreparedReturn) -> Iterator[str]:
    """Return the method, what it takes from the reader, and how near that is to the least there could be."""
    cost = prepared.cost
    yield METHODS[str(prepared.protection.get("method", "withhold"))]
    yield f"{cost.hidden} of {cost.cells} numbers are withheld ({round(100 * cost.hidden_share)}%)."
    gap = prepared.protection.get("gap")
    if gap == 0:
        yield "No other choice of numbers would be safe and take less from the reader: that is proven."
    elif isinstance(gap, float):
        yield f"Another safe choice could take at most {max(1, round(100 * gap))}% less from the reader."
