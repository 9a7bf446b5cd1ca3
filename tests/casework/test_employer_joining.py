"""Two records of one employer: found, joined, and parted at any time after, exactly as they were."""

import datetime as dt
import random
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.casework.employer_contacts import SaveEmployerContact, save_employer_contact
from coachdesk.casework.employer_duplicates import core_name, likely_employer_duplicates
from coachdesk.casework.employer_links import links_between, naming_an_employer
from coachdesk.casework.employer_merging import (
    MergeEmployers,
    joined_with,
    merge_employers,
    unmerge_employers,
)
from coachdesk.casework.employers import SaveEmployer, list_employers, read_employer, save_employer
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.errors import Refusal
from coachdesk.models import (
    Application,
    Client,
    Coach,
    DisclosureDecision,
    Employer,
    EmployerContact,
    EmployerPerson,
    EmployerScheme,
    EmployerSite,
    Job,
    Record,
    Vacancy,
)
from coachdesk.terms import Kind, Role
from coachdesk.vault.agreement import disagreements
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_coach, a_job, an_employer, ask, days_ago, do, found, keep
from tests.vault_fixtures import PERSON, TODAY

Rows = dict[tuple[str, UUID], dict[str, Any]]


def rows(vault: OpenVault) -> Rows:
    """Return every record that names an employer, and the employers, with all their values."""
    kinds: list[type[Record]] = [Employer, *dict.fromkeys(kind for kind, _ in naming_an_employer())]
    told: Rows = {}
    with reading(vault) as session:
        for kind in kinds:
            record: Any = kind
            for one in session.scalars(select(record)):
                names = [column.key for column in kind.__mapper__.column_attrs]
                told[kind.__tablename__, one.id] = {name: getattr(one, name) for name in names}
    return told


def filed(employer: Employer, client: Client) -> list[Record]:
    """Return one record of every kind that names an employer."""
    site = EmployerSite(employer_id=employer.id, town="Kendal")
    person = EmployerPerson(employer_id=employer.id, name="Ada", site_id=site.id)
    vacancy = Vacancy(employer_id=employer.id, title="Baker", found_on=TODAY, site_id=site.id)
    return [
        site, person, vacancy, a_job(client, employer),
        EmployerScheme(employer_id=employer.id, promise="Fixed hours"),
        EmployerContact(employer_id=employer.id, happened_on=TODAY, person_id=person.id, site_id=site.id),
        Application(client_id=client.id, employer_id=employer.id, vacancy_id=vacancy.id, found_on=TODAY),
        DisclosureDecision(client_id=client.id, employer_id=employer.id, decided_on=TODAY),
    ]  # fmt: skip


def merge(vault: OpenVault, keep_: Employer, other: Employer) -> str:
    return do(vault, merge_employers, MergeEmployers(keep_id=keep_.id, other_id=other.id))[1]


def take_back_last(vault: OpenVault) -> None:
    with reading(vault) as session:
        step = last_unit(session, PERSON)
    assert step is not None
    with unit_of_work(vault) as work:
        undo(work.session, step.unit)


def two(vault: OpenVault) -> tuple[Employer, Employer, Client]:
    client = a_client()
    stays = an_employer(name="Bay Bakery", phone="01229 820000")
    other = an_employer(
        name="Bay Bakery Ltd", town="Kendal", phone="01539 1", do_not_approach="Ring Ada only", is_anchor=True
    )
    keep(vault, client, stays, other)
    return stays, other, client


def test_the_names_of_one_employer_have_one_core() -> None:
    assert core_name("The Bay Bakery Ltd.") == core_name("BAY BAKERY (UK) Limited") == "bay bakery"
    assert core_name("The Company") == "the company"


def test_every_kind_that_names_an_employer_is_known() -> None:
    kinds = {kind.KIND for kind, _ in naming_an_employer()}
    assert {Kind.JOB, Kind.VACANCY, Kind.APPLICATION, Kind.EMPLOYER_SITE, Kind.DISCLOSURE_DECISION} <= kinds
    assert Kind.EMPLOYER not in kinds
    assert ("vacancy_id", Kind.VACANCY) in links_between()[Kind.APPLICATION]


def test_likely_duplicates_say_why(desk_vault: OpenVault) -> None:
    bakery, limited = an_employer(name="Bay Bakery"), an_employer(name="The Bay Bakry Ltd")
    mill, shop = an_employer(name="Mill"), an_employer(name="Corner Shop", phone="01229 820000")
    trust, near = an_employer(name="Furness Health Trust"), an_employer(name="Health Trust of Furness")
    far, bread = an_employer(name="Other Place"), an_employer(name="Bay Bread and Cake Shop")
    keep(
        desk_vault, bakery, limited, mill, shop, trust, near, far, bread, an_employer(name="AB"), an_employer(name="Ab"),
        EmployerPerson(employer_id=mill.id, name="Ada", phone="+44 1229 820000"),
        EmployerSite(employer_id=trust.id, town="Barrow", postcode="LA14 1AA", phone="12"),
        EmployerSite(employer_id=near.id, town="Barrow", postcode="la141aa"),
        EmployerSite(employer_id=far.id, town="Barrow", postcode="LA14 1AA"),
    )  # fmt: skip
    found_ = {
        frozenset((one.first, one.second)): one.reasons for one in ask(desk_vault, likely_employer_duplicates)
    }
    assert found_ == {
        frozenset(("Bay Bakery", "The Bay Bakry Ltd")): ("Nearly the same name",),
        frozenset(("Mill", "Corner Shop")): ("The same phone number",),
        frozenset(("Furness Health Trust", "Health Trust of Furness")): (
            "The same postcode, and a name alike",
        ),
    }
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.TRUSTEE
    assert ask(desk_vault, likely_employer_duplicates) == ()
    assert ask(desk_vault, joined_with, bakery.id) == ()


def test_what_is_put_away_is_no_duplicate_and_two_reasons_stand_first(desk_vault: OpenVault) -> None:
    at = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    gone = an_employer(name="Bay Bakery", archived_at=at)
    a, b = an_employer(name="Alpha Cafe"), an_employer(name="Alpha Cafe Ltd")
    c, d = (
        an_employer(name="Zed Cafe", phone="01229 820 001"),
        an_employer(name="Zed Cafe", phone="01229820001"),
    )
    keep(
        desk_vault, gone, an_employer(name="Bay Bakery Ltd"), a, b, c, d,
        EmployerSite(employer_id=gone.id, town="x"), EmployerPerson(employer_id=gone.id, name="x"),
    )  # fmt: skip
    pairs = ask(desk_vault, likely_employer_duplicates)
    assert [(one.first, len(one.reasons)) for one in pairs] == [("Zed Cafe", 2), ("Alpha Cafe", 1)]


def test_joining_files_everything_with_the_one_that_stays(desk_vault: OpenVault) -> None:
    stays, other, client = two(desk_vault)
    records = filed(other, client)
    keep(desk_vault, *records)
    assert merge(desk_vault, stays, other) == "Joined the employer Bay Bakery Ltd with Bay Bakery"
    now = rows(desk_vault)
    for record in records:
        assert now[record.__tablename__, record.id]["employer_id"] == stays.id, record
    facts = ask(desk_vault, read_employer, other.id)  # who asks for the other gets the one that stays
    assert (facts.id, facts.town, facts.phone, facts.is_anchor, facts.do_not_approach) == (
        stays.id, "Kendal", "01229 820000", True, "Ring Ada only",
    )  # fmt: skip
    assert [one.name for one in ask(desk_vault, list_employers, TODAY)] == ["Bay Bakery"]
    (row,) = ask(desk_vault, joined_with, stays.id)
    assert (row.id, row.name, row.joined_on) == (other.id, "Bay Bakery Ltd", TODAY)
    with reading(desk_vault) as session:
        assert list(disagreements(session)) == []


def test_joining_is_taken_back_whole(desk_vault: OpenVault) -> None:
    stays, other, client = two(desk_vault)
    keep(desk_vault, *filed(other, client))
    before = rows(desk_vault)
    merge(desk_vault, stays, other)
    take_back_last(desk_vault)
    assert rows(desk_vault) == before
    merge(desk_vault, stays, other)
    after = rows(desk_vault)
    do(desk_vault, unmerge_employers, other.id)
    assert rows(desk_vault) == before
    take_back_last(desk_vault)
    assert rows(desk_vault) == after


@pytest.mark.parametrize("seed", range(8))
def test_parting_restores_exactly_what_was_moved_whatever_came_between(
    desk_vault: OpenVault, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311  no secret hangs on it: the same tries every time
    stays, other, client = two(desk_vault)
    for employer in (stays, other):
        keep(desk_vault, *[one for one in filed(employer, client) if chance.random() < 0.8 or _needed(one)])
    before = rows(desk_vault)
    merge(desk_vault, stays, other)
    since = [one for one in filed(stays, client) if chance.random() < 0.6 or _needed(one)]
    keep(desk_vault, *since)
    changed = [key for key in before if key[0] == "job" and chance.random() < 0.5]
    with unit_of_work(desk_vault, label="Went on working") as work:
        for _, job in changed:
            work.session.get_one(Job, job).title = "Head baker"
    _, label = do(desk_vault, unmerge_employers, other.id)
    assert label == "Parted the employer Bay Bakery Ltd from Bay Bakery"
    now = rows(desk_vault)
    for one in since:
        assert now.pop((one.__tablename__, one.id))["employer_id"] == stays.id
    for key in changed:
        assert now[key].pop("title") == "Head baker"
        before[key].pop("title")
    assert now == before


def _needed(one: Record) -> bool:
    return isinstance(one, EmployerSite | EmployerPerson | Vacancy)


def test_what_hangs_on_a_record_that_goes_back_goes_with_it(desk_vault: OpenVault) -> None:
    stays, other, client = two(desk_vault)
    person = EmployerPerson(employer_id=other.id, name="Ada")
    vacancy = Vacancy(employer_id=other.id, title="Baker", found_on=TODAY)
    keep(desk_vault, person, vacancy)
    merge(desk_vault, stays, other)
    with_ada = SaveEmployerContact(employer_id=stays.id, happened_on=TODAY, person_id=person.id)
    talk = do(desk_vault, save_employer_contact, with_ada)[0]
    applied = Application(client_id=client.id, employer_id=stays.id, vacancy_id=vacancy.id, found_on=TODAY)
    keep(desk_vault, applied)
    do(desk_vault, unmerge_employers, other.id)
    assert found(desk_vault, EmployerContact, talk).employer_id == other.id
    assert found(desk_vault, Application, applied.id).employer_id == other.id


def test_facts_that_were_changed_since_stay_changed(desk_vault: OpenVault) -> None:
    stays, other, _ = two(desk_vault)
    merge(desk_vault, stays, other)
    wish = SaveEmployer(
        employer_id=stays.id, name="Bay Bakery", town="Ulverston", phone="01229 820000", is_anchor=True,
        do_not_approach="Ring Ada only",
    )  # fmt: skip
    do(desk_vault, save_employer, wish)
    do(desk_vault, unmerge_employers, other.id)
    now = found(desk_vault, Employer, stays.id)
    assert (now.town, now.is_anchor, now.do_not_approach) == ("Ulverston", False, "")


def test_parting_again_after_joining_again_goes_by_the_last_joining(desk_vault: OpenVault) -> None:
    stays, other, client = two(desk_vault)
    merge(desk_vault, stays, other)
    do(desk_vault, unmerge_employers, other.id)
    job = a_job(client, other)
    keep(desk_vault, job)
    before = rows(desk_vault)
    merge(desk_vault, stays, other)
    with unit_of_work(desk_vault, label="Noted") as work:
        work.session.get_one(Employer, other.id).note = "Found on paper"
    do(desk_vault, unmerge_employers, other.id)
    before["employer", other.id]["note"] = "Found on paper"
    assert rows(desk_vault) == before


def test_several_joined_with_one_part_in_any_order(desk_vault: OpenVault) -> None:
    stays, other, client = two(desk_vault)
    third = an_employer(name="Third", website="third.example")
    keep(desk_vault, third, *filed(other, client), *filed(third, client))
    before = rows(desk_vault)
    merge(desk_vault, stays, other)
    merge(desk_vault, stays, third)
    do(desk_vault, unmerge_employers, other.id)
    do(desk_vault, unmerge_employers, third.id)
    assert rows(desk_vault) == before


def test_what_cannot_be_joined_or_parted(desk_vault: OpenVault) -> None:
    stays, other, _ = two(desk_vault)
    third = an_employer(name="Third")
    keep(desk_vault, third)

    def refused(command: Any, wish: Any, sentence: str) -> None:
        with pytest.raises(Refusal, match=sentence):
            do(desk_vault, command, wish)

    refused(merge_employers, MergeEmployers(keep_id=stays.id, other_id=stays.id), "two different")
    refused(unmerge_employers, other.id, "not joined")
    merge(desk_vault, stays, other)
    refused(merge_employers, MergeEmployers(keep_id=third.id, other_id=other.id), "not there")
    merge(desk_vault, third, stays)
    assert ask(desk_vault, read_employer, other.id).id == third.id
    refused(unmerge_employers, other.id, "joined with Third since")
    do(desk_vault, unmerge_employers, stays.id)
    do(desk_vault, unmerge_employers, other.id)
    assert len(ask(desk_vault, list_employers, TODAY)) == 3


def test_a_joining_the_journal_does_not_know_cannot_be_parted(desk_vault: OpenVault) -> None:
    stays = an_employer(name="Bay Bakery")
    keep(desk_vault, stays)
    at = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    other = an_employer(name="Bay", joined_with_id=stays.id, archived_at=at)
    keep(desk_vault, other)
    do(
        desk_vault, unmerge_employers, other.id
    )  # it was written down as joined from the first: nothing was moved
    assert found(desk_vault, Employer, other.id).archived_at is None


def test_a_coach_does_not_move_the_jobs_of_colleagues_clients(desk_vault: OpenVault) -> None:
    stays, other, _ = two(desk_vault)
    iqra = a_coach()
    hers = a_client(coach_id=iqra.id, reference="T-hers")
    keep(desk_vault, iqra, hers, a_job(hers, other, started_on=days_ago(9)))
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="ask a manager"):
        merge(desk_vault, stays, other)


def test_parting_works_after_somebody_who_worked_there_was_erased(desk_vault: OpenVault) -> None:
    stays, other, client = two(desk_vault)
    staying = a_client(reference="T-stays")
    job = a_job(staying, other)
    keep(desk_vault, staying, job, a_job(client, other))
    merge(desk_vault, stays, other)
    do(desk_vault, erase_client, EraseClient(client_id=client.id, reason="Asked for it"))
    do(desk_vault, unmerge_employers, other.id)
    assert found(desk_vault, Job, job.id).employer_id == other.id
