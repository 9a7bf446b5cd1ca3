"""A passphrase of words drawn by chance, for whoever would rather not think of one."""

import math
import secrets
from functools import cache

from coachdesk.resources import resource

BITS = 50
"""At Argon2id's cost of about a second a guess, 2 to the 50 guesses outlast any laptop thief."""


@cache
def words() -> tuple[str, ...]:
    """Return the list that passphrases are drawn from, without its heading."""
    lines = resource("words", "passphrase.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def words_needed() -> int:
    """Return how many words of the list are worth fifty bits."""
    return math.ceil(BITS / math.log2(len(words())))


def suggested_passphrase() -> str:
    """Return a fresh passphrase of words with blanks between; it is kept nowhere."""
    return " ".join(secrets.choice(words()) for _ in range(words_needed()))
