"""The report as a screen reader meets it, and its last page."""

import dataclasses
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from coachdesk.press.pdf import pdf
from coachdesk.returns.report import cover_facts, document, reading_notes
from coachdesk.returns.report_attack import cost_sentences, readers
from coachdesk.returns.tables import Cost
from coachdesk.returns.wishes import PreparedReturn
from tests.press.paper import Paper
from tests.returns.finished.finished_pack import prepared
from tests.vault_fixtures import TODAY


@pytest.fixture(scope="module")
def paper() -> Paper:
    return Paper(pdf(document(prepared(), TODAY)))


def with_finding(narrowest: int | None, *, earlier: int = 0) -> PreparedReturn:
    finding = {"verdict": "safe", "readers": ["suppressible"], "narrowest": narrowest}
    return dataclasses.replace(prepared(), finding=finding, earlier=earlier)


def last_page(one: PreparedReturn) -> str:
    read = [words for _, words in Paper(pdf(document(one, TODAY))).read()]
    return " ".join(read[read.index("What an attacker finds") :])


def test_everything_painted_is_tagged_or_furniture(paper: Paper) -> None:
    assert paper.loose_paint() == []
    assert "/StructTreeRoot" in paper.pdf.Root
    assert all("/StructParents" in page for page in paper.pdf.pages)


def test_the_file_says_its_title_language_and_organisation_and_only_the_day(paper: Paper) -> None:
    assert str(paper.pdf.Root.Lang) == "en-GB"
    assert paper.pdf.Root.ViewerPreferences.DisplayDocTitle
    assert str(paper.pdf.docinfo.Title) == "Community grant: return for 1 July 2026 to 30 September 2026"
    assert str(paper.pdf.docinfo.Author) == "Furness Coaching"
    assert str(paper.pdf.docinfo.CreationDate).startswith(f"D:{TODAY:%Y%m%d}000000")


def test_headings_are_in_order_without_a_step_left_out(paper: Paper) -> None:
    levels = [int(tag[1]) for tag in paper.tags() if tag in {"H1", "H2", "H3"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(deeper - level <= 1 for level, deeper in pairwise(levels))


def test_every_table_has_headers_and_every_chart_words(paper: Paper) -> None:
    tables = paper.elements("Table")
    assert len(tables) >= len(prepared().tables)
    assert len([each for each in paper.elements("TH") if str(each.A.Scope) == "/Column"]) >= 2 * len(tables)
    figures = paper.elements("Figure")
    assert len(figures) == 2
    assert all(
        str(each.Alt).startswith("Bar chart of people, in the order of the table: ") for each in figures
    )


def test_every_definition_is_printed_whole(paper: Paper) -> None:
    said = [words for _, words in paper.read()]
    at = said.index("Definitions")
    whole = said[at:]
    for label, words in (
        ("Intervention", "SI1"),
        ("Definition", "Everybody whose first day lies in the period."),
        ("Unit", "people"),
        ("Evidence", "Record of the first meeting"),
        ("Formula", "Count of people"),
    ):
        assert whole[whole.index(label) + 1] == words


def test_the_last_page_is_what_the_attacker_found(paper: Paper) -> None:
    with pikepdf.open(BytesIO(pdf(document(prepared(), TODAY)))) as known:
        last = known.pages[-1].objgen
    heads = [each for each in paper.elements("H2") if "/Pg" not in each]
    assert str(heads[-1].K[0].Pg.objgen) == str(last)
    said = last_page(prepared())
    assert f"Numbers looked at {prepared().cost.cells}" in said
    assert f"Withheld in total {prepared().cost.hidden}" in said
    assert "still be any of at least 5 values" in said
    assert "Verdict Nothing found: safe to issue" in said


def test_it_says_nothing_that_helps() -> None:
    cost = Cost(cells=40, hidden=17, margins_hidden=11, zeros_hidden=13)
    told = last_page(dataclasses.replace(prepared(), cost=cost, safety=("Safe.",)))
    other = last_page(
        dataclasses.replace(
            prepared(),
            cost=dataclasses.replace(cost, margins_hidden=1, zeros_hidden=0),
            safety=("Safe.",),
            finding={"verdict": "safe", "readers": ["suppressible", "worst"], "narrowest": 5},
        )
    )
    assert told == other  # which readers were tried tells whether a zero is withheld


def test_nothing_withheld_is_said_so() -> None:
    assert "no withheld number to look for" in last_page(with_finding(None))
    assert "Not safe" in last_page(dataclasses.replace(prepared(), is_safe=False))


def test_readers_who_kept_earlier_returns_are_counted() -> None:
    assert "none of them counts any of the same people" in readers(0)[1]
    assert "the 1 earlier return that counts" in readers(1)[1]
    assert "the 4 earlier returns that count" in readers(4)[1]


@pytest.mark.parametrize(
    ("protection", "said"),
    [
        ({}, "every number that is printed is exact"),
        ({"method": "round"}, "every number is rounded"),
        ({"gap": 0.0}, "that is proven"),
        ({"gap": 0.034}, "at most 3% less"),
        ({"gap": 0.001}, "at most 1% less"),
    ],
)
def test_the_method_and_its_cost_are_said(protection: dict[str, object], said: str) -> None:
    told = " ".join(cost_sentences(dataclasses.replace(prepared(), protection=protection)))
    assert said in told.lower()
    assert f"{prepared().cost.hidden} of {prepared().cost.cells} numbers are withheld" in told
    assert ("proven" in told or "at most" in told) == ("gap" in protection)


def test_a_rounded_return_says_nothing_of_withheld_numbers() -> None:
    rounded = dataclasses.replace(prepared(), protection={"method": "round", "gap": None})
    assert dict(cover_facts(rounded, TODAY))["Small numbers"] == "rounded, so that none of 1 to 4 can be told"
    assert dict(cover_facts(prepared(), TODAY))["Small numbers"] == "1 to 4 are not shown"
    (mark,) = [sentence for sentence in reading_notes(rounded) if "[c]" in sentence]
    assert "a share or mean that is not given" in mark
    page = last_page(rounded)
    assert "Every number is rounded" in page
    assert "Smallest number shown" not in page
    assert "Smallest number shown" in last_page(prepared())
