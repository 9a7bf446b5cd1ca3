"""Lists of clients: what stands on them, counted by the question that shows them, in the order asked for."""

import datetime as dt
import random
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy.orm import Session

from coachdesk.casework.caseload_columns import OWN, columns_that_ship
from coachdesk.casework.caseload_lists import ANYBODY, ClientList, ListQuestion, count_list, read_list
from coachdesk.casework.caseload_reading import MINE, PUT_AWAY, SHIPPED, shipped_list
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.programmes import definitions
from coachdesk.errors import Refusal
from coachdesk.models import ContactRhythm, Cover, CustomAnswer, CustomField
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from tests.casework.test_caseload_compared import everybody, lists_of, rest_and_agree, somebody
from tests.casework.test_own_lists import IQRA, Team
from tests.makers import (
    ENTERED,
    a_client,
    a_coach,
    a_contact,
    a_hub,
    a_job,
    a_pause,
    a_plan,
    an_action,
    an_eligibility,
    an_employer,
    an_enrolment,
    an_equality,
    ask,
    days_ago,
    do,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

PEOPLE = 60
KEYS = tuple(one.key for one in SHIPPED)


def read(vault: OpenVault, **values: Any) -> ClientList:
    found: ClientList = ask(vault, read_list, ListQuestion(today=TODAY, **values))
    return found


def names(vault: OpenVault, **values: Any) -> list[str]:
    return [row.name for row in read(vault, **values).rows]


def programme(vault: OpenVault) -> UUID:
    found: UUID = ask(vault, lambda session, _: programme_id(session))
    return found


@pytest.fixture
def mixed(desk_vault: OpenVault) -> OpenVault:
    chance = random.Random(7)  # noqa: S311  invented people, not keys
    employer, theirs = an_employer(), programme(desk_vault)
    keep(
        desk_vault,
        employer,
        *(one for _ in range(PEOPLE) for one in somebody(chance, desk_vault, theirs, employer)),
    )
    return desk_vault


def test_lists_hold_whom_their_records_put_there(mixed: OpenVault) -> None:
    rest_and_agree(mixed, random.Random(3))  # noqa: S311  invented people, not keys

    def simply(session: Session, _: None) -> dict[str, set[UUID]]:
        rules = definitions(session)
        found: dict[str, set[UUID]] = {}
        for one in everybody(session):
            for name in lists_of(one, rules):
                if one.client.died_on is None or name in {"open", "all", "closed"}:
                    found.setdefault(name, set()).add(one.client.id)
        return found

    expected = ask(mixed, simply)
    assert set(expected) == {"open", "all", "closed", "due", "quiet", "in_work"}
    for name, clients in expected.items():
        assert {row.id for row in read(mixed, list=name).rows} == clients, name


questions: some.SearchStrategy[dict[str, Any]] = some.builds(
    dict,
    list=some.sampled_from(KEYS),
    whose=some.sampled_from((ANYBODY, MINE)),
    words=some.sampled_from(("", "okonkwo", "maya", "ødegård maya", "ended", "nobody at all")),
    only=some.sampled_from(((), (("stage", "Support has ended"),), (("coach", ""), ("hub", "")))),
    order=some.sampled_from(("", *(column.key for column in columns_that_ship()))),
    descending=some.booleans(),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(values=questions)
def test_each_count_is_the_length_of_its_list(mixed: OpenVault, values: dict[str, Any]) -> None:
    question = ListQuestion(today=TODAY, **values)
    found = ask(mixed, read_list, question)
    assert ask(mixed, count_list, question) == len(found.rows)
    whole = {key: read(mixed, list=key, whose=question.whose).rows for key in KEYS}
    assert found.counts == {key: len(rows) for key, rows in whole.items()}
    ids = [row.id for row in found.rows]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {row.id for row in whole[question.list]}
    narrowed = replace(question, order="", descending=False)
    assert {row.id for row in ask(mixed, read_list, narrowed).rows} == set(ids)
    if question.order:
        column = next(one for one in columns_that_ship() if one.key == question.order)
        keys = [column.sorts_by(row) for row in found.rows]
        told = [key for key in keys if key is not None]
        assert keys == told + [None] * (len(keys) - len(told)), "without a value comes last"
        assert told == sorted(told, reverse=question.descending)


def test_without_an_order_what_is_due_first_comes_first(desk_vault: OpenVault) -> None:
    late, now, ash, zed = (a_client(first_name=one, last_name="") for one in ("Late", "Now", "Ash", "Zed"))
    keep(desk_vault, zed, ash, now, late)
    keep(desk_vault, an_action(now, due_on=TODAY), an_action(late, due_on=days_ago(3)))
    assert names(desk_vault) == ["Late", "Now", "Ash", "Zed"]
    assert names(desk_vault, list="due") == ["Late", "Now"]
    assert names(desk_vault, order="name", descending=True) == ["Zed", "Now", "Late", "Ash"]
    assert names(desk_vault, order="due", descending=True) == ["Now", "Late", "Ash", "Zed"]


def test_a_list_is_read_anew_once_anything_has_changed(desk_vault: OpenVault) -> None:
    client = a_client(first_name="Maya", coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    assert [row.words("last_contact") for row in read(desk_vault).rows] == [""]
    wish = RecordContact(client_id=client.id, happened_on=TODAY, channel="phone", note="Rang")
    do(desk_vault, record_contact, wish)
    assert [row.words("last_contact") for row in read(desk_vault).rows] == ["5 Oct 2026, today"]


def test_a_rhythm_that_was_agreed_says_when_somebody_has_gone_quiet(desk_vault: OpenVault) -> None:
    weekly, yearly, resting, never = (a_client(first_name=one, last_name="") for one in ("W", "Y", "R", "N"))
    theirs = programme(desk_vault)
    enrolments = [an_enrolment(one, theirs) for one in (weekly, yearly, resting, never)]
    keep(desk_vault, weekly, yearly, resting, never, *enrolments)
    keep(
        desk_vault,
        *(
            a_contact(one, happened_on=days_ago(days))
            for one, days in ((weekly, 8), (yearly, 200), (resting, 90))
        ),
        ContactRhythm(client_id=weekly.id, every_days=30, agreed_on=days_ago(90), reason=""),
        ContactRhythm(client_id=weekly.id, every_days=7, agreed_on=days_ago(30), reason=""),
        ContactRhythm(client_id=weekly.id, every_days=90, agreed_on=TODAY + dt.timedelta(days=1), reason=""),
        ContactRhythm(client_id=yearly.id, every_days=365, agreed_on=days_ago(200), reason=""),
        a_pause(enrolments[2], from_on=days_ago(80), to_on=None),
    )
    assert set(names(desk_vault, list="quiet")) == {"W", "N"}
    row = next(row for row in read(desk_vault).rows if row.name == "W")
    assert row.words("last_contact") == "27 Sep 2026, 8 days ago"


def test_a_plan_agreed_long_ago_is_due_for_review(desk_vault: OpenVault) -> None:
    due, fresh, draft, gone = (
        a_client(first_name=one, last_name="") for one in ("Due", "Fresh", "Draft", "Gone")
    )
    theirs = programme(desk_vault)
    keep(desk_vault, due, fresh, draft, gone, *(an_enrolment(one, theirs) for one in (due, fresh, draft)))
    keep(
        desk_vault,
        a_plan(due, version=1, agreed_on=days_ago(200)),
        a_plan(due, version=2, agreed_on=days_ago(90), next_review_on=TODAY),
        a_plan(fresh, agreed_on=days_ago(90), next_review_on=TODAY + dt.timedelta(days=1)),
        a_plan(draft, agreed_on=None),
        a_plan(gone, agreed_on=days_ago(300), next_review_on=TODAY),
    )
    assert names(desk_vault, list="review") == ["Due"]
    assert [row.words("review") for row in read(desk_vault, order="review").rows][:3] == [
        "5 Oct 2026",
        "6 Oct 2026",
        "",
    ]


def test_what_was_never_asked_is_missing_and_a_non_answer_is_not(desk_vault: OpenVault) -> None:
    hub = a_hub(name="Kendal Hub")
    whole = a_client(
        first_name="Whole", last_name="", phone="07700 900 001", postcode="LA14 1AA", hub_id=hub.id,
        coach_id=desk_vault.coach_id, born_from=None, born_to=None, birth_precision="", birth_told_on=None,
        unstated={"birth": "prefers_not_to_say"},
    )  # fmt: skip
    bare = a_client(
        first_name="Bare",
        last_name="",
        town="",
        born_from=None,
        born_to=None,
        birth_precision="",
        birth_told_on=None,
    )
    begun = a_client(first_name="Begun", last_name="", town="Ulverston", email="b@example.org", hub_id=hub.id)
    enrolment = an_enrolment(
        whole, programme(desk_vault), source="self", route="out_of_work", accepted_on=TODAY
    )
    started = an_enrolment(
        begun, programme(desk_vault), accepted_on=None, source="not_asked", route="not_asked"
    )
    ended = a_client(first_name="Ended", last_name="")
    keep(desk_vault, hub, whole, bare, begun, ended)
    keep(
        desk_vault,
        enrolment,
        started,
        an_enrolment(ended, programme(desk_vault), exit_on=days_ago(1)),
        an_eligibility(enrolment),
        an_equality(whole, sex="prefers_not_to_say", ethnic_group="white_british", long_condition="no"),
    )
    rows = {row.name: row.words("missing") for row in read(desk_vault, list="all").rows}
    assert rows == {
        "Whole": "",
        "Bare": "birth date, phone or email, where they live, coach, hub, enrolment, sex, ethnic group, "
        "long-term condition",
        "Begun": "coach, referral source, route, accepted date, eligibility, sex, ethnic group, long-term condition",
        "Ended": "",
    }
    assert names(desk_vault, list="missing", order="missing") == ["Begun", "Bare"]


def test_a_coach_has_her_own_and_whom_she_looks_after(desk_vault: OpenVault) -> None:
    team = Team(desk_vault)
    assert set(names(desk_vault)) == {"Ada Own", "Ben Nobodys", "Dora Shared"}
    assert set(names(desk_vault, list="mine")) == {"Ada Own", "Dora Shared"}
    assert set(names(desk_vault, list=PUT_AWAY)) == {"Emil Away"}
    assert names(desk_vault, list="away") == []
    keep_by_program(
        desk_vault,
        Cover(away_id=team.colleague, covered_by_id=team.me, from_on=TODAY, to_on=TODAY, reason="Leave"),
    )
    assert names(desk_vault, list="away") == ["Robert Others"]
    for own in ({"list": "mine"}, {"whose": MINE}, {}):
        rows = read(desk_vault, **own).rows
        assert {row.name: row.covered_for for row in rows if row.facts.coach is not None} == {
            "Ada Own": "",
            "Dora Shared": "",
            "Robert Others": IQRA,
        }
    marked = {row.words("name") for row in read(desk_vault, list="mine").rows}
    assert marked == {"Ada Own", "Dora Shared", f"Robert Others (for {IQRA})"}
    assert set(names(desk_vault, whose=team.colleague.hex)) == {"Robert Others", "Dora Shared"}
    assert not read(desk_vault).keeps_keys
    team.act_as(Role.TRUSTEE)
    closed = read(desk_vault, list="all")
    assert (closed.rows, closed.keeps_keys) == ((), True)


def keep_by_program(vault: OpenVault, *records: Any) -> None:
    from coachdesk.vault.work import unit_of_work  # noqa: PLC0415  one use

    with unit_of_work(vault, by_program=True) as work:
        work.session.add_all(records)


def test_columns_say_what_the_record_says(desk_vault: OpenVault) -> None:
    hub, coach = a_hub(name="Kendal Hub"), a_coach(name="Iqra Malik")
    client = a_client(
        first_name="Deborah", last_name="Ash", known_as="Debs", town="Ulverston", postcode="LA12 7AA",
        phone="07700 900 123", email="d@example.org", communication_needs="Large print,\nplease", coach_id=coach.id,
    )  # fmt: skip
    lone = a_client(first_name="", last_name="Zed", town="", born_from=None, born_to=None, birth_precision="")
    employer = an_employer()
    keep(desk_vault, hub, coach, client, lone, employer)
    keep(
        desk_vault,
        an_enrolment(
            client, programme(desk_vault), started_on=dt.date(2026, 6, 1), hub_id=hub.id, route="out_of_work",
            source="self", stage="profiling",
        ),
        a_job(client, employer, started_on=days_ago(14)),
        a_contact(client, happened_on=days_ago(1), next_on=TODAY),
    )  # fmt: skip
    first, second = read(desk_vault, list="all", columns=tuple(one.key for one in columns_that_ship())).rows
    assert (first.name, second.name, first.id, first.due_on) == ("Debs Ash", "Zed", client.id, TODAY)
    told = {column.key: column.words(first) for column in columns_that_ship()}
    assert told == {
        "name": "Debs Ash", "reference": client.reference, "born": "9 Apr 1990, 36", "stage": "In work · week 3",
        "due": "Today", "last_contact": "4 Oct 2026, yesterday", "next_contact": "5 Oct 2026", "review": "",
        "coach": "Iqra Malik", "hub": "Kendal Hub", "programme": told["programme"], "route": "Out of work",
        "source": told["source"], "started": "1 Jun 2026", "in_work": "21 Sep 2026", "town": "Ulverston",
        "postcode": "LA12 7AA", "phone": "07700 900 123", "email": "d@example.org",
        "needs": "Large print, please", "missing": told["missing"],
    }  # fmt: skip
    assert "Connect to Work" in told["programme"]
    assert (second.words("born"), second.words("route"), second.words("due")) == ("", "", "")
    assert names(desk_vault, list="all", words="kendal debs") == ["Debs Ash"]
    assert names(desk_vault, list="all", words="07700900123") == ["Debs Ash"]
    assert names(desk_vault, list="all", only=(("town", "Ulverston"),)) == ["Debs Ash"]
    assert names(desk_vault, list="all", only=(("town", ""),)) == ["Zed"]


def test_questions_of_our_own_are_columns_like_any_other(desk_vault: OpenVault) -> None:
    one, two, three = (a_client(first_name=name, last_name="") for name in ("One", "Two", "Three"))
    sorts = ("text", "choice", "choices", "date", "number", "yes_no")
    fields = {
        sort: CustomField(
            key=sort, title=f"A {sort}", sort=sort, help="", choices=[["a", "Apples"], ["b", "Bread"]], source_note="",
            position=place,
        )
        for place, sort in enumerate(sorts)
    }  # fmt: skip
    fields["number"].retired_on = TODAY
    values: dict[str, Any] = {
        "text": "words", "choice": "a", "choices": ["a", "c"], "date": "2026-10-05", "number": 7, "yes_no": True,
    }  # fmt: skip
    keep(desk_vault, one, two, three, *fields.values())
    keep(
        desk_vault,
        *(
            CustomAnswer(client_id=one.id, field_id=fields[sort].id, value={sort: values[sort]})
            for sort in sorts
        ),
        CustomAnswer(client_id=two.id, field_id=fields["date"].id, value={"date": "soon"}),
        CustomAnswer(client_id=two.id, field_id=fields["yes_no"].id, value={"yes_no": "no"}),
        CustomAnswer(client_id=three.id, field_id=fields["text"].id, unstated="prefers_not_to_say"),
    )
    columns = tuple(OWN + sort for sort in sorts)
    found = read(desk_vault, columns=(*columns, "own:gone"), order=OWN + "date")
    said = {row.name: [column.words(row) for column in found.columns] for row in found.rows}
    assert said["One"] == ["words", "Apples", "Apples, c", "5 Oct 2026", "7", "Yes", ""]
    assert said["Two"] == ["", "", "", "soon", "", "No", ""]
    assert said["Three"] == ["Prefers not to say", "", "", "", "", "", ""]
    assert [row.name for row in found.rows] == ["One", "Two", "Three"]
    assert [column.title for column in found.columns][-2:] == ["A yes_no", "A question that is gone"]
    offered = [column.key for column in found.offered]
    assert offered[-5:] == [OWN + sort for sort in sorts if sort != "number"]
    assert names(desk_vault, columns=columns, words="apples") == ["One"]
    assert names(desk_vault, only=((OWN + "choice", "Apples"),)) == ["One"]
    assert "name" in offered


def test_whoever_died_is_not_to_be_rung(desk_vault: OpenVault) -> None:
    client = a_client(died_on=days_ago(1))
    keep(desk_vault, client, an_action(client, due_on=TODAY))
    counts = read(desk_vault).counts
    assert (counts["open"], counts["due"], counts["quiet"], counts["missing"]) == (1, 0, 0, 0)


def test_lists_and_coaches_nobody_knows_are_refused(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="no list of that name"):
        read(desk_vault, list="gone")
    with pytest.raises(Refusal, match="no list of that name"):
        shipped_list("gone")
    with pytest.raises(Refusal, match="coach is not known"):
        read(desk_vault, whose="nobody")


def test_a_key_without_a_person_has_nobody_of_its_own(
    desk_vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(desk_vault, a_client(archived_at=ENTERED), a_client())
    monkeypatch.setattr(desk_vault, "coach_id", None)
    assert read(desk_vault, list="mine", whose=MINE).rows == ()


def test_a_closed_client_has_nothing_due(desk_vault: OpenVault) -> None:
    client = a_client()
    keep(desk_vault, client)
    keep(
        desk_vault,
        an_enrolment(client, programme(desk_vault), exit_on=TODAY),
        an_enrolment(client, programme(desk_vault), exit_on=days_ago(50), archived_at=ENTERED),
        an_action(client, due_on=days_ago(5)),
        a_contact(client, happened_on=days_ago(60), next_on=days_ago(30)),
    )
    (row,) = read(desk_vault, list="closed").rows
    assert (row.due_on, row.stage, row.words("review")) == (None, "Support has ended", "")
