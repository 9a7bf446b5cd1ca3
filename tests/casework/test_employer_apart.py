"""Two employers that only look alike: noted once, not asked again, and taken back whenever somebody knows better."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.employer_apart import (
    KeepEmployersApart,
    ask_employers_again,
    keep_employers_apart,
)
from coachdesk.casework.employer_duplicates import likely_employer_duplicates
from coachdesk.errors import Refusal
from coachdesk.models import Coach, JournalEntry
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import an_employer, ask, do, keep

Deed = Callable[[Session, KeepEmployersApart], None]


def alike(vault: OpenVault) -> KeepEmployersApart:
    """Put two employers of nearly one name into a vault."""
    one, other = an_employer(name="Bay Bakery"), an_employer(name="Bay Bakery Ltd")
    keep(vault, one, other)
    return KeepEmployersApart(one_id=other.id, other_id=one.id)


def test_two_that_were_found_to_be_two_are_not_shown_again_until_somebody_knows_better(
    vault: OpenVault,
) -> None:
    pair = alike(vault)
    keep(vault, an_employer(name="Zed Cafe"), an_employer(name="Zed Cafe Ltd"))
    do(vault, keep_employers_apart, pair)
    assert [one.first for one in ask(vault, likely_employer_duplicates)] == ["Zed Cafe"]
    do(vault, ask_employers_again, pair)
    assert {one.first for one in ask(vault, likely_employer_duplicates)} == {"Bay Bakery", "Zed Cafe"}
    with reading(vault) as session:
        told = session.scalars(select(JournalEntry.label).where(JournalEntry.operation == "event"))
        assert not any("Bakery" in label for label in told)


@pytest.mark.parametrize("deed", [keep_employers_apart, ask_employers_again])
def test_an_employer_that_is_gone_is_neither_one_nor_two(vault: OpenVault, deed: Deed) -> None:
    pair = alike(vault)
    gone = an_employer(archived_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    keep(vault, gone)
    for other_id in (gone.id, uuid4()):
        with pytest.raises(Refusal, match="not there any more"):
            do(vault, deed, KeepEmployersApart(one_id=pair.one_id, other_id=other_id))


@pytest.mark.parametrize(("role", "words"), [(Role.AUDITOR, "auditor"), (Role.TRUSTEE, "trustee")])
def test_who_only_looks_notes_nothing(vault: OpenVault, role: Role, words: str) -> None:
    pair = alike(vault)
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = role
    with pytest.raises(Refusal, match=words):
        do(vault, keep_employers_apart, pair)
