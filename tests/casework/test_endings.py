"""Support ends with a reason, what stands and a day to ask; a pause is honest; coming back is a second episode."""

import datetime as dt
from typing import Any

import pytest

from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.eligibility import DeclareEligibility, declare_eligibility, evidence_asked
from coachdesk.casework.endings import (
    ChangeEnding,
    EndSupport,
    RecordAnswer,
    change_ending,
    end_support,
    list_endings,
    record_answer,
)
from coachdesk.casework.enrolments import Enrol, EnrolmentRow, enrol, list_enrolments
from coachdesk.casework.pauses import BeginPause, EndPause, begin_pause, end_pause, list_pauses
from coachdesk.casework.today import DueRef, TodayQuestion, read_today
from coachdesk.errors import Refusal
from coachdesk.models import Client, Eligibility, Enrolment, Pause, Programme, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import unit_of_work
from tests.makers import (
    LONG_AGO,
    a_client,
    a_contact,
    a_pause,
    an_eligibility,
    an_enrolment,
    ask,
    days_ago,
    do,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

ASK_ON = days_ago(-90)


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, made)
    return made


@pytest.fixture
def enrolment(desk_vault: OpenVault, client: Client) -> Enrolment:
    made = an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s)))
    keep(desk_vault, made)
    return made


def ending_of(enrolment: Enrolment, **values: Any) -> EndSupport:
    told = {
        "enrolment_id": enrolment.id,
        "exit_on": TODAY,
        "exit_reason": "into_work_complete",
        "destination": "Bay Bakery",
        "what_stands": "Knows whom to ring at the hub",
        "may_ask_later": "yes",
        "ask_on": ASK_ON,
    }
    return EndSupport(**{**told, **values})


def rows(vault: OpenVault, client: Client) -> tuple[EnrolmentRow, ...]:
    return ask(vault, list_enrolments, client.id)


def lines(vault: OpenVault, today: dt.date) -> list[tuple[str, str]]:
    row = ask(vault, read_today, TodayQuestion(today=today))
    return [(item.kind, item.what) for part in (row.overdue, row.today, row.coming) for item in part]


def refused(vault: OpenVault, act: Any, wish: Any, *fields: str) -> None:
    with pytest.raises(Refusal) as caught:
        do(vault, act, wish)
    assert set(caught.value.fields) == set(fields)


def test_support_ends_with_what_stands_and_a_day_to_ask(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    keep(
        desk_vault,
        a_pause(enrolment, from_on=days_ago(9), reason="Hospital"),
        a_pause(enrolment, from_on=days_ago(40), to_on=days_ago(30), reason="Holiday"),
        a_pause(enrolment, from_on=days_ago(-20), reason="Another stay"),
    )
    ending_id, label = do(desk_vault, end_support, ending_of(enrolment))
    (row,) = rows(desk_vault, client)
    assert (row.exit_on, row.exit_reason, row.destination) == (TODAY, "into_work_complete", "Bay Bakery")
    (ending,) = ask(desk_vault, list_endings, client.id)
    assert (ending.id, ending.enrolment_id, ending.ended_on, ending.ask_on) == (
        ending_id, enrolment.id, TODAY, ASK_ON,
    )  # fmt: skip
    assert (ending.what_stands, ending.waits, label) == (
        "Knows whom to ring at the hub",
        True,
        "Ended support of MO",
    )
    assert [one.to_on for one in ask(desk_vault, list_pauses, client.id)] == [TODAY, days_ago(30)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"may_ask_later": "no"}, "may_ask_later"),
        ({"ask_on": None}, "ask_on"),
        ({"ask_on": TODAY}, "ask_on"),
        ({"exit_on": LONG_AGO.replace(month=5), "ask_on": ASK_ON}, "exit_on"),
    ],
)
def test_an_ending_that_cannot_be_is_refused_and_ends_nothing(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment, values: dict[str, Any], field: str
) -> None:
    refused(desk_vault, end_support, ending_of(enrolment, **values), field)
    assert (rows(desk_vault, client)[0].exit_on, ask(desk_vault, list_endings, client.id)) == (None, ())


def test_support_ends_once(desk_vault: OpenVault, client: Client, enrolment: Enrolment) -> None:
    do(desk_vault, end_support, ending_of(enrolment, may_ask_later="not_asked", ask_on=None))
    ended = ask(desk_vault, list_endings, client.id)
    refused(desk_vault, end_support, ending_of(enrolment))
    assert len(ended) == 1
    assert ask(desk_vault, list_endings, client.id) == ended


def test_the_day_to_ask_comes_up_and_a_contact_answers_it(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    ending_id, _ = do(desk_vault, end_support, ending_of(enrolment, exit_on=days_ago(30), ask_on=TODAY))
    stood = "Ask how things go. What stood: Knows whom to ring at the hub"
    assert lines(desk_vault, days_ago(8)) == []
    assert lines(desk_vault, TODAY) == [("ask_later", stood)]
    due = DueRef("ask_later", ending_id, TODAY)
    missed = RecordContact(client_id=client.id, happened_on=TODAY, did_not_attend=True, due=due)
    do(desk_vault, record_contact, missed)
    assert lines(desk_vault, TODAY) == [("ask_later", stood)]
    other = a_client()
    keep(desk_vault, other)
    do(desk_vault, record_contact, RecordContact(client_id=other.id, happened_on=TODAY, due=due))
    gone = DueRef("ask_later", new_id(), TODAY)
    do(desk_vault, record_contact, RecordContact(client_id=client.id, happened_on=TODAY, due=gone))
    assert lines(desk_vault, TODAY) == [("ask_later", stood)]
    said = RecordContact(client_id=client.id, happened_on=TODAY, note="Still at the bakery ", due=due)
    do(desk_vault, record_contact, said)
    (ending,) = ask(desk_vault, list_endings, client.id)
    assert (ending.answer, ending.asked_on) == ("5 Oct 2026: Still at the bakery", TODAY)
    assert (lines(desk_vault, TODAY), ending.waits) == ([], False)


def test_a_contact_without_words_takes_it_off_the_list_too(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    ending_id, _ = do(desk_vault, end_support, ending_of(enrolment, exit_on=days_ago(30), ask_on=TODAY))
    due = DueRef("ask_later", ending_id, TODAY)
    do(desk_vault, record_contact, RecordContact(client_id=client.id, happened_on=TODAY, due=due))
    (ending,) = ask(desk_vault, list_endings, client.id)
    assert (ending.answer, ending.asked_on) == ("", TODAY)


def test_an_answer_is_written_down_and_another_day_keeps_what_was_said(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    ending_id, _ = do(desk_vault, end_support, ending_of(enrolment, exit_on=days_ago(30), ask_on=days_ago(9)))
    again = RecordAnswer(
        ending_id=ending_id, asked_on=days_ago(9), answer="Not reached", ask_again_on=days_ago(-7)
    )
    _, label = do(desk_vault, record_answer, again)
    assert (label, lines(desk_vault, TODAY)[0][0]) == ("Asked MO how things go", "ask_later")
    refused(
        desk_vault, record_answer, RecordAnswer(ending_id=ending_id, asked_on=TODAY, answer=" "), "answer"
    )
    refused(
        desk_vault,
        record_answer,
        RecordAnswer(ending_id=ending_id, asked_on=TODAY, answer="Hm", ask_again_on=TODAY),
        "ask_again_on",
    )
    do(desk_vault, record_answer, RecordAnswer(ending_id=ending_id, asked_on=TODAY, answer="All well"))
    (ending,) = ask(desk_vault, list_endings, client.id)
    assert ending.answer == "26 Sep 2026: Not reached\n5 Oct 2026: All well"
    assert (ending.asked_on, lines(desk_vault, TODAY)) == (TODAY, [])


def test_the_client_may_change_their_mind_about_being_asked(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    ending_id, _ = do(desk_vault, end_support, ending_of(enrolment, exit_on=days_ago(30), ask_on=TODAY))
    _, label = do(
        desk_vault, change_ending, ChangeEnding(ending_id=ending_id, what_stands="", may_ask_later="no")
    )
    (ending,) = ask(desk_vault, list_endings, client.id)
    assert (ending.waits, ending.what_stands) == (False, "")
    assert (lines(desk_vault, TODAY), label) == ([], "Changed how support of MO ended")
    do(
        desk_vault,
        change_ending,
        ChangeEnding(ending_id=ending_id, what_stands="", may_ask_later="yes", ask_on=TODAY),
    )
    assert lines(desk_vault, TODAY) == [("ask_later", "Ask how things go")]


def test_nobody_is_asked_who_is_back_or_has_died(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    do(desk_vault, end_support, ending_of(enrolment, exit_on=days_ago(30), ask_on=TODAY))
    do(desk_vault, enrol, Enrol(client_id=client.id, programme_key="workwell", started_on=TODAY))
    assert "ask_later" not in [kind for kind, _ in lines(desk_vault, TODAY)]
    with unit_of_work(desk_vault) as work:
        step = last_unit(work.session, desk_vault.person)
        assert step is not None
        undo(work.session, step.id)
    assert [kind for kind, _ in lines(desk_vault, TODAY)] == ["ask_later"]
    with unit_of_work(desk_vault, label="Died") as work:
        work.session.get_one(Client, client.id).died_on = TODAY
    assert lines(desk_vault, TODAY) == []


def test_silence_closes_nobody(desk_vault: OpenVault, client: Client, enrolment: Enrolment) -> None:
    keep(desk_vault, a_contact(client, happened_on=LONG_AGO))
    years_on = TODAY + dt.timedelta(days=1500)
    row = ask(desk_vault, read_today, TodayQuestion(today=years_on))
    assert (row.total, rows(desk_vault, client)[0].exit_on) == (1, None)


def test_coming_back_is_a_second_episode_and_the_first_stays(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    do(desk_vault, end_support, ending_of(enrolment))
    back = Enrol(
        client_id=client.id,
        programme_key="connect-to-work",
        received_on=TODAY,
        accepted_on=TODAY,
        started_on=TODAY,
        source="self",
        referrer=" Her sister ",
        route="in_work_at_risk",
        reasons=("carer", "other"),
    )
    second, label = do(desk_vault, enrol, back)
    _, elsewhere = do(desk_vault, enrol, Enrol(client_id=client.id, programme_key="workwell"))
    workwell, newest, first = rows(desk_vault, client)
    assert (newest.id, newest.episode, first.episode, workwell.episode) == (second, 2, 1, 1)
    assert (newest.referrer, newest.declared, newest.accepted_on) == ("Her sister", ("carer", "other"), TODAY)
    assert (first.exit_on, first.destination) == (TODAY, "Bay Bakery")
    assert (label, elsewhere) == ("Began again with MO on Connect to Work", "Enrolled MO on WorkWell")
    wrong = Enrol(
        client_id=client.id, programme_key="community-grant", received_on=TODAY, accepted_on=LONG_AGO
    )
    refused(desk_vault, enrol, wrong, "accepted_on")


def test_reasons_are_added_and_removed_and_stay_in_the_record(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    keep(desk_vault, an_eligibility(enrolment, reason="carer"))

    def declare(*reasons: str, **said: str) -> str:
        wish = DeclareEligibility(enrolment_id=enrolment.id, reasons=reasons, **said)
        return do(desk_vault, declare_eligibility, wish)[1]

    label = declare("other", "mental_health", other_words=" Long covid ")
    (row,) = rows(desk_vault, client)
    assert (row.declared, row.eligibility) == (("other", "mental_health"), ("Long covid", "Mental health"))
    assert label == "Changed why MO may take part"
    declare("carer", "other", other_words="Long covid")
    declare("carer")
    assert rows(desk_vault, client)[0].eligibility == ("Carer",)
    kept = ask(desk_vault, lambda s, _: [one.reason for one in s.query(Eligibility)])
    assert sorted(kept) == ["carer", "mental_health", "other"]
    refused(
        desk_vault,
        declare_eligibility,
        DeclareEligibility(enrolment_id=enrolment.id, reasons=("other",)),
        "other_words",
    )
    refused(desk_vault, declare_eligibility, DeclareEligibility(enrolment_id=new_id(), reasons=()))


def test_evidence_is_asked_only_where_the_programme_says_so(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    wish = DeclareEligibility(enrolment_id=enrolment.id, reasons=("carer",), evidence="Letter of the council")
    assert ask(desk_vault, evidence_asked, "connect-to-work") == ""
    refused(desk_vault, declare_eligibility, wish, "evidence")
    with unit_of_work(desk_vault, label="The grant letter asks") as work:
        programme = work.session.get_one(Programme, enrolment.programme_id)
        programme.definition = {**programme.definition, "eligibility": {"evidence": "A letter that says so"}}
    assert ask(desk_vault, evidence_asked, "connect-to-work") == "A letter that says so"
    do(desk_vault, declare_eligibility, wish)
    (one,) = ask(desk_vault, lambda s, _: list(s.query(Eligibility)))
    assert (one.self_declared, one.note) == (False, "Letter of the council")
    assert rows(desk_vault, client)[0].eligibility == ("Carer",)


def test_a_pause_begins_and_ends_with_its_reason(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    wish = BeginPause(enrolment_id=enrolment.id, from_on=days_ago(5), reason=" In hospital ")
    pause_id, begun = do(desk_vault, begin_pause, wish)
    (pause,) = ask(desk_vault, list_pauses, client.id)
    assert (pause.reason, pause.to_on, pause.covers(TODAY), pause.covers(days_ago(6))) == (
        "In hospital",
        None,
        True,
        False,
    )
    _, ended = do(desk_vault, end_pause, EndPause(pause_id=pause_id, to_on=days_ago(1)))
    assert not ask(desk_vault, list_pauses, client.id)[0].covers(TODAY)
    assert (begun, ended) == ("Paused support of MO", "Ended the pause of MO")
    later = BeginPause(enrolment_id=enrolment.id, from_on=TODAY, to_on=days_ago(-9), reason="Holiday")
    do(desk_vault, begin_pause, later)
    before = BeginPause(enrolment_id=enrolment.id, from_on=days_ago(20), to_on=days_ago(6), reason="Space")
    do(desk_vault, begin_pause, before)


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"reason": " "}, {"reason"}),
        ({"to_on": days_ago(6)}, {"to_on"}),
        ({"from_on": LONG_AGO.replace(month=5)}, {"from_on"}),
        ({"from_on": days_ago(3)}, {"from_on"}),
        ({"from_on": days_ago(30)}, {"from_on"}),
        ({"from_on": days_ago(30), "to_on": days_ago(4)}, {"from_on"}),
    ],
)
def test_a_pause_that_cannot_be_is_refused(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment, values: dict[str, Any], fields: set[str]
) -> None:
    keep(desk_vault, a_pause(enrolment, from_on=days_ago(4), to_on=days_ago(2)))
    told = {"enrolment_id": enrolment.id, "from_on": days_ago(5), "reason": "Holiday", **values}
    refused(desk_vault, begin_pause, BeginPause(**told), *fields)
    assert [one.from_on for one in ask(desk_vault, list_pauses, client.id)] == [days_ago(4)]


def test_nothing_is_paused_that_has_ended_or_is_gone(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    pause = a_pause(enrolment, from_on=days_ago(4))
    keep(desk_vault, pause)
    refused(desk_vault, end_pause, EndPause(pause_id=pause.id, to_on=days_ago(5)), "to_on")
    refused(desk_vault, end_pause, EndPause(pause_id=new_id(), to_on=TODAY))
    assert [one.to_on for one in ask(desk_vault, list_pauses, client.id)] == [None]
    do(desk_vault, end_support, ending_of(enrolment))
    refused(
        desk_vault, begin_pause, BeginPause(enrolment_id=enrolment.id, from_on=days_ago(-1), reason="Holiday")
    )
    refused(desk_vault, change_ending, ChangeEnding(ending_id=new_id(), what_stands="", may_ask_later="no"))
    assert len(ask(desk_vault, list_pauses, client.id)) == 1


def test_the_end_of_a_pause_calls_until_there_was_a_contact(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    pause = a_pause(enrolment, from_on=days_ago(20), to_on=days_ago(2), reason="Holiday")
    keep(desk_vault, pause, a_contact(client, happened_on=days_ago(21)))
    words = ("pause_end", "The pause ends (Holiday): be in touch")
    assert words in lines(desk_vault, TODAY)
    assert "pause_end" not in [kind for kind, _ in lines(desk_vault, days_ago(12))]
    with unit_of_work(desk_vault, label="No reason") as work:
        work.session.get_one(Pause, pause.id).reason = ""
    assert ("pause_end", "The pause ends: be in touch") in lines(desk_vault, TODAY)
    keep(desk_vault, a_contact(client, happened_on=days_ago(1)))
    assert "pause_end" not in [kind for kind, _ in lines(desk_vault, TODAY)]
