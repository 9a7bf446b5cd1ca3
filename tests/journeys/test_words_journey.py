"""Words of a return, a case study, and a funder's sheet: each from the first button to what leaves."""

import datetime as dt
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QLabel
from sqlalchemy import select

from coachdesk.models import CaseStudy, Coach, Consent
from coachdesk.returns.case_studies import list_case_studies
from coachdesk.terms import Role
from coachdesk.ui.returns.words import WordsPart
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import a_caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen, settle
from tests.makers import ask
from tests.returns.funder_forms import funder_form
from tests.returns.printed_returns import a_grant, a_release

pytestmark = [pytest.mark.journey, pytest.mark.slow]
PERIOD = "Jul"


def words_room(desk: DeskWindow) -> WordsPart:
    desk.window.go("returns")
    part = desk.returns.rooms.room("words")
    assert isinstance(part, WordsPart)
    desk.until(lambda: part.programme.findData("grant") >= 0)
    part.programme.setCurrentIndex(part.programme.findData("grant"))
    part.programme.activated.emit(part.programme.currentIndex())
    place = next(at for at in range(part.period.count()) if PERIOD in part.period.itemText(at))
    part.period.setCurrentIndex(place)
    part.period.activated.emit(place)
    settle()
    return part


def said(part: WordsPart) -> str:
    settle()
    return "\n".join(one.text() for one in seen(part, QLabel))


def test_a_prompt_is_written_counted_and_warned_about(vault: OpenVault, open_desk: Opener) -> None:
    a_grant(vault)
    a_caseload(vault)
    desk = open_desk(vault)
    part = words_room(desk)
    card = part.narratives
    assert "Nothing is asked in words yet" in said(part)
    desk.click(card.add_button)
    desk.fill(
        card.prompt_form.form, title="What went well", prompt="Say it in your own words.", most_words="5"
    )
    desk.click(card.prompt_form.save_button)
    assert "Nothing yet" in said(part)
    desk.press("Write: What went well", part)
    assert card.text_form.form is not None
    desk.fill(card.text_form.form, text="Three people said so, and more came back")
    assert card.count.text() == "8 of 5 words: too long"
    desk.click(card.text_form.save_button)
    assert "8 of 5 words" in said(part)
    assert "“Three”: Numbers from 1 to 4 are withheld" in said(part)
    assert any("Saved. Please look at it again" in one.words for one in desk.said)
    desk.press("Ask it no more: What went well", part)
    assert "Asked no more" in said(part)
    assert not [one for one in said(part).splitlines() if one == "Write"]
    desk.press("Change the prompt: What went well", part)
    desk.fill(card.prompt_form.form, title="What went very well")
    desk.click(card.prompt_form.save_button)
    desk.press("Ask it again: What went very well", part)
    desk.press("Change the text: What went very well", part)
    assert card.count.text() == "8 of 5 words: too long"
    card.text_form.close_form()
    part.period.setCurrentIndex(part.period.count() - 1)  # the one that runs
    part.period.activated.emit(part.period.currentIndex())
    settle()
    desk.press("Start from last time: What went very well", part)
    assert "Three people" in str(card.text_form.form.raw()["text"])


def permitted(vault: OpenVault, client_id: UUID) -> None:
    with unit_of_work(vault, label="Gave a permission") as work:
        work.session.add(Consent(client_id=client_id, purpose="photo_story", given_on=dt.date(2026, 9, 1)))


def written_by_somebody_else(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Another person wrote it") as work:
        for study in work.session.scalars(select(CaseStudy)):
            study.written_by = "Iqra Malik"


def test_a_case_study_goes_through_every_hand_before_it_leaves(
    vault: OpenVault, open_desk: Opener, tmp_path: Path
) -> None:
    a_grant(vault)
    caseload = a_caseload(vault)
    desk = open_desk(vault)
    part = words_room(desk)
    card = part.stories
    assert "No case studies yet" in said(part)
    desk.click(card.add_button)
    desk.type("Okonkwo")
    desk.until(lambda: [one for one in seen(card.picker, type(card.add_button)) if "Maya" in one.text()])
    card.picker.field.into_list.emit()
    desk.fill(card.form.form, title="A way back", text="Maya lives in Barrow-in-Furness and is 36 years old.")
    desk.click(card.form.save_button)
    assert card.form.form is not None
    assert "No permission for “Telling their story”" in card.form.form.refusals()[""]
    permitted(vault, caseload.late)
    desk.click(card.form.save_button)
    assert "Not ready" in said(part)
    assert "<b><u>Maya</u></b>" in said(part)
    assert "“Barrow-in-Furness” (where they live)" in said(part)
    desk.press("Change the text: A way back", part)
    desk.fill(card.form.form, text="One person found work again after a long time.")
    desk.click(card.form.save_button)
    desk.press("I have reviewed it: A way back", part)
    assert "Ask somebody else to review it" in desk.returns.refusal.message.text()
    desk.press("Checklist: A way back", part)
    for name in card.form.form.names():
        card.form.form.input(name).set_value("not_there")
    desk.click(card.form.save_button)
    desk.press("Shown to the client: A way back", part)
    desk.click(card.form.save_button)
    written_by_somebody_else(vault)
    part.refresh()
    desk.press("I have reviewed it: A way back", part)
    assert "May leave" in said(part)
    desk.press("Pass it on…: A way back", part)
    desk.fill(card.form.form, recipient="The Westmorland Paper")
    desk.dialogs.script(tmp_path / "story.pdf")
    desk.click(card.form.save_button)
    assert (tmp_path / "story.pdf").read_bytes().startswith(b"%PDF")
    part.refresh()
    assert "It stood in: The Westmorland Paper" in said(part)
    desk.press("Withdraw: A way back", part)
    assert "Withdrawn on" in said(part)
    desk.press("Use it again: A way back", part)
    (row,) = ask(vault, list_case_studies)
    assert row.may_leave
    with unit_of_work(vault, label="Changed a role") as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    desk.returns.rooms.refresh()
    settle()
    assert card.isVisible()
    assert not part.narratives.isVisible()
    assert not part.sheets.isVisible()


def test_a_sheet_is_brought_in_decided_and_filled_from_an_issued_return(
    vault: OpenVault, open_desk: Opener, tmp_path: Path
) -> None:
    programme = a_grant(vault)
    a_release(vault, programme)
    (tmp_path / "county.xlsx").write_bytes(funder_form())
    desk = open_desk(vault)
    part = words_room(desk)
    card = part.sheets
    assert "No sheets yet" in said(part)
    desk.dialogs.script(tmp_path / "county.xlsx")
    desk.click(card.add_button)
    desk.fill(card.form.form, title="County form")
    desk.click(card.form.save_button)
    assert "4 of 6 cells decided" in said(part)
    assert "Nothing is decided for What_went_well, Far_away" in said(part)
    desk.press("What goes where County form", part)
    assert "Cannot be written: it covers several cells" in said(part)
    desk.press("Choose what goes into Far_away", part)
    assert card.cell_form.form is not None
    card.cell_form.form.input("key").set_value("cell|starts-by-sex|Male")
    desk.click(card.cell_form.save_button)
    assert "5 of 6 cells decided" in said(part)
    desk.dialogs.script(tmp_path)
    desk.press("Fill it in… County form", part)
    book = load_workbook(tmp_path / "County form (funder’s sheet).xlsx")
    assert (book["Grant form"]["B4"].value, book["Notes"]["C40"].value) == (42, "[c]")
    assert any("nothing was chosen for What_went_well" in one.words for one in desk.said)
    desk.press("Hide the cells County form", part)
    desk.press("Use it no more County form", part)
    assert "Not used since" in said(part)
    desk.press("Use it again County form", part)
    desk.dialogs.script(tmp_path / "county.xlsx")
    desk.press("A new version… County form", part)
    desk.click(card.form.save_button)
    assert "5 of 6 cells decided" in said(part)
