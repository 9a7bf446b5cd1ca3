"""The recovery key on its sheet of paper: eight groups of five that notice a slip and name its group."""

import secrets

from coachdesk.errors import Refusal

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8
DATA_PER_GROUP = 4
GROUP = DATA_PER_GROUP + 1
FIELD_BITS = 5
POLYNOMIAL = 0b100101
FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1"})


def _product(left: int, right: int) -> int:
    """Return the product of two elements of GF(32)."""
    result = 0
    while right:
        if right & 1:
            result ^= left
        left <<= 1
        if left >> FIELD_BITS:
            left ^= POLYNOMIAL
        right >>= 1
    return result


def _powers() -> tuple[int, ...]:
    found = [1]
    while len(found) < 2**FIELD_BITS - 1:
        found.append(_product(found[-1], 2))
    return tuple(found)


POWERS = _powers()


def _check(group: int, values: list[int]) -> int:
    """Return the check character's value: a weighted sum with the number of the group mixed in."""
    total = POWERS[group]
    for place, value in enumerate(values):
        total ^= _product(value, POWERS[place + 1 + DATA_PER_GROUP * (group % 2)])
    return total


def new_recovery_key() -> str:
    """Return a fresh recovery key of 160 bits as printed: groups with dashes between."""
    groups = []
    for number in range(GROUPS):
        values = [secrets.randbelow(2**FIELD_BITS) for _ in range(DATA_PER_GROUP)]
        groups.append("".join(LETTERS[value] for value in [*values, _check(number, values)]))
    return "-".join(groups)


def secret_of(typed: str) -> str:
    """Return the secret part of a recovery key as typed.

    Capitals, dashes, blanks and the look-alikes O, I and L do not matter. Raises Refusal naming the group
    that has a slip.
    """
    text = "".join(typed.upper().translate(FORGIVEN).replace("-", " ").split())
    if len(text) != GROUPS * GROUP:
        raise Refusal(
            f"The recovery key has {GROUPS * GROUP} characters; this has {len(text)}.",
            fields={"recovery_key": f"Type all {GROUPS} groups of {GROUP}."},
        )
    kept = []
    for number in range(GROUPS):
        group = text[number * GROUP : (number + 1) * GROUP]
        values = [LETTERS.find(letter) for letter in group]
        if min(values) < 0 or _check(number, values[:-1]) != values[-1]:
            sentence = f"Check group {number + 1}: it has a slip."
            raise Refusal(sentence, fields={"recovery_key": sentence})
        kept.append(group[:-1])
    return "".join(kept)
