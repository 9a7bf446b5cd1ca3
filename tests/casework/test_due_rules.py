"""Due dates follow from the programme's rules, one answer closes what came before, and each says its origin."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coachdesk.casework.definition import Definition, read_definition
from coachdesk.casework.due_rules import (
    Kept,
    check_in_dates,
    check_in_slots,
    milestone_due,
    months_after,
    next_check_in,
    next_slot,
    open_check_ins,
    plan_due,
    profile_due,
    review_due,
    support_end_due,
    support_ends_on,
)

START = dt.date(2026, 1, 5)
RULES = read_definition(
    {
        "due": {
            "profile_begun_days": 7,
            "profile_begun_source": "a default",
            "plan_agreed_days": 14,
            "plan_agreed_source": "a default",
            "plan_review_days": 28,
            "plan_review_source": "four-weekly",
            "milestone_days": [91, 182],
            "milestone_source": "13 and 26 weeks",
        },
        "support": {
            "out_of_work_months": 12,
            "in_work_months": 4,
            "warn_days_before": [60, 30, 14],
            "source": "a year",
        },
        "check_ins": {"weeks": [1, 2, 3, 4, 6], "grace_days": 7, "source": "weekly at first"},
    }
)
NO_RULES: Definition = read_definition({})

starts = some.dates(dt.date(2000, 1, 1), dt.date(2050, 1, 1))
rhythms = some.lists(some.integers(1, 60), min_size=1, max_size=12, unique=True)


def days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


@given(starts, rhythms)
def test_every_due_date_follows_the_rhythm_and_one_another(start: dt.date, weeks: list[int]) -> None:
    due = check_in_dates(start, weeks)
    assert [(day - start).days for day in due] == [7 * week for week in sorted(weeks)]
    assert open_check_ins(start, None, weeks, ()) == due


@given(starts, rhythms, some.data())
def test_an_answered_check_in_closes_itself_and_what_was_due_before(
    start: dt.date, weeks: list[int], data: some.DataObject
) -> None:
    due = check_in_dates(start, weeks)
    answered = data.draw(some.sampled_from(due))
    still_open = open_check_ins(start, None, weeks, (answered,))
    assert still_open == tuple(day for day in due if day > answered)


@given(starts, rhythms)
def test_answering_each_in_turn_closes_exactly_one(start: dt.date, weeks: list[int]) -> None:
    done: list[dt.date] = []
    for left in range(len(weeks), 0, -1):
        still_open = open_check_ins(start, None, weeks, done)
        assert len(still_open) == left
        done.append(still_open[0])
    assert open_check_ins(start, None, weeks, done) == ()


@given(starts, rhythms, some.integers(0, 400))
def test_nothing_is_due_once_the_job_has_ended(start: dt.date, weeks: list[int], worked: int) -> None:
    ended = start + days(worked)
    assert all(day <= ended for day in open_check_ins(start, ended, weeks, ()))


@given(starts, rhythms, some.data())
def test_no_check_in_vanishes_whatever_is_moved_left_out_or_held(
    start: dt.date, weeks: list[int], data: some.DataObject
) -> None:
    due = check_in_dates(start, weeks)
    new_days = some.one_of(some.none(), some.integers(0, 500).map(days).map(start.__add__))
    moves = data.draw(some.dictionaries(some.sampled_from(due), new_days))
    stands = [on for day in due if (on := moves.get(day, day)) is not None]
    done = data.draw(some.lists(some.sampled_from(stands), max_size=2)) if stands else []
    ended = data.draw(some.one_of(some.none(), some.integers(0, 450).map(days).map(start.__add__)))
    slots = check_in_slots(start, ended, weeks, done, moves)
    assert sorted(slot.rhythm_on for slot in slots) == list(due)
    for slot in slots:
        left_out = moves.get(slot.rhythm_on, slot.rhythm_on) is None
        assert (slot.kept is Kept.LEFT_OUT) == left_out
        assert slot.on == (slot.rhythm_on if left_out else moves.get(slot.rhythm_on, slot.rhythm_on))
        if slot.on in done:
            assert slot.kept in {Kept.ANSWERED, Kept.LEFT_OUT}
        if slot.kept is Kept.ANSWERED:
            assert any(slot.on <= day for day in done)
        if slot.kept is Kept.AFTER_END:
            assert ended is not None
            assert slot.on > ended
    opened = tuple(slot.on for slot in slots if slot.kept is Kept.OPEN)
    assert opened == open_check_ins(start, ended, weeks, done, moves)
    assert opened == tuple(sorted(opened))


def test_a_moved_check_in_waits_for_its_new_day_though_a_later_one_was_held() -> None:
    moves = {START + days(7): START + days(16), START + days(14): None}
    opened = open_check_ins(START, None, [1, 2, 3], (START + days(15),), moves)
    assert opened == (START + days(16), START + days(21))
    assert open_check_ins(START, None, [1, 2, 3], (START + days(16),), moves) == (START + days(21),)


@given(starts, rhythms, some.integers(0, 450), some.data())
def test_the_one_to_show_is_the_same_whether_or_not_moves_are_looked_at(
    start: dt.date, weeks: list[int], gone: int, data: some.DataObject
) -> None:
    due = check_in_dates(start, weeks)
    done = data.draw(some.lists(some.sampled_from(due), max_size=1))
    today = start + days(gone)
    told = next_check_in(open_check_ins(start, None, weeks, done), today, earliest=today - days(56))
    shown = next_slot(check_in_slots(start, None, weeks, done), today, earliest=today - days(56))
    assert (shown.on if shown is not None else None) == told


def test_what_was_due_before_one_that_is_moved_or_left_out_waits_with_it() -> None:
    today = START + days(15)

    def shown(moves: dict[dt.date, dt.date | None]) -> dt.date | None:
        found = next_slot(check_in_slots(START, None, [1, 2, 3], (), moves), today)
        return found.on if found is not None else None

    week = [START + days(7 * number) for number in range(4)]
    assert shown({}) == week[2]
    assert shown({week[2]: START + days(18)}) == START + days(18)
    assert shown({week[2]: None}) == week[3]
    assert shown({week[2]: None, week[1]: today}) == today
    assert shown({week[1]: None}) == week[2]
    assert shown({week[3]: today}) == today
    assert shown({week[1]: None, week[2]: None, week[3]: None}) is None


def test_of_several_missed_check_ins_only_the_latest_is_asked_for() -> None:
    due = check_in_dates(START, RULES.check_in_weeks)
    assert next_check_in(due, START) == START + days(7)
    assert next_check_in(due, START + days(22)) == START + days(21)
    assert next_check_in((), START) is None


def test_support_ends_by_route_and_is_announced_in_time() -> None:
    assert support_ends_on(START, "out_of_work", RULES) == dt.date(2027, 1, 5)
    assert support_ends_on(START, "in_work_at_risk", RULES) == dt.date(2026, 5, 5)
    assert support_ends_on(START, "out_of_work", NO_RULES) is None
    end = dt.date(2027, 1, 5)
    assert support_end_due(START, "out_of_work", RULES, end - days(61)) is None
    warned = support_end_due(START, "out_of_work", RULES, end - days(60))
    assert warned is not None
    assert (warned.on, warned.origin) == (end, "a year")
    assert support_end_due(START, "out_of_work", NO_RULES, end) is None


def test_profile_and_plan_are_due_so_many_days_after_the_start() -> None:
    profile, plan = profile_due(START, RULES), plan_due(START, RULES)
    assert profile is not None
    assert plan is not None
    assert (profile.on - START, profile.origin) == (days(7), "a default")
    assert (plan.on - START, plan.origin) == (days(14), "a default")
    assert profile_due(START, NO_RULES) is None
    assert plan_due(START, NO_RULES) is None


def test_a_review_is_due_on_the_day_agreed_or_four_weeks_after_the_last() -> None:
    agreed, reviewed, chosen = START, START + days(20), START + days(90)
    by_rule = review_due(agreed, reviewed, None, RULES)
    assert by_rule is not None
    assert (by_rule.on, by_rule.origin) == (reviewed + days(28), "four-weekly")
    never = review_due(agreed, None, None, RULES)
    assert never is not None
    assert never.on == agreed + days(28)
    by_hand = review_due(agreed, reviewed, chosen, NO_RULES)
    assert by_hand is not None
    assert by_hand.on == chosen
    assert review_due(agreed, None, None, NO_RULES) is None


def test_a_milestone_shows_when_it_is_near_and_the_job_goes_on() -> None:
    near = milestone_due(START, None, RULES, START + days(88), 7)
    assert near is not None
    assert (near.on, near.origin) == (START + days(91), "13 and 26 weeks")
    assert near.what.startswith("13 weeks in work")
    assert milestone_due(START, None, RULES, START + days(50), 7) is None
    assert milestone_due(START, START + days(90), RULES, START + days(88), 7) is None
    assert milestone_due(START, None, RULES, START + days(180), 7) is not None


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2026, 10, 31), 4, dt.date(2027, 2, 28)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2026, 8, 15), 4, dt.date(2026, 12, 15)),
        (dt.date(2026, 9, 15), 4, dt.date(2027, 1, 15)),
    ],
)
def test_months_end_on_the_last_day_there_is(day: dt.date, months: int, expected: dt.date) -> None:
    assert months_after(day, months) == expected
