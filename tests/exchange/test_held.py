"""Rows that wait: merged, taken as new or left out, and what belongs to them follows."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from coachdesk.errors import Refusal
from coachdesk.exchange.held import DecideHeld, Decision, HeldRow, decide_held, list_held
from coachdesk.exchange.importing import ImportResult
from coachdesk.models import Client, Contact, ImportRow, Job, JournalEntry
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work

BringIn = Callable[..., ImportResult]
Write = Callable[[str, str], Path]
CLIENTS = (
    "Ref,Full name,DOB,NI No,Mobile,Key worker\nC1,Emma Hall,1/2/1980,QQ112233A,,A. One\n"
    "C1x,EMMA Hall,1/2/1980,QQ112233A,07700 900111,B. Two\n"
)
CONTACTS = "Ref,Date,Type,Where,Notes\nC1x,1/5/2026,Phone,Home,About C1x\n"
JOBS = "Ref,Employer,Start\nC1x,Bakery,1/5/2026\n"


@pytest.fixture
def files(write: Write) -> tuple[Path, Path, Path]:
    return write("c.csv", CLIENTS), write("k.csv", CONTACTS), write("j.csv", JOBS)


def waiting(vault: OpenVault) -> tuple[HeldRow, ...]:
    with reading(vault) as session:
        return list_held(session, None)


def decide(vault: OpenVault, row: HeldRow, decision: Decision) -> None:
    with unit_of_work(vault, label="Decide") as work:
        decide_held(work.session, DecideHeld(id=row.id, decision=decision))


def counted(vault: OpenVault) -> list[int]:
    with reading(vault) as session:
        return [session.scalar(select(func.count()).select_from(one)) or 0 for one in (Client, Contact, Job)]


def test_what_waits_is_shown_with_why_and_whom(
    office: OpenVault, bring_in: BringIn, files: tuple[Path, Path, Path]
) -> None:
    bring_in(*files)
    (row,) = waiting(office)
    assert (row.sheet, row.row, row.likely_client_name) == ("c.csv", 3, "Emma Hall")
    assert row.summary == "C1x · EMMA Hall · 1/2/1980"
    assert "National Insurance number and birth date" in row.why
    assert row.likely_client_id is not None


@pytest.mark.parametrize(
    ("decision", "after"), [("merge", [1, 1, 1]), ("new", [2, 1, 1]), ("refuse", [1, 0, 0])]
)
def test_a_decision_carries_what_waits_with_it(
    decision: Decision, after: list[int], office: OpenVault, bring_in: BringIn, files: tuple[Path, Path, Path]
) -> None:
    bring_in(*files)
    (row,) = waiting(office)
    decide(office, row, decision)
    assert counted(office) == after
    assert waiting(office) == ()
    again = bring_in(*files)
    assert [account.imported for account in again.accounts] == [0, 0, 0]
    assert [account.merged for account in again.accounts] == [2, 1, 1]
    assert counted(office) == after
    with reading(office) as session:
        label = session.scalars(select(JournalEntry.label).order_by(JournalEntry.position.desc())).first()
        assert label is not None
        assert "held row" in label
        phones = set(session.scalars(select(Client.phone)))
        assert ("07700 900111" in phones) is (decision != "refuse")


def test_later_rows_find_the_client_under_the_reference_that_was_merged(
    office: OpenVault, bring_in: BringIn, write: Write, files: tuple[Path, Path, Path]
) -> None:
    bring_in(*files)
    decide(office, waiting(office)[0], "merge")
    (account,) = bring_in(write("later.csv", "Ref,Date,Notes\nc1X,2/6/2026,Later\n")).accounts
    assert account.imported == 1
    with reading(office) as session:
        assert len(set(session.scalars(select(Contact.client_id)))) == 1


def test_a_row_is_decided_once_and_needs_somebody_to_merge_into(
    office: OpenVault, bring_in: BringIn, write: Write, files: tuple[Path, Path, Path]
) -> None:
    bring_in(*files)
    (row,) = waiting(office)
    bring_in(write("d.csv", "Ref,Full name,DOB\nC1x,Zofia Nowak,5/5/1960\n"))
    second = next(one for one in waiting(office) if one.id != row.id)
    assert second.likely_client_id is None
    assert second.likely_client_name == ""
    with pytest.raises(Refusal, match="nobody to merge"):
        decide(office, second, "merge")
    decide(office, second, "new")
    decide(office, row, "merge")
    with pytest.raises(Refusal, match="decided already"):
        decide(office, row, "new")
    assert counted(office) == [2, 1, 1]


def test_a_row_without_a_reference_can_be_decided_too(
    office: OpenVault, bring_in: BringIn, write: Write
) -> None:
    head = "First name,Surname,DOB\n"
    bring_in(write("a.csv", head + "Emma,Hall,1/2/1980\n"))
    bring_in(write("b.csv", head + "Emma,Hal,1/2/1980\n"))
    decide(office, waiting(office)[0], "new")
    with reading(office) as session:
        assert sorted(session.scalars(select(Client.reference))) == ["IN-0001", "IN-0002"]
        assert set(session.scalars(select(ImportRow.outcome))) == {"imported"}
