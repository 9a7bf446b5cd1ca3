"""How strong a passphrase is, judged by zxcvbn and told in our own words; never by rules of composition."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from coachdesk.errors import Refusal

SHORTEST = 8
FLOOR = 3
"""The score from which a passphrase is accepted: more than a hundred million guesses, each at Argon2id's cost."""
LONGEST_JUDGED = 72
SHORTEST_NAME = 3
SENTENCES = (
    "This would be guessed at once.",
    "This is easy to guess.",
    "This could be guessed with some effort.",
    "This is hard to guess.",
    "This is very hard to guess.",
)
REASONS = {
    "user_inputs": "It is built on a name that others know.",
    "dictionary": "It is close to a word or passphrase that many people use.",
    "spatial": "It follows the keys on the keyboard.",
    "repeat": "It repeats itself.",
    "sequence": "It is a row such as abc or 123.",
    "regex": "It is a year that is easily tried.",
    "date": "It is a date that is easily tried.",
}
BETTER = "Choose a longer one: four or more words that have nothing to do with each other."


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """A score of 0 to 4, what it means in words, and whether it is enough for clients' records."""

    score: int
    words: str

    @property
    def enough(self) -> bool:
        """Return whether the passphrase is accepted."""
        return self.score >= FLOOR


def judge(passphrase: str, known: tuple[str, ...] = ()) -> Strength:
    """Return how strong a passphrase is; names in ``known`` (the person's, the organisation's) count for nothing."""
    typed = unicodedata.normalize("NFKC", passphrase)
    if not typed.strip():
        return Strength(score=0, words="")
    names = _names(known)
    found = [_guessed(text, names) for text in (typed, "".join(typed.split()))]
    bare = _without(typed, names)
    if bare != typed:
        found.append(_guessed(bare, names) if len(bare) >= SHORTEST else (min(1, found[0][0]), "user_inputs"))
    score, pattern = min(found)
    if len(typed) < SHORTEST:
        return Strength(score=min(score, 1), words=f"Use at least {SHORTEST} characters.")
    reason = REASONS.get(pattern, "") if score < FLOOR else ""
    return Strength(score=score, words=f"{SENTENCES[score]} {reason}".strip())


def insist(passphrase: str, known: tuple[str, ...] = ()) -> None:
    """Return when a passphrase may be used; raises Refusal when it is too easy to guess for what it protects."""
    strength = judge(passphrase, known)
    if not strength.enough:
        sentence = f"{strength.words} {BETTER}".strip()
        raise Refusal(sentence, fields={"passphrase": sentence})


def _names(known: tuple[str, ...]) -> list[str]:
    parts = [part for name in known for part in (name, *re.split(r"[\W_]+", name))]
    return sorted({part.casefold() for part in parts if len(part) >= SHORTEST_NAME}, key=len, reverse=True)


def _without(typed: str, names: list[str]) -> str:
    """Return what is left of a passphrase once the names are taken out of it."""
    for name in names:
        typed = re.sub(re.escape(name), " ", typed, flags=re.IGNORECASE)
    return " ".join(typed.split()) if names else typed


def _guessed(typed: str, names: list[str]) -> tuple[int, str]:
    """Return the score and the pattern that gives the most away."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 - its word lists take a tenth of a second, needed only here

    found = zxcvbn(typed[:LONGEST_JUDGED], user_inputs=list(names))
    parts: list[dict[str, Any]] = [part for part in found["sequence"] if part["pattern"] != "bruteforce"]
    longest = max(parts, key=_length, default=None)
    if longest is None:
        return int(found["score"]), ""
    named = longest.get("dictionary_name") == "user_inputs"
    return int(found["score"]), "user_inputs" if named else str(longest["pattern"])


def _length(part: dict[str, Any]) -> int:
    return len(part["token"])
