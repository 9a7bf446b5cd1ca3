"""The programmes of a client in the window: reasons, pauses, the end, what is asked later, and beginning again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from coachdesk.casework.enrolments import EnrolmentRow, list_enrolments
from coachdesk.casework.notices import SetNoticeVersion, notice_version, set_notice_version
from coachdesk.models import Programme
from coachdesk.ui.clients.enrolment_card import EnrolmentCard
from coachdesk.ui.clients.enrolment_tab import EnrolmentTab
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.settings.notice_card import NoticeVersionCard
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import Caseload, a_caseload
from tests.journeys.desk_window import DeskWindow, seen
from tests.makers import a_client, ask, do, keep


@pytest.fixture
def caseload(vault: OpenVault) -> Caseload:
    return a_caseload(vault)


@pytest.fixture
def desk(
    caseload: Caseload, vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> Iterator[DeskWindow]:
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    opened.open(caseload.today)
    opened.tab("programmes")
    yield opened
    opened.close()


def tab(desk: DeskWindow) -> EnrolmentTab:
    (found,) = seen(desk.view, EnrolmentTab)
    return found


def form(desk: DeskWindow) -> SideForm:
    (found,) = seen(desk.view.stack, SideForm)
    return found


def save(desk: DeskWindow, **typed: Any) -> None:
    desk.fill(form(desk).form, **typed)
    desk.click(form(desk).save_button)


def words(desk: DeskWindow) -> str:
    return desk.words(tab(desk))


def rows(vault: OpenVault, caseload: Caseload) -> tuple[EnrolmentRow, ...]:
    return ask(vault, list_enrolments, caseload.today)


def test_an_enrolment_is_changed_and_its_reasons_are_said(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    assert "No reason declared yet." in words(desk)
    desk.press("Change the enrolment on Connect to Work")
    save(desk, referrer="Dr Shah", expected_end_on="1/6/2027", source="gp_practice")
    said = words(desk)
    assert "GP practice: Dr Shah" in said
    assert "Tue 1 Jun 2027" in said
    desk.press("Change the reasons on Connect to Work")
    assert "no proof is asked for" in desk.words(form(desk))
    save(desk, reasons=["carer", "other"])
    assert form(desk).form is not None
    save(desk, other_words="Long covid")
    assert "Here because of: Carer, Long covid" in words(desk)
    desk.press("Change the reasons on Connect to Work")
    assert form(desk).form.raw()["other_words"] == "Long covid"  # type: ignore[union-attr]  # it was just opened
    desk.press("Put away", form(desk))
    assert rows(vault, caseload)[0].source == "gp_practice"


def test_a_programme_that_asks_for_evidence_says_which(desk: DeskWindow, vault: OpenVault) -> None:
    with unit_of_work(vault, label="The grant letter") as work:
        programme = work.session.scalars(select(Programme).where(Programme.key == "connect-to-work")).one()
        programme.definition = {**programme.definition, "eligibility": {"evidence": "A letter"}}
    tab(desk).refresh()
    desk.press("Change the reasons on Connect to Work")
    assert "This programme asks for: A letter" in desk.words(form(desk))
    save(desk, reasons=["carer"], evidence="Letter of 3 May")
    assert "Here because of: Carer" in words(desk)


def test_support_rests_and_goes_on(desk: DeskWindow) -> None:
    desk.press("Pause support on Connect to Work")
    desk.click(form(desk).save_button)
    assert "reason" in form(desk).form.refusals()  # type: ignore[union-attr]  # it stays open
    save(desk, reason="hospital", words="knee")
    said = words(desk)
    assert "Paused since Mon 5 Oct 2026: In hospital: knee" in said
    assert "Paused" in said
    desk.press("Support on Connect to Work goes on")
    desk.click(form(desk).save_button)
    assert "Paused Mon 5 Oct 2026 to Mon 5 Oct 2026" in words(desk)
    desk.press("Support on Connect to Work goes on")
    desk.press("Put away", form(desk))


def test_pauses_to_come_and_past_are_told_apart(desk: DeskWindow) -> None:
    desk.press("Pause support on Connect to Work")
    save(desk, from_on="1/9/2026", to_on="9/9/2026", words="Holiday")
    desk.press("Pause support on Connect to Work")
    save(desk, from_on="1/12/2026", to_on="9/12/2026", reason="holiday")
    said = words(desk)
    assert "Pause to come, Tue 1 Dec 2026 to Wed 9 Dec 2026: Holiday" in said
    assert "Was paused Tue 1 Sep 2026 to Wed 9 Sep 2026: Holiday" in said


def test_support_ends_is_asked_about_and_begins_again(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.press("End support", desk.view)
    save(desk, exit_reason="into_work_complete", destination="Bay Bakery", may_ask_later="yes")
    assert "ask_on" in form(desk).form.refusals()  # type: ignore[union-attr]  # it stays open
    save(desk, ask_on="6/10/2026", what_stands="Knows whom to ring")
    said = words(desk)
    for told in ("Ended Mon 5 Oct 2026", "Bay Bakery", "Knows whom to ring", "yes, on Tue 6 Oct 2026"):
        assert told in said, told
    desk.press("We asked")
    save(desk, answer="Still there", ask_again_on="1/12/2026")
    assert "5 Oct 2026: Still there" in words(desk)
    desk.press("What stands…")
    save(desk, may_ask_later="no", ask_on="")
    assert "May ask later: no" in words(desk)
    desk.press("What stands…")
    save(desk, may_ask_later="")
    assert "May ask later: not asked" in words(desk)
    desk.press("Begin again on Connect to Work")
    save(desk, accepted_on="today", started_on="today")
    said = words(desk)
    assert "Time 2 on this programme" in said
    assert "Going on" in said
    newest, first = rows(vault, caseload)
    assert (newest.episode, first.destination) == (2, "Bay Bakery")


def test_another_programme_runs_beside_it(desk: DeskWindow, vault: OpenVault, caseload: Caseload) -> None:
    desk.press("Enrol on a programme")
    save(desk, programme_key="connect-to-work")
    assert "programme_key" in form(desk).form.refusals()  # type: ignore[union-attr]  # it stays open
    save(desk, programme_key="workwell", reasons=["carer"])
    assert "Waiting to start" in words(desk)
    assert [row.programme for row in rows(vault, caseload)] == ["WorkWell", "Connect to Work"]


def test_a_rhythm_is_agreed_and_given_up(desk: DeskWindow) -> None:
    assert "Every 28 days. Usual for" in words(desk)
    desk.press("Agree a rhythm")
    assert form(desk).form.raw()["every_days"] == "28"  # type: ignore[union-attr]  # it was just opened
    save(desk, every_days="14", reason="Wants a text on Mondays")
    assert "Every 14 days, agreed on Mon 5 Oct 2026. Wants a text on Mondays" in words(desk)
    desk.press("Back to the usual")
    assert "Every 28 days. Usual for" in words(desk)


def test_somebody_on_no_programme_may_begin(desk: DeskWindow, vault: OpenVault) -> None:
    enquirer = a_client(first_name="Quinn", coach_id=vault.coach_id)
    keep(vault, enquirer)
    desk.open(enquirer.id)
    desk.tab("programmes")
    assert "On no programme yet" in words(desk)
    assert "No rhythm is agreed" in words(desk)
    desk.press("Agree a rhythm")
    save(desk, every_days="1")
    assert "Every day, agreed" in words(desk)
    desk.press("Enrol on a programme", tab(desk))
    save(desk, programme_key="workwell")
    assert "Waiting to start" in words(desk)


def test_the_history_of_an_enrolment_is_one_press_away(desk: DeskWindow) -> None:
    (card,) = seen(tab(desk), EnrolmentCard)
    desk.click(seen(card, HistoryButton)[0])
    assert desk.view.tabs.tabText(desk.view.tabs.currentIndex()) == "History"


@pytest.mark.parametrize(
    ("opens", "key"),
    [("Agree a rhythm", "programmes:rhythm"), ("Enrol on a programme", "programmes:begin")],
)
def test_what_was_typed_is_found_again(desk: DeskWindow, opens: str, key: str) -> None:
    desk.press(opens)
    shown = form(desk)
    assert shown.form is not None
    shown.form.draft.emit({**shown.form.raw(), next(iter(shown.form.names())): "something"})
    kept: list[Any] = []
    desk.desk.read_drafts(kept.extend)
    assert kept[0].key.startswith(key)
    desk.press("Put away", shown)
    desk.window.go("today")
    desk.window.go_on_writing(kept[0])
    desk.until(lambda: form(desk).form is not None)


def test_the_notice_is_given_and_its_wording_put_into_force(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.tab("details")
    assert "Not given" in desk.words(desk.view)
    desk.press("Notice given")
    save(desk, version="May 2026", how="read_out", note="In Polish")
    assert "Mon 5 Oct 2026: wording May 2026, read out. In Polish" in desk.words(desk.view)
    do(vault, set_notice_version, SetNoticeVersion(version="October 2026"))
    desk.view.refresh()
    assert "An older wording" in desk.words(desk.view)
    desk.press("Notice given")
    assert form(desk).form.raw()["version"] == "October 2026"  # type: ignore[union-attr]  # it was just opened
    desk.click(form(desk).save_button)
    assert "Mon 5 Oct 2026: wording October 2026, not asked" in desk.words(desk.view)
    desk.press("Notice given")
    shown = form(desk)
    shown.form.draft.emit({**shown.form.raw(), "note": "half a sentence"})  # type: ignore[union-attr]  # as above
    kept: list[Any] = []
    desk.desk.read_drafts(kept.extend)
    desk.press("Put away", shown)
    for client in (caseload.today, caseload.late):
        desk.open(client)
        desk.window.go("today")
    desk.window.go_on_writing(kept[0])
    desk.until(lambda: form(desk).form is not None)


def test_a_manager_says_which_wording_is_in_force(desk: DeskWindow, vault: OpenVault) -> None:
    desk.window.go("settings")
    desk.settings.tabs.setCurrentIndex(2)
    (card,) = seen(desk.settings, NoticeVersionCard)
    card.version.setFocus()
    desk.type("May 2026")
    desk.key(Qt.Key.Key_Return)
    assert ask(vault, notice_version, None) == "May 2026"
    card.version.clear()
    card.refresh()
    assert card.version.text() == "", "what somebody is writing stays, whatever is in force"
    card.version.setText("may-2026")
    desk.click(card.save_button)
    assert "nearly the same" in desk.words(desk.window) or desk.said
