"""A list narrowed by a question of the charity's own: words it holds, days and numbers from and to, any of several."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from coachdesk.casework.caseload_columns import OWN
from coachdesk.casework.caseload_lists import ClientList, ListQuestion, count_list, read_list
from coachdesk.casework.own_narrowing import (
    any_of,
    condition_words,
    days_between,
    holding,
    holds,
    numbers_between,
)
from coachdesk.casework.saved_lists import SaveList, list_saved, save_list
from coachdesk.errors import Refusal
from coachdesk.models import CustomAnswer, CustomField
from coachdesk.papers.caseload_list import PrintList, list_document
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import a_client, ask, do, keep
from tests.vault_fixtures import TODAY

APRIL, JUNE = dt.date(2026, 4, 1), dt.date(2026, 6, 30)
TITLES = {"a": "Apples", "b": "Bread"}


@pytest.mark.parametrize(
    ("sort", "condition", "fitting", "others", "words"),
    [
        ("text", holding("  zoe "), ["Zoë’s boots"], ["boots"], "holds “zoe”"),
        ("date", days_between(APRIL, JUNE), ["2026-04-01", "2026-06-30"], ["2026-03-31", "2026-07-01"],
         "1 Apr 2026 to 30 Jun 2026"),
        ("date", days_between(APRIL, None), ["2026-07-01"], ["2026-03-31"], "1 Apr 2026 or later"),
        ("date", days_between(None, JUNE), ["2026-03-31"], ["2026-07-01"], "up to 30 Jun 2026"),
        ("number", numbers_between(5, 10), [5, 7.5, 10], [4.9, 11, "many"], "5 to 10"),
        ("number", numbers_between(Decimal("5.00"), Decimal("7.5")), [5, 7.5], [8], "5 to 7.5"),
        ("number", numbers_between(0, None), [0, 3], [-1], "0 or more"),
        ("number", numbers_between(None, 10), [-3, 10], [10.5], "up to 10"),
        ("choices", any_of(["a", "b"]), [["b"], ["a", "c"]], [["c"], []], "Apples or Bread"),
    ],
)  # fmt: skip
def test_what_fits_a_condition(
    sort: str, condition: str, fitting: list[Any], others: list[Any], words: str
) -> None:
    assert all(holds(sort, {sort: said}, condition) for said in fitting)
    assert not any(holds(sort, {sort: said}, condition) for said in [*others, None])
    assert not holds(sort, {}, condition)
    assert condition_words(sort, condition, TITLES) == words


@pytest.mark.parametrize("kept", ["", "Kendal", '"one"', "{}"])
def test_what_is_no_condition_holds_for_nobody(kept: str) -> None:
    assert not holds("text", {"text": "Kendal"}, kept)
    assert condition_words("text", kept, TITLES) == kept


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: holding("  "), "words"),
        (lambda: days_between(None, None), "least"),
        (lambda: days_between(JUNE, APRIL), "most"),
        (lambda: numbers_between(10, 5), "most"),
        (lambda: any_of(()), "keys"),
    ],
    ids=["no words", "no days", "days turned round", "numbers turned round", "no answers"],
)
def test_a_condition_that_cannot_be_is_refused(make: Any, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        make()
    assert set(refused.value.fields) == {field}


@pytest.fixture
def answered(desk_vault: OpenVault) -> OpenVault:
    """Return a vault of three clients; two answered every question, one only said why not."""
    people = [a_client(first_name=name, last_name="") for name in ("One", "Two", "Three")]
    answers: dict[str, tuple[Any, Any]] = {
        "text": ("allotment, Tuesdays", "choir"),
        "date": ("2026-05-05", "2026-09-01"),
        "number": (7, 12.5),
        "choices": (["a"], ["b"]),
    }
    fields = {
        sort: CustomField(
            key=sort, title=f"A {sort}", sort=sort, help="", choices=[["a", "Apples"], ["b", "Bread"]], source_note="",
            position=place,
        )
        for place, sort in enumerate(answers)
    }  # fmt: skip
    keep(desk_vault, *people, *fields.values())
    keep(
        desk_vault,
        *(
            CustomAnswer(client_id=client.id, field_id=fields[sort].id, value={sort: said})
            for sort, both in answers.items()
            for client, said in zip(people, both, strict=False)
        ),
        CustomAnswer(client_id=people[2].id, field_id=fields["text"].id, unstated="prefers_not_to_say"),
    )
    return desk_vault


NARROWED = (
    ("text", holding("ALLOTMENT"), ["One"]),
    ("date", days_between(APRIL, JUNE), ["One"]),
    ("number", numbers_between(12.5, None), ["Two"]),
    ("choices", any_of(["a", "b"]), ["One", "Two"]),
)


def test_a_list_is_narrowed_by_a_condition_counted_and_kept(answered: OpenVault) -> None:
    for sort, condition, expected in NARROWED:
        question = ListQuestion(today=TODAY, list="all", only=((OWN + sort, condition),))
        found: ClientList = ask(answered, read_list, question)
        assert sorted(row.name for row in found.rows) == expected
        assert ask(answered, count_list, question) == len(expected)
        assert found.counts["all"] == 3
        (column,) = (one for one in found.offered if one.key == OWN + sort)
        assert column.narrows_by == sort
    both = ListQuestion(
        today=TODAY, list="all", only=tuple((OWN + sort, condition) for sort, condition, _ in NARROWED)
    )
    assert ask(answered, read_list, both).rows == ()
    do(answered, save_list, SaveList(title="Narrow", question=both))
    (kept,) = ask(answered, list_saved, TODAY)
    assert kept.question == both


def test_the_paper_says_in_words_what_it_was_narrowed_to(answered: OpenVault) -> None:
    conditions = {
        "text": holding("ALLOTMENT"),
        "date": days_between(APRIL, JUNE),
        "number": numbers_between(5, 10),
        "choices": any_of(["a", "b"]),
        "gone": "",
    }
    only = tuple((OWN + key, condition) for key, condition in conditions.items())
    question = ListQuestion(today=TODAY, list="all", only=only)
    with reading(answered) as session:
        document, _ = list_document(
            session, PrintList(question=question, title="All", target=answered.folder)
        )
    said = str(document.blocks)
    for words in ("holds “ALLOTMENT”", "1 Apr 2026 to 30 Jun 2026", "5 to 10", "Apples or Bread"):
        assert words in said
    assert "'Only own:gone', 'nothing there'" in said
