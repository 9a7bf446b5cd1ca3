import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.outcome_rules import RuleRow, SavedRule, SaveRule, list_rules, save_rule, try_rule
from coachdesk.casework.sustained.settings import Milestone
from coachdesk.casework.work import EndJob, end_job
from coachdesk.errors import Refusal
from coachdesk.models import Coach, Job, OutcomeRule, ReleaseFile
from coachdesk.returns.issue import issue
from coachdesk.returns.prepare import prepare
from coachdesk.returns.register import list_releases
from coachdesk.returns.wishes import IssueWish
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import ask, do, furnished
from tests.returns.test_prepare import WISH, people


def rules(vault: OpenVault) -> dict[str, RuleRow]:
    return {rule.key: rule for rule in ask(vault, list_rules)}


def wish(rule: RuleRow, **values: Any) -> SaveRule:
    given = SaveRule(
        key=rule.key,
        title=rule.title,
        sort=rule.sort,
        told=dict(rule.told),
        programme_id=rule.programme_id,
        evidence=rule.evidence,
        source_note=rule.source_note,
    )
    return replace(given, **values)


def save(vault: OpenVault, asked: SaveRule) -> SavedRule:
    return do(vault, save_rule, asked)[0]


def refused(vault: OpenVault, asked: SaveRule, field: str) -> None:
    with pytest.raises(Refusal) as caught:
        save(vault, asked)
    assert field in caught.value.fields


def test_the_rules_ship_with_their_programmes_and_every_example_holds(vault: OpenVault) -> None:
    found = rules(furnished(vault))
    assert list(found) == [
        "in-work-13",
        "in-work-26",
        "in-work-52",
        "ipspc-baseline",
        "connect-to-work-earnings",
        "whp-earnings",
        "cohort-6",
        "cohort-9",
        "cohort-12",
    ]
    assert found["ipspc-baseline"].programme == "IPS in primary care"
    assert found["in-work-13"].programme == ""
    for key in found:
        tried = ask(vault, try_rule, key)
        assert tried
        assert all(one.holds for one in tried), key


def test_a_vault_that_exists_gets_what_is_missing_and_keeps_what_was_changed(vault: OpenVault) -> None:
    save(furnished(vault), wish(rules(vault)["in-work-13"], told={"weeks": 13, "gap_days": 3}))
    with unit_of_work(vault, label="As before") as work:
        work.session.delete(
            work.session.scalars(select(OutcomeRule).where(OutcomeRule.key == "cohort-9")).one()
        )
    furnish_vault(vault)
    found = rules(vault)
    assert "cohort-9" in found
    assert found["in-work-13"].settings == Milestone(weeks=13, gap_days=3)


def test_saving_says_which_examples_hold_no_more(vault: OpenVault) -> None:
    rule = rules(furnished(vault))["in-work-13"]
    saved = save(vault, wish(rule, told={"weeks": 13, "gap_days": 5}))
    assert [one.holds for one in saved.tried] == [True, True, False, True, True]
    failed = saved.tried[2]
    assert failed.expected == "not reached, and cannot be any more"
    assert failed.found == "reached on 6 Apr 2026"
    assert (saved.key, saved.title) == ("in-work-13", "In work at 13 weeks")


def test_blank_connect_to_work_says_which_fact_is_missing_until_somebody_types_it(vault: OpenVault) -> None:
    rule = rules(furnished(vault))["connect-to-work-earnings"]
    assert (rule.settings, rule.missing) == (None, ("the sum that has to be earned",))
    half = {"hours": 16}
    save(vault, wish(rule, told=half))
    assert rules(vault)[rule.key].missing == (
        "how many weeks the sum stands for",
        "which rate the sum is reckoned with",
    )
    save(vault, wish(rule, told={"pounds": "4000"}))
    assert rules(vault)[rule.key].missing == ()


def test_a_new_rule_has_a_key_of_its_own_and_stands_last(vault: OpenVault) -> None:
    told = {"weeks": 8, "gap_days": 2}
    own = SaveRule(
        key="", title=" A trust: 8 weeks ", sort="milestone", told=told, valid_from=dt.date(2026, 4, 1)
    )
    assert save(furnished(vault), own).key == "a-trust-8-weeks"
    row = list(rules(vault).values())[-1]
    assert (row.title, row.settings) == ("A trust: 8 weeks", Milestone(weeks=8, gap_days=2))
    assert not row.holds_on(dt.date(2026, 3, 31))
    assert row.holds_on(dt.date(2026, 4, 1))
    refused(vault, own, "title")


def test_what_cannot_be_is_refused_beside_its_field(vault: OpenVault) -> None:
    found = rules(furnished(vault))
    milestone, weeks, earned = found["in-work-13"], found["ipspc-baseline"], found["whp-earnings"]
    refused(vault, wish(milestone, title=" "), "title")
    refused(vault, wish(milestone, told={"weeks": 0}), "weeks")
    early = {"valid_from": dt.date(2026, 2, 1), "valid_to": dt.date(2026, 1, 1)}
    refused(vault, wish(milestone, **early), "valid_to")
    refused(vault, wish(weeks, told={"window_weeks": 4, "weeks_needed": 5}), "weeks_needed")
    refused(vault, wish(weeks, told={"hours": 169}), "hours")
    refused(vault, wish(earned, told={"pounds": 1, "hours": 2}), "pounds")
    refused(vault, SaveRule(key="", title="Odd", sort="odd", told={}), "sort")
    with pytest.raises(Refusal):
        save(vault, wish(milestone, key="gone"))
    with pytest.raises(Refusal):
        ask(vault, try_rule, "gone")


def test_only_a_manager_changes_a_rule(vault: OpenVault) -> None:
    rule = rules(furnished(vault))["in-work-13"]
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="manager"):
        save(vault, wish(rule))


def test_an_issued_return_stays_as_it_was_when_a_job_or_a_rule_changes(
    vault: OpenVault, tmp_path: Path
) -> None:
    people(vault, 40)
    furnish_vault(vault)
    done = issue(
        vault,
        IssueWish(prepared=prepare(vault, WISH, Watch.silent()), folder=tmp_path / "out"),
        Watch.silent(),
    )

    def stands() -> tuple[object, ...]:
        with reading(vault) as session:
            register = list_releases(session, None)
            kept = [
                (one.name, one.sha256)
                for one in session.scalars(select(ReleaseFile).order_by(ReleaseFile.name))
            ]
        return register, kept, {path.name: path.read_bytes() for path in done.folder.iterdir()}

    before = stands()
    with reading(vault) as session:
        job = session.scalars(select(Job)).first()
    assert job is not None
    do(vault, end_job, EndJob(job_id=job.id, ended_on=job.started_on))
    save(vault, wish(rules(vault)["in-work-13"], told={"weeks": 4, "gap_days": 9}))
    assert stands() == before
