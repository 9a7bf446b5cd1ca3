"""Guidance for small employers: our own plain words with their source, the charity's wording, and the way back."""

import pytest

from coachdesk.casework.guidance_sheets import (
    FOLDER,
    SaveGuidance,
    list_guidance,
    restore_guidance,
    save_guidance,
    seed_guidance,
)
from coachdesk.errors import Refusal
from coachdesk.models import Coach, GuidanceSheet
from coachdesk.resources import resource
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import ask, do, furnished, keep


def test_three_pages_ship_each_with_its_source(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    pages = ask(desk_vault, list_guidance)
    assert [one.key for one in pages] == ["first-steps", "adjustments", "help-that-is-there"]
    for page in pages:
        assert "CoachDesk facts, section" in page.source
        assert (page.is_changed, page.ships) == (False, True)
        assert page.body.count("## ") >= 3


def test_the_charitys_wording_stays_until_it_is_restored(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    page = ask(desk_vault, list_guidance)[0]
    wish = SaveGuidance(sheet_id=page.id, title=" Our page ", body="Ask first.")
    assert do(desk_vault, save_guidance, wish)[1] == "Changed the guidance “Our page”"
    with unit_of_work(desk_vault, by_program=True) as work:
        seed_guidance(work.session, resource(FOLDER))
    pages = ask(desk_vault, list_guidance)
    assert (pages[0].title, pages[0].body, pages[0].is_changed, len(pages)) == (
        "Our page",
        "Ask first.",
        True,
        3,
    )
    assert do(desk_vault, restore_guidance, page.id)[1] == f"Restored the guidance “{page.title}”"
    assert ask(desk_vault, list_guidance)[0] == page


def test_what_a_page_needs(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    page = ask(desk_vault, list_guidance)[0]
    with pytest.raises(Refusal) as caught:
        do(desk_vault, save_guidance, SaveGuidance(sheet_id=page.id, title=" ", body=" "))
    assert set(caught.value.fields) == {"title", "body"}
    own = GuidanceSheet(key="own", title="Ours", body="x", position=9)
    keep(desk_vault, own)
    assert (ask(desk_vault, list_guidance)[3].ships, ask(desk_vault, list_guidance)[3].is_changed) == (
        False,
        False,
    )
    with pytest.raises(Refusal, match="without a page like this"):
        do(desk_vault, restore_guidance, own.id)
    with pytest.raises(Refusal, match="not there"):
        do(desk_vault, restore_guidance, desk_vault.coach_id)


def test_only_a_manager_changes_what_the_charity_hands_out(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    page = ask(desk_vault, list_guidance)[0]
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="Only a manager"):
        do(desk_vault, save_guidance, SaveGuidance(sheet_id=page.id, title="x", body="y"))
