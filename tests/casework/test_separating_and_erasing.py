"""Who was joined or separated is erased whole, by whom it may be, and an emptied entry is still noticed."""

import pytest
from sqlalchemy import select

from coachdesk.casework.erasing import EraseClient, erase_client, preview_erasure
from coachdesk.casework.putting_away import BringBackClient, bring_back_client
from coachdesk.errors import Refusal
from coachdesk.models import (
    Client,
    Coach,
    Contact,
    JournalEntry,
)
from coachdesk.terms import Role
from coachdesk.vault.agreement import disagreements
from coachdesk.vault.chronicle import ERASED
from coachdesk.vault.journal import verify_chain
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.two import Two, all_of, of
from tests.makers import (
    a_client,
    a_coach,
    a_contact,
    ask,
    do,
    keep,
)


@pytest.fixture
def two(desk_vault: OpenVault) -> Two:
    coach = desk_vault.coach_id
    one = a_client(reference="C-0001", first_name="Deborah", last_name="Hartley", coach_id=coach, phone="1")
    other = a_client(reference="C-0002", first_name="Debs", last_name="Ash", coach_id=coach, nino="QQ123456A")
    keep(desk_vault, one, other)
    return Two(desk_vault, one.id, other.id)


def test_who_was_joined_is_erased_together_and_nothing_of_either_is_left(two: Two) -> None:
    third = a_client(reference="C-0003", first_name="Thirza", last_name="Person")
    contact = a_contact(of(two.vault, two.other), note="Secret words")
    keep(two.vault, third, contact)
    two.merge()
    Two(two.vault, third.id, two.keep).merge()
    with pytest.raises(
        Refusal, match=r"joined with Deborah Hartley \(C-0001, joined with C-0003\)\. Separate"
    ):
        do(two.vault, erase_client, EraseClient(client_id=two.other, reason="Asked for it"))
    with pytest.raises(Refusal, match="Separate the two first"):
        do(two.vault, bring_back_client, BringBackClient(client_id=two.other))
    preview = ask(two.vault, preview_erasure, third.id)
    assert (preview.emptied, preview.taken_out) == ({"client": 3, "contact": 1}, {})
    do(two.vault, erase_client, EraseClient(client_id=third.id, reason="Asked for it"))
    two.refused("was not joined")
    with reading(two.vault) as session:
        told = " ".join(
            f"{one.before} {one.after} {one.label}" for one in session.scalars(select(JournalEntry))
        )
        assert verify_chain(session) is None
        assert disagreements(session) == {}
    for words in ("Secret words", "Hartley", "Ash", "Thirza", "Joined"):
        assert words not in told
    assert {one.last_name for one in all_of(two.vault, Client)} == {"(erased)"}


def test_a_coach_separates_two_of_her_own_and_nobody_else(two: Two) -> None:
    colleague = a_coach()
    keep(two.vault, colleague)
    two.merge()
    with unit_of_work(two.vault, by_program=True) as work:
        work.session.get_one(Coach, two.vault.coach_id).role = Role.COACH
    two.separate()
    two.merge()
    with unit_of_work(two.vault, by_program=True) as work:
        work.session.get_one(Client, two.other).coach_id = colleague.id
    before = two.snapshot()
    two.refused("Both people must be your own clients")
    assert two.snapshot() == before
    assert of(two.vault, two.other).archived_at is not None  # still joined


@pytest.mark.parametrize("who", ["other", "keep"])
def test_nothing_of_who_is_erased_after_separating_is_left_with_the_other(two: Two, who: str) -> None:
    theirs, ours = (a_contact(of(two.vault, one), note=f"Note of {name}") for one, name in (
        (two.other, "other"), (two.keep, "keep"),
    ))  # fmt: skip
    keep(two.vault, theirs, ours)
    two.merge(last_name="other")
    with unit_of_work(two.vault) as work:
        work.session.get_one(Contact, theirs.id).note = "Note of other, corrected"
        work.session.get_one(Client, two.keep).known_as = "Dee"
    two.separate()
    with unit_of_work(two.vault) as work:
        work.session.get_one(Contact, ours.id).note = "Note of keep, corrected"
    erased, stays = (two.other, two.keep) if who == "other" else (two.keep, two.other)
    do(two.vault, erase_client, EraseClient(client_id=erased, reason="Asked for it"))
    with reading(two.vault) as session:
        entries = list(session.scalars(select(JournalEntry)))
        told = " ".join(f"{one.before} {one.after} {one.label}" for one in entries)
        assert verify_chain(session) is None
        assert disagreements(session) == {}
    gone, left = (("Ash", "QQ123456A", "Note of other"), ("Note of keep, corrected", "Hartley")) if who == "other" else (
        ("Hartley", "Note of keep"), ("Note of other", "QQ123456A"),
    )  # fmt: skip
    assert [words for words in gone if words in told] == []
    assert [words for words in left if words not in told] == []
    assert of(two.vault, stays).last_name in ("Ash", "Hartley")


def test_an_entry_emptied_by_a_hand_is_still_found_after_separating_and_erasing(two: Two) -> None:
    contact = a_contact(of(two.vault, two.keep), note="Kept")
    keep(two.vault, contact)
    two.merge()
    two.separate()
    do(two.vault, erase_client, EraseClient(client_id=two.other, reason="Asked for it"))
    emptied = "UPDATE journal_entry SET before = NULL, after = NULL, label = '', reason = '', salt = ? WHERE row_id = ?"
    with two.vault.write_sessions() as session:
        session.connection().exec_driver_sql(emptied, (ERASED, contact.id.bytes))
        session.commit()
    with reading(two.vault) as session:
        assert verify_chain(session) is not None
