"""Indicators of service quality: each rule on an example that is worked out by hand in its comment."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.service_quality.ground import (
    Band,
    SetTargets,
    set_targets,
)
from coachdesk.errors import Refusal
from coachdesk.models import (
    Client,
    EmployerContact,
    EmployerTalk,
    Enrolment,
    GroupPlace,
    GroupSession,
    Job,
    WorkTime,
    new_id,
)
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.casework.quality_world import FROM, TO, act_as, clients, counts, read, works
from tests.makers import (
    ENTERED,
    a_coach,
    a_contact,
    a_job,
    a_pause,
    an_employer,
    an_enrolment,
    ask,
    do,
    keep,
    programme_id,
)
from tests.vault_fixtures import PERSON


def test_a_vault_with_nothing_in_it_says_what_is_missing_everywhere(desk_vault: OpenVault) -> None:
    found = read(desk_vault)
    assert {key for key, one in found.items() if not one.missing} == set()
    assert "working time is set" in found["caseload"].missing
    assert "lacks" in found["rule-connect-to-work-earnings"].missing
    assert found["caseload"].share is None
    assert all(one.value == "–" and one.definition and one.source for one in found.values())


def test_a_trustee_reads_no_figures(desk_vault: OpenVault) -> None:
    act_as(desk_vault, Role.TRUSTEE)
    with pytest.raises(Refusal, match="trustee"):
        read(desk_vault)


def test_caseload_is_rounded_up_to_a_whole_person_before_the_band(desk_vault: OpenVault) -> None:
    # 21 active clients in 1.0 + 0.05 posts would be 20 exactly (21 / 1.05); 22 are 20.95, rounded up 21: band 4
    other = a_coach()
    keep(desk_vault, other)
    works(desk_vault)
    works(desk_vault, 5, other)
    made = clients(desk_vault, 21)
    assert read(desk_vault)["caseload"].band == Band(5, "20 or fewer")
    clients(desk_vault, 1)
    one = read(desk_vault)["caseload"]
    assert (one.numerator, one.denominator, one.value) == (22, 1.05, "21 clients for each full-time coach")
    assert one.band == Band(4, "21 to 25")
    assert dict(one.coaches)[PERSON] == "22 clients in 100% of full time: 22 for a full-time post"
    assert one.parts[0].clients >= {client.id for client in made}


def test_who_has_left_is_paused_or_has_no_profile_is_not_active(desk_vault: OpenVault) -> None:
    works(desk_vault)
    (resting,) = made = clients(desk_vault, 1)
    clients(desk_vault, 1, exit_on=TO)
    clients(desk_vault, 1, exit_on=TO + dt.timedelta(days=1))
    clients(desk_vault, 1, profile_started_on=None)
    clients(desk_vault, 1, profile_started_on=TO + dt.timedelta(days=1))
    programme = ask(desk_vault, lambda s, _: programme_id(s))
    again = an_enrolment(resting, programme)
    keep(desk_vault, again)
    assert counts(read(desk_vault)["caseload"]) == {"Active": 2, "Paused, not counted": 0}
    with unit_of_work(desk_vault) as work:
        for one in work.session.scalars(select(Enrolment).where(Enrolment.client_id == made[0].id)):
            work.session.add(a_pause(one, from_on=TO, to_on=None))
    assert counts(read(desk_vault)["caseload"]) == {"Active": 1, "Paused, not counted": 1}


def test_no_caseload_is_worked_out_while_a_coach_with_clients_has_no_working_time(
    desk_vault: OpenVault,
) -> None:
    other, away = a_coach(), a_coach(name="Gone Early", ended_on=FROM)
    keep(desk_vault, other, away)
    works(desk_vault, 100, other)
    clients(desk_vault, 3)
    one = read(desk_vault)["caseload"]
    assert one.value == "–"
    assert one.band is None
    assert "1 coach with clients has no working time set" in one.missing
    assert dict(one.coaches) == {
        PERSON: "3 clients, working time not set",
        "Iqra Malik": "0 clients in 100% of full time: 0 for a full-time post",
    }
    works(desk_vault, 0)
    found = read(desk_vault)["caseload"]
    assert dict(found.coaches)[PERSON] == "3 clients, no working time"
    act_as(desk_vault, Role.COACH)
    assert read(desk_vault)["caseload"].coaches == ()


def test_retention_stands_beside_its_advisory_line(desk_vault: OpenVault) -> None:
    # 3 of 20 are exactly 15%: within the line; 4 of 21 are 19%: above it
    clients(desk_vault, 17)
    clients(desk_vault, 1, route="in_work_at_risk")
    clients(desk_vault, 2, route="signed_off")
    one = read(desk_vault)["retention"]
    assert (one.value, one.basis, one.notes) == (
        "15%",
        "3 of 20 active clients",
        ("Within the advisory line of 15%.",),
    )
    assert counts(one) == {"Keeping a job": 3, "Out of work at the start": 17}
    assert one.band is None
    clients(desk_vault, 1, route="in_work_wants_change")
    assert read(desk_vault)["retention"].notes == ("Above the advisory line of 15%.",)


def test_time_on_employment_services_by_hand(desk_vault: OpenVault) -> None:
    # contacts 300 + group 120 (once, though two came) + travel 60 = 480 of employment; paperwork 120: 480 of 600 = 80%
    one, other = clients(desk_vault, 2)
    me, on = desk_vault.coach_id, dt.date(2026, 8, 3)
    attended = [
        a_contact(who, happened_on=on, channel="group", minutes=120, coach_id=me) for who in (one, other)
    ]
    held = GroupSession(title="CVs", happened_on=on, minutes=120, coach_id=me)
    keep(desk_vault, held, *attended)
    keep(
        desk_vault,
        *(
            GroupPlace(client_id=seen.client_id, group_session_id=held.id, contact_id=seen.id)
            for seen in attended
        ),
        a_contact(one, happened_on=on, minutes=300, coach_id=me),
        a_contact(one, happened_on=on, minutes=60, archived_at=ENTERED),
        a_contact(one, happened_on=FROM - dt.timedelta(days=1), minutes=60),
        WorkTime(coach_id=me, worked_on=on, sort="travel", minutes=60),
        WorkTime(coach_id=me, worked_on=on, sort="admin", minutes=120),
        WorkTime(coach_id=me, worked_on=on, sort="leave", minutes=450),
        a_contact(other, happened_on=on, minutes=0, coach_id=None),
    )
    found = read(desk_vault)["employment_time"]
    assert (found.value, found.basis) == ("80%", "8 h of 10 h")
    assert found.band == Band(3, "75 to 89%")
    assert found.coaches == ((PERSON, "80% of 10 h"),)
    assert "Paperwork: 2 h, not counted as employment services" in found.notes
    wish = SetTargets(employment_time=("clients", "groups", "travel", "employers", "admin"))
    do(desk_vault, set_targets, wish)
    again = read(desk_vault)["employment_time"]
    assert (again.value, again.band) == ("100%", Band(5, "96% or more"))
    act_as(desk_vault, Role.COACH)
    assert read(desk_vault)["employment_time"].coaches == ()


def meeting(vault: OpenVault, who: Client | None, on: dt.date, **values: Any) -> None:
    employer = an_employer(name=f"Firm {new_id().hex}")
    keep(vault, employer)
    given_ = {"employer_id": employer.id, "happened_on": on, "face_to_face": True, "coach_id": vault.coach_id}
    held = EmployerContact(**{**given_, **values})
    keep(vault, held)
    if who is not None:
        keep(vault, EmployerTalk(client_id=who.id, employer_contact_id=held.id))


def test_days_to_the_first_meeting_by_hand(desk_vault: OpenVault) -> None:
    # began 1 July; met after 10, 20 and 60 days: the middle is 20. One has met nobody after 91 days.
    quick, middling, slow, waiting = clients(desk_vault, 4, started_on=FROM)
    clients(desk_vault, 1)
    meeting(desk_vault, quick, FROM + dt.timedelta(days=10))
    meeting(desk_vault, quick, FROM + dt.timedelta(days=30))
    meeting(desk_vault, middling, FROM - dt.timedelta(days=1))
    meeting(desk_vault, middling, FROM + dt.timedelta(days=20), made_by="client")
    meeting(desk_vault, slow, FROM + dt.timedelta(days=5), face_to_face=False)
    meeting(desk_vault, slow, FROM + dt.timedelta(days=60))
    one = read(desk_vault)["first_contact"]
    assert (one.value, one.target) == ("20 days in the middle", "")
    assert counts(one) == {"Met an employer": 3, "Not yet": 1}
    assert one.parts[1].clients == {waiting.id}
    assert one.notes == ("Not yet: 91 days so far in the middle, 91 at the most.",)
    do(desk_vault, set_targets, SetTargets(first_contact_days=30, employment_time=("clients",)))
    found = read(desk_vault)["first_contact"]
    # within 30 days: two of the four who started
    assert found.target == "Within 30 days: 50% of all who started"
    assert found.parts[2].clients == {quick.id, middling.id}


def test_where_everybody_has_met_an_employer_nobody_stands_apart(desk_vault: OpenVault) -> None:
    (one,) = clients(desk_vault, 1, started_on=FROM)
    meeting(desk_vault, one, FROM)
    found = read(desk_vault)["first_contact"]
    assert (found.value, found.notes) == ("0 days in the middle", ())


def test_who_has_met_nobody_makes_no_middle(desk_vault: OpenVault) -> None:
    clients(desk_vault, 1, started_on=FROM)
    one = read(desk_vault)["first_contact"]
    assert (one.value, counts(one)) == ("–", {"Met an employer": 0, "Not yet": 1})


def test_meetings_in_a_coachs_week_by_hand(desk_vault: OpenVault) -> None:
    # Monday 6 to Friday 17 July: 10 working days; one whole day and half a day of leave: 8.5 days = 1.7 weeks;
    # 4 meetings of hers: 4 / 1.7 = 2.35 a week. A call, the client's own meeting and a colleague's are not hers.
    (one,) = clients(desk_vault, 1)
    stranger = a_coach()
    keep(desk_vault, stranger)
    monday = dt.date(2026, 7, 6)
    works(desk_vault)
    for number in range(4):
        meeting(desk_vault, one if number else None, monday + dt.timedelta(days=number))
    meeting(desk_vault, one, monday, face_to_face=False)
    meeting(desk_vault, one, monday, made_by="client")
    meeting(desk_vault, None, monday, coach_id=stranger.id)
    for number, minutes in ((1, 450), (2, 225), (5, 450)):
        on = monday + dt.timedelta(days=number)
        keep(desk_vault, WorkTime(coach_id=desk_vault.coach_id, worked_on=on, sort="leave", minutes=minutes))
    do(desk_vault, set_targets, SetTargets(contacts_a_week=6, employment_time=("clients",)))
    days = {"from_on": monday, "to_on": dt.date(2026, 7, 19), "as_at": dt.date(2026, 7, 19)}
    found = read(desk_vault, **days)["employer_contacts"]
    assert (found.value, found.numerator) == ("2.4 a week", 4)
    assert found.denominator == pytest.approx(1.7)
    assert (found.target, found.band) == ("6 a week", None)
    assert found.notes == ("1 meeting of coaches without working time is not counted.",)
    assert found.coaches == ((PERSON, "4 meetings in 1.7 weeks worked"),)
    assert found.parts[0].clients == {one.id}


def test_bank_holidays_are_no_working_days_and_a_coach_reads_no_lines_of_coaches(
    desk_vault: OpenVault,
) -> None:
    # Monday 31 August 2026 is the summer bank holiday: 31 August to 4 September are four days
    works(desk_vault)
    days = {"from_on": dt.date(2026, 8, 31), "to_on": dt.date(2026, 9, 4), "as_at": TO}
    act_as(desk_vault, Role.COACH)
    found = read(desk_vault, **days)["employer_contacts"]
    assert found.denominator == pytest.approx(0.8)
    assert (found.value, found.coaches, found.notes) == ("0.0 a week", (), ())


def test_time_in_the_community_by_hand(desk_vault: OpenVault) -> None:
    # face to face: home 60, hub 40, office 50, place not said 50, group at the hub 100: 200 of 300 = 67%
    (one,) = clients(desk_vault, 1)
    on = dt.date(2026, 8, 3)
    told = (("home", 60), ("hub", 40), ("office", 50), ("not_asked", 50))
    keep(
        desk_vault,
        *(
            a_contact(one, happened_on=on, channel="face_to_face", place=place, minutes=minutes)
            for place, minutes in told
        ),
        a_contact(one, happened_on=on, channel="phone", place="home", minutes=500),
        a_contact(
            one, happened_on=on, channel="face_to_face", place="home", minutes=500, did_not_attend=True
        ),
        GroupSession(title="CVs", happened_on=on, minutes=100, place="hub"),
    )
    found = read(desk_vault)["community"]
    assert (found.value, found.basis, found.notes) == ("67%", "3 h 20 min of 5 h face to face", ())
    assert counts(found)["Hub, community (minutes)"] == 140
    assert counts(found)["Place not recorded, not community (minutes)"] == 50
    do(desk_vault, set_targets, SetTargets(employment_time=("clients",), hub_is_community=False))
    again = read(desk_vault)["community"]
    # without the hub: 60 of 300
    assert (again.value, again.notes) == ("20%", ("The hub does not count as community here.",))


def test_jobs_that_began_by_hand(desk_vault: OpenVault) -> None:
    # four jobs began with two employers: 50%. Three have codes in two groups (543, 922): 67%.
    # Two of four are competitive, one is permanent; what nobody recorded is neither.
    one, other = clients(desk_vault, 2)
    bakery, garage = an_employer(), an_employer(name="Garage")
    keep(desk_vault, bakery, garage)
    on = dt.date(2026, 8, 3)
    keep(
        desk_vault,
        a_job(one, bakery, started_on=on, soc="5432", is_competitive="yes", contract="permanent"),
        a_job(one, garage, started_on=on, soc="5435", is_competitive="yes"),
        a_job(other, bakery, started_on=on, soc="9223", is_competitive="no", contract="fixed_term"),
        a_job(other, bakery, started_on=on),
        a_job(other, bakery, started_on=FROM - dt.timedelta(days=1)),
        a_job(other, bakery, started_on=on, archived_at=ENTERED),
    )
    found = read(desk_vault)
    assert [found[key].value for key in ("employers", "occupations", "competitive", "permanent")] == [
        "50%",
        "67%",
        "50%",
        "25%",
    ]
    assert counts(found["occupations"]) == {"Jobs that began": 3, "Without a code": 1}
    assert counts(found["competitive"]) == {"Competitive": 2, "Not competitive": 1, "Not recorded": 1}
    assert counts(found["permanent"]) == {"Permanent": 1, "Another contract": 1, "Not recorded": 2}
    with unit_of_work(desk_vault) as work:
        for job in work.session.scalars(select(Job)):
            job.soc = ""
    assert "code of occupations" in read(desk_vault)["occupations"].missing
