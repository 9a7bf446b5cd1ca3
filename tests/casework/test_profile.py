"""The vocational profile: answer by answer in the client's words, with a past, dates and the way back."""

import datetime as dt

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.profile import (
    ANSWERS,
    AnswerRow,
    CompleteProfile,
    ProfileRow,
    SetProfileDates,
    WriteAnswer,
    answer_titles,
    complete_profile,
    read_profile,
    set_profile_dates,
    write_answer,
)
from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.models import Client, Enrolment, VocationalProfile, new_id
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_client,
    a_coach,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import PERSON, TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, made)
    return made


def profile_of(vault: OpenVault, client: Client) -> ProfileRow:
    return ask(vault, read_profile, ClientQuestion(client_id=client.id, today=TODAY))


def answer_of(vault: OpenVault, client: Client, name: str) -> AnswerRow:
    return next(one for one in profile_of(vault, client).answers if one.name == name)


def write(vault: OpenVault, client: Client, name: str, words: str) -> str:
    return do(vault, write_answer, WriteAnswer(client_id=client.id, name=name, words=words))[1]


def enrolled(vault: OpenVault, client: Client, **values: object) -> Enrolment:
    programme = ask(vault, lambda session, _: programme_id(session))
    made = an_enrolment(client, programme, **{"profile_started_on": None, **values})
    keep(vault, made)
    return made


def begun_on(vault: OpenVault, enrolment: Enrolment) -> dt.date | None:
    return found(vault, Enrolment, enrolment.id).profile_started_on


def test_every_part_of_a_profile_is_asked_and_has_a_title() -> None:
    parts = {one.key for one in VocationalProfile.__mapper__.column_attrs if "words" not in one.key}
    assert set(ANSWERS) <= parts
    assert len(ANSWERS) == len(set(ANSWERS)) == 14
    assert answer_titles()["hopes"] == "What I hope for"


def test_a_profile_nobody_began_is_open_everywhere(desk_vault: OpenVault, client: Client) -> None:
    profile = profile_of(desk_vault, client)
    assert (profile.id, profile.started_on, profile.completed_on, profile.said) == (None, None, None, 0)
    assert [one.name for one in profile.answers] == list(ANSWERS)


def test_the_first_words_begin_it_today_also_in_the_open_enrolment(
    desk_vault: OpenVault, client: Client
) -> None:
    open_one = enrolled(desk_vault, client, started_on=days_ago(10))
    label = write(desk_vault, client, "hopes", " A job with dogs ")
    profile = profile_of(desk_vault, client)
    assert label == "Wrote down in the profile of MO: What I hope for"
    assert (profile.started_on, profile.said) == (TODAY, 1)
    assert answer_of(desk_vault, client, "hopes").words == "A job with dogs"
    assert begun_on(desk_vault, open_one) == TODAY


def test_enrolments_that_ended_or_have_a_day_or_start_later_are_left_alone(
    desk_vault: OpenVault, client: Client
) -> None:
    ended = enrolled(desk_vault, client, started_on=days_ago(90), exit_on=days_ago(30))
    known = enrolled(desk_vault, client, started_on=days_ago(20), profile_started_on=days_ago(9))
    to_come = enrolled(desk_vault, client, started_on=days_ago(-4))
    write(desk_vault, client, "hopes", "A job with dogs")
    assert [begun_on(desk_vault, one) for one in (ended, known, to_come)] == [None, days_ago(9), None]


def test_empty_words_open_an_answer_again_and_begin_nothing(desk_vault: OpenVault, client: Client) -> None:
    open_one = enrolled(desk_vault, client, started_on=days_ago(10))
    write(desk_vault, client, "hopes", "  ")
    assert (profile_of(desk_vault, client).started_on, begun_on(desk_vault, open_one)) == (None, None)
    write(desk_vault, client, "hopes", "A job with dogs")
    write(desk_vault, client, "hopes", "")
    answer = answer_of(desk_vault, client, "hopes")
    assert (answer.words, answer.written_on) == ("", None)
    assert [one.words for one in answer.earlier] == ["A job with dogs"]


def test_each_answer_tells_its_own_past(desk_vault: OpenVault, client: Client) -> None:
    write(desk_vault, client, "hopes", "Any job")
    write(desk_vault, client, "strengths", "Patient")
    desk_vault.clock = FixedClock.on(TODAY + dt.timedelta(days=7))
    write(desk_vault, client, "hopes", "A job with dogs")
    hopes, strengths = (answer_of(desk_vault, client, name) for name in ("hopes", "strengths"))
    assert (hopes.words, hopes.written_on) == ("A job with dogs", TODAY + dt.timedelta(days=7))
    assert [(one.words, one.on, one.who) for one in hopes.earlier] == [("Any job", TODAY, PERSON)]
    assert (strengths.written_on, strengths.earlier) == (TODAY, ())


def test_each_answer_is_taken_back_on_its_own(desk_vault: OpenVault, client: Client) -> None:
    write(desk_vault, client, "hopes", "Any job")
    write(desk_vault, client, "strengths", "Patient")
    write(desk_vault, client, "hopes", "A job with dogs")
    with reading(desk_vault) as session:
        newest = last_unit(session, PERSON)
    assert newest is not None
    with unit_of_work(desk_vault) as work:
        undo(work.session, newest.unit)
    assert answer_of(desk_vault, client, "hopes").words == "Any job"
    assert answer_of(desk_vault, client, "strengths").words == "Patient"


def test_the_dates_may_be_put_right(desk_vault: OpenVault, client: Client) -> None:
    open_one = enrolled(desk_vault, client, started_on=days_ago(40))
    wish = SetProfileDates(client_id=client.id, started_on=days_ago(30), completed_on=days_ago(2))
    _, label = do(desk_vault, set_profile_dates, wish)
    profile = profile_of(desk_vault, client)
    assert (profile.started_on, profile.completed_on) == (days_ago(30), days_ago(2))
    assert begun_on(desk_vault, open_one) == days_ago(30)
    assert label == "Changed the dates of the profile of MO"
    do(
        desk_vault,
        set_profile_dates,
        SetProfileDates(client_id=client.id, started_on=None, completed_on=None),
    )
    assert profile_of(desk_vault, client).started_on is None
    assert begun_on(desk_vault, open_one) == days_ago(30)


def test_nothing_is_complete_before_it_was_begun(desk_vault: OpenVault, client: Client) -> None:
    wish = SetProfileDates(client_id=client.id, started_on=TODAY, completed_on=days_ago(1))
    with pytest.raises(Refusal) as refused:
        do(desk_vault, set_profile_dates, wish)
    assert set(refused.value.fields) == {"completed_on"}


def test_it_is_complete_for_now_and_grows_on(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal, match="Nothing has been written down yet"):
        do(desk_vault, complete_profile, CompleteProfile(client_id=client.id))
    write(desk_vault, client, "hopes", "A job with dogs")
    _, label = do(desk_vault, complete_profile, CompleteProfile(client_id=client.id))
    write(desk_vault, client, "good_day", "Sun")
    profile = profile_of(desk_vault, client)
    assert (profile.completed_on, profile.said) == (TODAY, 2)
    assert label == "The profile of MO is complete for now"


def test_a_profile_without_any_words_is_not_complete(desk_vault: OpenVault, client: Client) -> None:
    keep(desk_vault, VocationalProfile(client_id=client.id, started_on=days_ago(-3)))
    with pytest.raises(Refusal, match="Nothing has been written down yet"):
        do(desk_vault, complete_profile, CompleteProfile(client_id=client.id))
    write(desk_vault, client, "hopes", "A job with dogs")
    do(desk_vault, complete_profile, CompleteProfile(client_id=client.id))
    assert profile_of(desk_vault, client).started_on == TODAY


def test_one_that_was_put_away_comes_back_with_the_next_words(desk_vault: OpenVault, client: Client) -> None:
    keep(
        desk_vault,
        VocationalProfile(client_id=client.id, hopes="Any job", archived_at=desk_vault.clock.now()),
    )
    assert profile_of(desk_vault, client).id is None
    write(desk_vault, client, "good_day", "Sun")
    assert profile_of(desk_vault, client).said == 2


def test_what_is_no_part_of_it_and_who_is_gone_are_refused(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal, match="not part of a vocational profile"):
        write(desk_vault, client, "shoe_size", "7")
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, write_answer, WriteAnswer(client_id=new_id(), name="hopes", words="A job"))


def test_nobody_reads_the_profile_of_a_colleagues_client_without_a_reason(
    desk_vault: OpenVault, client: Client
) -> None:
    colleague = a_coach(name="Iqra Malik")
    keep(desk_vault, colleague)
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Client, client.id).coach_id = colleague.id
        work.session.get_one(type(colleague), desk_vault.coach_id).role = "coach"
    with pytest.raises(ReasonNeeded):
        profile_of(desk_vault, client)
