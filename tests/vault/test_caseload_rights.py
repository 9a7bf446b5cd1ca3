"""Rights stand in the data and are kept below the window: whoever acts, by whichever door."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.casework.seeing import OpenClient, OpeningsQuestion, open_client, read_openings
from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Contact, Cover, Employer, Hub, Record
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import (
    ReasonNeeded,
    acting_role,
    check_is_manager,
    check_may_see,
    sees_everybody,
)
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_coach, a_contact, a_programme, an_employer, an_enrolment
from tests.vault_fixtures import TODAY

DAYS = OpeningsQuestion(from_on=TODAY, to_on=TODAY)
As = Callable[[Role], None]


class Team:
    """A vault with two coaches and a client each, one without a coach; whoever acts can be chosen."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.mine, self.hers = a_coach(name="Moira Fell"), a_coach(name="Iqra Malik")
        self.own = a_client(coach_id=self.mine.id, last_name="Own")
        self.other = a_client(coach_id=self.hers.id, last_name="Other")
        self.nobodys = a_client(coach_id=None, last_name="Nobodys")
        with unit_of_work(vault, label="Set up") as work:
            work.session.add_all([self.mine, self.hers, self.own, self.other, self.nobodys])
        self.act_as(Role.COACH)

    def act_as(self, role: Role) -> None:
        with unit_of_work(self.vault, by_program=True) as work:
            work.session.get_one(Coach, self.mine.id).role = role
        self.vault.coach_id, self.vault.person = self.mine.id, "Moira Fell"

    def write(self, *records: Record) -> None:
        with unit_of_work(self.vault, label="Wrote") as work:
            work.session.add_all(records)

    def rename(self, client: Client) -> None:
        with unit_of_work(self.vault, label="Renamed") as work:
            work.session.get_one(Client, client.id).last_name = "Changed"

    def hand_over(self, client: Client, coach: UUID | None) -> None:
        with unit_of_work(self.vault, label="Handed over") as work:
            work.session.get_one(Client, client.id).coach_id = coach

    def open(self, client: Client, reason: str = "") -> None:
        with unit_of_work(self.vault) as work:
            open_client(work.session, OpenClient(client_id=client.id, reason=reason))

    def last_name(self, client: Client) -> str:
        with reading(self.vault) as session:
            return session.get_one(Client, client.id).last_name


@pytest.fixture
def team(vault: OpenVault) -> Team:
    return Team(vault)


def test_a_coach_sees_and_changes_her_own_clients_and_those_with_nobody(team: Team) -> None:
    for client in (team.own, team.nobodys):
        with reading(team.vault) as session:
            check_may_see(session, client.id)
        team.rename(client)
        team.write(a_contact(client))
        assert team.last_name(client) == "Changed"


def test_a_client_she_has_for_one_programme_is_her_own(team: Team) -> None:
    programme = a_programme()
    with unit_of_work(team.vault, by_program=True) as work:
        work.session.add_all([programme, an_enrolment(team.other, programme.id, coach_id=team.mine.id)])
    team.rename(team.other)
    assert team.last_name(team.other) == "Changed"


def test_a_colleagues_client_is_closed_until_a_reason_is_written_down(team: Team) -> None:
    with reading(team.vault) as session, pytest.raises(ReasonNeeded) as caught:
        check_may_see(session, team.other.id)
    assert caught.value.client_id == team.other.id
    for attempt in (lambda: team.rename(team.other), lambda: team.write(a_contact(team.other))):
        with pytest.raises(Refusal, match="clients of colleagues"):
            attempt()
    for blank in ("", "  x "):
        with pytest.raises(ReasonNeeded):
            team.open(team.other, blank)
    team.open(team.other, "Iqra is ill; the client rang")
    with reading(team.vault) as session:
        check_may_see(session, team.other.id)
    team.rename(team.other)
    assert team.last_name(team.other) == "Changed"


def test_nobody_takes_or_gives_away_a_colleagues_client_unasked(team: Team) -> None:
    for coach in (team.mine.id, None):
        with pytest.raises(Refusal, match="clients of colleagues"):
            team.hand_over(team.other, coach)
    team.hand_over(team.own, team.hers.id)
    with pytest.raises(Refusal, match="clients of colleagues"):
        team.rename(team.own)
    team.hand_over(team.nobodys, team.mine.id)


def test_a_new_client_may_be_registered_for_a_colleague_with_a_first_contact(team: Team) -> None:
    client = a_client(coach_id=team.hers.id)
    contact = a_contact(client)
    team.write(client, contact, an_employer())
    with reading(team.vault) as session:
        assert session.get_one(Client, client.id).coach_id == team.hers.id
        assert session.get_one(Contact, contact.id).client_id == client.id


def test_lists_people_and_programmes_are_a_managers(team: Team) -> None:
    with pytest.raises(Refusal, match="Only a manager"):
        team.write(Hub(name="Kendal"))
    team.act_as(Role.MANAGER)
    team.write(Hub(name="Kendal"))
    team.rename(team.other)
    with reading(team.vault) as session:
        check_is_manager(session)
        check_may_see(session, team.other.id)
        assert sees_everybody(session)


def test_an_auditor_looks_at_everything_and_changes_nothing(team: Team) -> None:
    team.act_as(Role.AUDITOR)
    with reading(team.vault) as session:
        check_may_see(session, team.other.id)
        with pytest.raises(Refusal, match="Only a manager"):
            check_is_manager(session)
    for attempt in (lambda: team.rename(team.own), lambda: team.write(Employer(name="x", folded="x"))):
        with pytest.raises(Refusal, match="change nothing"):
            attempt()
    team.open(team.other)
    assert team.last_name(team.own) == "Own"


def test_a_trustee_keeps_the_keys_and_sees_no_client(team: Team) -> None:
    team.act_as(Role.TRUSTEE)
    with reading(team.vault) as session, pytest.raises(Refusal, match="as a trustee"):
        check_may_see(session, team.own.id)
    with pytest.raises(Refusal, match="as a trustee"):
        team.rename(team.own)
    team.write(a_coach(name="New Coach"))
    with unit_of_work(team.vault):
        pass


def test_a_key_without_a_persons_record_is_a_trustees(team: Team) -> None:
    team.vault.coach_id = None
    with reading(team.vault) as session:
        assert acting_role(session) is Role.TRUSTEE


def test_a_role_in_another_hand_is_lost_at_once(team: Team) -> None:
    team.act_as(Role.MANAGER)
    team.act_as(Role.COACH)
    with reading(team.vault) as session:
        assert acting_role(session) is Role.COACH
        with pytest.raises(ReasonNeeded):
            check_may_see(session, team.other.id)


def test_every_opening_is_written_down_once_a_day(team: Team) -> None:
    team.open(team.own)
    team.open(team.own)
    team.open(team.other, "Cover while Iqra is away")
    team.act_as(Role.MANAGER)
    with reading(team.vault) as session:
        rows = read_openings(session, DAYS)
        assert [(row.who, row.client.split()[-1], row.reason) for row in rows] == [
            ("Moira Fell", "Other", "Cover while Iqra is away"),
            ("Moira Fell", "Own", ""),
        ]
        reasons = OpeningsQuestion(from_on=TODAY, to_on=TODAY, with_reason=True)
        assert [row.client_id for row in read_openings(session, reasons)] == [team.other.id]
        tomorrow = TODAY + dt.timedelta(days=1)
        assert read_openings(session, OpeningsQuestion(from_on=tomorrow, to_on=tomorrow)) == ()


def test_openings_are_a_managers_to_read_but_for_a_client_one_may_see(team: Team) -> None:
    team.open(team.own)
    with reading(team.vault) as session:
        own = OpeningsQuestion(from_on=TODAY, to_on=TODAY, client_id=team.own.id)
        assert len(read_openings(session, own)) == 1
        with pytest.raises(Refusal, match="Only a manager"):
            read_openings(session, DAYS)
        other = OpeningsQuestion(from_on=TODAY, to_on=TODAY, client_id=team.other.id)
        with pytest.raises(ReasonNeeded):
            read_openings(session, other)


def test_a_client_who_is_gone_cannot_be_opened(team: Team) -> None:
    with unit_of_work(team.vault) as work, pytest.raises(Refusal, match="not there any more"):
        open_client(work.session, OpenClient(client_id=UUID(int=3)))


def test_what_the_program_does_itself_is_not_held_up(team: Team) -> None:
    with unit_of_work(team.vault, by_program=True) as work:
        work.session.get_one(Client, team.other.id).town = "Kendal"
        work.session.add(Hub(name="Ulverston"))
    with reading(team.vault) as session:
        assert session.scalars(select(Contact)).all() == []


def test_who_covers_opens_a_colleagues_clients_without_a_reason_while_it_lasts(
    team: Team, clock: FixedClock
) -> None:
    tomorrow = TODAY + dt.timedelta(days=1)
    programme = a_programme()
    shared = a_client(coach_id=None, last_name="Shared")
    cover = Cover(away_id=team.hers.id, covered_by_id=team.mine.id, from_on=tomorrow, to_on=tomorrow)
    third = a_coach(name="Third")
    thirds = a_client(coach_id=third.id, last_name="Third")
    with unit_of_work(team.vault, by_program=True) as work:
        work.session.add_all([programme, third, shared, thirds, cover])
        work.session.add(an_enrolment(thirds, programme.id, coach_id=team.hers.id))

    def may(client: Client) -> bool:
        with reading(team.vault) as session:
            try:
                check_may_see(session, client.id)
                check_may_see(session, client.id)
            except ReasonNeeded:
                return False
        return True

    assert not may(team.other)
    team.vault.clock = FixedClock.on(tomorrow)
    assert may(team.other)
    assert may(thirds)
    team.open(team.other)
    team.rename(team.other)
    assert team.last_name(team.other) == "Changed"
    with pytest.raises(Refusal, match="clients of colleagues"):
        team.hand_over(team.other, team.mine.id)
    with reading(team.vault) as session:
        asked = OpeningsQuestion(from_on=tomorrow, to_on=tomorrow, client_id=team.other.id)
        assert [(row.who, row.reason) for row in read_openings(session, asked)] == [("Moira Fell", "")]
    team.vault.clock = FixedClock.on(tomorrow + dt.timedelta(days=1))
    assert not may(team.other)
    team.vault.clock = FixedClock.on(tomorrow)
    with unit_of_work(team.vault, by_program=True) as work:
        work.session.get_one(Cover, cover.id).archived_at = clock.now()
    assert not may(team.other)
