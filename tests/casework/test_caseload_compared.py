"""A mixed caseload read twice: by the questions over everybody, and simply, one client after the other."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework import due_rules
from coachdesk.casework.clients import (
    WORKING_LISTS,
    CaseloadFilter,
    count_clients,
    list_clients,
    read_caseload,
)
from coachdesk.casework.definition import Definition
from coachdesk.casework.programmes import definitions
from coachdesk.casework.standing import Standing, standings
from coachdesk.casework.today import DueItem, TodayQuestion, read_today
from coachdesk.models import (
    Action,
    CheckIn,
    Client,
    Contact,
    ContactRhythm,
    Employer,
    Enrolment,
    Job,
    Pause,
    Plan,
)
from coachdesk.models.base import Record
from coachdesk.vault.opened import OpenVault
from tests.casework.plain_records import PlainRecords
from tests.makers import (
    ENTERED,
    a_check_in,
    a_client,
    a_contact,
    a_job,
    a_pause,
    a_plan,
    an_action,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

PEOPLE = 90
LAST = TODAY + dt.timedelta(days=7)
PRESSING = ("check_in", "action", "next_contact", "review", "milestone", "support_end", "plan", "profile")
AFTERWARDS = {"support_end", "plan", "profile"}
LATE = dt.timedelta(days=56)


def maybe(chance: random.Random, share: float = 0.2) -> dt.datetime | None:
    return ENTERED if chance.random() < share else None


def somebody(
    chance: random.Random, vault: OpenVault, programme: UUID, employer: Employer
) -> Iterable[Record]:
    client = a_client(
        first_name=chance.choice(("Maya", "Otto", "Zoë", "")),
        last_name=chance.choice(("Okonkwo", "Ash", "Ødegård")),
        known_as=chance.choice(("", "", "Debs")),
        coach_id=chance.choice((vault.coach_id, None)),
        archived_at=maybe(chance, 0.1),
        died_on=days_ago(1) if chance.random() < 0.1 else None,
    )
    yield client
    for _ in range(chance.randrange(3)):
        start = days_ago(chance.choice((3, 7, 21, 40, 200, 340, 360, 400)))
        yield an_enrolment(
            client,
            programme,
            started_on=chance.choice((start, start, None)),
            profile_started_on=chance.choice((start, None)),
            route=chance.choice(("out_of_work", "in_work")),
            exit_on=chance.choice((None, None, TODAY, days_ago(-3), days_ago(2))),
            archived_at=maybe(chance),
        )
    for version in range(chance.randrange(3)):
        yield a_plan(
            client,
            version=version + 1,
            agreed_on=chance.choice((None, days_ago(28), days_ago(30), days_ago(90))),
            reviewed_on=chance.choice((None, days_ago(27))),
            next_review_on=chance.choice((None, None, TODAY, days_ago(-2))),
            archived_at=maybe(chance),
        )
    for _ in range(chance.randrange(5)):
        yield a_contact(
            client,
            happened_on=days_ago(chance.choice((1, 7, 28, 29, 60))),
            did_not_attend=chance.random() < 0.3,
            next_on=chance.choice((None, TODAY, days_ago(1), days_ago(-5), days_ago(-9))),
            archived_at=maybe(chance),
        )
    for _ in range(chance.randrange(3)):
        yield an_action(
            client,
            due_on=chance.choice((None, TODAY, days_ago(4), days_ago(-7), days_ago(-8))),
            done_on=chance.choice((None, None, TODAY)),
            archived_at=maybe(chance),
        )
    for _ in range(chance.randrange(3)):
        start = days_ago(chance.choice((-9, -7, -1, 0, 7, 14, 30, 91, 182, 400)))
        job = a_job(
            client,
            employer,
            started_on=start,
            ended_on=chance.choice((None, None, max(start, TODAY), max(start, days_ago(1)))),
            archived_at=maybe(chance),
        )
        yield job
        for week in chance.sample((1, 2, 3), chance.randrange(3)):
            yield a_check_in(job, due_on=start + dt.timedelta(days=7 * week), archived_at=maybe(chance))


def rest_and_agree(vault: OpenVault, chance: random.Random) -> None:
    """Let some of the support rest, and agree a rhythm with some of the clients."""

    def made(session: Session, _: None) -> list[Record]:
        records: list[Record] = []
        for enrolment in session.scalars(select(Enrolment).order_by(Enrolment.id)):
            for _time in range(chance.choice((0, 0, 1, 2))):
                on = days_ago(chance.choice((-1, 0, 9, 20, 50)))
                to_on = chance.choice((None, on, on + dt.timedelta(days=9), on + dt.timedelta(days=20)))
                records.append(a_pause(enrolment, from_on=on, to_on=to_on, archived_at=maybe(chance)))
        for client in session.scalars(select(Client).order_by(Client.id)):
            for days in chance.sample((-1, 0, 7, 8, 40), chance.choice((0, 0, 1, 2))):
                told = {"every_days": chance.choice((2, 7, 45)), "archived_at": maybe(chance)}
                records.append(ContactRhythm(client_id=client.id, agreed_on=days_ago(days), **told))
        return records

    keep(vault, *ask(vault, made))


@pytest.fixture(params=[1, 2])
def mixed(request: pytest.FixtureRequest, desk_vault: OpenVault) -> OpenVault:
    chance = random.Random(request.param)  # noqa: S311  invented people, not keys
    programme = ask(desk_vault, lambda session, _: programme_id(session))
    employer = an_employer()
    people = [one for _ in range(PEOPLE) for one in somebody(chance, desk_vault, programme, employer)]
    keep(desk_vault, employer, *people)
    return desk_vault


@dataclass
class One:
    """What the records say about one client, read plainly."""

    records: PlainRecords
    client: Client

    def of(self, record: type[Record]) -> list[Any]:
        return self.records.of(record, self.client.id)

    def enrolments(self) -> list[Enrolment]:
        return self.of(Enrolment)

    def opened(self) -> list[Enrolment]:
        return [one for one in self.enrolments() if one.exit_on is None or one.exit_on > TODAY]

    def going_on(self) -> Enrolment | None:
        return next(reversed(self.opened()), None)

    def is_open(self) -> bool:
        return self.going_on() is not None or not self.enrolments()

    def jobs(self) -> list[Job]:
        jobs: list[Job] = self.of(Job)
        return [job for job in jobs if job.ended_on is None or job.ended_on >= TODAY]

    def working_since(self) -> dt.date | None:
        return min((job.started_on for job in self.jobs() if job.started_on <= TODAY), default=None)

    def newest(self) -> tuple[dt.date | None, dt.date | None]:
        contacts: list[Contact] = self.of(Contact)
        last_on = max((one.happened_on for one in contacts), default=None)
        agreed = [one.next_on for one in contacts if one.happened_on == last_on and one.next_on is not None]
        return last_on, max(agreed, default=None)

    def is_fading(self, rules: dict[UUID, Definition]) -> bool:
        """Return whether more days than agreed have gone by, told day by day."""
        enrolment = self.going_on()
        agreed: list[ContactRhythm] = self.of(ContactRhythm)
        agreed = sorted((one for one in agreed if one.agreed_on <= TODAY), key=attrgetter("agreed_on", "id"))
        usual = rules[enrolment.programme_id].fading_days if enrolment is not None else None
        every_days = agreed[-1].every_days if agreed else usual
        since = self.in_touch_since(agreed)
        if every_days is None or since is None or self.client.died_on is not None:
            return False
        gone_by = [since + dt.timedelta(days=day) for day in range(1, (TODAY - since).days + 1)]
        rests = self.rests_on([*gone_by, TODAY])
        return TODAY not in rests and len(set(gone_by) - rests) > every_days

    def in_touch_since(self, agreed: list[ContactRhythm]) -> dt.date | None:
        contacts: list[Contact] = self.of(Contact)
        came = [one.happened_on for one in contacts if not one.did_not_attend]
        began = [one.started_on or one.accepted_on or one.received_on for one in self.opened()]
        known = [*came, *(one.agreed_on for one in agreed[-1:])]
        return max(known, default=None) or min((day for day in began if day is not None), default=None)

    def rests_on(self, days: Iterable[dt.date]) -> set[dt.date]:
        pauses: list[Pause] = self.of(Pause)
        opened = {one.id for one in self.opened()}

        def resting(day: dt.date) -> set[UUID]:
            return {one.enrolment_id for one in pauses if one.from_on <= day <= (one.to_on or dt.date.max)}

        return {day for day in days if opened and opened <= resting(day)}

    def actions(self) -> list[dt.date]:
        actions: list[Action] = self.of(Action)
        return [one.due_on for one in actions if one.done_on is None and one.due_on is not None]

    def calls(self, rules: dict[UUID, Definition]) -> list[tuple[str, dt.date]]:
        """Return the kinds and days of everything that is due by the last day."""
        found = [("action", day) for day in self.actions()]
        next_on = self.newest()[1]
        found += [("next_contact", next_on)] if next_on is not None else []
        enrolment = self.going_on()
        if enrolment is not None:
            its_rules = rules[enrolment.programme_id]
            found += [call for job in self.jobs() for call in self._of_job(job, its_rules)]
            found += self._of_enrolment(enrolment, its_rules)
        keeping = {"plan", "profile"}
        return [
            (kind, on) for kind, on in found if on <= LAST and (kind not in keeping or on >= TODAY - LATE)
        ]

    def _of_job(self, job: Job, rules: Definition) -> list[tuple[str, dt.date]]:
        held: list[CheckIn] = self.of(CheckIn)
        done = [one.due_on for one in held if one.job_id == job.id]
        opened = due_rules.open_check_ins(job.started_on, job.ended_on, rules.check_in_weeks, done)
        day = due_rules.next_check_in(opened, TODAY, earliest=TODAY - LATE)
        milestone = due_rules.milestone_due(job.started_on, job.ended_on, rules, TODAY, 7)
        found = [("check_in", day)] if day is not None else []
        return found + ([("milestone", milestone.on)] if milestone is not None else [])

    def _of_enrolment(self, enrolment: Enrolment, rules: Definition) -> list[tuple[str, dt.date]]:
        if enrolment.started_on is None:
            return []
        plans: list[Plan] = self.of(Plan)
        plan = max(plans, key=lambda one: one.version, default=None)
        dues = {"support_end": due_rules.support_end_due(enrolment.started_on, enrolment.route, rules, TODAY)}
        if enrolment.profile_started_on is None:
            dues["profile"] = due_rules.profile_due(enrolment.started_on, rules)
        if plan is None or plan.agreed_on is None:
            dues["plan"] = due_rules.plan_due(enrolment.started_on, rules)
        else:
            dues["review"] = due_rules.review_due(
                plan.agreed_on, plan.reviewed_on, plan.next_review_on, rules
            )
        return [(kind, due.on) for kind, due in dues.items() if due is not None]


def everybody(session: Session) -> list[One]:
    records = PlainRecords(session)
    return [One(records, client) for client in records.clients()]


def simply(session: Session, coach_id: UUID | None) -> list[list[tuple[UUID, str, dt.date, int]]]:
    """Return the lines of the three sections: whom, the kind, the day, and how many more there are."""
    rules = definitions(session)
    sections: list[list[tuple[UUID, str, dt.date, int]]] = [[], [], []]
    for one in everybody(session):
        if coach_id not in {None, one.client.coach_id} or one.client.died_on is not None or not one.is_open():
            continue
        calls = one.calls(rules)
        for place, section in enumerate(sections):
            theirs = [
                (PRESSING.index(kind), on) for kind, on in calls if (on >= TODAY) + (on > TODAY) == place
            ]
            if theirs:
                kind, on = min(theirs)
                section.append((one.client.id, PRESSING[kind], on, len(theirs) - 1))
    return sections


def line_of(item: DueItem) -> tuple[UUID, str, dt.date, int]:
    more = item.what.rpartition("; and ")[2] if "; and " in item.what else "0 more"
    return item.client_id, item.kind, item.on, int(more.split(" ")[0])


@pytest.mark.parametrize("mine", [True, False])
def test_today_says_what_each_clients_records_say(mixed: OpenVault, *, mine: bool) -> None:
    coach_id = mixed.coach_id if mine else None
    row = ask(mixed, read_today, TodayQuestion(today=TODAY, coach_id=coach_id))
    expected = ask(mixed, simply, coach_id)
    assert [sorted(map(line_of, part)) for part in (row.overdue, row.today, row.coming)] == [
        sorted(part) for part in expected
    ]
    assert all(expected), "a world in which nothing is due proves nothing"
    for part in (row.overdue, row.today, row.coming):
        order = [(item.kind in AFTERWARDS, item.on, item.client_name, item.client_id) for item in part]
        assert order == sorted(order)


def test_where_everybody_stands_is_what_their_records_say(mixed: OpenVault) -> None:
    def compared(session: Session, _: None) -> None:
        found = standings(session, TODAY)
        for one in everybody(session):
            told, going_on = found.get(one.client.id, Standing()), one.going_on()
            last_on, next_on = one.newest() if one.is_open() else (None, None)
            days = [*one.actions(), next_on] if one.is_open() else []
            assert told.is_open == one.is_open()
            assert (told.enrolment is None) == (going_on is None)
            if told.enrolment is not None and going_on is not None:
                assert told.enrolment.id == going_on.id.bytes
            assert told.job_started_on == one.working_since()
            assert told.last_contact_on == last_on
            assert told.due_on() == min((day for day in days if day is not None), default=None)

    ask(mixed, compared)


@pytest.mark.parametrize("mine", [True, False])
def test_lists_and_counts_are_one_reading(mixed: OpenVault, *, mine: bool) -> None:
    rest_and_agree(mixed, random.Random(3))  # noqa: S311  invented people, not keys
    coach_id = mixed.coach_id if mine else None

    def asked(working: str, text: str = "") -> CaseloadFilter:
        return CaseloadFilter(today=TODAY, coach_id=coach_id, working=working, text=text)

    def known(session: Session, _: None) -> dict[str, set[UUID]]:
        rules = definitions(session)
        found: dict[str, set[UUID]] = {name: set() for name in WORKING_LISTS}
        for one in everybody(session):
            if coach_id in {None, one.client.coach_id}:
                for name in lists_of(one, rules):
                    found[name].add(one.client.id)
        return found

    expected = ask(mixed, known)
    counts = ask(mixed, count_clients, asked("open"))
    assert {name: counts[name] for name in expected} == {
        name: len(clients) for name, clients in expected.items()
    }
    assert all(counts.values())
    for name, clients in expected.items():
        caseload = ask(mixed, read_caseload, asked(name, "okonkwo"))
        rows = ask(mixed, list_clients, asked(name))
        assert {row.id for row in rows} == clients
        assert caseload.counts == counts
        assert caseload.clients == tuple(row for row in rows if "okonkwo" in row.haystack)
        days = [row.due_on or dt.date.max for row in rows]
        assert days == sorted(days)


def lists_of(one: One, rules: dict[UUID, Definition]) -> set[str]:
    if not one.is_open():
        return {"closed", "all"}
    days = [day for day in (*one.actions(), one.newest()[1]) if day is not None]
    belongs = {
        "open": True,
        "all": True,
        "due": min(days, default=LAST) <= TODAY,
        "in_work": one.working_since() is not None,
        "quiet": one.is_fading(rules),
    }
    return {name for name, there in belongs.items() if there}


def test_a_line_of_the_list_has_its_words(desk_vault: OpenVault) -> None:
    keep(
        desk_vault,
        a_client(first_name="Deborah", last_name="Ash", known_as="Debs", town="Ulverston"),
        a_client(first_name="", last_name="Zed"),
    )
    first, second = ask(desk_vault, list_clients, CaseloadFilter(today=TODAY))
    assert (first.name, first.full_name, first.initials) == ("Debs Ash", "Deborah Ash", "DA")
    assert (first.birth_words, first.due_words) == ("born 9 Apr 1990, 36", "")
    assert (second.name, second.initials) == ("Zed", "Z")


def test_lines_of_today_are_a_sequence_like_any_other(desk_vault: OpenVault) -> None:
    people = [a_client(first_name=f"Name{number}") for number in range(3)]
    keep(desk_vault, *people, *(an_action(one, due_on=TODAY) for one in people))
    lines = ask(desk_vault, read_today, TodayQuestion(today=TODAY)).today
    assert [item.client_id for item in lines[1:]] == [one.id for one in people[1:]]
    assert (len(lines), lines[-1], lines[0] in lines) == (3, lines[2], True)
    assert lines == tuple(lines)
    assert lines != tuple(lines[:2])
    assert len({lines, lines}) == 1
    with pytest.raises(IndexError):
        lines[3]
