"""Who is fading: past the agreed rhythm, furthest first; pauses stand apart; every count is the length of a list."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.fading import Fading, FadingQuestion, FadingRow, Touch, read_fading
from coachdesk.casework.rhythm import (
    AgreeRhythm,
    DropRhythm,
    RhythmQuestion,
    agree_rhythm,
    drop_rhythm,
    read_rhythm,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, ContactRhythm, Enrolment, Programme, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import (
    ENTERED,
    a_check_in,
    a_client,
    a_coach,
    a_contact,
    a_job,
    a_pause,
    an_action,
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

USUAL = 28


@pytest.fixture
def programme(desk_vault: OpenVault) -> UUID:
    return ask(desk_vault, lambda s, _: programme_id(s))


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, made)
    return made


@pytest.fixture
def enrolment(desk_vault: OpenVault, client: Client, programme: UUID) -> Enrolment:
    made = an_enrolment(client, programme)
    keep(desk_vault, made)
    return made


def fading(vault: OpenVault, today: dt.date = TODAY, **values: Any) -> Fading:
    return ask(vault, read_fading, FadingQuestion(today=today, **values))


def only(vault: OpenVault, today: dt.date = TODAY) -> FadingRow:
    (row,) = fading(vault, today).rows
    return row


def a_rhythm(client: Client, **values: Any) -> ContactRhythm:
    return ContactRhythm(**{"client_id": client.id, "every_days": 7, "agreed_on": days_ago(60), **values})


def test_one_day_past_the_usual_rhythm_is_fading(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    keep(desk_vault, a_contact(client, happened_on=days_ago(USUAL)), an_action(client))
    row = only(desk_vault)
    assert (row.touch, row.days_past, row.every_days, row.is_agreed) == (Touch.IN_TOUCH, 0, USUAL, False)
    row = only(desk_vault, days_ago(-1))
    assert (row.touch, row.days_past, row.last_on) == (Touch.FADING, 1, days_ago(USUAL))
    assert (row.name, row.coach_id, row.has_next_step) == ("Maya Okonkwo", desk_vault.coach_id, True)


def test_only_a_contact_the_client_came_to_counts(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    keep(
        desk_vault,
        a_contact(client, happened_on=days_ago(40)),
        a_contact(client, happened_on=days_ago(2), did_not_attend=True),
        a_contact(client, happened_on=days_ago(1), archived_at=ENTERED),
    )
    assert (only(desk_vault).last_on, only(desk_vault).days_past) == (days_ago(40), 40 - USUAL)


def test_the_newest_agreed_rhythm_holds_from_its_day(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    keep(
        desk_vault,
        a_contact(client, happened_on=days_ago(20)),
        a_rhythm(client),
        a_rhythm(client, every_days=14, agreed_on=days_ago(30)),
        a_rhythm(client, every_days=2, agreed_on=days_ago(-1)),
        a_rhythm(client, every_days=3, agreed_on=days_ago(4), archived_at=ENTERED),
    )
    row = only(desk_vault)
    assert (row.days_past, row.every_days, row.is_agreed) == (6, 14, True)
    keep(desk_vault, a_rhythm(client, every_days=5, agreed_on=days_ago(10)))
    assert only(desk_vault).days_past == 5


def test_nobody_fades_without_a_rhythm_or_a_day_to_count_from(desk_vault: OpenVault, programme: UUID) -> None:
    enquirer, waiting, started = (a_client(first_name=name) for name in ("Ann", "Bo", "Cy"))
    keep(desk_vault, enquirer, waiting, started, a_contact(enquirer, happened_on=days_ago(900)))
    blank = {"received_on": None, "accepted_on": None, "started_on": None, "profile_started_on": None}
    keep(
        desk_vault,
        an_enrolment(waiting, programme, **blank),
        an_enrolment(started, programme, started_on=None, profile_started_on=None, accepted_on=days_ago(30)),
    )
    past = {row.name.split()[0]: (row.days_past, row.every_days) for row in fading(desk_vault).rows}
    assert past == {"Ann": (0, None), "Bo": (0, USUAL), "Cy": (2, USUAL)}


def test_a_programme_without_a_usual_rhythm_gives_none(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    asked = RhythmQuestion(client_id=client.id, today=TODAY)
    usual = ask(desk_vault, read_rhythm, asked)
    assert usual is not None
    assert (usual.every_days, usual.agreed_on, usual.origin) == (USUAL, None, "Usual for Connect to Work")
    with unit_of_work(desk_vault, label="No rhythm") as work:
        programme = work.session.get_one(Programme, enrolment.programme_id)
        due = {**programme.definition["due"]}
        del due["fading_days"]
        programme.definition = {**programme.definition, "due": due}
    assert ask(desk_vault, read_rhythm, asked) is None
    assert (only(desk_vault).every_days, only(desk_vault).touch) == (None, Touch.LOOSE)


def test_a_pause_stands_apart_and_its_days_do_not_count(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    keep(
        desk_vault,
        a_contact(client, happened_on=days_ago(50)),
        a_pause(enrolment, from_on=days_ago(45), to_on=days_ago(26), reason="Hospital"),
        a_pause(enrolment, from_on=days_ago(90), to_on=days_ago(60), reason="Holiday"),
    )
    row = only(desk_vault)
    assert (row.touch, row.days_past) == (Touch.FADING, 50 - 20 - USUAL)
    keep(desk_vault, a_pause(enrolment, from_on=TODAY, to_on=days_ago(-5), reason="Asked for space"))
    row = only(desk_vault)
    assert (row.touch, row.days_past, row.pause_reason, row.paused_until) == (
        Touch.PAUSED,
        0,
        "Asked for space",
        days_ago(-5),
    )
    shown = fading(desk_vault)
    assert (len(shown.fading), len(shown.loose), [one.id for one in shown.paused]) == (0, 0, [client.id])


def test_a_client_rests_only_where_all_of_the_support_does(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    second = an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s, "workwell")))
    ended = an_enrolment(
        client, ask(desk_vault, lambda s, _: programme_id(s, "workwell")), exit_on=days_ago(9)
    )
    keep(
        desk_vault,
        second,
        ended,
        a_contact(client, happened_on=days_ago(40)),
        a_pause(enrolment, from_on=days_ago(10)),
        a_pause(ended, from_on=days_ago(90)),
    )
    assert (only(desk_vault).touch, only(desk_vault).days_past) == (Touch.FADING, 40 - USUAL)
    keep(desk_vault, a_pause(second, from_on=days_ago(5), to_on=days_ago(1)))
    assert only(desk_vault).days_past == 40 - USUAL - 5
    keep(desk_vault, a_pause(second, from_on=TODAY))
    assert (only(desk_vault).touch, only(desk_vault).paused_until) == (Touch.PAUSED, None)


def test_in_touch_with_nothing_agreed_next_is_seen_too(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    keep(desk_vault, a_contact(client, happened_on=days_ago(2), next_on=days_ago(1)))
    row = only(desk_vault)
    assert (row.touch, row.has_next_step) == (Touch.LOOSE, False)
    keep(desk_vault, a_contact(client, happened_on=days_ago(1), next_on=TODAY))
    assert (only(desk_vault).touch, only(desk_vault).has_next_step) == (Touch.IN_TOUCH, True)


def test_check_ins_that_were_not_held_are_counted_when_their_grace_is_over(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    employer = an_employer()
    job = a_job(client, employer, started_on=days_ago(29))
    keep(desk_vault, employer)
    keep(desk_vault, job, a_contact(client, happened_on=TODAY))
    row = only(desk_vault)
    assert (row.missed_check_ins, row.has_next_step, row.touch) == (3, True, Touch.LOOSE)
    keep(desk_vault, a_check_in(job, due_on=days_ago(29 - 21)))
    row = only(desk_vault)
    assert (row.missed_check_ins, row.touch) == (0, Touch.IN_TOUCH)


def test_a_job_without_an_enrolment_has_no_check_ins(desk_vault: OpenVault, client: Client) -> None:
    employer = an_employer()
    keep(desk_vault, employer)
    keep(desk_vault, a_job(client, employer))
    assert only(desk_vault).missed_check_ins == 0


def test_the_furthest_past_stands_first_and_every_count_is_a_list(
    desk_vault: OpenVault, programme: UUID
) -> None:
    colleague = a_coach()
    keep(desk_vault, colleague)
    days = {"Ann": 40, "Bo": 90, "Cy": 3, "Di": 60}
    people = {
        name: a_client(
            first_name=name, coach_id=colleague.id if name in {"Bo", "Di"} else desk_vault.coach_id
        )
        for name in days
    }
    nobodys = a_client(first_name="Ed", coach_id=None)
    ended, died = a_client(first_name="Flo"), a_client(first_name="Gil", died_on=TODAY)
    keep(desk_vault, *people.values(), nobodys, ended, died)
    keep(
        desk_vault,
        *(an_enrolment(one, programme) for one in (*people.values(), died)),
        an_enrolment(ended, programme, exit_on=days_ago(3)),
        *(a_contact(one, happened_on=days_ago(days[name])) for name, one in people.items()),
    )
    shown = fading(desk_vault)
    assert [row.name.split()[0] for row in shown.fading] == ["Bo", "Di", "Ann"]
    assert [row.name.split()[0] for row in shown.loose] == ["Cy", "Ed"]
    told = [
        (one.name, one.clients, one.fading, one.longest, one.loose, one.paused) for one in shown.by_coach()
    ]
    assert told == [("Iqra Malik", 2, 2, 62, 0, 0), ("Ruth Ellison", 2, 1, 12, 1, 0), ("", 1, 0, 0, 1, 0)]
    assert sum(one.fading for one in shown.by_coach()) == len(shown.fading)
    own = fading(desk_vault, coach_id=desk_vault.coach_id)
    assert [row.name.split()[0] for row in own.rows] == ["Ann", "Cy"]


def test_a_rhythm_is_agreed_and_dropped(desk_vault: OpenVault, client: Client, enrolment: Enrolment) -> None:
    wish = AgreeRhythm(
        client_id=client.id, every_days=14, agreed_on=days_ago(3), reason=" Wants to be asked "
    )
    rhythm_id, agreed = do(desk_vault, agree_rhythm, wish)
    rhythm = ask(desk_vault, read_rhythm, RhythmQuestion(client_id=client.id, today=TODAY))
    assert rhythm is not None
    assert (rhythm.every_days, rhythm.agreed_on, rhythm.reason) == (14, days_ago(3), "Wants to be asked")
    _, dropped = do(desk_vault, drop_rhythm, DropRhythm(client_id=client.id))
    rhythm = ask(desk_vault, read_rhythm, RhythmQuestion(client_id=client.id, today=TODAY))
    assert rhythm is not None
    assert rhythm.every_days == USUAL
    assert found(desk_vault, ContactRhythm, rhythm_id).archived_at is not None
    assert (agreed, dropped) == ("Agreed a rhythm with MO", "Went back to the usual rhythm with MO")


@pytest.mark.parametrize(
    ("act", "wish", "fields"),
    [
        (agree_rhythm, {"every_days": 0}, {"every_days"}),
        (agree_rhythm, {"every_days": 367}, {"every_days"}),
        (agree_rhythm, {"agreed_on": days_ago(-1)}, {"agreed_on"}),
        (agree_rhythm, {"client_id": new_id()}, set()),
        (drop_rhythm, None, set()),
    ],
)
def test_a_rhythm_that_cannot_be_is_refused(
    desk_vault: OpenVault, client: Client, act: Any, wish: dict[str, Any] | None, fields: set[str]
) -> None:
    told: Any = {"client_id": client.id, "every_days": 7, "agreed_on": TODAY}
    made = DropRhythm(client_id=client.id) if wish is None else AgreeRhythm(**{**told, **wish})
    with pytest.raises(Refusal) as refused:
        do(desk_vault, act, made)
    assert set(refused.value.fields) == fields


def test_nobody_enrolled_has_no_usual_rhythm(desk_vault: OpenVault, client: Client) -> None:
    assert ask(desk_vault, read_rhythm, RhythmQuestion(client_id=client.id, today=TODAY)) is None
