"""The parts of the data rights page, step by step: what is asked, what is refused beside its field, what is kept."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from coachdesk.casework.breaches import list_breaches
from coachdesk.casework.holding import KEEP, suggest_redactions
from coachdesk.casework.processing import list_activities
from coachdesk.casework.retention import list_retention_rules
from coachdesk.casework.rights_clock import clock_rules
from coachdesk.casework.rights_requests import RequestRow, RequestsQuestion, list_requests
from coachdesk.terms import Role
from coachdesk.ui.rights.other_words import marked_span
from coachdesk.ui.rights.page import RightsPage
from coachdesk.ui.rights.part import Part
from coachdesk.ui.rights.request_words import state_of
from coachdesk.ui.tokens import Tone
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow, settle
from tests.journeys.desk_window import page as as_page
from tests.makers import ask, furnished
from tests.ui.rights.rights_world import NOTE, RightsWorld, act_as, request, somebody_over
from tests.vault_fixtures import TODAY


def row_of(vault: OpenVault, request_id: object) -> RequestRow:
    rows = ask(vault, list_requests, RequestsQuestion(today=TODAY))
    return next(row for row in rows if row.id == request_id)


def test_requests_say_what_is_next_and_how_late_in_words(rights: RightsPage, desk: DeskWindow) -> None:
    lines = desk.words(rights.requests).splitlines()
    names = [line for line in lines if (":" in line and "Okonkwo" in line) or "Hussain" in line]
    assert names == ["Tariq Hussain: Complain", "Maya Okonkwo: See what we hold"]
    assert "10 days late" in lines
    assert "in 28 days" in lines
    assert "The clock stands" in lines
    assert "Answered" not in lines
    rights.requests.answered.setChecked(True)
    assert "Answered" in desk.words(rights.requests).splitlines()


def test_the_state_of_a_request_has_words_and_a_tone(vault: OpenVault, world: RightsWorld) -> None:
    access = row_of(vault, world.access)
    assert access.next_on is not None
    assert state_of(access, access.next_on)[1] is Tone.WARNING
    assert state_of(access, TODAY) == ("in 28 days", Tone.NEUTRAL)
    assert state_of(row_of(vault, world.complaint), TODAY) == ("10 days late", Tone.DANGER)
    assert state_of(row_of(vault, world.answered), TODAY) == ("Answered", Tone.OK)


def test_every_step_of_a_request_is_taken_in_the_window(
    rights: RightsPage, desk: DeskWindow, vault: OpenVault, world: RightsWorld
) -> None:
    view = rights.requests.request
    desk.press("Open: Maya Okonkwo: See what we hold, in 28 days", rights)
    desk.click(view.acknowledge_button)
    desk.click(view.form.save_button)
    assert row_of(vault, world.access).acknowledged_on == TODAY
    assert not view.acknowledge_button.isVisible()
    desk.click(view.stop_button)
    desk.click(view.form.save_button)
    assert view.form.form is not None
    assert view.form.form.refusals() == {"reason": "Say what we wait for."}
    desk.fill(view.form.form, reason="Which papers are meant?")
    desk.click(view.form.save_button)
    assert "The clock stands since Mon 5 Oct 2026: Which papers are meant?" in desk.words(view)
    assert not view.extend_button.isVisible()
    desk.click(view.start_button)
    desk.click(view.form.save_button)
    assert "The clock stood from Mon 5 Oct 2026 to Mon 5 Oct 2026: Which papers" in desk.words(view)
    desk.click(view.extend_button)
    desk.fill(view.form.form, reason="Ten years of papers")
    desk.click(view.form.save_button)
    assert row_of(vault, world.access).extended_on == TODAY
    assert "two months more because it was extended" in desk.words(view)
    desk.window.undo.trigger()
    assert row_of(vault, world.access).extended_on is None
    desk.click(view.answer_button)
    rights.requests.show_request(world.complaint.hex)
    assert view.form.isHidden()  # a form of another request is put away, kept as a draft
    desk.click(view.acknowledge_button)
    desk.click(view.form.save_button)
    assert "Without undue delay" in desk.words(view)
    desk.click(view.answer_button)
    desk.click(view.back_button)
    assert rights.requests.list.isVisible()
    assert view.form.isHidden()


def test_the_client_is_opened_or_erased_from_a_request(
    rights: RightsPage, desk: DeskWindow, world: RightsWorld
) -> None:
    opened: list[object] = []
    rights.open_client.disconnect()
    rights.open_client.connect(opened.append)
    rights.requests.show_request(world.access.hex)
    assert not rights.requests.request.erase_button.isVisible()
    desk.click(rights.requests.request.client_button)
    rights.requests.show_request(world.standing.hex)
    desk.click(rights.requests.request.erase_button)
    assert rights.retention.erase_card.isVisible()
    assert "Jean Postlethwaite" in rights.retention.erase_card.heading.text()
    desk.key(Qt.Key.Key_Escape)
    assert rights.retention.erase_card.isHidden()
    desk.press("Open Agnieszka Nowak (F-AGN7)", rights)
    rights.show_part(rights.openings)
    rights.openings.table.opened.emit(rights.openings.table.table.rows()[0])
    assert opened == [world.asker, world.over, world.over]


def test_passages_are_gone_through_and_left_in(
    rights: RightsPage, desk: DeskWindow, vault: OpenVault, world: RightsWorld
) -> None:
    pack = rights.requests.request.pack
    rights.requests.show_request(world.access.hex)
    assert "Passage 1 of 3" in pack.where.text()
    desk.click(pack.later_button)
    assert "Passage 2 of 3" in pack.where.text()
    desk.click(pack.earlier_button)
    pack.reason.line.setText("They are married")
    desk.click(pack.keep_button)
    assert "Passage 2 of 3" in pack.where.text()
    first = ask(vault, suggest_redactions, world.access)[0]
    assert (first.decision, first.reason) == (KEEP, "They are married")
    desk.click(pack.earlier_button)
    assert pack.decided.text() == "Left in. They are married"
    desk.dialogs.script(None)
    desk.click(pack.keep_button)
    for _ in range(2):
        desk.click(pack.out_button)
    desk.click(pack.make_button)
    assert pack.made.text() == ""
    assert "2 are taken out" in pack.count.text()


def test_a_passage_that_is_gone_is_said_beside_the_reason(
    rights: RightsPage, desk: DeskWindow, vault: OpenVault, world: RightsWorld
) -> None:
    pack = rights.requests.request.pack
    rights.requests.show_request(world.access.hex)
    act_as(vault, Role.AUDITOR)
    desk.click(pack.keep_button)
    assert "auditor" in pack.reason.refusal.text()


def test_other_words_need_to_be_marked_and_a_reason(
    rights: RightsPage, desk: DeskWindow, vault: OpenVault, world: RightsWorld
) -> None:
    others = rights.requests.request.pack.others
    rights.requests.show_request(world.access.hex)
    desk.click(others.open_button)
    texts = [others.texts.itemText(place) for place in range(others.texts.count())]
    others.texts.setCurrentIndex(next(at for at, text in enumerate(texts) if "Came with" in text))
    assert others.box.toPlainText() == NOTE
    desk.click(others.out_button)
    assert others.reason.refusal.text() == "Select the words first."
    others.box.moveCursor(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    desk.click(others.out_button)
    assert others.reason.refusal.text() == "Say why it is taken out."
    others.reason.line.setText("All of it is about others")
    desk.click(others.out_button)
    found = [one for one in ask(vault, suggest_redactions, world.access) if one.words == NOTE]
    assert [one.reason for one in found] == ["All of it is about others"]
    rights.requests.show_request(world.standing.hex)
    rights.requests.show_request(request(vault, world.asker, "access", 1).hex)
    assert not others.inside.isVisible()


@pytest.mark.parametrize(
    ("text", "span", "marked"),
    [
        ("one two", (4, 7), "two"),
        ("😀 two", (3, 6), "two"),
        ("a\r\nb\r\ncd", (4, 5), "c"),
        ("e😀", (1, 3), "😀"),
    ],
)
def test_marked_words_are_the_same_in_the_vault(text: str, span: tuple[int, int], marked: str) -> None:
    start, end = marked_span(text, *span)
    assert text[start:end] == marked


def test_nothing_to_decide_says_so(
    rights: RightsPage, desk: DeskWindow, vault: OpenVault, world: RightsWorld
) -> None:
    rights.requests.show_request(request(vault, world.over, "access", 2).hex)
    assert "Nothing was found" in desk.words(rights.requests)
    assert rights.requests.request.pack.make_button.isEnabled()


def test_the_picker_says_when_nobody_matches_and_goes_away(rights: RightsPage, desk: DeskWindow) -> None:
    picker = rights.requests.picker
    desk.click(rights.requests.add_button)
    desk.type("xyzzy")
    desk.until(lambda: "Nobody matches" in picker.words.text())
    desk.key(Qt.Key.Key_Return)
    assert picker.isVisible()
    picker.field.clear()
    desk.until(lambda: picker.words.text() == "Start typing.")
    desk.type("maya")
    desk.until(lambda: picker.found.count() == 1)
    desk.click(picker.away_button)
    assert picker.isHidden()
    desk.click(rights.requests.add_button)
    desk.type("maya")
    desk.until(lambda: picker.found.count() == 1)
    found = picker.found.itemAt(0)
    assert found is not None
    button = found.widget()
    assert button is not None
    desk.click(button)
    assert "Maya Okonkwo" in rights.requests.form.heading.text()


def test_a_request_comes_from_the_clients_page(desk: DeskWindow, world: RightsWorld) -> None:
    desk.open(world.asker)
    desk.click(desk.view.header.menu_button)
    menu = desk.view.header.menu_button.menu_shown
    assert menu is not None
    next(one for one in menu.actions() if "Data request" in one.text().replace("&", "")).trigger()
    menu.close()
    settle()
    rights = as_page(desk.window.pages["rights"], RightsPage)
    assert rights.requests.form.isVisible()
    desk.fill(rights.requests.form.form, received_on="tomorrow", kind="complaint")
    desk.click(rights.requests.form.save_button)
    assert rights.requests.form.form is not None
    assert "received_on" in rights.requests.form.form.refusals()
    assert desk.window.place().key == "rights"


def test_a_rule_is_changed_with_its_source(
    rights: RightsPage, desk: DeskWindow, vault: OpenVault, world: RightsWorld
) -> None:
    somebody_over(vault, world.programme, "Zofia")
    rights.show_part(rights.retention)
    assert "Time is over for 2 people" in desk.words(rights)
    assert "24 months, counted from: the day the client left. Says who: Trustees’ policy" in desk.words(
        rights
    )
    desk.press("Change how long records are kept: Community grant", rights)
    form = rights.retention.rule_form
    desk.fill(form.form, months="90", source_note="")
    desk.click(form.save_button)
    assert form.form is not None
    assert "source_note" in form.form.refusals()
    desk.fill(form.form, source_note="Grant agreement, page 4")
    desk.click(form.save_button)
    rules = {row.programme_id: row for row in ask(vault, list_retention_rules)}
    assert rules[world.programme].months == 90
    assert "Nobody’s time is over" in desk.words(rights)


def test_the_certificate_asks_for_days_that_can_be(rights: RightsPage, desk: DeskWindow) -> None:
    rights.show_part(rights.retention)
    card = rights.retention.certificate
    desk.fill(card.form, to_on="")
    desk.click(card.save_button)
    assert "to_on" in card.form.refusals()
    desk.fill(card.form, to_on="1 January 2026", from_on="2 January 2026")
    desk.dialogs.script(None, Path("never.pdf"))
    desk.click(card.save_button)
    desk.click(card.save_button)
    assert "The last day is before the first" in rights.refusal.message.text()
    rights.show_part(rights.breaches)
    assert rights.refusal.isHidden()


def test_a_breach_is_written_down_and_closed(rights: RightsPage, desk: DeskWindow, vault: OpenVault) -> None:
    part = rights.breaches
    rights.show_part(part)
    assert "3 people touched" in desk.words(part)
    assert "No time limit for telling the regulator is set" in desk.words(part)
    desk.click(part.add_button)
    desk.click(part.form.save_button)
    assert part.form.form is not None
    assert "what_happened" in part.form.form.refusals()
    desk.fill(part.form.form, what_happened="A letter went to the wrong house", risk="some")
    desk.click(part.form.save_button)
    desk.press("What came of it: A letter went to the wrong house", part)
    desk.fill(part.form.form, closed_on="today", decision_note="It came back unopened")
    desk.click(part.form.save_button)
    (closed,) = [row for row in ask(vault, list_breaches) if row.closed_on == TODAY]
    assert (closed.decision_note, closed.risk) == ("It came back unopened", "some")
    assert "Closed on 5 October 2026" in desk.words(part)


def test_the_record_of_processing_is_edited_and_saved_to_print(
    rights: RightsPage, desk: DeskWindow, vault: OpenVault, tmp_path: Path
) -> None:
    part = rights.processing
    rights.show_part(part)
    assert "Not decided yet" in desk.words(part)
    blanks = sum(len(row.blanks()) for row in ask(vault, list_activities))
    assert part.blanks.text() == f"{blanks} answers to decide"
    desk.press("Change: Returns to funders", part)
    desk.fill(part.form.form, lawful_basis="Article 6(1)(f)")
    desk.click(part.form.save_button)
    assert part.blanks.text() == f"{blanks - 1} answers to decide"
    desk.click(part.add_button)
    desk.fill(part.form.form, title="Newsletter", purpose="News")
    desk.click(part.form.save_button)
    assert [row.title for row in ask(vault, list_activities)][-1] == "Newsletter"
    paper = tmp_path / "record.pdf"
    desk.dialogs.script(None, paper)
    desk.click(part.print_button)
    desk.click(part.print_button)
    assert paper.read_bytes().startswith(b"%PDF")


def test_openings_are_shown_by_days_and_with_their_reason(rights: RightsPage, desk: DeskWindow) -> None:
    part = rights.openings
    rights.show_part(part)
    (opening,) = part.table.table.rows()
    shown = [column.text(opening) for column in part.table.table.columns]
    assert shown[1:] == ["Ruth Ellison", "Agnieszka Nowak", "Covering for a colleague"]
    assert "1 opening" in part.count.text()
    part.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    desk.fill(part.form, from_on="1 January 2026", to_on="2 January 2026")
    desk.click(part.show_button)
    assert part.nothing.isVisible()
    desk.fill(part.form, from_on="")
    desk.click(part.show_button)
    assert "from_on" in part.form.refusals()


def test_a_time_limit_is_set_with_its_source(rights: RightsPage, desk: DeskWindow, vault: OpenVault) -> None:
    part = rights.clocks
    rights.show_part(part)
    assert "Answer within 1 month, 2 months more when extended, our own aim is 28 days" in desk.words(part)
    assert "Not decided yet: no date is worked out" in desk.words(part)
    desk.press("Change: Something went wrong with data", part)
    desk.fill(part.form.form, acknowledge_days="3", source="Our data protection lead")
    desk.click(part.form.save_button)
    assert ask(vault, clock_rules)["breach"].acknowledge_days == 3
    assert "Decide within 3 days whether to tell the regulator" in desk.words(part)
    desk.press("Change: See what we hold", part)
    desk.fill(part.form.form, source="")
    desk.click(part.form.save_button)
    assert part.form.form is not None
    assert part.form.form.refusals() == {"source": "Say where this comes from."}
    assert desk.button("Change: Complain", part).isEnabled()


def test_a_coach_sees_requests_and_is_told_whom_to_ask_for_the_rest(
    vault: OpenVault, world: RightsWorld, desk: DeskWindow
) -> None:
    act_as(vault, Role.COACH)
    desk.window.go("settings")
    desk.press("Data rights", desk.settings)
    rights = as_page(desk.window.pages["rights"], RightsPage)
    assert not rights.reminder.isVisible()
    rights.requests.show_request(world.standing.hex)
    assert not rights.requests.request.erase_button.isVisible()
    closed: tuple[Part, ...] = (rights.retention, rights.openings)
    for part in closed:
        rights.show_part(part)
        settle()
        assert "Only managers see this" in desk.words(part)
        assert "Nowak" not in desk.words(part)
    for part in (rights.processing, rights.clocks):
        rights.show_part(part)
        assert "Change" not in [
            button.text() for button in part.findChildren(type(rights.requests.add_button))
        ]


def test_an_empty_page_says_what_would_be_there(vault: OpenVault, desk: DeskWindow) -> None:
    furnished(vault)
    desk.window.go("rights")
    rights = as_page(desk.window.pages["rights"], RightsPage)
    assert "No request is open" in desk.words(rights)
    rights.show_part(rights.retention)
    assert "No rule yet, so nobody is listed for:" in desk.words(rights)
    assert "Nobody has been erased yet." in desk.words(rights)
    rights.show_part(rights.breaches)
    assert "Nothing went wrong, as far as is written down" in desk.words(rights)
