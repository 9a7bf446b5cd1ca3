"""What is asked before a pack leaves, what the pack says of it, and what is kept of figures without cells."""

from dataclasses import replace
from pathlib import Path

import pytest

from coachdesk.errors import Refusal
from coachdesk.returns.choice import ProtectionChoice
from coachdesk.returns.issue import CELLS, issue
from coachdesk.returns.issue_inputs import frozen_definitions, frozen_rules, inputs
from coachdesk.returns.issue_questions import NO, NOT_SURE, YES, check_answers, intruder_questions
from coachdesk.returns.issue_review import kept, read_cells, read_figures, said_as_checked
from coachdesk.returns.register import list_releases
from coachdesk.returns.wishes import IssueWish, PreparedReturn
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from tests.makers import ask
from tests.returns.test_prepare import WISH, prepared_of
from tests.vault_fixtures import TODAY

QUICK = replace(WISH, choice=ProtectionChoice(seconds=0))
"""No time is spent on withholding less: what is tested here does not rest on it."""


@pytest.fixture
def prepared(vault: OpenVault) -> PreparedReturn:
    return prepared_of(vault, 30, QUICK)


def test_every_question_is_worded_once() -> None:
    asked = intruder_questions()
    assert len({each.key for each in asked}) == len(asked) >= 5
    assert all(each.question.endswith("?") and each.help for each in asked)
    words = " ".join(each.question for each in asked).lower()
    for intruder in ("neighbour", "colleague", "employer", "journalist"):
        assert intruder in words


def test_only_no_lets_a_pack_leave(vault: OpenVault, prepared: PreparedReturn, tmp_path: Path) -> None:
    check_answers({})
    check_answers({"neighbour": NO})
    for answer in (YES, NOT_SURE):
        wish = IssueWish(
            prepared=prepared, folder=tmp_path / "x", checked_by="Jo", intruder={"words": NO, "event": answer}
        )
        with pytest.raises(Refusal) as refused:
            issue(vault, wish, Watch.silent())
        assert set(refused.value.fields) == {"event"}
    assert ask(vault, list_releases) == ()
    draft = IssueWish(prepared=prepared, folder=tmp_path / "d", draft=True, intruder={"event": YES})
    assert issue(vault, draft, Watch.silent()).files


def test_the_pack_says_that_it_was_checked_and_not_by_whom(
    vault: OpenVault, prepared: PreparedReturn, tmp_path: Path
) -> None:
    wish = IssueWish(prepared=prepared, folder=tmp_path / "x", checked_by="Zebedee Checker")
    said = said_as_checked(wish, TODAY).safety
    assert said[-1] == "Checked before issue on 5 October 2026 with the motivated-intruder checklist."
    assert said[:-1] == prepared.safety
    assert said_as_checked(replace(wish, draft=True), TODAY) == prepared
    assert said_as_checked(replace(wish, checked_by=" "), TODAY) == prepared
    done = issue(vault, wish, Watch.silent())
    for file in done.files:
        assert b"Zebedee" not in file.read_bytes()
    assert (done.folder / CELLS).exists()
    (row,) = ask(vault, list_releases)
    assert (row.sort, row.verdict, row.is_superseded) == ("return", "safe", False)
    assert 0 < row.hidden_share < 1


def test_people_are_written_down_once_and_nobody_without_cells_is_lost(prepared: PreparedReturn) -> None:
    entries = kept(replace(prepared, cells=None))
    (ids,) = [entry["ids"] for entry in entries if entry["sort"] == "people"]
    assert len(ids) == len(set(ids))
    assert read_figures(entries) == prepared.figures
    assert read_cells(entries) is None


def test_rules_and_definitions_read_back_as_they_were_written(prepared: PreparedReturn) -> None:
    told = prepared.inputs
    rules = frozen_rules(told)
    definitions = frozen_definitions(told)
    assert inputs(rules, definitions, WISH.to_on)["definitions"] == told["definitions"]
    assert inputs(rules, definitions, WISH.to_on)["rules"] == told["rules"]
    assert frozen_rules({"rules": {"gap_days": 3, "of another program": 1}}).gap_days == 3
    assert frozen_definitions({}) == ()
