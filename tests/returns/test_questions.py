"""A question of one's own: true numbers with their people, clearly marked, and never of more than three parts."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import seed_codes
from coachdesk.errors import Cancelled, Refusal
from coachdesk.models import Client, Coach, Enrolment
from coachdesk.resources import resource
from coachdesk.returns.questions import INSIDE, Answer, QuestionWish, Which, answered
from coachdesk.returns.questions_ground import (
    CONTACTED,
    Choices,
    ChoicesQuestion,
    choices,
)
from coachdesk.returns.questions_kept import (
    RenameQuestion,
    SaveQuestion,
    list_questions,
    remove_question,
    rename_question,
    save_question,
)
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.makers import a_contact, ask, do
from tests.returns.return_world import World, day
from tests.returns.test_catalogue import a_wording
from tests.returns.test_prepare import people

FROM, TO, AS_AT = dt.date(2026, 7, 1), dt.date(2026, 9, 30), dt.date(2026, 9, 30)
STARTS = QuestionWish(programme_key="grant", measure="starts", from_on=FROM, to_on=TO, as_at=AS_AT)
GROUND = ChoicesQuestion(programme_key="grant", from_on=FROM, to_on=TO, as_at=AS_AT)


def answer(vault: OpenVault, **changes: object) -> Answer:
    return answered(vault, replace(STARTS, **changes), Watch.silent())  # type: ignore[arg-type]  # the tests name fields


def small(session: Session) -> World:
    """Three starters at two hubs, one of them a woman at Barrow."""
    world = World(session)
    barrow, carlisle = world.hub("Barrow"), world.hub("Carlisle")
    world.enrol("Ann", "07-10", hub_id=barrow.id, equality={"sex": "female"})
    world.enrol("Bob", "08-10", hub_id=barrow.id, equality={"sex": "male"})
    world.enrol("Cat", "09-10", hub_id=carlisle.id, equality={"sex": "female"})
    world.enrol("Before", "05-10", hub_id=carlisle.id)
    return world


@pytest.fixture
def little(vault: OpenVault) -> OpenVault:
    with unit_of_work(vault, label="Made a caseload") as work:
        seed_codes(work.session, resource())
        small(work.session)
    return vault


def lines(found: Answer) -> dict[tuple[str, ...], int]:
    return {row.labels: row.number for row in found.rows if row.number}


def test_without_a_heading_everybody_is_counted_once(little: OpenVault) -> None:
    found = answer(little)
    assert lines(found) == {("Everybody",): 3}
    assert found.header == ("Who", "Number", "Share")
    assert len(found.rows[0].client_ids) == 3
    assert found.title.startswith(f"{INSIDE}. Starts")
    assert "Community grant" in found.title
    assert "1 July 2026 to 30 September 2026" in found.title


def test_by_one_heading_every_label_stands_and_the_total_last(little: OpenVault) -> None:
    found = answer(little, by=("hub",))
    assert lines(found) == {("Barrow",): 2, ("Carlisle",): 1, ("Total",): 3}
    assert {row.labels[0] for row in found.rows} >= {"Barrow Hub", "Not stated"}, (
        "lines with nobody are shown"
    )
    assert [row.share for row in found.rows if row.labels == ("Barrow",)] == ["67%"]
    assert any(note.startswith("Hub: ") for note in found.notes)


def test_by_two_headings_only_lines_with_somebody_stand(little: OpenVault) -> None:
    found = answer(little, by=("hub", "sex"))
    assert found.header == ("Hub", "Sex", "Number", "Share")
    assert lines(found)["Barrow", "Female"] == 1
    assert lines(found)["Total", "Total"] == 3
    assert all(row.number for row in found.rows)
    assert "left out" in found.notes[-1]


def test_which_leaves_only_those_and_says_so(little: OpenVault) -> None:
    found = answer(little, by=("sex",), which=(Which(heading="hub", label="Barrow"),))
    assert lines(found) == {("Female",): 1, ("Male",): 1, ("Total",): 2}
    assert "Hub: Barrow" in found.asked
    assert "Starts without a choice: 3 people." in found.notes


def test_several_answers_of_one_person_are_said(vault: OpenVault) -> None:
    people(vault, 40)
    found = answer(vault, measure="reach", by=("eligibility",))
    assert sum(row.number for row in found.rows[:-1]) > found.rows[-1].number
    assert any("more than one reason" in note for note in found.notes)


def test_nobody_has_no_share(little: OpenVault) -> None:
    found = answer(little, from_on=dt.date(2026, 1, 1), to_on=dt.date(2026, 1, 31))
    assert [(row.number, row.share) for row in found.rows] == [(0, "")]


@pytest.mark.parametrize(
    ("by", "which"),
    [
        (("sex", "hub", "age"), ()),
        (("sex", "hub"), (Which(heading="age", label="25 to 49"), Which(heading="source", label="x"))),
    ],
)
def test_question_of_more_than_three_parts_is_refused(
    little: OpenVault, by: tuple[str, ...], which: tuple[Which, ...]
) -> None:
    with pytest.raises(Refusal, match="at most three parts"):
        answer(little, by=by, which=which)


def test_heading_stands_once(little: OpenVault) -> None:
    with pytest.raises(Refusal, match="stand once"):
        answer(little, by=("sex",), which=(Which(heading="sex", label="Female"),))


def test_what_is_not_there_is_refused(little: OpenVault) -> None:
    with pytest.raises(Refusal, match="not counted"):
        answer(little, measure="unicorns")
    with pytest.raises(Refusal, match="heading is not there"):
        answer(little, by=("unicorns",))
    with pytest.raises(Refusal, match="Nobody stands under"):
        answer(little, which=(Which(heading="hub", label="Kendal"),))
    with pytest.raises(Refusal, match="no programme"):
        answer(little, programme_key="unicorns")
    with pytest.raises(Refusal, match="future"):
        answer(little, as_at=dt.date(2027, 1, 1))


def test_can_be_stopped(little: OpenVault) -> None:
    watch = Watch(cancelled=iter((False, True)).__next__)
    with pytest.raises(Cancelled):
        answered(little, STARTS, watch)


def test_choices_name_measures_and_headings(little: OpenVault) -> None:
    found: Choices = ask(little, choices, GROUND)
    titles = {one.key: one.title for one in found.measures}
    assert titles["starts"] == "Starts"
    assert titles[CONTACTED] == "People with a contact"
    assert len(titles) == len(found.measures)
    assert any(":" in key for key in titles), "the groups of a figure can be asked for too"
    headings = {one.key: one.labels for one in found.headings}
    assert {"sex", "hub", "coach", "eligibility"} <= headings.keys()
    assert "Barrow" in headings["hub"]


def test_people_with_a_contact_that_took_place(little: OpenVault) -> None:
    with unit_of_work(little, label="Contacts") as work:
        client = {one.first_name: one for one in work.session.scalars(select(Client))}
        for name, on, missed in (
            ("Ann", "07-20", False),
            ("Bob", "07-20", True),
            ("Cat", "06-20", False),
            ("Ann", "08-20", False),
        ):
            work.session.add(a_contact(client[name], happened_on=day(on), did_not_attend=missed))
    found = answer(little, measure=CONTACTED)
    assert lines(found) == {("Everybody",): 1}


def test_by_coach_the_enrolment_decides(little: OpenVault) -> None:
    with unit_of_work(little, label="Coaches") as work:
        session = work.session
        first, second = Coach(name="Jo Reed"), Coach(name="Ada Lund")
        session.add_all([first, second])
        session.flush()
        for client in session.scalars(select(Client)):
            client.coach_id = first.id
        enrolled = session.scalars(select(Enrolment).order_by(Enrolment.started_on.desc())).first()
        assert enrolled is not None
        enrolled.coach_id = second.id
    assert lines(answer(little, by=("coach",))) == {("Jo Reed",): 2, ("Ada Lund",): 1, ("Total",): 3}


def test_only_a_manager_counts_or_chooses_by_coach(little: OpenVault) -> None:
    assert lines(answer(little, which=(Which(heading="coach", label="Not stated"),))) == {("Everybody",): 3}
    with unit_of_work(little, label="Is a coach now") as work:
        assert little.coach_id is not None
        work.session.get_one(Coach, little.coach_id).role = Role.COACH
    assert "coach" not in [one.key for one in ask(little, choices, GROUND).headings]
    with pytest.raises(Refusal, match="Only a manager"):
        answer(little, by=("coach",))
    with pytest.raises(Refusal, match="Only a manager"):
        answer(little, which=(Which(heading="coach", label="Not stated"),))


def test_nobody_s_clients_stand_under_not_stated(little: OpenVault) -> None:
    with unit_of_work(little, label="Nobody") as work:
        for client in work.session.scalars(select(Client)):
            client.coach_id = None
    assert lines(answer(little, by=("coach",))) == {("Not stated",): 3, ("Total",): 3}


def test_question_is_kept_opened_renamed_and_removed(little: OpenVault) -> None:
    wish = replace(STARTS, by=("hub", "sex"), which=(Which(heading="source", label="Council"),))
    kept, _ = do(little, save_question, SaveQuestion(title=" Starts  by hub ", wish=wish))
    (row,) = ask(little, list_questions)
    assert (row.title, row.programme, row.wish) == ("Starts by hub", "Community grant", wish)
    do(little, rename_question, RenameQuestion(id=kept, title="Starters"))
    do(little, save_question, SaveQuestion(id=kept, title="Starters", wish=replace(STARTS, as_at=None)))
    (row,) = ask(little, list_questions)
    assert (row.title, row.wish) == ("Starters", replace(STARTS, as_at=None))
    do(little, remove_question, kept)
    assert ask(little, list_questions) == ()
    with pytest.raises(Refusal, match="not there any more"):
        do(little, remove_question, kept)
    with unit_of_work(little) as work:
        step = last_unit(work.session, little.person)
        assert step is not None
        undo(work.session, step.id)
    assert [one.title for one in ask(little, list_questions)] == ["Starters"]


def test_name_is_needed_and_free(little: OpenVault) -> None:
    do(little, save_question, SaveQuestion(title="Starters", wish=STARTS))
    for title, said in (("  ", "at most"), ("x" * 81, "at most"), ("starters", "already")):
        with pytest.raises(Refusal, match=said) as refused:
            do(little, save_question, SaveQuestion(title=title, wish=STARTS))
        assert "title" in refused.value.fields


def test_a_rule_of_ones_own_counts_in_a_question_as_in_a_return(little: OpenVault) -> None:
    not_in_work = answer(little, measure="cohort-rate-6:2")
    assert not lines(not_in_work), "nobody has had six months by then"
    with unit_of_work(little, label="Worded anew") as work:
        work.session.add(a_wording(indicator="cohort-rate-6", rules={"months": 3}))
    assert lines(answer(little, measure="cohort-rate-6:2")) == {("Everybody",): 1}
