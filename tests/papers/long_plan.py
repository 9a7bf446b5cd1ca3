"""A long plan in words as people say them: eight goals with two steps each, some done, one reached."""

import datetime as dt

from coachdesk.casework.plans import ActionRow, GoalRow, PlanRow
from coachdesk.models.base import new_id
from coachdesk.papers.plan_paper import PlanPaper
from tests.vault_fixtures import TODAY

GOALS = (
    ("I want a job where I am outside and not on a till.", "Gardening, parks or a farm; mornings.", "job_search"),
    ("Sleep through the night again.", "", "health"),
    ("To get my forklift licence before the summer.", "Skills bootcamp in Barrow starts in May.", "skills"),
    ("Not to panic when the phone rings.", "Practise calls together, then with the talking therapies.", "confidence"),
    ("A flat of our own, so that the kids each have a bed.", "", "housing"),
    ("Know what I would lose in benefits if I worked sixteen hours.", "Better-off calculation.", "money"),
    ("Somebody for Dad on Tuesdays and Thursdays.", "Carer’s assessment asked for.", "caring"),
    ("Ride the bus to Ulverston on my own.", "", "travel"),
)  # fmt: skip
STEPS = (
    ("Ring Bay Farm and ask for two trial mornings in the week after half-term", "coach", ""),
    ("Write down what went well after each visit", "client", ""),
    ("See Dr Hassan about the new tablets and ask for a letter", "client", ""),
    ("Keep the sleep diary for two weeks", "client", ""),
    ("Fill in the form for the bootcamp together", "coach", ""),
    ("Find the driving licence and the passport", "client", ""),
    ("Three practice calls at the hub", "coach", ""),
    ("First appointment with talking therapies", "other", "Jo from First Step"),
    ("Bid for the two-bedroom flat on Rawlinson Street", "client", ""),
    ("Ask the housing team what points are missing", "coach", ""),
    ("Better-off calculation with Citizens Advice", "other", "Citizens Advice"),
    ("Bring the last three payslips and the award letter", "client", ""),
    ("Chase the carer’s assessment", "coach", ""),
    ("Ask Auntie Bee about Thursdays", "client", ""),
    ("Go once with the coach", "coach", ""),
    ("Then once alone, with the phone on", "client", ""),
)


def a_long_plan() -> PlanPaper:
    """Return the paper of a plan of eight goals and sixteen steps, agreed and signed on paper."""
    steps = [
        ActionRow(
            id=new_id(),
            what=what,
            who=who,
            who_name=name,
            due_on=None if number % 5 == 4 else TODAY + dt.timedelta(days=3 * number),
            done_on=TODAY - dt.timedelta(days=number) if number % 4 == 1 else None,
            outcome="It went better than thought." if number % 8 == 1 else "",
            overdue_words="",
        )
        for number, (what, who, name) in enumerate(STEPS)
    ]
    goals = tuple(
        GoalRow(
            id=new_id(),
            own_words=words,
            coach_summary=summary,
            area=area,
            achieved_on=TODAY if number == 7 else None,
            actions=tuple(steps[2 * number : 2 * number + 2]),
        )
        for number, (words, summary, area) in enumerate(GOALS)
    )
    plan = PlanRow(
        id=new_id(),
        kind="into_work",
        version=3,
        agreed_on=TODAY,
        how_agreed="signed_paper",
        copy_given_on=None,
        next_review_on=TODAY + dt.timedelta(days=28),
        goals=goals,
        loose_actions=(),
    )
    return PlanPaper(
        organisation="Furness Into Work",
        watermark=None,
        name="Maya Okonkwo",
        needs="Please write things down, in large letters.",
        plan=plan,
        how_agreed="Signed on paper",
        coach="Ruth Fell",
        hub="Barrow Hub",
        address="The Old Library\n12 Abbey Road\nLA14 5UF",
        opening="Monday to Thursday, 9 to 4",
        made_on=TODAY,
    )
