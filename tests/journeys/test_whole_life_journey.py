"""One whole invented life through the window, from a call nobody expected to a second time, and nothing lost."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from coachdesk.casework.agreed_plans import list_agreed_plans
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.enrolments import list_enrolments
from coachdesk.models import Client, Enquiry
from coachdesk.ui.clients.papers_tab import PapersTab
from coachdesk.ui.clients.plan_tab import PlanTab
from coachdesk.ui.clients.profile_tab import ProfileTab
from coachdesk.vault import health
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow
from tests.journeys.whole_life import Life, read_paper, records_of
from tests.makers import ask, found
from tests.vault_fixtures import TODAY

pytestmark = [pytest.mark.journey, pytest.mark.slow]

OTHERS = ("Maya", "Okonkwo", "Tariq", "Hussain", "Jean", "Postlethwaite")
MEETINGS = (
    ("Met for the first time", "8/6/2026", {"channel": "face_to_face", "place": "hub", "minutes": "60"}),
    ("Talked about the garden", "15/6/2026", {"channel": "phone", "minutes": "20"}),
    ("Wrote the plan together", "22/6/2026", {"channel": "face_to_face", "minutes": "90"}),
    ("Could not come, the bus did not run", "29/6/2026", {"did_not_attend": True}),
    ("Looked at the nursery's advert", "6/7/2026", {"channel": "video", "next_step": "Send the advert"}),
    ("Rang about the form", "20/7/2026", {"channel": "phone", "next_on": "3/8/2026"}),
    ("Form sent together", "3/8/2026", {"channel": "face_to_face"}),
    ("Asked how the interview was", "17/8/2026", {"channel": "text"}),
    ("Talked about mornings", "14/9/2026", {"channel": "phone", "note_kind": "opinion"}),
)


def comes_in(life: Life) -> None:
    life.asks("Perpetua Quayle", "07700 900555")
    life.becomes_a_client(
        birth="9/4/1974", programme_key="connect-to-work", route="out_of_work", source="gp_practice",
        referrer="Dr Shah, Abbey Road Surgery", received_on="1/6/2026", accepted_on="3/6/2026", started_on="8/6/2026",
    )  # fmt: skip
    life.hears_the_notice("May 2026", "read_out")
    life.permits(purpose="share_referrer", given_on="8/6/2026", how_given="spoken")


def tells_of_herself(life: Life) -> None:
    profile = life.tells(
        hopes="Work outdoors, with plants",
        strengths="I am patient and never late",
        good_day="The sun is out and nobody hurries me",
    )
    assert "3 of 14" in profile.said.text()
    life.prints("profile", ProfileTab, "about-me.pdf")


def makes_a_plan(life: Life) -> None:
    life.plans("into_work")
    life.adds_goal("A job in a garden centre", "job_search")
    life.adds_goal("Sleep through the night", "goal_health")
    life.adds_step(0, "Visit the nursery", "30/10/2026")
    life.adds_step(0, "Ask about mornings", "+2w")
    life.adds_step(1, "See the nurse", "friday")
    life.agrees_by_voice("22/6/2026", "20/7/2026")
    life.prints("plan", PlanTab, "plan.pdf")


def is_accompanied(life: Life) -> None:
    for note, day, more in MEETINGS:
        life.is_met(note, day, **more)
    life.comes_to_the_group("quayle", "hussain", title="Job club", happened_on="24/8/2026", minutes="90")


def says_how_it_goes(life: Life) -> None:
    life.answers_measures("8/6/2026", "baseline", 3, 4, 2, 8, 3, 2)
    said = life.answers_measures("14/9/2026", "review", 6, 4, 5, 5, 6, 4)
    assert "From 3 (low), 8 Jun 2026 to 6" in said
    assert "Better" in said
    assert "The same" in said


def plans_anew(life: Life, vault: OpenVault) -> None:
    life.adds_goal("More hours from spring", "in_work")
    life.agrees_by_voice("14/9/2026", "12/10/2026")
    life.prints("plan", PlanTab, "plan-second.pdf")
    kept = ask(vault, list_agreed_plans, ClientQuestion(client_id=life.client, today=TODAY))
    assert [(one.version, len(one.plan.goals), one.how_agreed) for one in kept] == [
        (2, 3, "spoken"),
        (1, 2, "spoken"),
    ]


def rests_and_goes_on(life: Life) -> None:
    said = life.in_programme(
        "Pause support on Connect to Work", from_on="16/9/2026", reason="hospital", words="knee"
    )
    assert "Paused since Wed 16 Sep 2026: In hospital: knee" in said
    said = life.in_programme("Support on Connect to Work goes on", to_on="28/9/2026")
    assert "Was paused Wed 16 Sep 2026 to Mon 28 Sep 2026: In hospital: knee" in said


def is_written_about(life: Life, vault: OpenVault) -> None:
    life.writes(
        Qt.Key.Key_A, "appointment.pdf", appointment_day="12 Oct 2026", appointment_time="10.30 am",
        appointment_place="Barrow Hub",
    )  # fmt: skip
    papers = life.tab("papers", PapersTab)
    life.desk.press("Tell the referrer", papers)
    target = life.next_paper("feedback.pdf")
    life.save(papers.writing.side)
    life.desk.until(target.exists)
    assert vault.coach_id is not None
    life.is_explained(vault.coach_id, "handover.pdf")


def goes_and_comes_back(life: Life, vault: OpenVault) -> None:
    said = life.in_programme(
        "End support", exit_on="2/10/2026", exit_reason="into_work_complete",
        destination="Abbey Nursery", what_stands="Knows whom to ring", may_ask_later="yes", ask_on="4/1/2027",
    )  # fmt: skip
    assert "Ended Fri 2 Oct 2026" in said
    assert "May ask later: yes, on Mon 4 Jan 2027" in said
    said = life.in_programme("Begin again on Connect to Work", accepted_on="today", started_on="today")
    assert "Time 2 on this programme" in said
    second, first = ask(vault, list_enrolments, life.client)
    assert (second.episode, second.exit_on, first.episode, first.destination) == (2, None, 1, "Abbey Nursery")


def stands_here_twice_for_a_while(life: Life, vault: OpenVault) -> None:
    other = life.is_registered_again(
        "Perpetua Quayle", birth="9/4/1974", phone="07700 900555", programme_key="connect-to-work"
    )
    one_before, other_before = records_of(vault, life.client), records_of(vault, other)
    life.is_joined("Same birth date, and she says so")
    assert found(vault, Client, other).archived_at is not None
    assert len(ask(vault, list_enrolments, life.client)) == 3
    life.is_parted("Mother and daughter after all")
    assert records_of(vault, life.client) == one_before
    assert records_of(vault, other) == other_before


def check_the_vault(life: Life, vault: OpenVault) -> None:
    assert health.check(vault).problems == ()
    kept = {name: len(rows) for name, rows in records_of(vault, life.client).items()}
    counted = (
        "contact",
        "enrolment",
        "plan",
        "goal",
        "agreed_plan",
        "letter",
        "pause",
        "ending",
        "group_place",
    )
    assert [kept[name] for name in counted] == [len(MEETINGS) + 1, 2, 1, 3, 2, 2, 1, 1, 1]
    assert (kept["notice_given"], kept["consent"], kept["vocational_profile"]) == (1, 1, 1)
    contacts = records_of(vault, life.client)["contact"].values()
    assert [one["channel"] for one in contacts].count("group") == 1
    assert sum(one["did_not_attend"] for one in contacts) == 1
    issued = records_of(vault, life.client)["document_content"].values()
    assert {one["content"] for one in issued} >= {
        path.read_bytes() for path in life.papers if path.name.startswith("plan")
    }
    enquiry = found(vault, Enquiry, life.client)
    assert (enquiry.client_id, enquiry.outcome) == (life.client, "became_client")


def check_the_papers(life: Life) -> None:
    assert len(life.papers) == 6
    for path in life.papers:
        said = read_paper(path)
        assert "Perpetua" in said, path.name
        assert [name for name in OTHERS if name in said] == [], path.name


def test_a_whole_life(desk: DeskWindow, vault: OpenVault, caseload: Caseload, tmp_path: Path) -> None:
    life = Life(desk, tmp_path)
    comes_in(life)
    tells_of_herself(life)
    makes_a_plan(life)
    is_accompanied(life)
    says_how_it_goes(life)
    plans_anew(life, vault)
    rests_and_goes_on(life)
    is_written_about(life, vault)
    goes_and_comes_back(life, vault)
    stands_here_twice_for_a_while(life, vault)
    check_the_vault(life, vault)
    check_the_papers(life)
    assert life.client not in {caseload.late, caseload.today, caseload.coming}
