import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Coach, Programme
from coachdesk.press.blocks import Heading, Text
from coachdesk.returns.narratives import (
    NarrativeRow,
    NarrativesQuestion,
    RetirePrompt,
    SaveNarrative,
    SavePrompt,
    count_words,
    list_narratives,
    list_prompts,
    narrative_blocks,
    narratives_of,
    retire_prompt,
    save_narrative,
    save_prompt,
    word_count,
)
from coachdesk.returns.narratives_check import TextCheck, withheld_of
from coachdesk.returns.periods import Period
from coachdesk.returns.report import document
from coachdesk.returns.wishes import NarrativeText, StoryText
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client
from tests.returns.printed_returns import WISH, a_grant, a_prepared, a_release

Q1 = Period(dt.date(2026, 4, 1), dt.date(2026, 6, 30))
Q2 = WISH.period


@pytest.fixture
def programme(vault: OpenVault) -> UUID:
    return a_grant(vault)


def do(vault: OpenVault, command: Callable[[Session, Any], Any], wish: object) -> Any:
    with unit_of_work(vault, label="A test") as work:
        return command(work.session, wish)


def a_prompt(vault: OpenVault, programme: UUID, title: str = "What went well", **values: Any) -> UUID:
    made: UUID = do(vault, save_prompt, SavePrompt(programme_id=programme, title=title, **values))
    return made


def rows(vault: OpenVault, programme: UUID, period: Period = Q2, **values: Any) -> tuple[NarrativeRow, ...]:
    question = NarrativesQuestion(
        programme_id=programme, from_on=period.from_on, to_on=period.to_on, **values
    )
    with reading(vault) as session:
        return list_narratives(session, question)


def write(vault: OpenVault, prompt: UUID, text: str, period: Period = Q2) -> Any:
    wish = SaveNarrative(prompt_id=prompt, from_on=period.from_on, to_on=period.to_on, text=text)
    return do(vault, save_narrative, wish)


def coach_only(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Changed a role") as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH


@pytest.mark.parametrize(
    ("text", "most", "words"),
    [
        ("", None, "0 words"),
        ("one", None, "1 word"),
        ("two  \n words", 250, "2 of 250 words"),
        ("it’s self-made", 1, "2 of 1 words"),
    ],
)
def test_words_are_counted_as_a_word_processor_does(text: str, most: int | None, words: str) -> None:
    assert count_words(word_count(text), most) == words


def test_prompts_are_kept_in_order_changed_retired_and_asked_again(vault: OpenVault, programme: UUID) -> None:
    first = a_prompt(vault, programme, prompt=" Say how. ", most_words=250)
    second = a_prompt(vault, programme, "Challenges")
    early = a_prompt(vault, programme, "Summary", position=0)
    with reading(vault) as session:
        assert [one.id for one in list_prompts(session, programme)] == [early, first, second]
        assert list_prompts(session, programme)[1].prompt == "Say how."
    a_prompt(vault, programme, "What went very well", id=first, position=9)
    do(vault, retire_prompt, RetirePrompt(id=early))
    with reading(vault) as session:
        told = list_prompts(session, programme)
    assert [(one.title, one.retired_on is None) for one in told] == [
        ("Challenges", True),
        ("What went very well", True),
        ("Summary", False),
    ]
    assert told[1].most_words is None
    do(vault, retire_prompt, RetirePrompt(id=early, again=True))
    assert [one.prompt.id for one in rows(vault, programme)] == [early, second, first]


def test_a_prompt_needs_a_title_a_sensible_limit_and_a_programme(vault: OpenVault, programme: UUID) -> None:
    with pytest.raises(Refusal) as refused:
        a_prompt(vault, programme, " ", most_words=0)
    assert set(refused.value.fields) == {"title", "most_words"}
    with pytest.raises(Refusal, match="programme is not there"):
        a_prompt(vault, vault.vault_id)
    with pytest.raises(Refusal, match="prompt is not there"):
        do(vault, retire_prompt, RetirePrompt(id=vault.vault_id))


def test_only_managers_write_the_words_of_a_return(vault: OpenVault, programme: UUID) -> None:
    prompt = a_prompt(vault, programme)
    coach_only(vault)
    for deed in (
        lambda: a_prompt(vault, programme),
        lambda: write(vault, prompt, "x"),
        lambda: rows(vault, programme),
        lambda: do(vault, retire_prompt, RetirePrompt(id=prompt)),
    ):
        with pytest.raises(Refusal, match="Only a manager"):
            deed()


def test_a_text_belongs_to_its_period_and_last_time_is_there_to_start_from(
    vault: OpenVault, programme: UUID
) -> None:
    prompt = a_prompt(vault, programme, most_words=3)
    write(vault, prompt, "Spring was good", Q1)
    (row,) = rows(vault, programme)
    assert (row.text, row.before, row.before_period) == (
        "",
        "Spring was good",
        "1 April 2026 to 30 June 2026",
    )
    write(vault, prompt, " Summer was even better ")
    write(vault, prompt, "Summer was far better")
    (row,) = rows(vault, programme)
    assert (row.text, row.count, row.is_too_long) == ("Summer was far better", "4 of 3 words", True)
    (before,) = rows(vault, programme, Q1)
    assert (before.text, before.before, before.is_too_long) == ("Spring was good", "", False)
    with reading(vault) as session:
        assert [one.text for one in narratives_of(session, programme, Q2)] == ["Summer was far better"]
    write(vault, prompt, "")
    with reading(vault) as session:
        assert narratives_of(session, programme, Q2) == ()


def found(
    text: str, withheld: dict[int, str] | None = None, names: frozenset[str] = frozenset()
) -> list[str]:
    return [one.words for one in TextCheck(withheld=withheld or {}, names=names).findings(text)]


def test_withheld_numbers_are_found_in_figures_and_in_words() -> None:
    few = {3: "why", 4: "why", 12: "why", 1200: "why"}
    assert found("We saw 3 people, four of them twice, and 12 came. 3 again.", few) == ["3", "12", "four"]
    assert found("1,200 came, and Twelve went", few) == ["1,200", "Twelve"]
    quiet = "On 3 October, at £4, 3%, 3.5 hours, 12.4, 3-4 weeks, no-3, A4 and 2026/3; someone, 30 and 112."
    assert found(quiet, few) == []
    assert found("one person", {1: "why"}) == []


def test_names_are_found_as_whole_words_with_a_capital() -> None:
    names = frozenset({"maya", "will", "may", "o’brien", "zoe"})
    assert found("Maya’s friend Will and Zoë met Mayan people.", None, names) == ["Maya’s", "Will", "Zoë"]
    assert found("We will see them in May 2026 or on 3 May.", None, names) == []
    assert found("May said so", None, names) == ["May"]


def test_a_text_is_held_against_what_its_return_withholds(vault: OpenVault, programme: UUID) -> None:
    prompt = a_prompt(vault, programme)
    with unit_of_work(vault, label="Added a client") as work:
        work.session.add(a_client(first_name="Maya", last_name="de la Cruz-Smith", known_as="May B"))
    text = "Maya and Cruz-Smith were among 3 or 8 people."
    told = {one.words: one.why for one in write(vault, prompt, text)}
    assert set(told) == {"3", "Maya", "Cruz-Smith"}
    assert told["3"] == "Numbers from 1 to 4 are withheld in the tables of this programme."
    assert told["Maya"] == "A client of yours is called that."
    a_release(vault, programme)
    (row,) = rows(vault, programme)
    assert [one.words for one in row.findings] == ["8", "Maya", "Cruz-Smith"]
    assert row.findings[0].why == "The return withholds a number of this size (Starts by sex)."
    assert rows(vault, programme, withheld={3: "because"})[0].findings[0].words == "3"


def test_a_programme_without_a_threshold_withholds_nothing_yet(vault: OpenVault, programme: UUID) -> None:
    prompt = a_prompt(vault, programme)
    with unit_of_work(vault, label="Changed a programme") as work:
        work.session.scalars(select(Programme).where(Programme.id == programme)).one().threshold = None
    assert write(vault, prompt, "3 people") == ()


def test_what_a_return_withholds_leaves_out_what_it_prints_and_zeros() -> None:
    cells = [[["a"], 7, None], [["b"], 0, None], [["c"], 9, 9], [["d"], 7, None]]
    assert withheld_of({"tables": [{"title": "T", "cells": cells}]}) == {
        7: "The return withholds a number of this size (T)."
    }
    assert withheld_of({}) == {}


def test_the_report_prints_what_was_written_and_nothing_where_nothing_was() -> None:
    prepared = a_prepared()
    assert list(narrative_blocks(prepared)) == []
    someone = UUID(int=1)
    told = replace(
        prepared,
        narratives=(NarrativeText(prompt_id=someone, title="What went well", text="One.\n\n\nTwo."),),
        stories=(StoryText(case_study_id=someone, title="A way back", text="Somebody."),),
    )
    blocks = list(narrative_blocks(told))
    assert [one.text for one in blocks if isinstance(one, Heading)] == [
        "In words",
        "What went well",
        "Case studies",
        "A way back",
    ]
    assert [one.text for one in blocks if isinstance(one, Text)][:2] == ["One.", "Two."]
    assert set(blocks) <= set(document(told, dt.date(2026, 10, 5)).blocks)
