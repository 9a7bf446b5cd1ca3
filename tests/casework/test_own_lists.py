"""A coach's lists hold her own clients only; colleagues' clients are found by name alone; who is erased, by nobody."""

from collections.abc import Iterable
from uuid import UUID

import pytest

from coachdesk.casework.clients import (
    PUT_AWAY,
    WORKING_LISTS,
    CaseloadFilter,
    count_clients,
    list_clients,
    read_caseload,
)
from coachdesk.casework.duplicates import LikelyDuplicates, likely_duplicates
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.listed import names_of
from coachdesk.casework.quality import ReturnScope, data_quality
from coachdesk.casework.search import FindAnybody, FoundRow, find_anybody
from coachdesk.casework.today import TodayQuestion, TodayRow, read_today
from coachdesk.models import Client, Coach
from coachdesk.returns.explaining import people_behind
from coachdesk.returns.wishes import PeopleQuestion
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import acting_role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import (
    ENTERED,
    a_client,
    a_coach,
    a_contact,
    an_action,
    an_enrolment,
    ask,
    days_ago,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

IQRA = "Iqra Malik"


class Team:
    """Five clients: own, nobody's, a colleague's, a colleague's whom she has for a programme, and one put away."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.me = vault.coach_id
        colleague = a_coach(name=IQRA)
        self.colleague = colleague.id
        self.programme = ask(vault, lambda session, _: programme_id(session))
        self.own = self.client("Ada", "Own", self.me, postcode="LA14 1AA", phone="07700 900 001")
        self.nobodys = self.client("Ben", "Nobodys", None, postcode="LA14 1AA")
        self.others = self.client(
            "Carla", "Others", self.colleague, postcode="LA14 1AA", phone="07700 900 003", known_as="Robert",
            previous_names="Hartley", email="carla@example.org", reference="QX-77",
        )  # fmt: skip
        self.shared = self.client("Dora", "Shared", self.colleague)
        self.away = self.client("Emil", "Away", self.me, archived_at=ENTERED)
        keep(vault, colleague)
        keep(vault, *self.clients())
        for client in self.clients():
            mine = self.me if client is self.shared else None
            keep(
                vault,
                an_enrolment(client, self.programme, coach_id=mine, started_on=days_ago(5), accepted_on=None),
                an_action(client, what="Ring", due_on=TODAY),
                a_contact(client, happened_on=days_ago(1)),
            )
        self.act_as(Role.COACH)

    @staticmethod
    def client(first: str, last: str, coach: UUID | None, **values: object) -> Client:
        return a_client(first_name=first, last_name=last, coach_id=coach, **values)

    def clients(self) -> tuple[Client, ...]:
        return (self.own, self.nobodys, self.others, self.shared, self.away)

    def act_as(self, role: Role) -> None:
        assert self.me is not None
        with unit_of_work(self.vault, by_program=True) as work:
            work.session.get_one(Coach, self.me).role = role

    def erase(self, client: Client) -> None:
        self.act_as(Role.MANAGER)
        with unit_of_work(self.vault) as work:
            erase_client(work.session, EraseClient(client_id=client.id, reason="Asked for it"))

    def listed(self, coach: UUID | None = None, working: str = "all") -> set[str]:
        rows = ask(self.vault, list_clients, CaseloadFilter(today=TODAY, coach_id=coach, working=working))
        return names(row.last_name for row in rows)

    def today(self, coach: UUID | None = None) -> TodayRow:
        found: TodayRow = ask(self.vault, read_today, TodayQuestion(today=TODAY, coach_id=coach))
        return found

    def find(self, typed: str, limit: int = 20) -> tuple[FoundRow, ...]:
        found: tuple[FoundRow, ...] = ask(self.vault, find_anybody, FindAnybody(text=typed, limit=limit))
        return found

    def duplicates(self, **typed: str) -> tuple[FoundRow, ...]:
        found: tuple[FoundRow, ...] = ask(
            self.vault, likely_duplicates, LikelyDuplicates(today=TODAY, **typed)
        )
        return found


def names(found: Iterable[str]) -> set[str]:
    return set(found)


def due(row: TodayRow) -> set[str]:
    return {item.client_name.split()[-1] for items in (row.overdue, row.today, row.coming) for item in items}


@pytest.fixture
def team(desk_vault: OpenVault) -> Team:
    return Team(desk_vault)


HERS = {"Own", "Nobodys", "Shared"}


def test_a_coach_lists_her_own_clients_whatever_filter_is_asked_for(team: Team) -> None:
    assert team.listed() == team.listed(team.me) == HERS
    assert team.listed(team.colleague) == {"Shared"}
    for coach, expected in ((None, 3), (team.me, 3), (team.colleague, 1)):
        wanted = CaseloadFilter(today=TODAY, coach_id=coach)
        counts = ask(team.vault, count_clients, wanted)
        assert counts["all"] == counts["open"] == expected
        assert ask(team.vault, read_caseload, wanted).counts == counts


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR])
def test_managers_and_auditors_list_everybody(team: Team, role: Role) -> None:
    team.act_as(role)
    assert team.listed() == {*HERS, "Others"}
    assert team.listed(team.me) == {"Own"}
    assert due(team.today()) == {*HERS, "Others"}
    assert team.today().sees_everybody
    assert {row.reference for row in team.find("QX-77")} == {"QX-77"}


def test_a_trustee_lists_nobody_and_meets_no_error(team: Team) -> None:
    team.act_as(Role.TRUSTEE)
    for working in (*WORKING_LISTS, PUT_AWAY):
        assert team.listed(working=working) == set()
    assert set(ask(team.vault, count_clients, CaseloadFilter(today=TODAY)).values()) == {0}
    assert (due(team.today()), team.today().total, team.today().stages) == (set(), 0, ())
    assert team.find("ada") == team.find("okonkwo") == ()
    assert team.duplicates(first_name="Ada", last_name="Own") == ()


def test_a_coachs_today_is_her_own_caseload(team: Team) -> None:
    for coach in (None, team.me):
        row = team.today(coach)
        assert due(row) == HERS
        assert row.total == sum(count for _, count in row.stages) == 3
        assert not row.sees_everybody
    assert due(team.today(team.colleague)) == {"Shared"}


def test_who_was_put_away_stands_in_a_list_of_its_own(team: Team) -> None:
    assert team.listed(working=PUT_AWAY) == {"Away"}
    counts = ask(team.vault, count_clients, CaseloadFilter(today=TODAY))
    assert (counts[PUT_AWAY], counts["all"]) == (1, 3)
    wanted = CaseloadFilter(today=TODAY, working=PUT_AWAY, text="nobody else")
    assert ask(team.vault, read_caseload, wanted).clients == ()
    assert team.find("emil") == ()


@pytest.mark.parametrize("typed", ["carla", "others", "robert", "others car", "bob", "othrs", "okers robert"])
def test_a_colleagues_client_is_found_by_name_with_name_and_coach_only(team: Team, typed: str) -> None:
    rows = [row for row in team.find(typed) if row.id == team.others.id]
    if typed == "okers robert":
        assert rows == []
        return
    (row,) = rows
    assert (row.name, row.coach, row.reference, row.birth_words, row.is_own) == (
        "Robert Others", IQRA, "", "", False,
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["QX-77", "la14 1aa", "LA141AA", "07700 900 003", "hartley", "carla@example.org", "carla la14"]
)
def test_a_colleagues_client_is_found_by_nothing_else(team: Team, typed: str) -> None:
    assert team.others.id not in {row.id for row in team.find(typed)}
    team.act_as(Role.MANAGER)
    assert team.others.id in {row.id for row in team.find(typed)}


def test_own_clients_are_found_by_everything_as_before(team: Team) -> None:
    assert {row.id for row in team.find("la14 1aa")} == {team.own.id, team.nobodys.id}
    (row,) = team.find("07700 900 001")
    assert (row.reference, row.why, row.is_own) == (team.own.reference, "phone", True)
    assert [(row.is_own, row.reference) for row in team.find("dora")] == [(True, team.shared.reference)]
    assert [(row.is_own, row.why) for row in team.find("adda")] == [(True, "sounds or looks alike")]


def test_many_colleagues_clients_push_no_own_one_out(team: Team) -> None:
    keep(team.vault, *(a_client(last_name="Owner", coach_id=team.colleague) for _ in range(25)))
    rows = team.find("own", limit=10)
    assert len(rows) == 10
    assert rows[0].id == team.own.id
    assert {row.is_own for row in rows[1:]} == {False}


def test_likely_duplicates_tell_no_more_of_a_colleagues_client(team: Team) -> None:
    (row,) = team.duplicates(first_name="Robert", last_name="Others", postcode="LA14 1AA")
    assert (row.id, row.reference, row.birth_words, row.is_own) == (team.others.id, "", "", False)
    assert row.why == "same or similar name"
    assert (
        team.duplicates(first_name="Robt", last_name="Oter", postcode="LA14 1AA", phone="07700900003") == ()
    )
    (own,) = team.duplicates(first_name="Ada", last_name="Own", postcode="LA14 1AA")
    assert (own.is_own, own.reference, own.why) == (
        True, team.own.reference, "same or similar name, postcode",
    )  # fmt: skip


def test_who_was_erased_is_in_no_list_and_no_suggestion(team: Team) -> None:
    scope = ReturnScope(programme_key="connect-to-work", from_on=days_ago(30), to_on=TODAY, as_at=TODAY)
    before = {line.field: line for line in ask(team.vault, data_quality, scope)}
    assert team.own.id in before["accepted_on"].client_ids
    team.erase(team.own)
    team.erase(team.away)
    assert "Own" not in team.listed()
    assert team.listed(working=PUT_AWAY) == set()
    assert ask(team.vault, count_clients, CaseloadFilter(today=TODAY))["all"] == 3
    assert due(team.today()) == {"Nobodys", "Others", "Shared"}
    for role in (Role.MANAGER, Role.COACH):
        team.act_as(role)
        assert team.find("erased") == team.find("(erased)") == team.find("erazed") == ()
        assert team.duplicates(last_name="(erased)") == ()
        assert "(erased)" not in team.listed()
    after = {line.field: line for line in ask(team.vault, data_quality, scope)}
    assert all(team.own.id not in line.client_ids for line in after.values())
    assert after["accepted_on"].of == before["accepted_on"].of - 1


def test_a_coach_is_told_the_names_of_her_own_behind_a_figure(team: Team) -> None:
    question = PeopleQuestion(client_ids=tuple(client.id for client in team.clients()))
    rows = ask(team.vault, people_behind, question)
    assert [(row.id, row.name) for row in rows] == [
        (team.nobodys.id, "Ben Nobodys"),
        (team.own.id, "Ada Own"),
        (team.shared.id, "Dora Shared"),
        (None, "1 with colleagues"),
        (None, "1 put away"),
    ]
    team.act_as(Role.MANAGER)
    assert [row.name for row in ask(team.vault, people_behind, question)][-2] == "Dora Shared"
    team.erase(team.own)
    rows = ask(team.vault, people_behind, question)
    assert [(row.id, row.name) for row in rows[-2:]] == [(None, "1 erased"), (None, "1 put away")]
    team.act_as(Role.TRUSTEE)
    rows = ask(team.vault, people_behind, question)
    assert [row.name for row in rows] == ["3 with colleagues", "1 erased", "1 put away"]


def test_names_are_told_of_those_who_may_be_listed(team: Team) -> None:
    everybody = [client.id for client in team.clients()]
    assert set(ask(team.vault, names_of, everybody).values()) == {
        "Ada Own", "Ben Nobodys", "Dora Shared", "Emil Away",
    }  # fmt: skip
    with unit_of_work(team.vault, by_program=True) as work:
        assert acting_role(work.session) is Role.COACH
        assert team.me is not None
        work.session.get_one(Coach, team.me).role = Role.MANAGER
        assert acting_role(work.session) is Role.MANAGER
