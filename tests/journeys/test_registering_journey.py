"""Finding somebody, and registering somebody new, by keyboard alone within the interaction budget (rows 1 and 7)."""

import pytest
from PySide6.QtCore import Qt
from sqlalchemy import select

from coachdesk.casework.codes import list_codes
from coachdesk.casework.duplicates import LikelyDuplicates
from coachdesk.desk.counter import Executors
from coachdesk.models import Client, Enrolment
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow
from tests.makers import a_client, ask, found, keep
from tests.vault_fixtures import PERSON, TODAY

pytestmark = pytest.mark.journey

MOST_TO_FIND = 2
MOST_TO_REGISTER = 25


def next_field(desk: DeskWindow, words: str = "") -> None:
    """Go to the next field, and type what is to stand there."""
    desk.key(Qt.Key.Key_Tab)
    if words:
        desk.type(words)


def test_a_half_remembered_name_is_found_and_opened(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.control(Qt.Key.Key_K)
    desk.find("postlethwayt", caseload.coming)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.header.name.text() == "Jean Postlethwaite")
    assert desk.actions <= MOST_TO_FIND


def test_the_minimum_set_of_a_new_client(vault: OpenVault, caseload: Caseload, open_desk: Opener) -> None:
    del caseload
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.control(Qt.Key.Key_K)
    desk.type("Zofia Nowak")
    desk.until(lambda: "Nobody matches" in desk.window.find_box.words.text())
    desk.key(Qt.Key.Key_Return)
    new = desk.window.clients.new
    desk.until(lambda: new.form is not None and new.form.input("last_name").raw() == "Nowak")
    assert new.form is not None
    for words in ("", "Zosia", "9/4/1974", "07700 900321", "zofia@example.org", "LA14 1AA"):
        next_field(desk, words)
    next_field(desk)
    desk.key(Qt.Key.Key_Down)
    desk.key(Qt.Key.Key_Down)
    assert new.form.raw()["programme_key"] == "connect-to-work"
    next_field(desk)
    desk.key(Qt.Key.Key_S)
    assert new.form.raw()["route"] == "signed_off"
    next_field(desk)
    next_field(desk)
    for _ in range(3):
        desk.key(Qt.Key.Key_Down)
    next_field(desk, "Dr Shah")
    next_field(desk)
    next_field(desk)
    next_field(desk)
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.header.name.text() == "Zosia Nowak")
    assert desk.actions <= MOST_TO_REGISTER
    assert desk.view.client_id is not None
    client = found(vault, Client, desk.view.client_id)
    assert (client.first_name, client.phone, client.email, client.postcode, client.coach_id) == (
        "Zofia", "07700 900321", "zofia@example.org", "LA14 1AA", vault.coach_id,
    )  # fmt: skip
    assert client.born_from is not None
    with reading(vault) as session:
        enrolment = session.scalars(select(Enrolment).where(Enrolment.client_id == client.id)).one()
    assert (enrolment.source, enrolment.referrer, enrolment.route, enrolment.received_on) == (
        "gp_practice", "Dr Shah", "signed_off", TODAY,
    )  # fmt: skip


def test_somebody_already_here_is_shown_with_why_birth_date_and_worker_and_opened_by_one_key(
    desk: DeskWindow, vault: OpenVault
) -> None:
    known = a_client(reference="C-0301", first_name="Deborah", last_name="Hartley", coach_id=vault.coach_id)
    keep(vault, known)
    desk.window.new_client("Debbie Hartley")
    new = desk.window.clients.new
    desk.until(new.same.isVisible)
    (item,) = new.found.items()
    assert item.id == known.id
    assert item.detail == f"born 9 Apr 1990, 36 · {PERSON}"
    assert "name" in item.due
    before = desk.actions
    desk.key(Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: desk.window.clients.client_id == known.id)
    assert desk.actions == before + 1


def test_every_source_of_a_referral_can_be_said(desk: DeskWindow, vault: OpenVault) -> None:
    desk.window.new_client("Zofia Nowak")
    form = desk.window.clients.new.form
    assert form is not None
    sources = [one.key for one in ask(vault, list_codes, "referral_source") if one.key not in UNSTATED_WORDS]
    assert len(sources) == len(set(sources)) == 19
    for source in sources:
        desk.fill(form, source=source)


def test_a_name_typed_with_a_title_or_turned_round_is_split(desk: DeskWindow) -> None:
    for typed, first, last in (("Mrs Maya van Dijk", "Maya", "van Dijk"), ("Okonkwo, Ada", "Ada", "Okonkwo")):
        desk.window.new_client(typed)
        form = desk.window.clients.new.form
        assert form is not None
        assert (form.raw()["first_name"], form.raw()["last_name"]) == (first, last)


def test_an_answer_that_comes_late_is_not_shown(desk: DeskWindow, vault: OpenVault) -> None:
    keep(vault, a_client(first_name="Deborah", last_name="Hartley", coach_id=vault.coach_id))
    desk.window.new_client("Deborah Hartley")
    new = desk.window.clients.new
    desk.until(new.same.isVisible)
    assert new.form is not None
    desk.fill(new.form, birth="9/4/1990")
    new.look()
    why = new.found.items()[0].due
    assert "birth date" in why
    earlier = LikelyDuplicates(first_name="Deborah", last_name="Hartley", today=TODAY)
    new.hear_found((earlier, ()))
    assert new.found.items()[0].due == why
