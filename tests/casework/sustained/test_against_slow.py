from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from coachdesk.casework.sustained.engine import decide
from tests.casework.sustained.invented_work import invented_day, invented_history, invented_rule
from tests.casework.sustained.slow_sustained import BOOK, slow_decide


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_engine_agrees_with_the_slow_day_by_day_way(random: Random) -> None:
    history, rule, as_at = invented_history(random), invented_rule(random), invented_day(random)
    found = decide(history, rule, BOOK, as_at)
    assert (found.verdict.value, found.on) == slow_decide(history, rule, as_at)


def test_a_few_hundred_whole_lives_agree_and_every_verdict_comes_up() -> None:
    random = Random(20261122)  # noqa: S311  invented lives, no secret
    seen = set()
    for _ in range(400):
        history, rule, as_at = invented_history(random), invented_rule(random), invented_day(random)
        found = decide(history, rule, BOOK, as_at)
        assert (found.verdict.value, found.on) == slow_decide(history, rule, as_at)
        seen.add((type(rule).__name__, found.verdict.value))
    sorts = {"Milestone", "Weeks", "Earnings", "Cohort"}
    assert {name for name, _ in seen} == sorts
    assert {verdict for _, verdict in seen} == {"reached", "not_yet", "unknown", "cannot"}
