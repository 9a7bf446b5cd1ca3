"""An answer that leaves is protected like a return, and stands in the register so that later returns mind it."""

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from coachdesk.errors import Refusal
from coachdesk.models import Programme, Release, ReleaseReview
from coachdesk.returns import questions_out
from coachdesk.returns.issue import issue
from coachdesk.returns.prepare import prepare
from coachdesk.returns.questions import QuestionWish, Which
from coachdesk.returns.questions_out import prepared_question
from coachdesk.returns.report import title_of
from coachdesk.returns.safety import made_safe
from coachdesk.returns.tables import MARK
from coachdesk.returns.wishes import IssueWish, PreparedReturn
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.returns.test_prepare import WISH, people

REACH = QuestionWish(
    programme_key="grant", measure="reach", from_on=WISH.from_on, to_on=WISH.to_on, as_at=WISH.as_at
)


def asked(vault: OpenVault, **changes: object) -> PreparedReturn:
    return prepared_question(vault, replace(REACH, **changes), Watch.silent())  # type: ignore[arg-type]  # the tests name fields


@pytest.fixture
def ninety(vault: OpenVault) -> OpenVault:
    people(vault, 90)
    return vault


def test_one_heading_leaves_with_its_total_protected(ninety: OpenVault) -> None:
    found = asked(ninety, by=("sex",))
    assert found.question == "Reach by sex"
    assert found.is_safe
    assert [table.id for table in found.tables] == ["reach-by-sex"]
    assert {table["id"] for table in found.release["tables"]} == {"reach", "reach-by-sex"}
    assert [figure.printed_words for figure in found.figures] == ["90"]
    assert all(
        int(row[1]) >= found.threshold or row[1] == "0" for row in found.tables[0].rows if row[1] != MARK
    )


def test_total_alone_leaves_too(ninety: OpenVault) -> None:
    found = asked(ninety, as_at=None)
    assert found.question == "Reach"
    assert found.wish.as_at == ninety.clock.today()
    assert found.tables == ()


def test_what_is_chosen_becomes_a_heading_of_the_whole_table(vault: OpenVault) -> None:
    people(vault, 420)
    found = asked(vault, by=("sex",), which=(Which(heading="hub", label="Barrow Hub"),))
    assert found.question == "Reach by sex and hub"
    assert "reach-by-sex-and-hub" in [table.id for table in found.tables]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"by": ("coach",)}, "about your colleagues"),
        ({"by": ("sex", "hub"), "which": (Which(heading="source", label="Council"),)}, "three headings"),
        ({"measure": "contacted"}, "not divided in any return"),
        ({"by": ("unicorns",)}, "heading is not there"),
        ({"by": ("sex", "hub")}, "cannot carry a table by sex and hub"),
        ({"by": ("sex", "hub", "age", "source")}, "at most three parts"),
    ],
)
def test_what_stays_inside_says_why(ninety: OpenVault, changes: dict[str, object], said: str) -> None:
    with pytest.raises(Refusal, match=said):
        asked(ninety, **changes)


def test_few_people_carry_no_table_and_fewer_no_number(vault: OpenVault) -> None:
    people(vault, 18)
    with pytest.raises(Refusal, match=r"18 people cannot carry a table by sex.*need 20 people"):
        asked(vault, by=("sex",))
    with pytest.raises(Refusal, match=r"18 people cannot carry a table by referral source.*need 40 people"):
        asked(vault, by=("source",))
    with pytest.raises(Refusal, match="Fewer than 5 people"):
        asked(vault, from_on=dt.date(2026, 4, 1), to_on=dt.date(2026, 5, 3))


def test_without_a_threshold_nothing_leaves(ninety: OpenVault) -> None:
    with unit_of_work(ninety, label="No threshold") as work:
        work.session.scalars(select(Programme)).one().threshold = None
    with pytest.raises(Refusal, match="threshold"):
        asked(ninety, by=("sex",))


def test_table_that_protection_leaves_out_is_refused(
    ninety: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = made_safe

    def without_tables(*given: object) -> object:
        safe = real(*given)  # type: ignore[arg-type]  # handed on as it came
        return replace(safe, protected=tuple(one for one in safe.protected if not one.table.dims))

    monkeypatch.setattr(questions_out, "made_safe", without_tables)
    with pytest.raises(Refusal, match="would tell too much"):
        asked(ninety, by=("sex",))


def test_answer_is_issued_registered_and_minded_by_the_next_return(ninety: OpenVault, tmp_path: Path) -> None:
    found = asked(ninety, by=("sex",))
    issued = issue(ninety, IssueWish(prepared=found, folder=tmp_path / "answer"), Watch.silent())
    assert title_of(found) == "Community grant: Reach by sex, 1 July 2026 to 30 September 2026"
    assert {file.name for file in issued.files} == {"report.pdf", "tables.xlsx", "cells.csv", "release.json"}
    printed = json.loads((tmp_path / "answer" / "release.json").read_text(encoding="utf-8"))
    assert {table["id"] for table in printed["tables"]} == {"reach", "reach-by-sex"}
    with reading(ninety) as session:
        review = session.scalars(select(ReleaseReview)).one()
        assert (review.sort, review.title) == ("question", "Reach by sex")
    after = prepare(ninety, WISH, Watch.silent())
    assert after.earlier == 1
    reach = next(table for table in after.tables if table.id == "reach-by-sex")
    assert [row[1] for row in reach.rows] == [row[1] for row in found.tables[0].rows]


def test_answer_neither_follows_a_return_nor_is_followed_by_one(ninety: OpenVault, tmp_path: Path) -> None:
    first = issue(
        ninety,
        IssueWish(prepared=prepare(ninety, WISH, Watch.silent()), folder=tmp_path / "1"),
        Watch.silent(),
    )
    answer = issue(
        ninety, IssueWish(prepared=asked(ninety, by=("sex",)), folder=tmp_path / "2"), Watch.silent()
    )
    with reading(ninety) as session:
        kept = session.get_one(Release, answer.release_id)
        assert kept.supersedes_id is None
    last = prepare(ninety, replace(WISH, reason="Late entries"), Watch.silent())
    again = issue(ninety, IssueWish(prepared=last, folder=tmp_path / "3"), Watch.silent())
    with reading(ninety) as session:
        assert session.get_one(Release, again.release_id).supersedes_id == first.release_id
