"""Bank holidays are kept in the settings: seen by year, added when they are announced, corrected and taken out."""

import datetime as dt

from PySide6.QtCore import Qt
from sqlalchemy import select

from coachdesk.models import BankHoliday
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.desk_window import DeskWindow


def test_a_bank_holiday_is_added_corrected_and_taken_out(desk: DeskWindow) -> None:
    desk.window.go("settings")
    card = desk.settings.bank_holidays
    desk.settings.show_part("rates")
    told = desk.words(card)
    assert "Fri 25 Dec 2026: Christmas Day" in told
    assert "2027" in told
    assert "2028" not in told
    assert not card.known_until.isVisible()
    desk.press("A new bank holiday", card)
    desk.fill(card.form.form, falls_on="10 May 2027", title="A coronation", source_note="")
    desk.control(Qt.Key.Key_Return)
    assert "Please fill this in." in desk.words(card)
    desk.fill(card.form.form, source_note="Announced in Parliament")
    desk.control(Qt.Key.Key_Return)
    assert "Mon 10 May 2027: A coronation" in desk.words(card)
    assert "Source: Announced in Parliament" in desk.words(card)
    desk.press("Correct: Mon 10 May 2027: A coronation", card)
    desk.fill(card.form.form, falls_on="11 May 2027")
    desk.control(Qt.Key.Key_Return)
    assert "Tue 11 May 2027: A coronation" in desk.words(card)
    desk.press("Take out: Tue 11 May 2027: A coronation", card)
    assert "coronation" not in desk.words(card)
    desk.press("Show later years", card)
    assert "2028" in desk.words(card)
    assert not card.later_button.isVisible()


def test_the_end_of_the_list_is_told(desk: DeskWindow, vault: OpenVault) -> None:
    desk.window.go("settings")
    card = desk.settings.bank_holidays
    desk.settings.show_part("rates")
    with unit_of_work(vault) as work:
        for one in work.session.scalars(
            select(BankHoliday).where(BankHoliday.falls_on > dt.date(2026, 12, 25))
        ):
            one.archived_at = vault.clock.now()
    card.refresh()
    assert "Bank holidays are known until Fri 25 Dec 2026" in desk.words(card)
    desk.press("Take out: Fri 25 Dec 2026: Christmas Day", card)
    with unit_of_work(vault) as work:
        for one in work.session.scalars(select(BankHoliday)):
            one.archived_at = vault.clock.now()
    card.refresh()
    assert "No bank holiday is known any more" in desk.words(card)


def test_one_that_went_meanwhile_is_told(desk: DeskWindow, vault: OpenVault) -> None:
    desk.window.go("settings")
    card = desk.settings.bank_holidays
    desk.settings.show_part("rates")
    christmas = dt.date(2026, 12, 25)
    with unit_of_work(vault) as work:
        for one in work.session.scalars(select(BankHoliday).where(BankHoliday.falls_on == christmas)):
            one.archived_at = vault.clock.now()
    desk.press("Take out: Fri 25 Dec 2026: Christmas Day", card)
    assert "This bank holiday is not there any more." in desk.words()
