"""The editable lists: what ships, what may be changed, and what never changes its meaning."""

import ast
import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import (
    CodeRow,
    RetireCode,
    SetCode,
    all_codes,
    code_title,
    list_codes,
    retire_code,
    set_code,
    titles_of,
)
from coachdesk.casework.readings import ONS4_QUESTIONS, ons4_band
from coachdesk.errors import Refusal
from coachdesk.models import BankHoliday, Code, Rate
from coachdesk.resources import resource
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import ask, do, furnished
from tests.vault_fixtures import TODAY

SHIPPED = [
    told
    for path in sorted(resource("codes").glob("*.toml"))
    for told in tomllib.loads(path.read_text(encoding="utf-8"))["list"]
]
REFERRAL_SOURCES = [
    "Self", "Family or friend", "GP practice", "Social prescriber", "NHS talking therapies",
    "Community mental health", "Hospital or other NHS", "Occupational health", "Employer", "Jobcentre Plus",
    "Council", "Adult social care", "Probation", "Housing provider", "VCSEF organisation", "College or training",
    "WorkWell", "Connect to Work", "Other",
]  # fmt: skip
EXIT_REASONS = [
    "Into work, support complete", "Into work, no longer wants support", "Maximum support reached",
    "Moved to other provision", "Health", "Moved away", "No longer wants support", "Lost contact", "Died",
    "Ineligible", "Duplicate",
]  # fmt: skip
JOB_END_REASONS = [
    "Chose to leave, new job", "Chose to leave, other", "Contract ended", "Health", "Adjustments not made",
    "Dismissed", "Redundancy", "Business closed", "Other",
]  # fmt: skip
PLAN_KINDS = ["Into work", "Return to work", "Thrive at work", "Job change"]


def offered(vault: OpenVault, name: str) -> list[CodeRow]:
    return [row for row in ask(vault, list_codes, name) if not row.retired]


@pytest.mark.parametrize("told", SHIPPED, ids=[one["name"] for one in SHIPPED])
def test_each_list_says_where_it_comes_from_and_uses_each_key_once(told: dict[str, Any]) -> None:
    keys = [answer["key"] for answer in told["answers"]]
    titles = [answer["title"] for answer in told["answers"]]
    assert told["source"]
    assert told["version"]
    assert len(set(keys)) == len(keys)
    assert len(set(titles)) == len(titles)
    assert not set(keys) & set(UNSTATED_WORDS)


def test_no_two_lists_share_a_name() -> None:
    names = [one["name"] for one in SHIPPED]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("referral_source", REFERRAL_SOURCES),
        ("exit_reason", EXIT_REASONS),
        ("end_reason", JOB_END_REASONS),
        ("plan_kind", PLAN_KINDS),
    ],
)
def test_the_settled_lists_ship_word_for_word(name: str, titles: list[str]) -> None:
    assert [[answer["title"] for answer in one["answers"]] for one in SHIPPED if one["name"] == name] == [
        titles
    ]


def test_every_parent_is_an_answer_of_another_list() -> None:
    known = {answer["key"] for one in SHIPPED for answer in one["answers"]}
    parents = {answer.get("parent") for one in SHIPPED for answer in one["answers"]} - {None}
    assert parents
    assert parents <= known


def test_every_list_the_program_asks_for_ships() -> None:
    asked = set()
    for path in (Path(__file__).parents[2] / "coachdesk" / "casework").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "titles_of":
                asked |= {one.value for one in node.args[1:] if isinstance(one, ast.Constant)}
    assert {"channel", "exit_reason", "stage"} <= asked
    assert asked <= {one["name"] for one in SHIPPED}


def test_lists_end_with_the_four_non_answers(desk_vault: OpenVault) -> None:
    rows = ask(desk_vault, list_codes, "sex")
    assert [row.title for row in rows] == ["Female", "Male", *UNSTATED_WORDS.values()]
    assert [row.position for row in rows[2:]] == [2, 3, 4, 5]


def test_a_list_nobody_knows_offers_the_non_answers_alone(desk_vault: OpenVault) -> None:
    assert [row.key for row in ask(desk_vault, list_codes, "no such list")] == list(UNSTATED_WORDS)


def test_titles_are_known_for_answers_and_non_answers(desk_vault: OpenVault) -> None:
    with reading(desk_vault) as session:
        assert titles_of(session, "channel")["channel"]["video"] == "Video call"
        assert code_title(session, "channel", "video") == "Video call"
        assert code_title(session, "channel", "not_asked") == "Not asked"
        assert code_title(session, "channel", "pigeon") == "pigeon"


def test_an_action_reads_the_words_it_has_just_changed(desk_vault: OpenVault) -> None:
    with unit_of_work(desk_vault) as work:
        before = titles_of(work.session, "channel")["channel"]["video"]
        set_code(work.session, SetCode(list_name="channel", key="video", title="By video"))
        after = titles_of(work.session, "channel")["channel"]["video"]
    assert (before, after) == ("Video call", "By video")


def test_a_new_answer_stands_last_and_gets_a_key_of_its_own(desk_vault: OpenVault) -> None:
    _, label = do(desk_vault, set_code, SetCode(list_name="stage", key="", title=" Waiting for a place "))
    row = offered(desk_vault, "stage")[5]
    assert (row.key, row.title) == ("waiting_for_a_place", "Waiting for a place")
    assert label == "Changed an answer of a list"


def test_the_first_answer_of_a_new_list_is_its_first(desk_vault: OpenVault) -> None:
    do(desk_vault, set_code, SetCode(list_name="own", key="", title="One"))
    assert ask(desk_vault, list_codes, "own")[0].position == 1


def test_better_words_keep_the_key(desk_vault: OpenVault) -> None:
    do(desk_vault, set_code, SetCode(list_name="channel", key="text", title="Text or chat"))
    assert ask(desk_vault, all_codes)["channel"][3] == CodeRow(key="text", title="Text or chat", position=4)


@pytest.mark.parametrize(
    ("wish", "fields"),
    [
        (SetCode(list_name="channel", key="text", title="  "), {"title"}),
        (SetCode(list_name="channel", key="", title="?!"), {"title"}),
        (SetCode(list_name="channel", key="", title="Video-call!"), {"title"}),
        (SetCode(list_name="channel", key="not_asked", title="Never"), set()),
    ],
)
def test_an_answer_without_words_or_in_the_place_of_another_is_refused(
    desk_vault: OpenVault, wish: SetCode, fields: set[str]
) -> None:
    do(desk_vault, set_code, SetCode(list_name="channel", key="", title="Video call?"))
    with pytest.raises(Refusal) as refused:
        do(desk_vault, set_code, wish)
    assert set(refused.value.fields) == fields


def test_a_retired_answer_is_offered_no_more_and_keeps_its_words(desk_vault: OpenVault) -> None:
    _, label = do(desk_vault, retire_code, RetireCode(list_name="channel", key="letter", on=TODAY))
    assert "letter" not in {row.key for row in offered(desk_vault, "channel")}
    assert ask(desk_vault, lambda s, _: code_title(s, "channel", "letter")) == "Letter"
    assert label == "Retired an answer of a list"
    do(desk_vault, set_code, SetCode(list_name="channel", key="letter", title="Letter"))
    assert "letter" in {row.key for row in offered(desk_vault, "channel")}


def test_retiring_an_answer_that_is_not_there_is_refused(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="not in the list"):
        do(desk_vault, retire_code, RetireCode(list_name="channel", key="pigeon", on=TODAY))


def counts(session: Session, _question: None) -> tuple[int, ...]:
    return tuple(len(session.scalars(select(kind.id)).all()) for kind in (Code, Rate, BankHoliday))


def test_furnishing_again_adds_nothing_and_changes_nothing(desk_vault: OpenVault) -> None:
    do(desk_vault, set_code, SetCode(list_name="channel", key="text", title="Text or chat"))
    before = ask(desk_vault, counts)
    furnished(desk_vault)
    assert ask(desk_vault, counts) == before
    assert before[0] == sum(len(one["answers"]) for one in SHIPPED)
    assert ask(desk_vault, lambda s, _: code_title(s, "channel", "text")) == "Text or chat"


def test_rates_and_bank_holidays_are_dated_and_say_their_source(desk_vault: OpenVault) -> None:
    with reading(desk_vault) as session:
        rates = session.scalars(select(Rate)).all()
        christmas = session.scalars(select(BankHoliday).where(BankHoliday.falls_on == dt.date(2026, 12, 25)))
        assert all(rate.source_note and rate.valid_from for rate in rates)
        assert christmas.one().title == "Christmas Day"


def test_the_four_wellbeing_questions_are_worded_as_the_statistics_office_words_them() -> None:
    assert list(ONS4_QUESTIONS.values()) == [
        "Overall, how satisfied are you with your life nowadays?",
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
        "Overall, how happy did you feel yesterday?",
        (
            "On a scale where nought is 'not at all anxious' and 10 is 'completely anxious', overall, how anxious did "
            "you feel yesterday?"
        ),
    ]


def test_wellbeing_bands_begin_and_end_where_the_statistics_office_puts_them() -> None:
    usual = ["low"] * 5 + ["medium"] * 2 + ["high"] * 2 + ["very high"] * 2
    anxious = ["very low"] * 2 + ["low"] * 2 + ["medium"] * 2 + ["high"] * 5
    assert [ons4_band("happy", answer) for answer in range(11)] == usual
    assert [ons4_band("anxious", answer) for answer in range(11)] == anxious
