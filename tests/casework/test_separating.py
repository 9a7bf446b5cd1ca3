"""Separating two records that were joined: both as they were, later work kept, what came since with whom it belongs to."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from coachdesk.casework.joined import joining_of
from coachdesk.casework.separating import (
    UnmergeClients,
    unmerge_clients,
)
from coachdesk.errors import Refusal
from coachdesk.models import (
    Action,
    CheckIn,
    Client,
    Contact,
    Employer,
    Equality,
    Goal,
    Job,
    JobTerms,
    Plan,
    Record,
)
from coachdesk.models.base import new_id
from coachdesk.terms import Kind, Ref
from coachdesk.vault.agreement import disagreements
from coachdesk.vault.journal import verify_chain
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import undo
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.two import Two, all_of, of
from tests.makers import (
    a_check_in,
    a_client,
    a_consent,
    a_contact,
    a_goal,
    a_good_work_check,
    a_job,
    a_pause,
    a_plan,
    a_reading,
    an_action,
    an_adjustment,
    an_eligibility,
    an_employer,
    an_enrolment,
    an_equality,
    circumstances,
    found,
    job_terms,
    keep,
    programme_id,
)


@pytest.fixture
def two(desk_vault: OpenVault) -> Two:
    coach = desk_vault.coach_id
    one = a_client(reference="C-0001", first_name="Deborah", last_name="Hartley", coach_id=coach, phone="1")
    other = a_client(reference="C-0002", first_name="Debs", last_name="Ash", coach_id=coach, nino="QQ123456A")
    keep(desk_vault, one, other)
    return Two(desk_vault, one.id, other.id)


def life(
    client: Client, programme: UUID, employer: Employer, parts: list[int], *, equality: bool
) -> list[Record]:
    """Return records of a client: an enrolment, a plan, a job and their parts, as many of each as asked for."""
    enrolment = an_enrolment(client, programme)
    plan = a_plan(client, enrolment_id=enrolment.id)
    goal = a_goal(plan)
    job = a_job(client, employer, enrolment_id=enrolment.id)
    contact = a_contact(client)
    makers: list[Any] = [
        lambda: a_contact(client, note="Talked"),
        lambda: a_consent(client),
        lambda: circumstances(client),
        lambda: a_pause(enrolment),
        lambda: an_eligibility(enrolment, reason=new_id().hex),
        lambda: an_action(client, goal_id=goal.id, contact_id=contact.id),
        lambda: a_reading(client, enrolment_id=enrolment.id),
        lambda: job_terms(job, hourly_pence=1300),
        lambda: an_adjustment(client, job_id=job.id),
        lambda: a_good_work_check(job, answers={"pay": "yes"}),
        lambda: a_check_in(job, contact_id=contact.id),
    ]
    made = [makers[part]() for part in parts]
    return [
        enrolment,
        plan,
        goal,
        job,
        contact,
        *made,
        *([an_equality(client, carer="yes")] if equality else []),
    ]


PARTS = some.lists(some.integers(0, 10), max_size=8)
TEXT = some.text(alphabet="abc é’", max_size=8)
PERSON_FACTS = some.fixed_dictionaries(
    {
        "first_name": TEXT.map(lambda text: f"Ann{text}"),
        "known_as": TEXT,
        "previous_names": TEXT,
        "phone": TEXT,
        "address": TEXT,
        "risk_note": TEXT,
        "may_call": some.sampled_from(["yes", "no", "not_asked"]),
        "unstated": some.sampled_from([{}, {"nino": "not_known"}, {"phone": "prefers_not_to_say"}]),
        "died_on": some.sampled_from([None, dt.date(2026, 9, 1)]),
    }
)
CHOICES = some.dictionaries(
    some.sampled_from(["first_name", "phone", "address", "birth", "may_call", "coach_id"]),
    some.sampled_from(["keep", "other"]),
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    facts=some.tuples(PERSON_FACTS, PERSON_FACTS),
    parts=some.tuples(PARTS, PARTS),
    equality=some.tuples(some.booleans(), some.booleans()),
    choices=CHOICES,
)
def test_joining_and_separating_gives_both_people_back_exactly(
    desk_vault: OpenVault,
    facts: tuple[dict[str, Any], dict[str, Any]],
    parts: tuple[list[int], list[int]],
    equality: tuple[bool, bool],
    choices: dict[str, str],
) -> None:
    clients = [a_client(**one) for one in facts]
    employer = an_employer()
    with unit_of_work(desk_vault) as work:
        programme = programme_id(work.session)
        work.session.add_all([*clients, employer])
        for number, client in enumerate(clients):
            made = life(client, programme, employer, parts[number], equality=equality[number])
            work.session.add_all(made)
    two = Two(desk_vault, *(client.id for client in clients))
    before = two.snapshot()
    two.merge(**choices)
    joined = two.snapshot()
    assert set(joined) == set(before), "nothing is lost and nothing added"
    left = {ref for ref, values in joined.items() if values.get("client_id") == two.other}
    assert {ref.kind for ref in left} <= ({Kind.EQUALITY} if all(equality) else set())
    two.separate()
    assert two.snapshot() == before
    with reading(desk_vault) as session:
        assert disagreements(session) == {}
        assert verify_chain(session) is None


def test_what_came_since_stays_unless_it_is_the_others(two: Two) -> None:
    earlier = a_contact(of(two.vault, two.other), note="Before")
    keep(two.vault, earlier)
    two.merge()
    stays, goes = (a_contact(of(two.vault, two.keep), note=note) for note in ("Stays", "Goes"))
    keep(two.vault, stays, goes)
    preview = two.preview()
    assert (preview.keep_name, preview.other_name) == ("Deborah Hartley (C-0001)", "Debs Ash")
    assert (preview.keep_id, preview.reason) == (two.keep, "Registered twice")
    assert [(one.ref.id, one.title, one.goes_with) for one in preview.since] == [
        (stays.id, "Contact", None), (goes.id, "Contact", None),
    ]  # fmt: skip
    assert preview.since[0].words.startswith("On: 28 September 2026; How: ")
    assert preview.consequences == (
        "Debs Ash comes back with 1 of the records filed under Deborah Hartley, as they stand today.",
        "What was added since stays with Deborah Hartley unless you say that it belongs to Debs Ash.",
    )
    assert two.separate(goes) == "Separated DA from DH"
    owners = {one.note: one.client_id for one in all_of(two.vault, Contact)}
    assert owners == {"Before": two.other, "Stays": two.keep, "Goes": two.other}
    away = of(two.vault, two.other)
    assert (away.archived_at, away.reference) == (None, "C-0002")
    with reading(two.vault) as session:
        assert joining_of(session, two.other) is None


def test_what_hangs_on_a_record_goes_with_it_and_looser_links_are_let_go(two: Two) -> None:
    other = of(two.vault, two.other)
    employer = an_employer()
    job, plan = a_job(other, employer), a_plan(other)
    keep(two.vault, employer, job, plan)
    two.merge()
    ours = of(two.vault, two.keep)
    goal = Goal(client_id=two.keep, plan_id=plan.id, own_words="A garden")
    action = an_action(ours, goal_id=goal.id)
    contact = a_contact(ours)
    check_in = CheckIn(
        client_id=two.keep,
        job_id=job.id,
        contact_id=contact.id,
        due_on=job.started_on,
        done_on=job.started_on,
    )
    new_job = a_job(ours, employer, title="Second job")
    terms = job_terms(new_job)
    keep(two.vault, goal, action, contact, check_in, new_job, terms)
    preview = two.preview()
    hangs = {one.ref.id: one.goes_with for one in preview.since}
    assert hangs == {
        goal.id: Ref(Kind.PLAN, plan.id),
        action.id: None,
        contact.id: None,
        check_in.id: Ref(Kind.JOB, job.id),
        new_job.id: None,
        terms.id: Ref(Kind.JOB, new_job.id),
    }
    assert preview.consequences[-1] == (
        "Links between records that part are let go: 2, if nothing else is chosen."
    )
    two.separate(new_job)
    assert found(two.vault, Goal, goal.id).client_id == two.other
    assert found(two.vault, CheckIn, check_in.id).client_id == two.other
    assert found(two.vault, CheckIn, check_in.id).contact_id is None
    assert (found(two.vault, Action, action.id).client_id, found(two.vault, Action, action.id).goal_id) == (
        two.keep, None,
    )  # fmt: skip
    assert found(two.vault, Job, new_job.id).client_id == two.other
    assert found(two.vault, JobTerms, terms.id).client_id == two.other
    with reading(two.vault) as session:
        assert disagreements(session) == {}


def test_what_hangs_on_what_hangs_goes_to_the_end_of_the_line(two: Two) -> None:
    two.merge()
    ours = of(two.vault, two.keep)
    enrolment_since = a_plan(ours)
    goal = a_goal(enrolment_since)
    keep(two.vault, enrolment_since, goal)
    two.separate(enrolment_since)
    assert found(two.vault, Plan, enrolment_since.id).client_id == two.other
    assert found(two.vault, Goal, goal.id).client_id == two.other


def test_later_changes_stay_and_are_told(two: Two) -> None:
    contact = a_contact(of(two.vault, two.other), note="Before")
    keep(
        two.vault,
        contact,
        Equality(client_id=two.keep, sex="female"),
        Equality(client_id=two.other, carer="yes"),
    )
    two.merge()
    with unit_of_work(two.vault) as work:
        client = work.session.get_one(Client, two.keep)
        client.nino = "QQ999999A"
        work.session.get_one(Contact, contact.id).note = "Corrected"
    told = two.preview().consequences
    assert told[1] == "Some of them were changed since, in one step; those changes stay."
    assert told[2] == "National Insurance number of Deborah Hartley was changed since and stays as it is."
    two.separate()
    assert of(two.vault, two.keep).nino == "QQ999999A"
    assert of(two.vault, two.keep).previous_names == ""
    assert (found(two.vault, Contact, contact.id).note, found(two.vault, Contact, contact.id).client_id) == (
        "Corrected", two.other,
    )  # fmt: skip
    assert {one.client_id: one.carer for one in all_of(two.vault, Equality)} == {
        two.keep: "not_asked", two.other: "yes",
    }  # fmt: skip


def test_an_address_that_was_changed_since_stays_whole(two: Two) -> None:
    with unit_of_work(two.vault) as work:
        client = work.session.get_one(Client, two.other)
        client.address, client.postcode = "9 Low Lane", "LA14 9ZZ"
    two.merge(address="other")
    with unit_of_work(two.vault) as work:
        work.session.get_one(Client, two.keep).address = "2 New Road"
    two.separate()
    client = of(two.vault, two.keep)
    assert (client.address, client.postcode) == ("2 New Road", "LA14 9ZZ")


def test_a_record_that_was_taken_out_since_is_not_missed(two: Two) -> None:
    contact = a_contact(of(two.vault, two.other))
    ours, theirs = an_equality(of(two.vault, two.keep)), an_equality(of(two.vault, two.other), carer="yes")
    keep(two.vault, contact, ours, theirs)
    two.merge()
    with unit_of_work(two.vault) as work:
        work.session.delete(work.session.get_one(Contact, contact.id))
        work.session.delete(work.session.get_one(Equality, ours.id))
    two.separate()
    assert all_of(two.vault, Contact) == []
    assert [one.id for one in all_of(two.vault, Equality)] == [theirs.id]


def test_a_reference_that_somebody_else_has_by_now_is_not_given_twice(two: Two) -> None:
    two.merge()
    keep(two.vault, a_client(reference="C-0002"))
    two.separate()
    assert of(two.vault, two.other).reference not in ("C-0001", "C-0002")


def test_joined_again_and_separated_again(two: Two) -> None:
    before = two.snapshot()
    two.merge()
    two.separate()
    two.merge()
    two.separate()
    assert two.snapshot() == before
    two.refused("was not joined")


def test_separating_is_undone_like_anything_else(two: Two) -> None:
    two.merge()
    joined = two.snapshot()
    with unit_of_work(two.vault) as work:
        unmerge_clients(work.session, UnmergeClients(merged_id=two.other))
    assert work.changes.unit is not None
    with unit_of_work(two.vault) as back:
        undo(back.session, work.changes.unit)
    assert two.snapshot() == joined
    two.separate()


def test_of_several_the_last_joined_is_separated_first(two: Two) -> None:
    third = a_client(reference="C-0003", first_name="Third", last_name="Person")
    keep(two.vault, third)
    before = Two(two.vault, two.keep, two.other).snapshot()
    two.merge()
    later = Two(two.vault, two.keep, third.id)
    later.merge()
    two.refused("Third Person was joined with Deborah Hartley later")
    later.separate()
    two.separate()
    assert two.snapshot() == before


def test_a_chain_is_taken_apart_from_its_end(two: Two) -> None:
    third = a_client(reference="C-0003", first_name="Third", last_name="Person")
    keep(two.vault, third)
    before = two.snapshot()
    two.merge()
    chain = Two(two.vault, third.id, two.keep)
    chain.merge()
    two.refused("Deborah Hartley was joined with Third Person since")
    chain.separate()
    two.separate()
    assert two.snapshot() == before


def test_what_cannot_be_separated_is_refused(two: Two) -> None:
    earlier = a_contact(of(two.vault, two.keep))
    keep(two.vault, earlier)
    two.refused("was not joined")
    two.merge()
    with pytest.raises(Refusal, match="there before the two were joined"):
        two.separate(earlier)
