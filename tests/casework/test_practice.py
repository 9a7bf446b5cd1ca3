"""The practice world: invented on sight, the same for the same seed, near to today, never beside real people."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from coachdesk.casework.practice import AT_A_TIME, PracticeWish, make_practice
from coachdesk.casework.practice_named import PROGRAMME
from coachdesk.casework.practice_words import practice_words
from coachdesk.clock import FixedClock
from coachdesk.errors import Cancelled, Refusal
from coachdesk.exchange.transfers import TransferQuestion, preview_transfer
from coachdesk.models import (
    Absence,
    AccessToWork,
    Action,
    Adjustment,
    AdjustmentStep,
    Application,
    AwardItem,
    BenefitsQuestion,
    CheckIn,
    Client,
    Coach,
    CoachTime,
    Code,
    Contact,
    ContactRhythm,
    DisclosureDecision,
    EmployerContact,
    EmployerPerson,
    EmployerScheme,
    EmployerSite,
    EmployerTalk,
    Ending,
    Enquiry,
    Enrolment,
    Equality,
    Goal,
    GoodWorkCheck,
    GroupPlace,
    GroupSession,
    Interview,
    Job,
    JobEvidence,
    JobWish,
    JournalEntry,
    OnwardReferral,
    Pause,
    Plan,
    ProfileFigure,
    Programme,
    Reading,
    ReturnStep,
    Service,
    Vacancy,
    VocationalProfile,
    WorkTime,
    WorkWeek,
)
from coachdesk.returns.custom_breakdowns import custom_breakdowns
from coachdesk.returns.indicators.found import Scope
from coachdesk.returns.periods import Period
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

TODAY = dt.date(2026, 10, 5)
LIVES = (
    Plan,
    Goal,
    Action,
    Job,
    CheckIn,
    GoodWorkCheck,
    Reading,
    Adjustment,
    ProfileFigure,
    VocationalProfile,
    Ending,
)
SURROUNDINGS = (
    EmployerSite, EmployerPerson, EmployerScheme, EmployerContact, Vacancy, Enquiry, GroupSession, WorkTime, CoachTime,
    Service,
)  # fmt: skip
SEARCH = (JobWish, Application, Interview, DisclosureDecision, BenefitsQuestion, EmployerTalk, GroupPlace)
STAYING = (
    JobEvidence, WorkWeek, AdjustmentStep, AccessToWork, AwardItem, Absence, ReturnStep, ContactRhythm, Pause,
    OnwardReferral,
)  # fmt: skip


def empty_world(folder: Path) -> OpenVault:
    return SealedVault.create(
        folder,
        organisation="Practice world",
        person="Ruth Ellison",
        passphrase="seven herons wade past an iron gate",
        clock=FixedClock.on(TODAY),
        practice=True,
        cost=Cost.floor(),
    ).vault


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenVault]:
    vault = empty_world(tmp_path_factory.mktemp("practice") / "Practice.coachdesk")
    assert make_practice(vault, PracticeWish(today=TODAY, clients=120, seed=7), Watch.silent()) == 120
    yield vault
    vault.close()


def test_what_a_contact_says_fits_whether_it_came_about(world: OpenVault) -> None:
    words = practice_words()
    with reading(world) as session:
        told = session.execute(select(Contact.did_not_attend, Contact.note)).all()
    practised = {(missed, note) for missed, note in told if note in {*words.notes, *words.missed}}
    assert {note for missed, note in practised if missed} == set(words.missed)
    assert {note for missed, note in practised if not missed} == set(words.notes)


def test_everybody_is_plainly_invented(world: OpenVault) -> None:
    surnames = set(practice_words().surnames)
    with reading(world) as session:
        clients = session.scalars(select(Client)).all()
    assert len(clients) == 120
    for client in clients:
        assert client.nino.startswith("QQ")
        assert client.phone.startswith("07700 900")
        assert client.email.endswith("@example.org")
        assert client.last_name in surnames


def test_the_world_has_years_of_everything(world: OpenVault) -> None:
    with reading(world) as session:
        for record in (*LIVES, *SURROUNDINGS, *SEARCH, *STAYING):
            assert session.scalar(select(func.count()).select_from(record)), record.__name__
        first, last = session.execute(
            select(func.min(Contact.happened_on), func.max(Contact.happened_on))
        ).one()
        assert (TODAY - first).days > 365
        assert (TODAY - last).days < 30
        exits = session.scalar(select(func.count()).where(Enrolment.exit_on.is_not(None)))
        assert 20 < (exits or 0) < 110


def test_something_is_late_something_is_due_today_and_something_is_coming(world: OpenVault) -> None:
    with reading(world) as session:
        due = set(session.scalars(select(Action.due_on).where(Action.done_on.is_(None))))
        due |= set(
            session.scalars(select(Contact.next_on).where(Contact.next_on >= TODAY - dt.timedelta(days=6)))
        )
    days = {(day - TODAY).days for day in due if day is not None}
    assert min(days) < 0
    assert 0 in days
    assert max(days) > 0


def test_nothing_happens_before_its_time(world: OpenVault) -> None:
    with reading(world) as session:
        for record, column in (
            (Contact, Contact.happened_on),
            (CheckIn, CheckIn.done_on),
            (Reading, Reading.taken_on),
            (AdjustmentStep, AdjustmentStep.happened_on),
            (EmployerContact, EmployerContact.happened_on),
            (WorkWeek, WorkWeek.week_on),
            (JobEvidence, JobEvidence.seen_on),
            (Absence, Absence.from_on),
            (Application, Application.found_on),
            (Enquiry, Enquiry.received_on),
            (OnwardReferral, OnwardReferral.made_on),
            (OnwardReferral, OnwardReferral.answered_on),
            (OnwardReferral, OnwardReferral.first_attended_on),
            (OnwardReferral, OnwardReferral.ended_on),
        ):
            latest = session.scalar(select(func.max(column)))
            assert latest is not None, record.__name__
            assert latest <= TODAY, record.__name__
        done = select(func.count()).select_from(Action).where(Action.done_on > TODAY)
        assert session.scalar(done) == 0


def test_every_answer_is_one_of_the_lists(world: OpenVault) -> None:
    lists = {
        "route": Enrolment.route,
        "referral_source": Enrolment.source,
        "exit_reason": Enrolment.exit_reason,
        "ethnic_group": Equality.ethnic_group,
        "channel": Contact.channel,
        "place": Contact.place,
        "plan_area": Goal.area,
        "contract_kind": Job.contract,
        "end_reason": Job.end_reason,
        "adjustment_category": Adjustment.category,
        "reading_point": Reading.point,
        "application_stage": Application.stage,
        "lead_source": Application.source,
        "interview_sort": Interview.sort,
        "disclosure": DisclosureDecision.decision,
        "employer_purpose": EmployerContact.purpose,
        "kept_promise": EmployerScheme.is_kept,
        "adjustment_event": AdjustmentStep.event,
        "access_to_work_stage": AccessToWork.stage,
        "award_sort": AwardItem.sort,
        "evidence": JobEvidence.sort,
        "week_absence": WorkWeek.absent,
    }
    unstated = {"not_asked", "not_known", "prefers_not_to_say", "not_applicable"}
    with reading(world) as session:
        for name, column in lists.items():
            keys = set(session.scalars(select(Code.key).where(Code.list_name == name)))
            assert set(session.scalars(select(column).distinct())) <= keys | unstated, name


def test_the_person_who_practises_has_clients_of_their_own(world: OpenVault) -> None:
    with reading(world) as session:
        own = select(func.count()).select_from(Client).where(Client.coach_id == world.coach_id)
        assert session.scalar(own)


def told(vault: OpenVault) -> list[tuple[object, ...]]:
    with reading(vault) as session:
        clients = select(
            Client.reference, Client.first_name, Client.last_name, Client.born_from, Client.postcode
        )
        contacts = (
            select(Client.reference, Contact.happened_on, Contact.note, Contact.next_on)
            .join(Client, Client.id == Contact.client_id)
            .order_by(Client.reference, Contact.happened_on, Contact.note)
        )
        found = [*session.execute(clients.order_by(Client.reference)), *session.execute(contacts)]
        return [tuple(row) for row in found]


def test_the_same_seed_makes_the_same_world_and_another_does_not(tmp_path: Path) -> None:
    worlds = []
    for number, seed in enumerate((3, 3, 4)):
        vault = empty_world(tmp_path / f"{number}.coachdesk")
        make_practice(vault, PracticeWish(today=TODAY, clients=12, seed=seed), Watch.silent())
        worlds.append(told(vault))
        vault.close()
    assert worlds[0] == worlds[1]
    assert worlds[0] != worlds[2]


def test_a_world_for_measuring_has_just_so_many_contacts_and_goes_in_by_parts(tmp_path: Path) -> None:
    vault = empty_world(tmp_path / "Large.coachdesk")
    heard: list[float] = []
    watch = Watch(lambda fraction, _words: heard.append(fraction))
    make_practice(vault, PracticeWish(today=TODAY, clients=AT_A_TIME + 5, contacts_each=1), watch)
    with reading(vault) as session:
        clients = func.count(Enrolment.client_id.distinct())
        started = session.scalar(select(clients).where(Enrolment.started_on.is_not(None)))
        both = session.scalars(
            select(Enrolment.client_id).group_by(Enrolment.client_id).having(func.count() > 1)
        )
        assert len(both.all()) > AT_A_TIME / 10, "a second funder supports many of the same clients"
        assert session.scalar(select(func.count()).select_from(Contact)) == started
        labels = set(
            session.scalars(select(JournalEntry.label).where(JournalEntry.label.contains("clients")))
        )
    assert labels == {
        "Made the practice world: clients 1 to 400",
        "Made the practice world: clients 401 to 405",
    }
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    vault.close()


def test_a_live_vault_and_a_full_world_are_left_alone(vault: OpenVault, world: OpenVault) -> None:
    wish = PracticeWish(today=TODAY, clients=1)
    with pytest.raises(Refusal, match="only go into a practice vault"):
        make_practice(vault, wish, Watch.silent())
    with pytest.raises(Refusal, match="has its clients already"):
        make_practice(world, wish, Watch.silent())
    with reading(vault) as session:
        assert session.scalars(select(Coach.name)).all() == ["Ruth Ellison"]
        assert session.scalar(select(func.count()).select_from(Code)) == 0


def test_making_a_world_can_be_stopped(tmp_path: Path) -> None:
    vault = empty_world(tmp_path / "Stopped.coachdesk")
    heard: list[str] = []
    with pytest.raises(Cancelled):
        make_practice(
            vault,
            PracticeWish(today=TODAY, clients=50),
            Watch(lambda _fraction, words: heard.append(words), lambda: len(heard) > 3),
        )
    with reading(vault) as session:
        assert session.scalar(select(func.count()).select_from(Client)) == 0
    vault.close()


def test_what_a_vacancy_and_a_wish_are_about_are_traits_of_the_list(world: OpenVault) -> None:
    with reading(world) as session:
        keys = set(session.scalars(select(Code.key).where(Code.list_name == "job_trait")))
        for vacancy in session.scalars(select(Vacancy)):
            assert set(vacancy.traits) <= keys, vacancy.title
        assert set(session.scalars(select(JobWish.trait).distinct())) <= keys | {"hours", "pay"}


def test_clients_can_be_passed_on_by_name_and_a_question_of_ones_own_divides_a_return(
    world: OpenVault,
) -> None:
    with reading(world) as session:
        seen = preview_transfer(session, TransferQuestion(programme_key=PROGRAMME))
        programme = session.scalars(select(Programme).where(Programme.key == PROGRAMME)).one()
        scope = Scope(
            programme_id=programme.id, period=Period(TODAY.replace(month=1, day=1), TODAY), as_at=TODAY
        )
        (own,) = custom_breakdowns(session, scope)
    assert seen.blocked == ""
    assert len(seen.going) >= 5
    assert {"The permission was withdrawn", "No permission was given"} & set(seen.left_out)
    assert own.dimension.title == "How you would get to work"
    assert sum(bool(people) for people in own.under.values()) >= 3
