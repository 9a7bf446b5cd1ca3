"""A check-in that is moved or left out keeps why, is due on its new day everywhere, and can be put back."""

import datetime as dt
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from coachdesk.casework.check_in_moves import (
    MoveCheckIn,
    PutCheckInBack,
    move_check_in,
    put_check_in_back,
)
from coachdesk.casework.check_ins import CheckInAnswers
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.fading import FadingQuestion, read_fading
from coachdesk.casework.today import DueItem, TodayQuestion, read_today
from coachdesk.casework.work import RecordJob, record_job
from coachdesk.casework.working_days import holidays, proposal
from coachdesk.errors import Refusal
from coachdesk.models import CheckInMove, Client, Enrolment, Job, new_id
from coachdesk.vault.opened import OpenVault
from tests.makers import (
    a_client,
    a_job,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

WEEK_ONE = days_ago(-2)


@dataclass(frozen=True)
class AtWork:
    """Somebody five days into a job, by a programme with a rhythm."""

    vault: OpenVault
    client: Client
    job: Job
    enrolment: Enrolment

    def moved(self, **told: object) -> None:
        wish = {"job_id": self.job.id, "due_on": WEEK_ONE, "moved_to": days_ago(-4), "reason": "client_wish"}
        do(self.vault, move_check_in, MoveCheckIn(**{**wish, **told}))  # type: ignore[arg-type]  # of any kind

    def lines(self, days: int = 9) -> list[DueItem]:
        row = ask(self.vault, read_today, TodayQuestion(today=TODAY, days=days))
        return [one for one in (*row.overdue, *row.today, *row.coming) if one.kind == "check_in"]


@pytest.fixture
def at_work(desk_vault: OpenVault) -> AtWork:
    client, employer = a_client(), an_employer()
    keep(desk_vault, client, employer)
    enrolment = an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s)))
    job = a_job(client, employer, started_on=days_ago(5))
    keep(desk_vault, enrolment, job)
    return AtWork(desk_vault, client, job, enrolment)


def test_a_moved_check_in_is_due_on_its_new_day_and_says_where_it_was(at_work: AtWork) -> None:
    assert [(one.on, one.what) for one in at_work.lines()] == [
        (WEEK_ONE, "Check-in, week 1 at Bay Bakery"),
    ]
    at_work.moved(note=" Away with family ")
    (line,) = at_work.lines()
    assert (line.on, line.ref.due_on) == (days_ago(-4), days_ago(-4))
    assert line.what == "Check-in, week 1 at Bay Bakery, moved from Wed 7 Oct"
    at_work.moved(moved_to=days_ago(-3), reason="health")
    (kept,) = ask(at_work.vault, lambda s, _: list(s.scalars(select(CheckInMove))))
    assert (kept.moved_to, kept.reason, kept.note) == (days_ago(-3), "health", "")


def test_one_that_is_left_out_gives_way_to_the_next(at_work: AtWork) -> None:
    _, label = do(
        at_work.vault,
        move_check_in,
        MoveCheckIn(job_id=at_work.job.id, due_on=WEEK_ONE, moved_to=None, reason="client_holiday"),
    )
    assert label == "Left out a check-in of MO"
    assert [one.what for one in at_work.lines()] == ["Check-in, week 2 at Bay Bakery"]


def test_what_was_moved_is_put_back_and_moved_again(at_work: AtWork) -> None:
    at_work.moved()
    back = PutCheckInBack(job_id=at_work.job.id, due_on=WEEK_ONE)
    _, label = do(at_work.vault, put_check_in_back, back)
    assert label == "Put a check-in of MO back on its day"
    assert [one.on for one in at_work.lines()] == [WEEK_ONE]
    with pytest.raises(Refusal, match="on its own day already"):
        do(at_work.vault, put_check_in_back, back)
    at_work.moved(moved_to=None)
    assert [one.on for one in at_work.lines()] == [WEEK_ONE + dt.timedelta(days=7)]


def test_a_moved_check_in_that_is_held_on_its_new_day_is_answered(at_work: AtWork) -> None:
    at_work.moved(moved_to=TODAY)
    (line,) = at_work.lines(days=0)
    answers = CheckInAnswers(job_id=at_work.job.id, due_on=line.ref.due_on, still_there="yes")
    wish = RecordContact(client_id=at_work.client.id, happened_on=TODAY, due=line.ref, check_in=answers)
    do(at_work.vault, record_contact, wish)
    assert at_work.lines(days=0) == []
    assert [one.what for one in at_work.lines(days=10)] == ["Check-in, week 2 at Bay Bakery"]


def test_who_is_fading_follows_the_moves(at_work: AtWork) -> None:
    late = a_job(at_work.client, an_employer(name="Elm Care"), started_on=days_ago(21))
    employer = an_employer(name="Elm Care")
    late.employer_id = employer.id
    keep(at_work.vault, employer, late)

    def missed() -> int:
        (row,) = ask(at_work.vault, read_fading, FadingQuestion(today=TODAY)).rows
        return row.missed_check_ins

    assert missed() == 1
    at_work.moved(job_id=late.id, due_on=days_ago(14))
    assert missed() == 0


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"reason": "not_asked"}, "reason"),
        ({"reason": "prefers_not_to_say", "moved_to": None}, "reason"),
        ({"moved_to": days_ago(1)}, "moved_to"),
        ({"moved_to": WEEK_ONE}, "moved_to"),
    ],
)
def test_a_move_that_cannot_be_is_refused_beside_its_field(
    at_work: AtWork, told: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        at_work.moved(**told)
    assert set(refused.value.fields) == {field}
    assert [one.on for one in at_work.lines()] == [WEEK_ONE]


def test_no_check_in_is_moved_past_the_end_of_the_job(at_work: AtWork) -> None:
    ending = found(at_work.vault, Job, at_work.job.id)
    do(at_work.vault, lambda s, _: setattr(s.get_one(Job, ending.id), "ended_on", days_ago(-3)), None)
    with pytest.raises(Refusal) as refused:
        at_work.moved()
    assert refused.value.fields == {"moved_to": "The job has ended by then."}


@pytest.mark.parametrize("day", [days_ago(-1), days_ago(4)])
def test_a_day_that_is_none_of_the_rhythm_is_not_moved(at_work: AtWork, day: dt.date) -> None:
    with pytest.raises(Refusal, match="has been held, or is not due"):
        at_work.moved(due_on=day)


def test_one_that_was_held_is_not_moved(at_work: AtWork) -> None:
    answers = CheckInAnswers(job_id=at_work.job.id, due_on=WEEK_ONE)
    do(
        at_work.vault,
        record_contact,
        RecordContact(client_id=at_work.client.id, happened_on=TODAY, check_in=answers),
    )
    with pytest.raises(Refusal, match="has been held"):
        at_work.moved()


def test_nothing_is_moved_where_job_or_support_is_over(at_work: AtWork) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        at_work.moved(job_id=new_id())

    def end(session: object, _: None) -> None:
        session.get_one(Enrolment, at_work.enrolment.id).exit_on = days_ago(1)  # type: ignore[attr-defined]  # a session

    do(at_work.vault, end, None)
    with pytest.raises(Refusal, match="Support has ended"):
        at_work.moved()


def test_a_job_that_is_over_has_no_check_in_to_move(at_work: AtWork) -> None:
    def end(session: object, _: None) -> None:
        session.get_one(Job, at_work.job.id).ended_on = days_ago(1)  # type: ignore[attr-defined]  # a session

    do(at_work.vault, end, None)
    with pytest.raises(Refusal, match="This job is not there any more"):
        at_work.moved()


def test_a_weekend_or_bank_holiday_proposes_the_next_working_day_and_says_why(at_work: AtWork) -> None:
    known = ask(at_work.vault, lambda s, _: holidays(s))
    christmas = proposal(dt.date(2026, 12, 25), known)
    assert christmas is not None
    assert (christmas.on, christmas.why) == (dt.date(2026, 12, 29), known[dt.date(2026, 12, 25)])
    saturday = proposal(dt.date(2026, 10, 10), known)
    assert saturday is not None
    assert (saturday.on, saturday.why) == (dt.date(2026, 10, 12), "Saturday")
    assert proposal(TODAY, known) is None


def test_today_keeps_the_day_of_the_rhythm_and_proposes_another(at_work: AtWork) -> None:
    wish = RecordJob(client_id=at_work.client.id, employer_name="Elm Care", started_on=days_ago(2))
    do(at_work.vault, record_job, wish)
    at_work.moved(moved_to=None)
    (line,) = at_work.lines(days=5)
    assert line.on == dt.date(2026, 10, 10)
    assert line.what == "Check-in, week 1 at Elm Care (Saturday: Mon 12 Oct is the next working day)"
    late = ask(at_work.vault, read_today, TodayQuestion(today=dt.date(2026, 10, 12))).overdue
    assert [one.what for one in late] == ["Check-in, week 1 at Elm Care"]
