"""The directory of services by keyboard; a client referred on from their page and from Today, until it is over."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.onward_due import KIND
from coachdesk.casework.onward_referrals import OnwardRow, ReferOn, list_onward_referrals, refer_on
from coachdesk.casework.referral_rules import ANSWER, referral_rules
from coachdesk.casework.services import SaveService, ServicesQuestion, list_services, save_service
from coachdesk.desk.counter import DraftRow
from coachdesk.models import Client
from coachdesk.terms import Changes, Kind, Ref
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.papers_tab import PapersTab
from coachdesk.ui.forms.inputs import TextInput
from coachdesk.ui.services.onward_card import OnwardCard
from coachdesk.ui.services.page import ServicesPage
from coachdesk.ui.theme import Theme
from coachdesk.ui.today.due_list import DueLine
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, page, seen, settle
from tests.makers import a_consent, ask, days_ago, do, found, keep
from tests.ui import accessibility_walk
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

MOST_FOR_A_SERVICE = 3
"""The place, New service, and saved."""
MOST_FOR_AN_ANSWER = 2
_NOW = dt.datetime(2026, 10, 5, 9, tzinfo=dt.UTC)


def directory(desk: DeskWindow) -> ServicesPage:
    return page(desk.window.pages["services"], ServicesPage)


def names(shown: ServicesPage) -> list[str]:
    return [one.name for one in shown.table.table.rows()]


def service(vault: OpenVault, name: str, **values: Any) -> UUID:
    return do(vault, save_service, SaveService(name=name, **values))[0]


def onward(desk: DeskWindow, client: UUID) -> OnwardCard:
    desk.open(client)
    desk.tab("papers")
    return page(desk.view.parts[TABS.index("papers")], PapersTab).onward


def rows(vault: OpenVault, client: UUID) -> tuple[OnwardRow, ...]:
    return ask(vault, list_onward_referrals, ClientQuestion(client_id=client, today=TODAY))


def may_be_told(vault: OpenVault, client: UUID) -> None:
    who = found(vault, Client, client)
    keep(vault, a_consent(who, purpose="share_service", given_on=days_ago(40), recipient=""))


def test_a_directory_from_nothing(desk: DeskWindow, vault: OpenVault) -> None:
    desk.key(Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    shown = directory(desk)
    desk.until(shown.nothing.isVisible)
    assert "No services yet" in desk.words(shown)
    desk.click(shown.new_button)
    desk.type("Debt Line Furness")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: names(shown) == ["Debt Line Furness"])
    assert desk.actions <= MOST_FOR_A_SERVICE
    told = {"purpose": "Company", "how_to_refer": "Walk in", "note": "Ask for Sam", "area": "Ulverston"}
    service(vault, "Zebra Café", sort="social", waiting_time="None", is_free="yes", **told)
    shown.refresh()
    shown.search.setText("ulverston")
    desk.until(lambda: names(shown) == ["Zebra Café"])
    said = desk.words(shown.card)
    for words in ("Nobody has confirmed this yet", "Company", "How to refer: Walk in", "Ask for Sam"):
        assert words in said
    desk.click(shown.confirm_button)
    desk.until(lambda: "Nobody has confirmed" not in desk.words(shown.card))
    shown.search.setText("nothing of the sort")
    desk.until(shown.nothing.isVisible)
    assert "Try fewer words" in desk.words(shown)
    shown.search.clear()
    desk.until(lambda: len(names(shown)) == 2)
    shown.sorts.setCurrentIndex(1)
    shown.sorts.activated.emit(1)
    desk.until(lambda: names(shown) == ["Zebra Café"])
    shown.sorts.activated.emit(0)
    desk.until(lambda: len(names(shown)) == 2)
    for column in range(5):
        shown.table.table.sort(column)
    shown.table.choose(shown.table.table.rows()[0].id)
    desk.click(shown.change_button)
    desk.fill(shown.form.form, sort="", is_free="", phone="01229 000001", confirmed_on="1/2/2026")
    desk.click(shown.form.save_button)
    desk.until(shown.list_card.isVisible)
    chosen = shown.table.current_row()
    assert chosen is not None
    assert chosen.phone == "01229 000001"
    assert chosen.unconfirmed == "Not confirmed since 1 Feb 2026"


def test_one_is_put_away_and_the_rules_are_set(desk: DeskWindow, vault: OpenVault) -> None:
    old = service(vault, "Old Hall")
    desk.window.go("services")
    shown = directory(desk)
    desk.until(lambda: names(shown) == ["Old Hall"])
    desk.click(shown.away_button)
    desk.until(lambda: not names(shown))
    desk.click(shown.away_chip)
    desk.until(lambda: names(shown) == ["Old Hall"])
    assert not shown.change_button.isVisible()
    shown.table.opened.emit(shown.table.current_row())
    assert shown.form.form is None
    service(vault, "Old Hall")
    desk.click(shown.back_button)
    assert "already" in desk.said[-1].words
    desk.press("Change: An answer of the service is waited for, days", shown.rules)
    desk.fill(shown.rules.form.form, number="21", source="Our policy")
    desk.click(shown.rules.form.save_button)
    desk.until(lambda: "waited for, days: 21" in desk.words(shown.rules))
    assert ask(vault, referral_rules)[ANSWER].number == 21
    for about, heading in (("new", "A service"), (old.hex, "Old Hall")):
        draft = DraftRow(f"service:{about}", "service", None, {}, _NOW)
        desk.window.go_on_writing(draft)
        settle()
        assert shown.form.heading.text() == heading
    assert not shown.wants(Changes(frozenset({Ref(Kind.JOB, old)}), old, ""))


def test_a_client_is_referred_and_followed_until_it_is_over(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    service(
        vault, "Debt Line Furness", sort="money_debt", phone="01229 000001", how_to_refer="Ring before ten"
    )
    may_be_told(vault, caseload.late)
    card = onward(desk, caseload.late)
    desk.until(lambda: "Nobody was asked to help yet" in desk.words(card))
    desk.click(card.add_button)
    desk.until(lambda: card.form.form is not None)
    desk.type("fur")
    popup = card.completer.popup()
    assert popup is not None
    assert popup.isVisible()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(popup, key)
    settle()
    assert card.form.form is not None
    field = card.form.form.input("service_name")
    assert isinstance(field, TextInput)
    assert field.value() == "Debt Line Furness"
    assert "Ring before ten" in card.about_service.text()
    desk.fill(card.form.form, reason="I want the letters to stop")
    desk.click(card.form.save_button)
    desk.until(lambda: "To ask there: 01229 000001" in desk.words(card))
    assert "Next: No answer to the referral yet: Debt Line Furness" in desk.words(card)
    papers = page(desk.view.parts[TABS.index("papers")], PapersTab)
    desk.until(lambda: "Debt Line Furness" in desk.words(papers.passed_on))
    desk.actions = 0
    desk.press("Answer: Debt Line Furness", card)
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: "Accepted" in desk.words(card))
    assert desk.actions <= MOST_FOR_AN_ANSWER
    desk.press("They came: Debt Line Furness", card)
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: "Has been there" in desk.words(card))
    desk.press("How it ended: Debt Line Furness", card)
    desk.fill(card.form.form, outcome="got_help", outcome_note="The letters stopped")
    desk.click(card.form.save_button)
    desk.until(lambda: "The letters stopped" in desk.words(card))
    (one,) = rows(vault, caseload.late)
    assert (one.answer, one.first_attended_on, one.outcome) == ("accepted", TODAY, "got_help")
    desk.window.undo.trigger()
    desk.until(lambda: rows(vault, caseload.late)[0].ended_on is None)


def test_without_a_permission_it_asks_for_a_reason_beside_the_field(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    card = onward(desk, caseload.today)
    page(desk.view.parts[TABS.index("papers")], PapersTab).go_on("onward", caseload.today.hex)
    desk.until(lambda: card.form.form is not None)
    desk.fill(card.form.form, service_name="Somebody kind", service_sort="legal")
    desk.click(card.form.save_button)
    assert card.form.form is not None
    assert set(card.form.form.refusals()) == {"override_reason"}
    desk.fill(card.form.form, override_reason="In danger today")
    desk.click(card.form.save_button)
    desk.until(lambda: "Why without a permission: In danger today" in desk.words(card))
    assert rows(vault, caseload.today)[0].sort == "Legal and immigration advice"


def test_today_leads_to_the_answer_and_all_of_it_can_be_read(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, theme: Theme, qapp: QApplication
) -> None:
    service(vault, "Debt Line Furness", sort="money_debt", waiting_time="Six weeks", phone="01229 000001")
    may_be_told(vault, caseload.coming)
    wish = ReferOn(
        client_id=caseload.coming, service_name="Debt Line Furness", made_on=days_ago(15), reason="Letters"
    )
    do(vault, refer_on, wish)
    desk.today.refresh()
    desk.until(lambda: [one for one in seen(desk.today, DueLine) if one.item.kind == KIND])
    (line,) = [one for one in seen(desk.today, DueLine) if one.item.kind == KIND]
    assert line.item.what == "No answer to the referral yet: Debt Line Furness"
    desk.click(line.record_button)
    card = page(desk.view.parts[TABS.index("papers")], PapersTab).onward
    desk.until(lambda: card.form.heading.text() == "What Debt Line Furness answered")
    for way in (lambda: None, lambda: desk.window.go("services")):
        way()
        settle()
        desk.until(lambda: ask(vault, list_services, ServicesQuestion(today=TODAY)).count == 1)
        assert accessibility_walk.walk(desk.window) == []
        desk.awake()
        assert accessibility_walk.focus_findings(desk.window) == []
    directory(desk).new_service()
    settle()
    assert accessibility_walk.walk(desk.window) == []
    theme.apply(qapp, "light", 2.0)
    settle()
    assert accessibility_walk.clipping_findings(desk.window) == []
