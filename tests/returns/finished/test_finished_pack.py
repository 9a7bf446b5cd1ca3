import dataclasses
import json
from typing import Any
from uuid import UUID

import pytest

from coachdesk.errors import Trouble
from coachdesk.press.blocks import Chart
from coachdesk.returns.finished import finished_faults, require_finished
from coachdesk.returns.finished.released import Released
from coachdesk.returns.finished.words import ONE_HEADING, table_faults
from coachdesk.returns.issue import pack
from coachdesk.returns.wishes import NarrativeText, PreparedReturn
from tests.returns.finished.finished_pack import figure, files, prepared, withheld
from tests.vault_fixtures import TODAY

PROMPT = UUID(int=1)


def faults(one: PreparedReturn, made: dict[str, bytes] | None = None) -> str:
    """Return what the checker says of a pack drawn from this return."""
    written = pack(one, TODAY, draft=False) if made is None else made
    return " ".join(finished_faults(written, one, TODAY, draft=False))


def spoiled(**changes: Any) -> PreparedReturn:
    return dataclasses.replace(prepared(), **changes)


def test_the_pack_as_it_is_holds_nothing_besides() -> None:
    assert faults(prepared(), dict(files())) == ""
    require_finished(files(), prepared(), TODAY, draft=False)


def test_a_draft_is_read_as_one() -> None:
    drawn = pack(prepared(), TODAY, draft=True)
    assert list(finished_faults(drawn, prepared(), TODAY, draft=True)) == []
    assert " ".join(finished_faults(drawn, prepared(), TODAY, draft=False)) != ""


def test_a_file_too_many_takes_the_pack_back() -> None:
    with pytest.raises(Trouble, match=r"taken back.*other files than it should"):
        require_finished({**files(), "notes.txt": b"x"}, prepared(), TODAY, draft=False)


def test_there_is_something_to_hide() -> None:
    hub, sex, number = withheld()
    cells = prepared().counted["tables"]
    told = next(each for each in cells if each["id"] == "starts-by-sex-and-hub")
    assert [[sex, hub], number, None] in told["cells"]


def test_a_true_number_in_a_proof_row_is_found() -> None:
    _, _, number = withheld()
    one = prepared().tables[-1]
    told = dataclasses.replace(one, proof=f"{one.proof} Fewest: {number}.")
    assert "words under a table" in faults(spoiled(tables=(*prepared().tables[:-1], told)))


def test_a_number_in_fixed_words_that_happens_to_be_one_that_is_withheld_is_no_leak() -> None:
    hub, _, number = withheld()
    one = prepared().tables[-1]
    fixed = dataclasses.replace(one, note=f"A condition lasting {number} months or more.")
    assert faults(spoiled(tables=(*prepared().tables[:-1], fixed))) == ""
    leaking = dataclasses.replace(one, note=f"{hub}: {number}")
    assert "sentence" in faults(spoiled(tables=(*prepared().tables[:-1], leaking)))


def test_a_plan_or_a_median_that_happens_to_be_one_that_is_withheld_is_no_leak() -> None:
    _, _, number = withheld()
    planned = figure("starts", f"151 (profile {number}, 5,033%)")
    weeks = dataclasses.replace(figure("starts", f"{number} weeks"), kind="amount")
    assert faults(spoiled(figures=(planned,))) == ""
    assert faults(spoiled(figures=(weeks,))) == ""


def test_a_true_number_in_a_cell_is_found_even_where_every_file_agrees() -> None:
    one = prepared().tables[-1]
    rows = tuple(tuple("3" if cell == "[c]" else cell for cell in row) for row in one.rows)
    told = dataclasses.replace(one, rows=rows)
    assert "other numbers" in faults(spoiled(tables=(*prepared().tables[:-1], told)))


def test_lines_sorted_by_size_are_found() -> None:
    one = prepared().tables[0]
    told = dataclasses.replace(one, rows=(one.rows[1], one.rows[0], *one.rows[2:]))
    assert "another order" in faults(spoiled(tables=(told, *prepared().tables[1:])))


def test_an_order_of_size_in_one_table_of_the_public_form_is_found() -> None:
    release = json.loads(json.dumps(prepared().release))
    for told in release["tables"]:
        if told["id"] == "starts-by-sex":
            told["dims"][0]["labels"][:2] = reversed(told["dims"][0]["labels"][:2])
            told["values"][:2] = reversed(told["values"][:2])
    one = spoiled(release=release)
    assert "stand in another order" in faults(one)


def chart_of(table: int) -> Chart:
    chart = prepared().tables[table].chart
    assert chart is not None
    return chart


def test_a_true_number_in_the_words_beside_a_chart_is_found() -> None:
    one = prepared().tables[0]
    alt = chart_of(0).alt.replace("Female ", "Female 66, of 3 at Carlisle, ")
    told = dataclasses.replace(one, chart=dataclasses.replace(chart_of(0), alt=alt))
    assert "words beside a chart" in faults(spoiled(tables=(told, *prepared().tables[1:])))


def test_a_bar_with_another_number_than_its_table_is_found() -> None:
    one = prepared().tables[0]
    chart = dataclasses.replace(chart_of(0), values=[3, *chart_of(0).values[1:]])
    told = dataclasses.replace(one, chart=chart)
    assert "chart shows other numbers" in faults(spoiled(tables=(told, *prepared().tables[1:])))


def test_a_share_from_other_numbers_is_found() -> None:
    one = prepared().tables[0]
    told = dataclasses.replace(one, rows=((*one.rows[0][:-1], "12%"), *one.rows[1:]))
    assert "share" in faults(spoiled(tables=(told, *prepared().tables[1:])))


def test_a_table_that_the_public_form_does_not_hold_is_found() -> None:
    told = dataclasses.replace(prepared().tables[0], id="starts-by-name")
    assert "public form does not hold" in faults(spoiled(tables=(told, *prepared().tables[1:])))


def test_a_figure_with_a_withheld_number_is_found() -> None:
    own = figure("starts", "151, of whom 3 are alone at their hub")
    assert "figure says a withheld number" in faults(spoiled(figures=(own,)))
    elsewhere = figure("pay", "3")
    assert faults(spoiled(figures=(elsewhere,))) == ""


@pytest.mark.parametrize("text", ["At Carlisle Hub, 3 women", "Carlisle Hub: 3", "Carlisle Hub (3)"])
def test_a_withheld_number_beside_its_words_is_found_in_what_somebody_wrote(text: str) -> None:
    words = NarrativeText(prompt_id=PROMPT, title="What we learned", text=text)
    assert "sentence says a withheld number" in faults(spoiled(narratives=(words,)))


@pytest.mark.parametrize("text", ["Carlisle Hub, 30 people", "Carlisle Hub opened in 2023", "Barrow Hub: 46"])
def test_other_numbers_beside_those_words_are_nobodys_business(text: str) -> None:
    words = NarrativeText(prompt_id=PROMPT, title="What we learned", text=text)
    assert faults(spoiled(narratives=(words,))) == ""


def test_a_withheld_number_in_the_public_form_is_found() -> None:
    release = json.loads(json.dumps(prepared().release).replace('"[c]"', "3").replace("null", "3"))
    assert "withheld stands in the public form" in faults(spoiled(release=release))


def test_the_answer_to_a_question_needs_no_summary() -> None:
    one = spoiled(question="How many started?")
    written = pack(one, TODAY, draft=False)
    assert "summary.pdf" not in written
    assert list(finished_faults(written, one, TODAY, draft=False)) == []
    assert "other files" in " ".join(finished_faults(files(), one, TODAY, draft=False))


def test_tables_of_headings_may_say_that_nobody_stands_twice() -> None:
    one = prepared().tables[0]
    told = dataclasses.replace(one, proof=f"{ONE_HEADING} total: 151.")
    assert faults(spoiled(tables=(told, *prepared().tables[1:]))) == ""


def test_a_share_beside_a_withheld_number_is_found() -> None:
    release = json.loads(json.dumps(prepared().release))
    for told in release["tables"]:
        if told["id"] == "starts-by-sex":
            told["values"][0] = "[c]"
    one = prepared().tables[0]
    marked = dataclasses.replace(one, rows=(("Female", "[c]", "44%"), *one.rows[1:]), chart=None)
    told_of = spoiled(release=release, tables=(marked,))
    assert list(table_faults(told_of, Released.of(told_of))) == [
        "A share is not the one that the printed numbers give."
    ]
