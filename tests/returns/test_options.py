"""Ways of protecting one return side by side, and the one that was chosen last."""

from dataclasses import replace

import pytest

from coachdesk.errors import Cancelled, Refusal
from coachdesk.models import Programme, ReturnLayout
from coachdesk.returns import options
from coachdesk.returns.choice import AS_USUAL, HEADLINES_ONLY, ProtectionChoice
from coachdesk.returns.options import KeepChoice, compare, keep_choice, last_choice
from coachdesk.returns.prepare import as_chosen
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.returns.test_prepare import WISH, people
from tests.returns.test_retreat import BOTH


def test_every_way_is_protected_and_shown_with_its_cost(vault: OpenVault) -> None:
    people(vault, 60)
    heard: list[str] = []
    found = {
        each.key: each for each in compare(vault, WISH, Watch(hear=lambda _share, words: heard.append(words)))
    }
    assert list(found) == ["chosen", "rounded", "wide", "totals"], "60 people carry no pair"
    assert {each.title for each in found.values()} <= set(heard)
    assert found["chosen"].cells > found["wide"].cells > found["totals"].cells
    assert found["chosen"].hidden_share == found["chosen"].hidden / found["chosen"].cells
    assert (found["rounded"].hidden, 0 < found["rounded"].largest_distortion < 10) == (0, True)
    assert found["chosen"].largest_distortion == 0
    assert found["chosen"].gap == 0.0, "nothing less would do, and that is proven"
    assert all("reach-by-age" in found[key].choice.wide for key in ("wide",))
    assert found["totals"].tables < found["wide"].tables


def test_a_way_that_cannot_be_had_says_why(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    people(vault, 60)

    def never(*_given: object, **_named: object) -> None:
        raise Refusal("It would tell too much.")

    monkeypatch.setattr(options, "made_safe", never)
    assert {each.refused for each in compare(vault, WISH, Watch.silent())} == {"It would tell too much."}


def test_comparing_stops_when_the_person_says_so(vault: OpenVault) -> None:
    people(vault, 60)
    turns: list[int] = []

    def enough() -> bool:
        turns.append(1)
        return len(turns) > 6

    with pytest.raises(Cancelled):
        compare(vault, WISH, Watch(cancelled=enough))


def test_two_way_tables_are_left_out_as_one_of_the_ways_and_small_returns_have_fewer() -> None:
    found = {key: choice for key, _, choice in options._options(BOTH, AS_USUAL)}
    assert set(found) == {"chosen", "rounded", "wide", "one-way", "totals"}
    assert not [t for t in as_chosen(BOTH, found["one-way"], cumulative=False).tables if len(t.dims) > 1]
    totals = as_chosen(BOTH, found["totals"], cumulative=False)
    assert [key for key, _, _ in options._options(totals, AS_USUAL)] == ["chosen", "rounded"]


def test_a_year_to_date_may_print_its_headlines_alone() -> None:
    choice = ProtectionChoice(cumulative=HEADLINES_ONLY)
    assert {t.id for t in as_chosen(BOTH, choice, cumulative=True).tables} == {"reach", "starts"}
    assert as_chosen(BOTH, choice, cumulative=False) == BOTH


def test_the_last_choice_is_kept_with_the_lay_out(vault: OpenVault) -> None:
    people(vault, 5)
    chosen = ProtectionChoice(wide=("reach-by-age",), seconds=3)
    with reading(vault) as session:
        assert last_choice(session, "grant") == AS_USUAL
    for choice in (chosen, replace(chosen, seconds=5)):
        with unit_of_work(vault, label="Chose") as work:
            keep_choice(work.session, KeepChoice(programme_key="grant", choice=choice))
        with reading(vault) as session:
            assert last_choice(session, "grant") == choice
            assert [each.every for each in session.query(ReturnLayout)] == ["quarter"]
    with unit_of_work(vault, label="Half a year") as work:
        half = Programme(
            key="half", title="Half", funder="", threshold=5, definition={"period": {"kind": "half-year"}}
        )
        work.session.add(half)
        work.session.flush()
        keep_choice(work.session, KeepChoice(programme_key="half", choice=AS_USUAL))
        assert work.session.query(ReturnLayout).filter_by(programme_id=half.id).one().every == "half_year"
