"""What a passphrase is worth is said in our own words, and no rule asks for a digit or a sign."""

import pytest

from coachdesk.errors import Refusal
from coachdesk.vault.passphrase_words import suggested_passphrase, words, words_needed
from coachdesk.vault.strength import FLOOR, REASONS, SENTENCES, insist, judge

KNOWN = ("Furness Into Work", "Ruth Ellison")


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [
        ("password1234", "dictionary"),
        ("qwertyuiop[]", "spatial"),
        ("abcdefghijkl", "sequence"),
        ("zzzzzzzzzzzzzz", "repeat"),
        ("17.03.1984", "date"),
        ("Ruth Ellison", "user_inputs"),
        ("ruthellison", "user_inputs"),
        ("Furness Into Work", "user_inputs"),
        ("FURNESS ruth 1", "user_inputs"),
        ("Ruth Ellison Furness", "user_inputs"),
    ],
)
def test_what_is_easily_guessed_is_refused_with_its_reason(passphrase: str, reason: str) -> None:
    strength = judge(passphrase, KNOWN)
    assert not strength.enough
    assert strength.words == f"{SENTENCES[strength.score]} {REASONS[reason]}"
    with pytest.raises(Refusal) as refused:
        insist(passphrase, KNOWN)
    assert "four or more words" in refused.value.fields["passphrase"]


@pytest.mark.parametrize(
    "passphrase",
    [
        "correct horse battery staple",
        "winter rain on the fell",
        "Ruth counts nine herons at dusk",
        "x9#Lw2!vQp8z",
    ],
)
def test_what_is_hard_to_guess_is_accepted_without_any_rule_of_composition(passphrase: str) -> None:
    assert judge(passphrase, KNOWN).score >= FLOOR
    insist(passphrase, KNOWN)


def test_short_is_short_whatever_it_holds() -> None:
    assert judge("a#9Z!q", ()).words == "Use at least 8 characters."
    assert not judge("a#9Z!q", ()).enough


def test_nothing_typed_yet_is_not_judged() -> None:
    assert judge("   ").words == ""
    with pytest.raises(Refusal):
        insist("")


def test_a_long_one_is_judged_by_its_beginning() -> None:
    assert judge("word salad with dressing " * 40).enough


def test_composed_and_decomposed_accents_are_judged_alike() -> None:
    assert judge("Zoë", ("Zoë",)) == judge("Zoe\u0308", ("Zoë",))


def test_the_word_list_is_long_plain_and_without_doubles() -> None:
    found = words()
    assert len(found) == len(set(found)) >= 1296
    assert all(
        word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 11 for word in found
    )
    assert len(found) ** words_needed() >= 2**50 > len(found) ** (words_needed() - 1)


def test_a_suggested_passphrase_is_always_accepted_and_never_the_same() -> None:
    suggested = {suggested_passphrase() for _ in range(40)}
    assert len(suggested) == 40
    for passphrase in suggested:
        assert set(passphrase.split()) <= set(words())
        assert judge(passphrase, KNOWN).score == 4
