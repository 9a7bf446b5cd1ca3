"""The engagement log: who spoke with an employer, for whom, by name only with a permission, and the follow-up."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.employer_contacts import (
    EmployerContactRow,
    FollowedUp,
    SaveEmployerContact,
    TalkFor,
    employer_contacts,
    mark_followed_up,
    put_employer_contact_away,
    save_employer_contact,
)
from coachdesk.casework.employers import list_employers
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Employer, EmployerTalk, Sharing
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_client,
    a_coach,
    a_consent,
    an_employer,
    ask,
    days_ago,
    do,
    found,
    furnished,
    keep,
)
from tests.vault_fixtures import PERSON, TODAY


class Log:
    """A vault with one employer and one client of the coach's own."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = furnished(vault)
        self.employer: Employer = an_employer()
        self.client: Client = a_client(coach_id=vault.coach_id)
        keep(vault, self.employer, self.client)

    def wish(self, **values: Any) -> SaveEmployerContact:
        return SaveEmployerContact(**{"employer_id": self.employer.id, "happened_on": TODAY, **values})

    def save(self, **values: Any) -> UUID:
        return do(self.vault, save_employer_contact, self.wish(**values))[0]

    def rows(self) -> tuple[EmployerContactRow, ...]:
        return ask(self.vault, employer_contacts, self.employer.id)

    def refused(self, sentence: str = r"\w", **values: Any) -> set[str]:
        with pytest.raises(Refusal, match=sentence) as caught:
            self.save(**values)
        return set(caught.value.fields)

    def permit(self, **values: Any) -> UUID:
        given = a_consent(self.client, purpose="share_employer", **values)
        keep(self.vault, given)
        return given.id

    def sharings(self) -> list[Sharing]:
        with reading(self.vault) as session:
            return [one for one in session.query(Sharing) if one.archived_at is None]


@pytest.fixture
def log(desk_vault: OpenVault) -> Log:
    return Log(desk_vault)


def act_as(vault: OpenVault, role: Role) -> None:
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = role


def test_a_contact_is_written_down_and_read(log: Log) -> None:
    contact = log.save(
        made_by="both", face_to_face=True, minutes=20, purpose="learn", with_decider="yes",
        outcome=" Two shifts free ", follow_up_on=TODAY + dt.timedelta(days=7), follow_up="Ring about shifts",
    )  # fmt: skip
    (row,) = log.rows()
    assert (row.id, row.made_by, row.face_to_face, row.minutes, row.purpose_words, row.outcome, row.coach) == (
        contact, "both", True, 20, "Learn what they need", "Two shifts free", PERSON,
    )  # fmt: skip
    assert (row.is_open, row.follow_up, row.talks, row.others) == (True, "Ring about shifts", (), 0)
    line = ask(log.vault, list_employers, TODAY)[0]
    assert (line.last_contact_on, line.follow_up_on) == (TODAY, TODAY + dt.timedelta(days=7))
    log.save(contact_id=contact, purpose="thank", outcome="Sent a card", happened_on=days_ago(1))
    (row,) = log.rows()
    assert (row.purpose_words, row.face_to_face, row.happened_on, row.is_open) == (
        "Thank them", False, days_ago(1), False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"happened_on": TODAY + dt.timedelta(days=1)}, "happened_on"),
        ({"made_by": "nobody"}, "made_by"),
        ({"minutes": 1441}, "minutes"),
        ({"follow_up_on": days_ago(1)}, "follow_up_on"),
    ],
)
def test_what_a_contact_needs(log: Log, values: dict[str, Any], field: str) -> None:
    assert log.refused(**values) == {field}
    assert log.rows() == ()


def test_for_whom_it_was_needs_nothing_while_nobody_is_named(log: Log) -> None:
    log.save(talks=(TalkFor(client_id=log.client.id, note="Mornings"),))
    (talk,) = log.rows()[0].talks
    assert (talk.client_id, talk.name, talk.named, talk.note) == (
        log.client.id, "Maya Okonkwo", False, "Mornings",
    )  # fmt: skip
    assert log.sharings() == []


def test_a_name_needs_a_permission_and_is_written_down_as_passed_on(log: Log) -> None:
    by_name = (TalkFor(client_id=log.client.id, named=True),)
    assert log.refused("no permission", talks=by_name, purpose="for_client") == {"override_reason"}
    assert log.rows() == ()
    consent = log.permit(recipient="bay bakery")
    contact = log.save(talks=by_name, purpose="for_client", happened_on=days_ago(1))
    (sharing,) = log.sharings()
    assert (sharing.sort, sharing.recipient, sharing.shared_on, sharing.consent_id) == (
        "employer_talk", "Bay Bakery", days_ago(1), consent,
    )  # fmt: skip
    assert sharing.what == "Who they are, in a talk with the employer: Speak for a client"
    log.save(contact_id=contact, talks=by_name)  # said once, written down once
    assert [one.id for one in log.sharings()] == [sharing.id]


def test_a_name_without_permission_goes_with_a_reason_that_is_kept(log: Log) -> None:
    log.permit(recipient="Somebody Else Ltd")
    log.save(talks=(TalkFor(client_id=log.client.id, named=True),), override_reason="She stood beside me")
    (sharing,) = log.sharings()
    assert (sharing.override_reason, sharing.consent_id) == ("She stood beside me", None)
    assert sharing.what == "Who they are, in a talk with the employer"


def test_what_was_written_by_mistake_is_put_right(log: Log) -> None:
    log.permit()
    other = a_client(coach_id=log.vault.coach_id, reference="T-other", first_name="Noor")
    keep(log.vault, other)
    both = (TalkFor(client_id=log.client.id, named=True), TalkFor(client_id=other.id))
    contact = log.save(talks=both)
    assert len(log.rows()[0].talks) == 2
    log.save(contact_id=contact, talks=(TalkFor(client_id=log.client.id),))
    (talk,) = log.rows()[0].talks
    assert (talk.client_id, talk.named, log.sharings()) == (log.client.id, False, [])
    log.save(contact_id=contact)
    assert log.rows()[0].talks == ()
    log.save(contact_id=contact, talks=both)  # those who were taken out come back
    assert [one.name for one in log.rows()[0].talks] == ["Maya Okonkwo", "Noor Okonkwo"]


def test_of_a_colleagues_client_one_learns_that_there_is_one(log: Log) -> None:
    iqra = a_coach()
    hers = a_client(coach_id=iqra.id, reference="T-hers", first_name="Noor")
    keep(log.vault, iqra, hers)
    contact = log.save(talks=(TalkFor(client_id=log.client.id), TalkFor(client_id=hers.id)))
    act_as(log.vault, Role.COACH)
    (row,) = log.rows()
    assert ([one.name for one in row.talks], row.others) == (["Maya Okonkwo"], 1)
    log.save(contact_id=contact, outcome="Shorter")  # her own is taken out, the other stays
    act_as(log.vault, Role.MANAGER)
    assert [one.name for one in log.rows()[0].talks] == ["Noor Okonkwo"]
    act_as(log.vault, Role.COACH)
    with pytest.raises(ReasonNeeded):
        log.save(talks=(TalkFor(client_id=hers.id),))
    with pytest.raises(Refusal, match="clients of colleagues"):
        do(log.vault, put_employer_contact_away, contact)
    act_as(log.vault, Role.TRUSTEE)
    assert log.rows() == ()


def test_a_follow_up_is_ticked_off_and_opened_again(log: Log) -> None:
    contact = log.save(happened_on=days_ago(9), follow_up_on=days_ago(2))
    assert log.rows()[0].is_open
    assert do(log.vault, mark_followed_up, FollowedUp(contact_id=contact, on=TODAY))[1] == (
        "Got back to Bay Bakery"
    )
    assert not log.rows()[0].is_open
    assert ask(log.vault, list_employers, TODAY)[0].follow_up_on is None
    do(log.vault, mark_followed_up, FollowedUp(contact_id=contact, on=None))
    assert log.rows()[0].is_open
    for day in (days_ago(10), TODAY + dt.timedelta(days=1)):
        with pytest.raises(Refusal, match="between"):
            do(log.vault, mark_followed_up, FollowedUp(contact_id=contact, on=day))


def test_a_contact_is_put_away_with_what_it_says_of_clients_and_comes_back_by_undo(log: Log) -> None:
    log.permit()
    contact = log.save(talks=(TalkFor(client_id=log.client.id, named=True),))
    do(log.vault, put_employer_contact_away, contact)
    assert (log.rows(), log.sharings()) == ((), [])
    with pytest.raises(Refusal, match="not there"):
        do(log.vault, put_employer_contact_away, contact)
    with reading(log.vault) as session:
        step = last_unit(session, PERSON)
        talk = session.query(EmployerTalk).one()
    assert (step is not None, talk.archived_at is not None) == (True, True)
    assert step is not None
    with unit_of_work(log.vault) as work:
        undo(work.session, step.unit)
    assert found(log.vault, EmployerTalk, talk.id).named
    assert len(log.sharings()) == 1


def test_of_a_client_who_was_put_away_nothing_is_said(log: Log) -> None:
    log.save(talks=(TalkFor(client_id=log.client.id),))
    with unit_of_work(log.vault, by_program=True) as work:
        work.session.get_one(Client, log.client.id).archived_at = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    (row,) = log.rows()
    assert (row.talks, row.others) == ((), 0)
