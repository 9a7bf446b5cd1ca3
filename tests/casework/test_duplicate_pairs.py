"""Who may stand in the vault twice: the surest pairs first, each with why, among those whom the asker may see."""

import datetime as dt

import pytest

from coachdesk.casework.duplicate_pairs import (
    MOST_UNDER_A_KEY,
    FindPairs,
    KeepApart,
    Pair,
    ask_again,
    candidate_pairs,
    find_pairs,
    keep_apart,
    look_for_pairs,
    told_of,
)
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.likeness import Decision, Told, likened, likeness
from coachdesk.casework.merging import MergeClients, merge_clients
from coachdesk.errors import Cancelled, Refusal
from coachdesk.models import Client, Coach
from coachdesk.terms import Role
from coachdesk.vault.chronicle import EVENT
from coachdesk.vault.journal import client_history
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import ENTERED, a_client, a_coach, ask, do, keep
from tests.vault_fixtures import PERSON, TODAY

BORN = dt.date(1974, 4, 9)


def pairs_of(vault: OpenVault, limit: int = 50) -> tuple[Pair, ...]:
    return ask(vault, find_pairs, FindPairs(today=TODAY, limit=limit))


def named(pairs: tuple[Pair, ...]) -> list[tuple[str, str, Decision]]:
    return [(pair.one.name, pair.other.name, pair.decision) for pair in pairs]


def act_as(vault: OpenVault, role: Role) -> None:
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = role


def a_person(first: str, last: str, **values: object) -> Client:
    day = {"born_from": BORN, "born_to": BORN, "town": "", "first_name": first, "last_name": last}
    return a_client(**{**day, **values})


@pytest.fixture
def twice(desk_vault: OpenVault) -> tuple[OpenVault, Client, Client]:
    one = a_person("Deborah", "Hartley", reference="C-0001", nino="QQ123456A", coach_id=desk_vault.coach_id)
    other = a_person("Hartley", "Deborah", reference="C-0002", nino="QQ123456B")
    keep(desk_vault, one)
    keep(
        desk_vault,
        other,
        a_person("Ian", "Okonkwo", born_from=dt.date(1991, 12, 30), born_to=dt.date(1991, 12, 30)),
    )
    return desk_vault, one, other


def test_a_pair_says_who_and_why(twice: tuple[OpenVault, Client, Client]) -> None:
    vault, one, other = twice
    (pair,) = pairs_of(vault)
    assert (pair.one.id, pair.other.id, pair.decision) == (one.id, other.id, Decision.SAME)
    assert pair.reasons == (
        "same National Insurance number", "first and last name swapped", "same birth date",
    )  # fmt: skip
    assert (pair.one.name, pair.one.reference, pair.one.birth_words, pair.one.coach) == (
        "Deborah Hartley", "C-0001", "born 9 Apr 1974, 52", PERSON,
    )  # fmt: skip
    assert pair.other.coach == ""


def test_the_surest_come_first_and_no_more_than_asked_for(twice: tuple[OpenVault, Client, Client]) -> None:
    vault, *_ = twice
    keep(vault, a_person("Susan", "Hartley", address="1 High Street", phone="07700 900123", known_as="Sue"))
    keep(vault, a_person("Jane", "Hartley", address="1 High Street", phone="07700 900123"))
    found = named(pairs_of(vault))
    assert found[:2] == [
        ("Deborah Hartley", "Hartley Deborah", Decision.SAME), ("Sue Hartley", "Jane Hartley", Decision.LIKELY),
    ]  # fmt: skip
    assert {decision for _, _, decision in found[1:]} == {Decision.LIKELY}
    assert len(pairs_of(vault, limit=1)) == 1
    assert pairs_of(vault, limit=0) == ()


def test_who_was_put_away_erased_or_joined_stands_in_no_pair(twice: tuple[OpenVault, Client, Client]) -> None:
    vault, one, other = twice
    do(vault, merge_clients, MergeClients(keep_id=one.id, other_id=other.id, reason="Registered twice"))
    assert pairs_of(vault) == ()
    third = a_person("Deborah", "Hartley", archived_at=ENTERED)
    fourth = a_person("Deborah", "Hartley")
    keep(vault, third, fourth)
    assert [pair.other.id for pair in pairs_of(vault)] == [fourth.id]
    do(vault, erase_client, EraseClient(client_id=fourth.id, reason="Asked for it"))
    assert pairs_of(vault) == ()


def test_a_coach_sees_pairs_of_her_own_a_trustee_none(twice: tuple[OpenVault, Client, Client]) -> None:
    vault, *_ = twice
    colleague = a_coach()
    keep(vault, colleague, a_person("Deborah", "Hartley", coach_id=colleague.id))
    assert len(pairs_of(vault)) == 3
    act_as(vault, Role.COACH)
    assert named(pairs_of(vault)) == [("Deborah Hartley", "Hartley Deborah", Decision.SAME)]
    act_as(vault, Role.TRUSTEE)
    assert pairs_of(vault) == ()


def test_two_people_stay_two_once_somebody_said_so(twice: tuple[OpenVault, Client, Client]) -> None:
    vault, one, other = twice
    do(vault, keep_apart, KeepApart(one_id=other.id, other_id=one.id))
    assert pairs_of(vault) == ()
    with reading(vault) as session:
        told = [entry.group for entry in client_history(session, other.id)]
    assert "found to be two people" in told
    keep(vault, a_person("Deborah", "Hartley"))
    assert len(pairs_of(vault)) == 2, "somebody new is still held against both"


def test_who_may_not_say_so_is_refused(twice: tuple[OpenVault, Client, Client]) -> None:
    vault, one, other = twice
    wish = KeepApart(one_id=one.id, other_id=other.id)
    for role, sentence in ((Role.AUDITOR, "as an auditor"), (Role.TRUSTEE, "as a trustee")):
        act_as(vault, role)
        with pytest.raises(Refusal, match=sentence):
            do(vault, keep_apart, wish)


def test_a_key_that_everybody_shares_says_nothing() -> None:
    hostel = [likened(Told(address="1 Hostel Road", postcode="LA14 1AA")) for _ in range(MOST_UNDER_A_KEY)]
    assert len(candidate_pairs(hostel)) == MOST_UNDER_A_KEY * (MOST_UNDER_A_KEY - 1) // 2
    assert candidate_pairs([*hostel, hostel[0]]) == set()
    assert candidate_pairs([]) == set()


def test_a_client_is_told_as_the_list_tells_it(twice: tuple[OpenVault, Client, Client]) -> None:
    vault, one, other = twice
    (pair,) = pairs_of(vault)
    assert likeness(likened(told_of(one)), likened(told_of(other))).reasons == pair.reasons


def test_who_was_found_to_be_two_people_can_be_asked_about_again(
    twice: tuple[OpenVault, Client, Client],
) -> None:
    vault, one, other = twice
    wish = KeepApart(one_id=other.id, other_id=one.id)
    do(vault, keep_apart, wish)
    assert pairs_of(vault) == ()
    do(vault, ask_again, wish)
    assert len(pairs_of(vault)) == 1
    with reading(vault) as session:
        events = [entry.group for entry in client_history(session, one.id) if entry.operation == EVENT]
    assert events[:2] == ["perhaps one person after all", "found to be two people"]
    act_as(vault, Role.AUDITOR)
    with pytest.raises(Refusal, match="auditor"):
        do(vault, ask_again, wish)


def test_looking_tells_how_far_it_is_and_can_be_stopped(twice: tuple[OpenVault, Client, Client]) -> None:
    vault, *_ = twice
    told: list[tuple[float, str]] = []
    watch = Watch(lambda share, words: told.append((share, words)))
    assert look_for_pairs(vault, FindPairs(today=TODAY), watch) == pairs_of(vault)
    assert [share for share, _ in told] == [0.0, 0.2, 0.4]
    with pytest.raises(Cancelled):
        look_for_pairs(vault, FindPairs(today=TODAY), Watch(cancelled=lambda: True))
