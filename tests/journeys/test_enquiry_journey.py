"""No wrong door: an enquiry from anywhere, waiting in sight, and a client with what was typed carried over."""

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from coachdesk.casework.enquiries import EnquiriesQuestion, RecordEnquiry, list_enquiries, record_enquiry
from coachdesk.desk.counter import Executors
from coachdesk.models import Client, Coach, Enquiry, Enrolment
from coachdesk.terms import Role
from coachdesk.ui.enquiries.enquiry_line import EnquiryLine
from coachdesk.ui.enquiries.page import EnquiriesPage
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen, settle
from tests.makers import a_client, a_coach, ask, days_ago, do, found, keep
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
MOST_FOR_AN_ENQUIRY = 4
"""The key, from field to field, and saved; the budget names no row for it, so it is held to less than a contact."""


def enquiries(desk: DeskWindow) -> EnquiriesPage:
    return page(desk.window.pages["enquiries"], EnquiriesPage)


def lines(desk: DeskWindow) -> list[EnquiryLine]:
    settle()
    return seen(enquiries(desk), EnquiryLine)


def asked(vault: OpenVault, name: str = "Zofia Nowak", **values: Any) -> UUID:
    told = {"reach": "07700 900321", "received_on": TODAY, "coach_id": vault.coach_id, **values}
    return do(vault, record_enquiry, RecordEnquiry(name=name, **told))[0]


def raw(desk: DeskWindow) -> dict[str, Any]:
    """Return what stands in the form for an enquiry, which is open."""
    form = enquiries(desk).form.form
    assert form is not None
    return form.raw()


def test_an_enquiry_by_keyboard_from_anywhere(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    del caseload
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.key(Qt.Key.Key_E, CONTROL, SHIFT)
    form = enquiries(desk).form
    desk.until(lambda: form.form is not None)
    desk.type("Zofia Nowak")
    desk.key(Qt.Key.Key_Tab)
    desk.type("07700 900321")
    desk.key(Qt.Key.Key_Tab)
    desk.type("Rang after seeing the poster")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: [line.found.name for line in lines(desk)] == ["Zofia Nowak"])
    assert desk.actions <= MOST_FOR_AN_ENQUIRY
    (row,) = ask(vault, list_enquiries, EnquiriesQuestion(today=TODAY)).rows
    assert (row.reach, row.note, row.received_on, row.coach_id, row.source) == (
        "07700 900321", "Rang after seeing the poster", TODAY, vault.coach_id, "not_asked",
    )  # fmt: skip
    assert enquiries(desk).new_button.hasFocus()
    desk.key(Qt.Key.Key_Z, CONTROL, SHIFT)
    desk.until(lambda: not lines(desk))
    assert "Nobody waits for an answer" in desk.words(enquiries(desk))


def test_the_rarer_questions_are_a_step_further(desk: DeskWindow, vault: OpenVault) -> None:
    desk.window.go("enquiries")
    desk.press("New enquiry")
    form = enquiries(desk).form
    assert form.form is not None
    assert not form.form.row("source").isVisible()
    desk.fill(form.form, name="Zofia", reach="at the library")
    desk.click(form.more_button)
    assert not form.more_button.isVisible()
    desk.fill(form.form, source="gp_practice", referrer="Dr Shah", received_on="yesterday", coach_id="")
    desk.click(form.save_button)
    (line,) = lines(desk)
    assert (line.found.referrer, line.found.received_on, line.found.coach_id) == (
        "Dr Shah",
        days_ago(1),
        None,
    )
    said = desk.words(line)
    for words in ("Waits 1 day", "at the library", "GP practice", "Dr Shah", "with nobody yet"):
        assert words in said
    desk.click(line.buttons["changes"])
    assert form.form is not None
    assert form.form.raw()["source"] == "gp_practice"
    desk.fill(form.form, name="Zofia Nowak")
    desk.click(form.save_button)
    (line,) = lines(desk)
    assert (line.found.name, line.found.referrer) == ("Zofia Nowak", "Dr Shah")


def test_what_is_missing_is_said_beside_the_field(desk: DeskWindow) -> None:
    desk.window.new_enquiry()
    form = enquiries(desk).form
    desk.fill(form.form, name="Zofia")
    desk.click(form.save_button)
    assert form.form is not None
    assert set(form.form.refusals()) == {"reach"}


def test_closing_opening_again_and_who_waits_longest(desk: DeskWindow, vault: OpenVault) -> None:
    asked(vault, "Ada Ash", received_on=days_ago(1))
    asked(vault, "Bea Birch", received_on=days_ago(9), note="Needs a quiet place")
    desk.window.go("enquiries")
    assert [line.found.name for line in lines(desk)] == ["Bea Birch", "Ada Ash"]
    first = lines(desk)[0]
    assert "Waits 9 days" in desk.words(first)
    assert "Needs a quiet place" in desk.words(first)
    desk.click(first.buttons["closes"])
    form = enquiries(desk).form
    assert not form.more_button.isVisible()
    desk.fill(form.form, outcome="signposted")
    desk.click(form.save_button)
    assert [line.found.name for line in lines(desk)] == ["Ada Ash"]
    assert enquiries(desk).waiting_chip.text() == "Waiting 1"
    desk.click(enquiries(desk).closed_chip)
    (closed,) = lines(desk)
    assert "Pointed to somebody else" in desk.words(closed)
    desk.click(closed.buttons["reopens"])
    assert lines(desk) == []
    assert "No enquiry has been closed yet" in desk.words(enquiries(desk))
    desk.click(enquiries(desk).waiting_chip)
    assert [line.found.name for line in lines(desk)] == ["Bea Birch", "Ada Ash"]


def test_today_names_those_who_wait_too_long(desk: DeskWindow, vault: OpenVault) -> None:
    asked(vault, received_on=days_ago(9))
    desk.today.refresh()
    desk.until(lambda: "1 enquiry waits for an answer" in desk.words(desk.today))
    assert "The longest for 9 days" in desk.words(desk.today)


def test_an_enquiry_becomes_a_client_with_what_was_typed(desk: DeskWindow, vault: OpenVault) -> None:
    enquiry = asked(
        vault, "Zofia Nowak", reach="zofia@example.org / 07700 900321, evenings", received_on=days_ago(4),
        source="social_prescriber", referrer="Priya Nair", note="Wants mornings",
    )  # fmt: skip
    desk.window.go("enquiries")
    (line,) = lines(desk)
    desk.click(line.buttons["becomes"])
    new = desk.window.clients.new
    assert new.isVisible()
    assert new.heading.text() == "Zofia Nowak becomes a client"
    assert new.form is not None
    told = new.form.raw()
    assert (told["first_name"], told["last_name"], told["phone"], told["email"]) == (
        "Zofia", "Nowak", "07700 900321", "zofia@example.org",
    )  # fmt: skip
    assert (told["source"], told["referrer"]) == ("social_prescriber", "Priya Nair")
    desk.fill(new.form, programme_key="connect-to-work", accepted_on="today")
    assert new.form.values()["received_on"] == days_ago(4)
    desk.control(Qt.Key.Key_Return)
    assert desk.view.header.name.text() == "Zofia Nowak"
    assert desk.window.clients.client_id == enquiry
    client = found(vault, Client, enquiry)
    assert (client.safe_contact_note, client.coach_id) == (
        "zofia@example.org / 07700 900321, evenings",
        vault.coach_id,
    )
    with reading(vault) as session:
        (enrolment,) = session.query(Enrolment).where(Enrolment.client_id == enquiry)
    assert (enrolment.received_on, enrolment.accepted_on, enrolment.referrer) == (
        days_ago(4),
        TODAY,
        "Priya Nair",
    )
    desk.tab("details")
    said = desk.words(desk.view)
    for words in ("How it began", "Wants mornings", "Social prescriber  ·  Priya Nair  ·  Became a client"):
        assert words in said
    desk.window.go("enquiries")
    assert lines(desk) == []
    desk.click(enquiries(desk).closed_chip)
    (line,) = lines(desk)
    assert "Became a client" in desk.words(line)
    desk.window.go("today")
    desk.window.go("enquiries")
    (line,) = lines(desk)
    desk.click(line.buttons["client"])
    assert desk.window.clients.client_id == enquiry
    desk.key(Qt.Key.Key_Z, CONTROL, SHIFT)
    assert found(vault, Enquiry, enquiry).client_id is None


def test_who_is_here_already_gets_the_enquiry_with_one_key(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    enquiry = asked(vault, "Tariq Husain")
    desk.window.go("enquiries")
    (line,) = lines(desk)
    desk.click(line.buttons["becomes"])
    new = desk.window.clients.new
    desk.until(new.same.isVisible)
    assert [item.id for item in new.found.items()] == [caseload.today]
    desk.key(Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: desk.window.clients.client_id == caseload.today)
    kept = found(vault, Enquiry, enquiry)
    assert (kept.client_id, kept.outcome) == (caseload.today, "was_client")


def test_a_colleagues_client_is_named_and_the_enquiry_stays(desk: DeskWindow, vault: OpenVault) -> None:
    colleague = a_coach(name="Iqra Malik")
    keep(vault, colleague)
    keep(vault, a_client(first_name="Zofia", last_name="Nowak", coach_id=colleague.id))
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    enquiry = asked(vault)
    desk.window.go("enquiries")
    (line,) = lines(desk)
    desk.click(line.buttons["becomes"])
    new = desk.window.clients.new
    desk.until(new.same.isVisible)
    desk.click(new.instead_button)
    assert [message.words for message in desk.said][-1:] == ["Zofia Nowak is with Iqra Malik."]
    assert found(vault, Enquiry, enquiry).client_id is None
    new.open_found(enquiry)
    assert found(vault, Enquiry, enquiry).client_id is None


def test_what_was_begun_comes_back(desk: DeskWindow, vault: OpenVault) -> None:
    desk.window.new_enquiry()
    form = enquiries(desk).form
    desk.type("Zofia")
    desk.click(form.more_button)
    assert form.form is not None
    form.form.input("referrer").focus()
    desk.type("Dr Shah")
    desk.key(Qt.Key.Key_Escape)
    assert not form.isVisible()
    desk.window.go_drafts()
    settle()
    desk.press("Go on writing: New enquiry")
    desk.until(lambda: form.recovered is not None)
    assert (raw(desk)["name"], raw(desk)["referrer"]) == ("Zofia", "Dr Shah")
    assert not form.more_button.isVisible()
    asked(vault, "Ada Ash")
    enquiries(desk).refresh()
    desk.click(lines(desk)[0].buttons["changes"])
    assert raw(desk)["name"] == "Ada Ash"
    enquiries(desk).go_on("enquiry:of somebody else")
    assert raw(desk)["name"] == "Ada Ash"
    for _ in range(2):
        desk.window.new_enquiry()
        assert raw(desk)["name"] == "Zofia"


def test_a_refusal_to_open_again_is_said(desk: DeskWindow, vault: OpenVault) -> None:
    enquiry = asked(vault)
    with unit_of_work(vault) as work:
        work.session.get_one(Enquiry, enquiry).closed_on = TODAY
    desk.window.go("enquiries")
    desk.click(enquiries(desk).closed_chip)
    (line,) = lines(desk)
    with unit_of_work(vault) as work:
        work.session.get_one(Enquiry, enquiry).closed_on = None
    desk.click(line.buttons["reopens"])
    assert [message.words for message in desk.said][-1:] == ["This enquiry is open."]
