"""The draft sheet in a charity's own words: reworded, left out, added, and the way back to what ships."""

import pytest

from coachdesk.casework.access_to_work_questions import (
    SheetQuestion,
    WordQuestion,
    WordTells,
    asked_sheet,
    leave_out_question,
    restore_question,
    sheet_form,
    word_question,
    word_tells,
    worded_sheet,
)
from coachdesk.errors import Refusal
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import ask, do, furnished


@pytest.fixture
def charity(vault: OpenVault) -> OpenVault:
    furnished(vault)
    return vault


def questions(vault: OpenVault) -> dict[str, SheetQuestion]:
    return {one.key: one for part in ask(vault, worded_sheet).parts for one in part.questions}


def asked(vault: OpenVault, *answered: str) -> set[str]:
    with reading(vault) as session:
        return {one.key for part in asked_sheet(session, answered).parts for one in part.questions}


def test_what_nobody_worded_is_what_ships(charity: OpenVault) -> None:
    assert ask(charity, worded_sheet) == sheet_form()


def test_a_question_is_reworded_and_comes_back_as_it_ships(charity: OpenVault) -> None:
    shipped = questions(charity)["hard"]
    wish = WordQuestion(key="hard", section="", words=" What is hard? ", hint=" In your words ")
    key, _ = do(charity, word_question, wish)
    now = questions(charity)["hard"]
    assert key == "hard"
    assert (now.words, now.hint, now.is_reworded, now.rows) == (
        "What is hard?", "In your words", True, shipped.rows,
    )  # fmt: skip
    do(charity, restore_question, "hard")
    assert questions(charity)["hard"] == shipped


def test_what_is_left_out_is_asked_only_where_it_is_answered(charity: OpenVault) -> None:
    do(charity, leave_out_question, "since")
    assert questions(charity)["since"].is_left_out
    assert "since" not in asked(charity)
    assert "since" in asked(charity, "since")
    do(charity, restore_question, "since")
    assert "since" in asked(charity)


def test_a_question_of_our_own_stands_last_in_its_section_and_keeps_its_words(charity: OpenVault) -> None:
    key, _ = do(charity, word_question, WordQuestion(key="", section="employment", words="Trade union?"))
    other, _ = do(charity, word_question, WordQuestion(key="", section="employment", words="Who drives?"))
    assert isinstance(key, str)
    section = next(part for part in ask(charity, worded_sheet).parts if part.key == "employment")
    assert [one.key for one in section.questions[-2:]] == [key, other]
    do(charity, leave_out_question, key)
    do(charity, restore_question, key)
    own = questions(charity)[key]
    assert (own.words, own.is_own, own.is_reworded, own.is_left_out) == ("Trade union?", True, False, False)


def test_what_stands_above_is_reworded_and_empty_brings_ours_back(charity: OpenVault) -> None:
    do(charity, word_tells, WordTells(tells="• Ring us first\n\n - Take your time"))
    assert ask(charity, worded_sheet).tells == ("Ring us first", "Take your time")
    do(charity, word_tells, WordTells(tells=" \n"))
    assert ask(charity, worded_sheet).tells == sheet_form().tells


@pytest.mark.parametrize(
    ("wish", "fields"),
    [
        (WordQuestion(key="hard", section="", words=" "), {"words"}),
        (WordQuestion(key="hard", section="", words="x" * 201, hint="y" * 201), {"words", "hint"}),
        (WordQuestion(key="unheard_of", section="", words="What?"), set()),
        (WordQuestion(key="", section="unheard_of", words="What?"), set()),
    ],
)
def test_what_cannot_be_is_refused(charity: OpenVault, wish: WordQuestion, fields: set[str]) -> None:
    with pytest.raises(Refusal) as refused:
        do(charity, word_question, wish)
    assert set(refused.value.fields or {}) == fields
    assert ask(charity, worded_sheet) == sheet_form()


def test_only_a_manager_words_the_sheet(charity: OpenVault) -> None:
    with unit_of_work(charity, by_program=True) as work:
        work.session.get_one(Coach, charity.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="Only a manager"):
        do(charity, leave_out_question, "hard")
    with pytest.raises(Refusal, match="Only a manager"):
        do(charity, word_tells, WordTells(tells="x"))
