"""Bank holidays are a list that is added to and corrected; what is worked out from it follows."""

import datetime as dt
from uuid import UUID, uuid4

import pytest

from coachdesk.casework.bank_days import (
    BankHolidayRow,
    SaveBankHoliday,
    TakeOutBankHoliday,
    list_bank_holidays,
    save_bank_holiday,
    take_out_bank_holiday,
)
from coachdesk.casework.rights_clock import bank_holidays
from coachdesk.errors import Refusal
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import furnished

CORONATION = dt.date(2027, 5, 10)
CHRISTMAS = dt.date(2026, 12, 25)


@pytest.fixture
def vault(vault: OpenVault) -> OpenVault:
    return furnished(vault)


def rows(vault: OpenVault) -> dict[dt.date, BankHolidayRow]:
    with reading(vault) as session:
        return {one.falls_on: one for one in list_bank_holidays(session, dt.date(2026, 1, 1))}


def save(vault: OpenVault, falls_on: dt.date = CORONATION, *, of: UUID | None = None, **changed: str) -> None:
    told = {"title": "A coronation", "source_note": "gov.uk/bank-holidays, announced"} | changed
    with unit_of_work(vault) as work:
        save_bank_holiday(work.session, SaveBankHoliday(holiday_id=of, falls_on=falls_on, **told))


def take_out(vault: OpenVault, holiday_id: UUID) -> None:
    with unit_of_work(vault) as work:
        take_out_bank_holiday(work.session, TakeOutBankHoliday(holiday_id=holiday_id))


def counted(vault: OpenVault) -> frozenset[dt.date]:
    with reading(vault) as session:
        return bank_holidays(session)


def test_one_that_is_announced_counts_from_then_on(vault: OpenVault) -> None:
    assert CORONATION not in counted(vault)
    save(vault)
    assert CORONATION in counted(vault)
    assert list(rows(vault)) == sorted(rows(vault))
    assert rows(vault)[CORONATION].source_note == "gov.uk/bank-holidays, announced"


def test_one_that_is_moved_is_corrected(vault: OpenVault) -> None:
    christmas = rows(vault)[CHRISTMAS]
    save(vault, CORONATION, of=christmas.id, title="Moved")
    assert CHRISTMAS not in counted(vault)
    assert rows(vault)[CORONATION].id == christmas.id


def test_one_that_was_taken_out_can_come_back(vault: OpenVault) -> None:
    christmas = rows(vault)[CHRISTMAS]
    take_out(vault, christmas.id)
    assert CHRISTMAS not in counted(vault)
    with pytest.raises(Refusal, match="not there any more"):
        take_out(vault, christmas.id)
    with pytest.raises(Refusal, match="not there any more"):
        save(vault, CORONATION, of=christmas.id)
    save(vault, CHRISTMAS, title="Christmas Day")
    assert rows(vault)[CHRISTMAS].id == christmas.id


def test_what_cannot_be_is_told_beside_its_field(vault: OpenVault) -> None:
    with pytest.raises(Refusal) as empty:
        save(vault, title=" ", source_note="")
    assert set(empty.value.fields) == {"title", "source_note"}
    with pytest.raises(Refusal) as twice:
        save(vault, CHRISTMAS)
    assert twice.value.fields == {"falls_on": "This day is a bank holiday already: correct that one."}
    boxing = rows(vault)[dt.date(2026, 12, 28)]
    take_out(vault, rows(vault)[CHRISTMAS].id)
    with pytest.raises(Refusal) as taken_out:
        save(vault, CHRISTMAS, of=boxing.id)
    assert "add it as a new one" in taken_out.value.fields["falls_on"]
    with pytest.raises(Refusal, match="not there any more"):
        save(vault, of=uuid4())
