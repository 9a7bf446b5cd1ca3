import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.outcome_rules import list_rules
from coachdesk.casework.sustained.answers import (
    Answer,
    Sustained,
    SustainedQuestion,
    answer_of,
    sustained_of,
)
from coachdesk.casework.sustained.decision import Verdict
from coachdesk.casework.sustained.examples import history_of
from coachdesk.casework.sustained.telling import Shade
from coachdesk.models import Coach, Job, JobTerms
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.casework.sustained.slow_sustained import BOOK
from tests.casework.sustained.story import TRUST, the_story
from tests.makers import a_client, a_coach, ask, furnished, keep
from tests.vault_fixtures import TODAY

EVERY = ("whp-earnings", "connect-to-work-earnings", "cohort-6")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def asked(vault: OpenVault, client: Any, *also: str) -> Sustained:
    question = SustainedQuestion(client_id=client, today=TODAY, also=also)
    return ask(vault, sustained_of, question)


def by_key(sustained: Sustained) -> dict[str, Answer]:
    return {answer.key: answer for answer in sustained.answers}


def answered(vault: OpenVault, key: str, as_at: str, **told: Any) -> Answer:
    """Return how an invented history stands by a rule that ships."""
    rule = next(rule for rule in ask(vault, list_rules) if rule.key == key)
    return answer_of(rule, history_of(told), BOOK, day(as_at))


def test_the_story_of_two_employers_is_told_by_four_funders_rules(vault: OpenVault) -> None:
    story = the_story(vault)
    answers = by_key(asked(vault, story.client, *EVERY))
    strict = answers["in-work-13"]
    assert strict.decision.verdict is Verdict.CANNOT
    assert strict.told.sentence == "Not reached, and cannot be any more"
    assert strict.told.steps == (
        "The first job with four paid hours began on 8 Jun 2026 (Bay Bakery).",
        "13 weeks later is 7 Sep 2026.",
        "Days in no job from then to 7 Sep 2026: 5 days; allowed: 0.",
        "On 7 Sep 2026 in a job: Lake Hotel, known to go on until 28 Sep 2026 at least.",
    )
    assert [(p.days_words, p.shade, p.what, p.amount) for p in strict.told.pieces] == [
        ("8 Jun to 9 Aug 2026", Shade.COUNTS, "Bay Bakery", "63 days"),
        ("10 Aug to 14 Aug 2026", Shade.GAP, "In no job", "5 days"),
        ("15 Aug to 7 Sep 2026", Shade.COUNTS, "Lake Hotel", "24 days"),
    ]
    patient = answers[TRUST]
    assert (patient.decision.verdict, patient.decision.on) == (Verdict.REACHED, day("2026-09-07"))
    weeks = answers["ipspc-baseline"]
    assert weeks.told.sentence == "Reached on 13 Sep 2026, resting on estimates"
    assert [piece.shade for piece in weeks.told.pieces[8:11]] == [Shade.COUNTS, Shade.SHORT, Shade.COUNTS]
    assert "In the 16 weeks from 25 May to 13 Sep 2026 there are 13 that count." in weeks.told.steps
    assert weeks.told.pieces[9].amount == "5.7 hours"
    earned = answers["whp-earnings"]
    assert earned.told.sentence == "Not reached yet: 22 Nov 2026 if nothing changes"
    assert earned.told.steps[0].startswith("Needed: 16 hours × 26 weeks × £12.71 = £5,287.36")
    blank = answers["connect-to-work-earnings"]
    assert (blank.decision.verdict, blank.told.pieces) == (Verdict.BLANK, ())
    assert blank.told.steps[0] == "It lacks the sum that has to be earned."


def test_the_rules_of_the_programme_are_shown_and_others_only_on_wish(vault: OpenVault) -> None:
    story = the_story(vault)
    first = asked(vault, story.client)
    assert set(by_key(first)) == {"in-work-13", "in-work-26", "in-work-52", TRUST, "ipspc-baseline"}
    assert [other.key for other in first.others][:2] == ["connect-to-work-earnings", "whp-earnings"]
    assert first.has_job
    also = asked(vault, story.client, "whp-earnings")
    assert "whp-earnings" in by_key(also)
    assert "whp-earnings" not in {other.key for other in also.others}


def test_evidence_is_told_as_held_missing_or_not_accepted(vault: OpenVault) -> None:
    answers = by_key(asked(vault, the_story(vault).client, "connect-to-work-earnings"))
    held = answers["ipspc-baseline"].evidence
    assert held.held == ("Payslip for 15 Aug to 13 Sep 2026, seen on 28 Sep 2026",)
    assert held.missing == ""
    other = answers["in-work-13"].evidence
    assert other.held == ("photograph, seen on 28 Sep 2026; not a kind this funder accepts",)
    assert other.missing.startswith("Still needed, one of: Payslip, Contract or offer letter")
    unsaid = answers["connect-to-work-earnings"].evidence
    assert unsaid.missing == "Nobody has written down which evidence this funder accepts."


def test_a_changed_job_changes_the_answer_at_once(vault: OpenVault) -> None:
    story = the_story(vault)
    with unit_of_work(vault, label="Moved the start") as work:
        job = work.session.get_one(Job, story.second)
        job.started_on = day("2026-08-10")
        for terms in work.session.scalars(select(JobTerms).where(JobTerms.job_id == story.second)):
            terms.as_on = job.started_on
    assert by_key(asked(vault, story.client))["in-work-13"].decision.verdict is Verdict.REACHED


def test_nobody_reads_a_colleagues_client_without_a_reason(vault: OpenVault) -> None:
    furnished(vault)
    colleague = a_coach()
    client = a_client(coach_id=colleague.id)
    keep(vault, colleague, client)
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    with pytest.raises(ReasonNeeded):
        asked(vault, client.id)


def test_a_client_without_job_or_support_is_told_so(vault: OpenVault) -> None:
    furnished(vault)
    client = a_client()
    keep(vault, client)
    found = asked(vault, client.id, "ipspc-baseline", "cohort-6", "whp-earnings")
    assert not found.has_job
    answers = by_key(found)
    assert answers["in-work-13"].told.steps == ("No job with four paid hours has begun during support.",)
    assert answers["ipspc-baseline"].told.steps[0].startswith("Nobody has written down when support began")
    assert answers["cohort-6"].told.steps == ("Nobody has written down when support began.",)
    assert answers["whp-earnings"].told.steps[1] == "No job that counts has begun."


JOB = {"started": "2026-01-05", "hours": 16, "pence": 1300}


def test_a_milestone_still_to_come_says_what_would_break_it(vault: OpenVault) -> None:
    furnished(vault)
    coming = answered(vault, "in-work-13", "2026-02-02", jobs=[JOB])
    assert coming.told.breaks == (
        "A gap of even one day before 6 Apr 2026.",
        "Being in no job on 6 Apr 2026 itself.",
    )
    assert [piece.shade for piece in coming.told.pieces] == [Shade.UNKNOWN, Shade.TO_COME]
    past = answered(vault, "in-work-13", "2026-05-02", jobs=[JOB])
    assert past.told.steps[-1] == "On 6 Apr 2026 nobody knows: of  nothing was heard since it began."
    assert past.told.settles == (
        ": a check-in, evidence or a confirmed week on or after 6 Apr 2026; or its last day.",
    )
    heard = answered(vault, "in-work-13", "2026-05-02", jobs=[{**JOB, "still_there": "2026-03-02"}])
    assert heard.told.steps[-1].endswith("nothing was heard since 2 Mar 2026.")
    left = answered(vault, "in-work-13", "2026-05-02", jobs=[{**JOB, "ended": "2026-03-02"}])
    assert left.told.steps[-1] == "On 6 Apr 2026 no job was held."
    stayed = answered(vault, "in-work-13", "2026-05-02", jobs=[{**JOB, "ended": "2026-04-20"}])
    assert stayed.told.steps[-1].endswith("until 20 Apr 2026.")
    unclear = answered(vault, "in-work-13", "2026-05-02", jobs=[{"started": "2026-01-05"}])
    assert unclear.told.settles == (
        "The day on which four hours of paid work were done, or the usual hours a week.",
    )


@pytest.mark.parametrize(
    ("weeks", "words"),
    [
        ([{"from": "2026-01-05", "count": 6, "hours": 16}], "only 3 more weeks under 7 hours are allowed."),
        (
            [
                {"from": "2026-01-05", "count": 2, "hours": 16},
                {"from": "2026-01-19", "count": 2, "hours": 2},
                {"from": "2026-02-02", "count": 2, "hours": 16},
            ],
            "only 1 more week under 7 hours is allowed.",
        ),
        (
            [
                {"from": "2026-01-05", "count": 3, "hours": 16},
                {"from": "2026-01-26", "count": 3, "hours": 0},
            ],
            "not one more week under 7 hours is allowed.",
        ),
    ],
)
def test_a_rule_of_weeks_says_how_many_more_may_fail(
    vault: OpenVault, weeks: list[dict[str, Any]], words: str
) -> None:
    furnished(vault)
    job = {**JOB, "weeks": weeks, "still_there": "2026-02-15"}
    found = answered(
        vault, "ipspc-baseline", "2026-02-15", jobs=[job], born="1990-04-09", supported_from="2025-12-01"
    )
    (said,) = found.told.breaks
    assert said == f"In the 16 weeks from 5 Jan to 26 Apr 2026, {words}"


def test_each_week_says_why_it_does_not_count(vault: OpenVault) -> None:
    furnished(vault)
    run = [
        {"from": "2026-01-05", "hours": 16},
        {"from": "2026-01-12", "hours": 3},
        {"from": "2026-01-19", "hours": 0},
    ]
    about = {"born": "1990-04-09", "supported_from": "2025-12-01"}

    def words(**job: Any) -> list[str]:
        jobs = [{**JOB, "weeks": run, **job}]
        found = answered(vault, "ipspc-baseline", "2026-01-25", jobs=jobs, **about)
        return [piece.what for piece in found.told.pieces]

    assert words() == ["Counts", "Under 7 hours", "No paid hours"]
    assert words(pence=900)[0] == "Paid below the legal minimum for the age"
    assert words(pence=None)[0] == "Pay or age is not known"
    assert words(weeks=[{"from": "2026-01-05"}])[0] == "Hours are not known"
    assert words(weeks=[], still_there="2026-01-25")[0] == "Counts, by an estimate"


def test_support_that_ended_is_told(vault: OpenVault) -> None:
    furnished(vault)
    about: dict[str, Any] = {
        "supported_from": "2025-12-01",
        "supported_to": "2026-03-08",
        "born": "1990-04-09",
    }
    found = answered(vault, "ipspc-baseline", "2026-06-01", jobs=[JOB], **about)
    assert found.told.steps[-1] == "Support ended on 8 Mar 2026; later weeks do not count."
    assert found.decision.verdict is Verdict.CANNOT
    assert not answered(vault, "ipspc-baseline", "2026-06-01", **about).told.pieces


def test_earnings_are_told_week_by_week(vault: OpenVault) -> None:
    furnished(vault)
    weeks = [
        {"from": "2026-01-05", "count": 2, "hours": 16, "gross": 20800},
        {"from": "2026-01-19", "hours": 0, "gross": 0},
    ]
    jobs = [{"started": "2026-01-05", "weeks": [*weeks, {"from": "2026-01-26"}], "self_employed": True}]
    found = answered(vault, "whp-earnings", "2026-02-01", jobs=jobs, supported_to="2026-12-01")
    assert [(piece.shade, piece.what) for piece in found.told.pieces] == [
        (Shade.COUNTS, "£208.00 in all"),
        (Shade.COUNTS, "£416.00 in all"),
        (Shade.GAP, "£416.00 in all"),
        (Shade.UNKNOWN, "Pay not known; £416.00 in all"),
    ]
    assert found.told.steps[1:] == (
        "Gross pay known until 1 Feb 2026: £416.00.",
        "Still to be earned: £4,663.36.",
        "Pay of 1 week is not known.",
        "Or 6 months in self-employment: since 5 Jan 2026 ().",
    )
    own = answered(
        vault,
        "whp-earnings",
        "2026-08-01",
        jobs=[{"started": "2026-01-05", "self_employed": True, "still_there": "2026-07-20"}],
    )
    assert own.told.sentence == "Reached on 5 Jul 2026, by self-employment"
    plenty = [{"from": "2026-01-05", "count": 2, "hours": 40, "gross": 400_000}]
    rich = answered(vault, "whp-earnings", "2026-02-01", jobs=[{**JOB, "weeks": plenty}])
    assert rich.told.pieces[1].what == "£8,000.00 in all: enough"
    old = answered(vault, "whp-earnings", "2020-02-01", jobs=[{**JOB, "started": "2020-01-06"}])
    assert old.told.steps[0] == "Needed: a sum by a rate that is not known for 1 Feb 2020."
    young = answered(
        vault, "whp-earnings", "2026-01-07", jobs=[{**JOB, "called": "Bay"}], supported_to="2026-12-01"
    )
    assert young.told.steps[1] == "Gross pay known until 7 Jan 2026: £0.00."
    assert young.told.steps[2] == "Still to be earned: £5,079.36."
    assert young.told.breaks == ("Fewer hours, less pay or a gap: each moves the day back.",)


def test_a_sum_in_pounds_is_told_as_it_stands(vault: OpenVault) -> None:
    furnished(vault)
    rule = next(rule for rule in ask(vault, list_rules) if rule.key == "connect-to-work-earnings")
    found = answer_of(
        replace(rule, told={"pounds": 100.5}), history_of({"jobs": [JOB]}), BOOK, day("2026-02-01")
    )
    assert found.told.steps == (
        "Needed: £100.50 of gross pay.",
        "Gross pay known until 1 Feb 2026: £0.00.",
        "Still to be earned: £100.50.",
        "Pay of 4 weeks are not known.",
    )


def test_a_cohort_is_told_before_and_after_the_months_are_up(vault: OpenVault) -> None:
    furnished(vault)

    def told(as_at: str, **job: Any) -> Answer:
        jobs = [{**JOB, **job}] if job else []
        return answered(vault, "cohort-6", as_at, jobs=jobs, supported_from="2026-01-05")

    early = told("2026-02-01")
    assert early.told.steps[-1] == "The months are not up: this client is not in the rate yet."
    assert [piece.shade for piece in early.told.pieces] == [Shade.GAP, Shade.TO_COME]
    reached = told("2026-08-01", started="2026-02-01")
    assert [piece.shade for piece in reached.told.pieces] == [Shade.GAP, Shade.COUNTS]
    late = told("2026-09-01", started="2026-08-01")
    assert [piece.shade for piece in late.told.pieces] == [Shade.GAP]
    at_once = told("2026-08-01", started="2026-01-05")
    assert [piece.shade for piece in at_once.told.pieces] == [Shade.COUNTS]
    unclear = told("2026-08-01", started="2026-02-01", hours=None)
    assert unclear.told.settles
    assert (
        told("2026-02-01", started="2026-01-30").told.sentence
        == "Not reached yet: 30 Jan 2026 if nothing changes"
    )


def test_rules_of_ones_own_are_told_with_what_they_ask_and_no_more(vault: OpenVault) -> None:
    furnished(vault)
    shipped = {rule.key: rule for rule in ask(vault, list_rules)}
    plain = replace(shipped["ipspc-baseline"], told={"window_weeks": 4, "weeks_needed": 2, "hours": 7})
    weeks = [{"from": "2026-01-05", "count": 4, "hours": 8}]
    found = answer_of(plain, history_of({"jobs": [{**JOB, "weeks": weeks}]}), BOOK, day("2026-02-01"))
    assert found.told.steps == (
        "Needed: 2 weeks of at least 7 hours within 4 weeks in a row.",
        "Since 5 Jan 2026: 4 weeks count, 0 are not known, of 4 weeks that are over.",
        "In the 4 weeks from 22 Dec 2025 to 18 Jan 2026 there are 2 that count.",
    )
    earned = replace(shipped["whp-earnings"], told={"pounds": 100_000, "within_support": True})
    slow = history_of({"jobs": [{**JOB, "weeks": weeks}], "supported_from": "2026-01-01"})
    far = answer_of(earned, slow, BOOK, day("2026-02-01"))
    assert far.decision.projected is None
    ending = history_of(
        {
            "jobs": [{**JOB, "weeks": [{"from": "2026-01-05", "count": 4, "hours": 8, "gross": 9000}]}],
            "supported_to": "2026-06-01",
        }
    )
    told = answer_of(earned, ending, BOOK, day("2026-02-01")).told
    assert told.breaks[1] == "Support ends on 1 Jun 2026; pay of later weeks does not count."


def test_a_job_of_a_few_days_has_a_milestone_in_sight(vault: OpenVault) -> None:
    furnished(vault)
    new = answered(vault, "in-work-13", "2026-01-07", jobs=[JOB])
    assert new.told.sentence == "Not reached yet: 6 Apr 2026 if nothing changes"
    one_day = [{**JOB, "ended": "2026-02-01"}, {"started": "2026-02-03", "hours": 16}]
    gap = answered(vault, "in-work-13", "2026-02-10", jobs=one_day).told.pieces[1]
    assert (gap.days_words, gap.amount) == ("2 Feb 2026", "1 day")
