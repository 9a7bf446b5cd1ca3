"""The plan on paper: the client’s words first, and nothing of the rest of the record."""

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.practice import PracticeWish, make_practice
from coachdesk.models import Client, Goal, Hub, Organisation, Plan
from coachdesk.papers.plan import (
    plan_paper_choices,
    read_plan_paper,
)
from coachdesk.papers.plan_layouts import PlanLayout
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_client,
    a_coach,
    an_action,
    an_enrolment,
    furnished,
    keep,
    programme_id,
)
from tests.papers.long_plan import a_long_plan
from tests.papers.planned import LAYOUTS, Planned, heard, printed
from tests.vault_fixtures import ORGANISATION, PERSON, TODAY

YOURS = (
    f"This plan is yours, made with {ORGANISATION}. It says what you want, in your own words, and who does what "
    "next. You can change it at any time: tell your coach, or write on it."
)
LAST = (
    "Version 2. Printed on 5 October 2026. You can have this plan in large print, in easy read with pictures, or "
    "read aloud: please ask."
)
UNSEEN = (
    "Never alone with him",
    "QQ123456C",
    "female",
    "Sister, Ada",
    "07700 900123",
    "Panic attacks",
    "Ask about the debts",
    "An old step",
    "10 Sea View",
    "Okonkwo-Brown",
    "1990",
)


def test_the_choices_have_their_words() -> None:
    assert plan_paper_choices() == (
        ("standard", "Standard"),
        ("large", "Large print (18 point)"),
        ("easy_read", "Easy read, with pictures"),
    )


def test_the_standard_print_tells_the_plan_in_order(planned: Planned) -> None:
    assert planned.heard(PlanLayout.STANDARD).splitlines() == [
        "Your action plan",
        YOURS,
        "Communication needs",
        "Please write things down.",
        "Name",
        "Mimi Okonkwo",
        "Agreed on",
        "23 September 2026 · Signed on paper",
        "Next review",
        "4 November 2026",
        "What you want (1)",
        "“A job with animals”",
        "Your coach’s summary: Kennels or a farm",
        *("Steps towards this (1)", "What", "Who", "By when", "What came of it"),
        *("Visit the kennels", "You", "9 October 2026", "□ To do"),
        *("Lend the boots", "Żaneta", "No day set", "□ To do"),
        *("Ring Bay Farm", "Your coach", "No day set", "✓ Done on 4 October 2026. They said yes."),
        "What you want (2)",
        "“Sleep better”",
        "✓ Reached on 3 October 2026. Well done.",
        "No steps yet. What would be a good first one?",
        *("Other steps", "What", "Who", "By when", "What came of it"),
        *("Bring the timetable", "Somebody else", "No day set", "□ To do"),
        *("Find the passport", "Your coach", "No day set", "✓ Done on 2 October 2026."),
        "Who to call",
        *("Your coach", PERSON, "Where", "Kendal Hub, The Old Library, 12 Abbey Road, LA14 5UF"),
        *("Open", "Monday to Thursday", "Phone, text or email", "Best time"),
        *("Space to sign", "You", "Date", "Your coach", "Date"),
        LAST,
    ]


def test_large_print_says_the_same_without_a_table(planned: Planned) -> None:
    paper = printed(planned.paper(), PlanLayout.LARGE)
    said = [words for _, words in paper.read()]
    assert paper.elements("Table") == []
    steps = said.index("Visit the kennels")
    assert said[steps : steps + 6] == [
        "Visit the kennels",
        "You. To do, by 9 October 2026.",
        "Lend the boots",
        "Żaneta. To do, no day set.",
        "Ring Bay Farm",
        "Your coach. Done on 4 October 2026. They said yes.",
    ]
    assert "Other steps" in said


def test_easy_read_says_one_idea_at_a_time(planned: Planned) -> None:
    said = planned.heard(PlanLayout.EASY_READ).splitlines()
    assert said == [
        "Your plan",
        "This is the plan of Mimi Okonkwo.",
        *("This plan is yours.", "You can change it at any time."),
        f"You made it with {ORGANISATION}.",
        *("How to talk with you:", "Please write things down."),
        *("We agreed it on 23 September 2026.", "How: Signed on paper."),
        "We look at it again on 4 November 2026.",
        *("What you want (1)", "“A job with animals”", "Your coach says:", "Kennels or a farm"),
        "What happens next",
        *("Visit the kennels", "You do this.", "Do it by 9 October 2026."),
        *("Lend the boots", "Żaneta does this."),
        *("Ring Bay Farm", "Done on 4 October 2026.", "They said yes."),
        *("What you want (2)", "“Sleep better”", "You did it.", "You reached this on 3 October 2026."),
        *("What is a good first step?", "Talk about it."),
        *("Other things to do", "Bring the timetable", "Somebody else does this."),
        *("Find the passport", "Done on 2 October 2026."),
        *("Who can help", f"Your coach is {PERSON}.", "Kendal Hub", "The Old Library 12 Abbey Road LA14 5UF"),
        *("Open: Monday to Thursday", "How to reach us:", "Phone, text or email"),
        *("Sign here", "You", "Date", "Your coach", "Date", "Printed on 5 October 2026."),
    ]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_nothing_else_of_the_record_is_on_it(planned: Planned, layout: PlanLayout, tmp_path: Path) -> None:
    said = planned.heard(layout)
    assert [words for words in UNSEEN if words in said] == []
    target = planned.write(tmp_path, layout)
    with pikepdf.open(target) as paper:
        about = f"{paper.docinfo!r}{paper.Root.Metadata.read_bytes().decode()}{target.name}"
    assert not any(part in about for part in ("Mimi", "Maya", "Okonkwo", planned.client.reference))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_is_tagged_titled_and_in_black_white_and_grey(planned: Planned, layout: PlanLayout) -> None:
    paper = printed(planned.paper(), layout)
    root = paper.pdf.Root
    assert paper.loose_paint() == []
    assert (str(root.Lang), bool(root.MarkInfo.Marked)) == ("en-GB", True)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    assert str(paper.pdf.docinfo.Title) in {"Your action plan", "Your plan"}
    assert len(paper.elements("H1")) == 1
    for page in paper.pdf.pages:
        for instruction in pikepdf.parse_content_stream(page):
            if str(instruction.operator) in {"rg", "RG"}:
                assert len({round(float(part), 3) for part in instruction.operands}) == 1


@pytest.mark.parametrize(("layout", "least"), [("standard", 9.5), ("large", 18), ("easy_read", 16)])
def test_no_letter_is_smaller_than_its_layout_promises(planned: Planned, layout: str, least: float) -> None:
    paper = printed(planned.paper(), PlanLayout(layout))
    sizes = {
        float(instruction.operands[1])
        for page in paper.pdf.pages
        for instruction in pikepdf.parse_content_stream(page)
        if str(instruction.operator) == "Tf"
    }
    assert min(sizes) >= least


@pytest.mark.parametrize(("layout", "most"), [("standard", 2), ("large", 3), ("easy_read", 3)])
def test_a_usual_plan_is_short(planned: Planned, layout: str, most: int) -> None:
    assert len(printed(planned.paper(), PlanLayout(layout)).pdf.pages) <= most


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_empty_plan_says_so_kindly_and_leaves_room(vault: OpenVault, layout: PlanLayout) -> None:
    client = a_client()
    keep(vault, client)
    with reading(vault) as session:
        paper = read_plan_paper(session, ClientQuestion(client_id=client.id, today=TODAY))
    said = heard(paper, layout)
    assert "Nothing is written here yet" in said
    assert "fine" in said
    assert ("Not agreed yet" in said) is (layout is not PlanLayout.EASY_READ)
    assert "Version" not in said
    assert ("Not decided yet" in said) or ("You do not have a coach yet." in said)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_steps_without_a_goal_are_a_plan_too(vault: OpenVault, layout: PlanLayout) -> None:
    client = a_client()
    keep(
        vault,
        client,
        an_action(client, what="Bring the bus pass"),
        an_action(client, what="Old", done_on=TODAY),
    )
    with reading(vault) as session:
        paper = read_plan_paper(session, ClientQuestion(client_id=client.id, today=TODAY))
    said = heard(paper, layout)
    assert "Bring the bus pass" in said
    assert "Old" not in said.splitlines()
    assert "Nothing is written" not in said
    assert ("Steps" in said) or ("What happens next" in said)


def test_a_long_plan_goes_on_with_its_headers(planned: Planned) -> None:
    steps = [
        an_action(
            planned.client, goal_id=planned.goal.id, what=f"Step {number} of many, with some words to it"
        )
        for number in range(60)
    ]
    planned.keep(*steps)
    paper = printed(planned.paper(), PlanLayout.STANDARD)
    pages = paper.furniture()
    assert len(pages) > 2
    assert {"What", "Who", "By when", "What came of it"} <= set(pages[1])
    assert sum(words.startswith("Step ") for _, words in paper.read()) == 60
    assert all(printed(planned.paper(), layout).loose_paint() == [] for layout in LAYOUTS)


def test_eight_goals_and_sixteen_steps_go_home_on_two_pages() -> None:
    paper = a_long_plan()
    made = printed(paper, PlanLayout.STANDARD)
    assert len(made.pdf.pages) == 2
    said = heard(paper, PlanLayout.STANDARD).splitlines()
    wanted = [f"{number}. “{goal.own_words}”" for number, goal in enumerate(paper.plan.goals, start=1)]
    assert [words for words in said if words in wanted] == wanted
    assert said.count("What you want") == 1
    assert not [words for words in said if words.startswith("Steps towards")]
    assert {step.what for goal in paper.plan.goals for step in goal.actions} <= set(said)
    assert made.loose_paint() == []


def test_words_of_a_long_plan_that_cannot_be_printed_get_room_by_hand() -> None:
    paper = a_long_plan()
    goals = (replace(paper.plan.goals[0], own_words="أريد أن أعمل"), *paper.plan.goals[1:])
    said = heard(replace(paper, plan=replace(paper.plan, goals=goals)), PlanLayout.STANDARD)
    assert "Your words are in letters that CoachDesk cannot print yet" in said
    assert "1." in said.splitlines()


def test_large_print_of_a_long_plan_keeps_its_air() -> None:
    said = heard(a_long_plan(), PlanLayout.LARGE)
    assert "What you want (8)" in said


@pytest.mark.parametrize("layout", LAYOUTS)
def test_letters_of_other_alphabets(planned: Planned, layout: PlanLayout) -> None:
    planned.change(Client, planned.client.id, known_as="Łucja", last_name="Świątek-Żółć")
    assert "Łucja Świątek-Żółć" in planned.heard(layout)
    planned.change(Client, planned.client.id, known_as="محمد", last_name="")
    planned.change(Goal, planned.goal.id, own_words="أريد أن أعمل")
    said = planned.heard(layout)
    assert "Your name" in said
    assert "Your words are in letters that CoachDesk cannot print yet" in said
    assert "arabic" not in said


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_interpreter_stands_on_every_print(planned: Planned, layout: PlanLayout) -> None:
    planned.change(Client, planned.client.id, interpreter="yes", language="Polish")
    assert "An interpreter is needed: Polish." in planned.heard(layout)
    planned.change(Client, planned.client.id, communication_needs="", language="")
    assert "An interpreter is needed." in planned.heard(layout)
    planned.change(Client, planned.client.id, interpreter="no")
    said = planned.heard(layout)
    assert "Communication needs" not in said
    assert "How to talk with you" not in said


def test_who_to_call_is_the_coach_of_the_enrolment_where_the_client_has_none(planned: Planned) -> None:
    coach = a_coach(name="Iqra Malik")
    with reading(planned.vault) as session:
        hub_id = session.scalars(select(Hub.id).where(Hub.name == "Kendal Hub")).one()
        programme = programme_id(session)
    coach.hub_id = hub_id
    enrolment = an_enrolment(planned.client, programme, coach_id=coach.id)
    planned.keep(coach, enrolment)
    planned.change(Plan, planned.plan.id, enrolment_id=enrolment.id, how_agreed="not_asked")
    planned.change(Client, planned.client.id, coach_id=None, hub_id=None)
    paper = planned.paper()
    assert (paper.coach, paper.hub, paper.how_agreed) == ("Iqra Malik", "Kendal Hub", "")
    assert "23 September 2026" in planned.heard(PlanLayout.STANDARD).splitlines()
    assert "We agreed it on 23 September 2026." in planned.heard(PlanLayout.EASY_READ)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_not_known_is_left_out(planned: Planned, layout: PlanLayout) -> None:
    bare = replace(
        planned.paper(), organisation="", name="", needs="", coach="", hub="", address="", opening=" "
    )
    said = heard(bare, layout)
    assert ", made with" not in said
    assert "You made it with" not in said
    assert "Where" not in said
    assert "Open" not in said
    assert "Your name" in said


def test_the_practice_world_says_that_it_is_invented_and_fits(vault: OpenVault) -> None:
    furnished(vault)
    with unit_of_work(vault, label="Made it a practice vault") as work:
        work.session.scalars(select(Organisation)).one().is_practice = True
    make_practice(vault, PracticeWish(today=TODAY, clients=12), Watch.silent())
    with reading(vault) as session:
        clients = session.scalars(select(Plan.client_id).order_by(Plan.id)).all()
        papers = [read_plan_paper(session, ClientQuestion(client_id=one, today=TODAY)) for one in clients]
    assert papers
    for layout in LAYOUTS:
        found = [printed(paper, layout) for paper in papers]
        assert max(len(one.pdf.pages) for one in found) <= 2
        assert all("an invented person" in words for one in found for words in [one.read()[0][1]])
