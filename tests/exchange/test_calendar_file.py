"""The calendar file, read back by a library that shares no code with the one that wrote it."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from coachdesk.casework.appointments import (
    Appointment,
    CalendarQuestion,
    Naming,
    Sort,
    choose_naming,
    read_appointments,
    read_naming,
)
from coachdesk.errors import Refusal, Trouble
from coachdesk.exchange.calendar_file import SaveCalendar, SavedCalendar, calendar_bytes, save_calendar
from coachdesk.models import (
    Application,
    CheckInMove,
    Client,
    Coach,
    GroupSession,
    Interview,
    Job,
    JournalEntry,
)
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.makers import (
    a_client,
    a_coach,
    a_contact,
    a_job,
    a_plan,
    an_adjustment,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    do,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

NOW = dt.datetime(2026, 10, 5, 9, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(days=1)
SECRET = "Zylberquist"


def read_back(data: bytes) -> list[Any]:
    """Return the entries as the other library reads them."""
    calendar = vobject.readOne(data.decode("utf-8"))
    return list(getattr(calendar, "vevent_list", ()))


def one(**values: Any) -> Appointment:
    given_: dict[str, Any] = {
        "key": "check_in:a",
        "sort": Sort.CHECK_IN,
        "on": TODAY,
        "client_id": UUID(int=1),
        "initials": "SH",
        "reference": "C-0012",
    }
    return Appointment(**{**given_, **values})


def test_whole_days_and_hours_are_read_back_as_they_were_meant() -> None:
    winter = dt.date(2026, 12, 7)
    data = calendar_bytes(
        [
            one(),
            one(key="i", sort=Sort.INTERVIEW, on=TODAY, at_time="09:30"),
            one(key="w", sort=Sort.INTERVIEW, on=winter, at_time="14:00"),
            one(key="g", sort=Sort.GROUP, initials="", reference=""),
        ],
        Naming.INITIALS,
        NOW,
    )
    whole, summer_hour, winter_hour, group = read_back(data)
    assert (whole.summary.value, whole.dtstart.value, whole.dtend.value) == (
        "Check-in: SH",
        TODAY,
        TODAY + dt.timedelta(days=1),
    )
    assert summer_hour.summary.value == "Interview: SH"
    # 5 October is summer time: 09:30 in London is 08:30 of world time; 7 December is not
    assert summer_hour.dtstart.value.astimezone(dt.UTC) == dt.datetime(2026, 10, 5, 8, 30, tzinfo=dt.UTC)
    assert summer_hour.dtend.value.astimezone(dt.UTC) == dt.datetime(2026, 10, 5, 9, 30, tzinfo=dt.UTC)
    assert winter_hour.dtstart.value.astimezone(dt.UTC) == dt.datetime(2026, 12, 7, 14, 0, tzinfo=dt.UTC)
    assert group.summary.value == "Group session"
    assert b"VALARM" not in data
    assert b"CATEGORIES" not in data


def test_without_an_hour_no_time_zone_goes_along_and_a_reference_is_used_when_chosen() -> None:
    data = calendar_bytes([one()], Naming.REFERENCE, NOW)
    assert b"VTIMEZONE" not in data
    assert read_back(data)[0].summary.value == "Check-in: C-0012"


def test_the_same_days_at_the_same_moment_give_the_same_bytes() -> None:
    assert calendar_bytes([one()], Naming.INITIALS, NOW) == calendar_bytes([one()], Naming.INITIALS, NOW)


def test_a_moved_day_keeps_its_uid_and_is_a_later_version() -> None:
    (before,) = read_back(calendar_bytes([one()], Naming.INITIALS, NOW))
    (after,) = read_back(calendar_bytes([one(on=TODAY + dt.timedelta(days=3))], Naming.INITIALS, LATER))
    assert after.uid.value == before.uid.value
    assert after.dtstart.value == TODAY + dt.timedelta(days=3)
    assert int(after.sequence.value) == int(before.sequence.value) + 24 * 60


def test_lines_are_folded_by_bytes_and_awkward_initials_survive() -> None:
    data = calendar_bytes([one(initials="Ž,;\\😀" * 20)], Naming.INITIALS, NOW)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert read_back(data)[0].summary.value == "Check-in: " + "Ž,;\\😀" * 20


@pytest.fixture
def client(office: OpenVault) -> Client:
    """A client of the coach at the desk with one of everything that has a day, every word of it a secret."""
    with unit_of_work(office) as work:
        programme = programme_id(work.session)
    made = a_client(first_name="Sylvia", last_name=SECRET, reference="C-0012", coach_id=office.coach_id)
    employer = an_employer(name=f"{SECRET} and Sons")
    keep(office, made, employer)
    job = a_job(made, employer, started_on=days_ago(3), title=SECRET)
    application = Application(
        client_id=made.id, employer_id=employer.id, title=SECRET, found_on=days_ago(9), stage="interview"
    )
    keep(office, job, application, an_enrolment(made, programme))
    keep(
        office,
        a_contact(made, next_on=TODAY + dt.timedelta(days=2), note=SECRET),
        a_plan(made, agreed_on=days_ago(10), next_review_on=TODAY + dt.timedelta(days=9)),
        an_adjustment(made, job_id=job.id, need=SECRET, review_on=TODAY + dt.timedelta(days=10)),
        Interview(
            client_id=made.id,
            application_id=application.id,
            happens_on=TODAY + dt.timedelta(days=1),
            at_time="09:30",
            place=SECRET,
            with_whom=SECRET,
        ),
        GroupSession(title=SECRET, happened_on=TODAY, coach_id=office.coach_id),
    )
    return made


def appointments(vault: OpenVault, days: int = 14) -> list[Appointment]:
    return list(ask(vault, read_appointments, CalendarQuestion(today=TODAY, days=days)))


def saved(vault: OpenVault, target: Path) -> SavedCalendar:
    do(vault, choose_naming, Naming.INITIALS)
    return save_calendar(vault, SaveCalendar(target=target, days=14), Watch.silent())


def test_everything_with_a_day_is_in_it_and_not_a_word_about_it(
    office: OpenVault, client: Client, tmp_path: Path
) -> None:
    del client
    found = saved(office, tmp_path / "mine.ics")
    data = found.target.read_bytes()
    # weekly check-ins from a start three days ago: days 4 and 11 from today
    expected = [
        ("Group session", 0),
        ("Interview: SZ", 1),
        ("Contact: SZ", 2),
        ("Check-in: SZ", 4),
        ("Review: SZ", 9),
        ("Review: SZ", 10),
        ("Check-in: SZ", 11),
    ]
    told = []
    for entry in read_back(data):
        day = entry.dtstart.value
        on = day.date() if isinstance(day, dt.datetime) else day
        told.append((entry.summary.value, (on - TODAY).days))
    assert told == expected
    assert found.entries == len(expected)
    assert SECRET.encode() not in data
    assert b"Sylvia" not in data


def test_a_check_in_that_is_moved_keeps_its_uid(office: OpenVault, client: Client) -> None:
    before = {one_.key: one_.on for one_ in appointments(office) if one_.sort is Sort.CHECK_IN}
    job = ask(office, lambda s, _: s.scalars(select(Job)).one())
    first = days_ago(3) + dt.timedelta(days=7)
    keep(
        office,
        CheckInMove(
            client_id=client.id,
            job_id=job.id,
            due_on=first,
            moved_to=first + dt.timedelta(days=2),
            reason="holiday",
        ),
    )
    after = {one_.key: one_.on for one_ in appointments(office) if one_.sort is Sort.CHECK_IN}
    assert before.keys() == after.keys()
    moved = {key: (before[key], after[key]) for key in before if before[key] != after[key]}
    assert list(moved.values()) == [(first, first + dt.timedelta(days=2))]


def test_no_day_is_shown_of_colleagues_clients_of_the_dead_and_of_those_who_left(office: OpenVault) -> None:
    colleague = a_coach()
    keep(office, colleague)
    theirs = a_client(coach_id=colleague.id)
    dead = a_client(coach_id=office.coach_id, died_on=days_ago(1))
    left = a_client(coach_id=office.coach_id)
    keep(office, theirs, dead, left)
    programme = ask(office, lambda s, _: programme_id(s))
    keep(office, an_enrolment(left, programme, exit_on=days_ago(1), exit_reason="other"))
    keep(office, *(a_contact(someone, next_on=TODAY) for someone in (theirs, dead, left)))
    assert appointments(office) == []


def test_what_is_over_cancelled_or_out_of_the_days_asked_for_is_not_in_it(
    office: OpenVault, client: Client
) -> None:
    with unit_of_work(office) as work:
        work.session.scalars(select(Interview)).one().cancelled_on = TODAY
        work.session.scalars(select(Job)).one().ended_on = TODAY
    keep(
        office,
        a_contact(client, happened_on=days_ago(1), next_on=TODAY + dt.timedelta(days=15)),
        a_plan(client, version=2, agreed_on=days_ago(1), next_review_on=TODAY + dt.timedelta(days=15)),
    )
    # the job ends today: its adjustment is looked at on day 10 no more, its check-ins are over, and of the newest
    # contact and the newest plan, neither has a day within these two weeks
    with unit_of_work(office) as work:
        work.session.scalars(select(Job)).one().ended_on = days_ago(1)
    assert [one_.sort for one_ in appointments(office)] == [Sort.GROUP]


def test_plans_and_check_ins_need_an_enrolment_that_has_begun(office: OpenVault) -> None:
    someone = a_client(coach_id=office.coach_id)
    employer = an_employer()
    keep(office, someone, employer)
    keep(
        office,
        a_job(someone, employer, started_on=days_ago(3)),
        a_plan(someone, agreed_on=days_ago(10), next_review_on=TODAY + dt.timedelta(days=9)),
    )
    assert appointments(office) == []


def test_nobody_is_called_before_somebody_chose_how(
    office: OpenVault, client: Client, tmp_path: Path
) -> None:
    assert ask(office, read_naming) is None
    with pytest.raises(Refusal, match="Choose first how clients are called"):
        save_calendar(office, SaveCalendar(target=tmp_path / "mine.ics"), Watch.silent())
    assert do(office, choose_naming, Naming.REFERENCE)[0] is Naming.REFERENCE
    assert ask(office, read_naming) is Naming.REFERENCE
    save_calendar(office, SaveCalendar(target=tmp_path / "mine.ics"), Watch.silent())
    assert b"Check-in: C-0012" in (tmp_path / "mine.ics").read_bytes()


def test_an_empty_calendar_is_not_written(office: OpenVault, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="Nothing is known of the next 14 days"):
        saved(office, tmp_path / "mine.ics")
    assert list(tmp_path.glob("*.ics")) == []


def test_a_key_that_is_no_coachs_has_no_calendar(office: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "coach_id", None)
    with pytest.raises(Refusal, match="belongs to a coach"):
        appointments(office)


def test_a_trustee_has_nobodys_days(office: OpenVault, client: Client) -> None:
    with unit_of_work(office, by_program=True) as work:
        work.session.get_one(Coach, office.coach_id).role = Role.TRUSTEE
    assert [one_.client_id for one_ in appointments(office)] == [None]


def exported(vault: OpenVault) -> set[str]:
    query = select(JournalEntry.scope).where(JournalEntry.field_group == "exported")
    return set(ask(vault, lambda s, _: s.scalars(query).all()))


def test_the_journal_says_whose_days_left_the_vault(
    office: OpenVault, client: Client, tmp_path: Path
) -> None:
    saved(office, tmp_path / "mine.ics")
    assert exported(office) == {"team", client.id.hex}


def test_a_drive_that_does_not_take_it_leaves_no_word_in_the_journal(
    office: OpenVault, client: Client, tmp_path: Path
) -> None:
    del client
    with pytest.raises(Trouble):
        saved(office, tmp_path / "gone" / "mine.ics")
    assert exported(office) == set()


def test_a_name_without_an_ending_gets_one_and_replaces_nothing(
    office: OpenVault, client: Client, tmp_path: Path
) -> None:
    del client
    assert saved(office, tmp_path / "mine").target.name == "mine.ics"
    assert saved(office, tmp_path / "mine").target.name == "mine-2.ics"


NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=4, max_size=30
).filter(lambda name: name.strip() == name)


@pytest.fixture(scope="module")
def fixed_words() -> str:
    return calendar_bytes([one(initials="", reference="", at_time="09:30")], Naming.INITIALS, NOW).decode()


@given(first=NAMES, last=NAMES, naming=st.sampled_from(Naming))
def test_no_name_stands_in_the_bytes_however_awkward(
    fixed_words: str, first: str, last: str, naming: Naming
) -> None:
    someone = a_client(first_name=first, last_name=last, reference="C-0012")
    entry = one(initials=someone.initials(), reference=someone.reference, at_time="09:30")
    data = calendar_bytes([entry], naming, NOW)
    whole = data.decode("utf-8").replace("\r\n ", "")
    for name in (first, last):
        assert name in fixed_words or name not in whole
    (told,) = read_back(data)
    assert told.summary.value == f"Check-in: {entry.called(naming)}"
