"""What was answered from 0 to 10: one key each, skipped or not answered kept apart, compared question by question."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.measures import MeasureRow, MeasuresRow, read_measures
from coachdesk.casework.readings import SaveMeasures, save_measures
from coachdesk.casework.scales import RetireScale, SetScale, retire_scale, set_scale
from coachdesk.casework.timeline import TimelineQuestion, read_timeline
from coachdesk.errors import Refusal
from coachdesk.models import Client, Reading, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import a_client, a_reading, an_enrolment, ask, days_ago, do, found, keep, programme_id
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


def save(
    vault: OpenVault,
    client: Client,
    answers: Mapping[str, int | str],
    on: dt.date = TODAY,
    point: str = "review",
) -> tuple[UUID, ...]:
    wish = SaveMeasures(client_id=client.id, taken_on=on, answers=answers, point=point, setting="in_person")
    return do(vault, save_measures, wish)[0]


def measures(vault: OpenVault, client: Client) -> MeasuresRow:
    return ask(vault, read_measures, ClientQuestion(client_id=client.id, today=TODAY))


def question(vault: OpenVault, client: Client, name: str, version: str = "") -> MeasureRow:
    rows = [row for row in measures(vault, client).questions if row.asked.name == name]
    return next(row for row in rows if not version or row.version == version)


def test_the_four_questions_stand_first_exactly_as_asked(desk_vault: OpenVault, client: Client) -> None:
    told = measures(desk_vault, client)
    assert [one.question for one in told.asked_now[:4]] == [
        "Overall, how satisfied are you with your life nowadays?",
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
        "Overall, how happy did you feel yesterday?",
        (
            "On a scale where nought is 'not at all anxious' and 10 is 'completely anxious', overall, how "
            "anxious did you feel yesterday?"
        ),
    ]
    assert [one.title for one in told.asked_now[4:]] == ["Work", "Confidence"]
    assert (told.matched, told.unmatched, told.point) == (0, 0, "baseline")


def test_one_sitting_is_one_reading_for_each_measure(desk_vault: OpenVault, client: Client) -> None:
    enrolment = an_enrolment(
        client,
        ask(desk_vault, lambda s, _: programme_id(s)),
        started_on=days_ago(40),
        received_on=None,
        accepted_on=None,
    )
    keep(desk_vault, enrolment)
    ids = save(
        desk_vault,
        client,
        {"ons4.happy": 10, "ons4.anxious": "prefers_not_to_say", "scale.confidence": 0},
    )
    rows = [found(desk_vault, Reading, one) for one in ids]
    assert [(row.instrument, row.instrument_version, row.items) for row in rows] == [
        ("ons4", "ONS4", {"happy": 10, "anxious": "prefers_not_to_say"}),
        ("confidence", "1", {"answer": 0}),
    ]
    assert {(row.enrolment_id, row.point, row.setting, row.taken_on) for row in rows} == {
        (enrolment.id, "review", "in_person", TODAY)
    }
    assert measures(desk_vault, client).point == "review"


def test_each_question_is_compared_by_itself(desk_vault: OpenVault, client: Client) -> None:
    save(
        desk_vault,
        client,
        {"ons4.happy": 4, "ons4.anxious": 6, "scale.confidence": 5},
        days_ago(60),
        "baseline",
    )
    save(desk_vault, client, {"ons4.happy": 7, "ons4.satisfied": 3}, days_ago(10))
    save(desk_vault, client, {"ons4.happy": 9, "ons4.anxious": 2, "scale.confidence": 5})
    happy = question(desk_vault, client, "ons4.happy").change
    assert happy is not None
    assert (happy.first.value, happy.latest.value, happy.way, happy.days) == (4, 9, "better", 60)
    assert (happy.first.words, happy.latest.words, happy.first.point) == ("low", "very high", "Baseline")
    assert happy.counts
    anxious = question(desk_vault, client, "ons4.anxious").change
    assert anxious is not None
    assert (anxious.way, anxious.first.words, anxious.latest.words) == ("better", "high", "low")
    same = question(desk_vault, client, "scale.confidence").change
    assert same is not None
    assert (same.way, same.latest.words) == ("same", "Some")
    assert question(desk_vault, client, "ons4.satisfied").change is None
    told = measures(desk_vault, client)
    assert (told.matched, told.unmatched) == (3, 1)
    assert not any(hasattr(told, name) for name in ("total", "mean", "score"))


def test_lower_is_worse_unless_the_question_says_so(desk_vault: OpenVault, client: Client) -> None:
    save(desk_vault, client, {"ons4.happy": 8, "ons4.anxious": 1}, days_ago(20))
    save(desk_vault, client, {"ons4.happy": 3, "ons4.anxious": 9})
    for name in ("ons4.happy", "ons4.anxious"):
        change = question(desk_vault, client, name).change
        assert change is not None
        assert change.way == "worse"
        assert not change.counts, "less than four weeks apart"


def test_a_non_answer_is_kept_apart_and_never_a_nought(desk_vault: OpenVault, client: Client) -> None:
    save(desk_vault, client, {"ons4.happy": "not_known", "scale.confidence": "not_applicable"}, days_ago(60))
    save(desk_vault, client, {"ons4.happy": 0, "scale.confidence": 0})
    row = question(desk_vault, client, "ons4.happy")
    assert [(one.value, one.words) for one in row.answers] == [(None, "Not known"), (0, "low")]
    assert row.change is None
    own = question(desk_vault, client, "scale.confidence")
    assert [(one.value, one.words) for one in own.answers] == [(None, "Not applicable"), (0, "Not yet")]


def test_other_words_are_another_question(desk_vault: OpenVault, client: Client) -> None:
    save(desk_vault, client, {"scale.confidence": 2}, days_ago(60))
    do(desk_vault, set_scale, SetScale(key="confidence", title="Confidence", question="How sure are you?"))
    save(desk_vault, client, {"scale.confidence": 8})
    old, new = (question(desk_vault, client, "scale.confidence", version) for version in ("1", "2"))
    assert (old.change, new.change) == (None, None)
    assert (old.is_current, new.is_current) == (False, True)
    assert (old.asked.question, new.asked.question) == (
        "How confident do you feel about taking the next step in your plan?",
        "How sure are you?",
    )
    assert [one.words for one in new.answers] == [""], "the new wording has no bands"
    assert [one.name for one in measures(desk_vault, client).asked_now].count("scale.confidence") == 1


def test_a_retired_question_is_shown_where_it_was_answered(desk_vault: OpenVault, client: Client) -> None:
    save(desk_vault, client, {"scale.confidence": 2})
    do(desk_vault, retire_scale, RetireScale(key="confidence", on=TODAY))
    do(desk_vault, retire_scale, RetireScale(key="ready_for_work", on=TODAY))
    told = measures(desk_vault, client)
    assert [row.asked.title for row in told.questions[4:]] == ["Confidence"]
    assert len(told.asked_now) == 4


def test_coming_back_begins_anew(desk_vault: OpenVault, client: Client) -> None:
    programme = ask(desk_vault, lambda s, _: programme_id(s))
    again = an_enrolment(client, programme, started_on=days_ago(30), received_on=None, accepted_on=None)
    keep(desk_vault, again)
    save(desk_vault, client, {"ons4.happy": 1}, days_ago(300))
    assert measures(desk_vault, client).point == "baseline"
    save(desk_vault, client, {"ons4.happy": 6})
    assert question(desk_vault, client, "ons4.happy").change is None
    assert len(question(desk_vault, client, "ons4.happy").answers) == 2


def test_after_the_end_the_answers_are_those_of_the_exit(desk_vault: OpenVault, client: Client) -> None:
    programme = ask(desk_vault, lambda s, _: programme_id(s))
    keep(
        desk_vault,
        an_enrolment(
            client,
            programme,
            started_on=days_ago(90),
            received_on=None,
            accepted_on=None,
            exit_on=days_ago(1),
        ),
    )
    assert measures(desk_vault, client).point == "exit"


def test_an_answer_from_elsewhere_keeps_its_words(desk_vault: OpenVault, client: Client) -> None:
    keep(desk_vault, a_reading(client, items={"happy": "asked in Polish"}, point="first_meeting"))
    (one,) = question(desk_vault, client, "ons4.happy").answers
    assert (one.value, one.words, one.point) == (None, "asked in Polish", "first_meeting")


@pytest.mark.parametrize(
    ("answers", "on", "fields"),
    [
        ({}, TODAY, set()),
        ({"ons4.happy": 11}, TODAY, {"ons4.happy"}),
        ({"ons4.happy": True}, TODAY, {"ons4.happy"}),
        ({"scale.confidence": "perhaps"}, TODAY, {"scale.confidence"}),
        ({"ons4.proud": 4}, TODAY, set()),
        ({"scale.nobody": 4}, TODAY, set()),
        ({"phq9.item": 4}, TODAY, set()),
        ({"ons4.happy": 4}, days_ago(-1), {"taken_on"}),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_kept(
    desk_vault: OpenVault, client: Client, answers: dict[str, int | str], on: dt.date, fields: set[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        save(desk_vault, client, answers, on)
    assert set(refused.value.fields) == fields
    with reading(desk_vault) as session:
        assert session.query(Reading).count() == 0


def test_nobody_answers_who_is_gone(desk_vault: OpenVault) -> None:
    wish = SaveMeasures(client_id=new_id(), taken_on=TODAY, answers={"ons4.happy": 4})
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, save_measures, wish)


def test_a_sitting_stands_once_on_the_timeline(desk_vault: OpenVault, client: Client) -> None:
    save(desk_vault, client, {"scale.confidence": 2, "ons4.happy": 3, "scale.ready_for_work": 4})
    save(desk_vault, client, {"scale.confidence": 2, "scale.ready_for_work": 4}, days_ago(3))
    items = ask(desk_vault, read_timeline, TimelineQuestion(client_id=client.id))
    assert [item.title for item in items] == [
        "Wellbeing questions answered",
        "Questions from 0 to 10 answered",
    ]
