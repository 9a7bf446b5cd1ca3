"""How strong a passphrase is, judged by zxcvbn and never by composition rules."""

from typing import NamedTuple

from coachdesk.errors import Refusal

STRONG_ENOUGH = 3
_LONGEST_JUDGED = 72
_WORDS = (
    "Very easy to guess.",
    "Easy to guess.",
    "Could be guessed with some effort.",
    "Hard to guess.",
    "Very hard to guess.",
)


class Strength(NamedTuple):
    """A score of 0 to 4 and what it means in words."""

    score: int
    words: str

    @property
    def good(self) -> bool:
        """Whether it is strong enough for clients' records."""
        return self.score >= STRONG_ENOUGH


def judge(passphrase: str, known: tuple[str, ...] = ()) -> Strength:
    """Return the strength of a passphrase; ``known`` words (names) count as guessable."""
    from zxcvbn import zxcvbn  # noqa: PLC0415  its word lists take a tenth of a second; loaded when first typed

    if not passphrase:
        return Strength(0, "")
    found = zxcvbn(passphrase[:_LONGEST_JUDGED], user_inputs=[word for word in known if word])
    score = int(found["score"])
    advice = found["feedback"]["warning"]
    return Strength(score, f"{_WORDS[score]} {advice}".strip())


def insist(passphrase: str, known: tuple[str, ...] = ()) -> None:
    """Refuse a passphrase that is too easy to guess for what it protects."""
    strength = judge(passphrase, known)
    if not strength.good:
        raise Refusal(
            f"{strength.words} Choose a longer one: four or more unrelated words work well.",
            fields={"passphrase": strength.words},
        )
