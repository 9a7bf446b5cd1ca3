"""Letters: what they find in the record, what they may tell, and what is kept once they are made."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.consents import WithdrawConsent, withdraw_consent
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.letter_templates import all_templates
from coachdesk.casework.letters import (
    FeedbackOffer,
    LetterDraft,
    LetterQuestion,
    LetterRow,
    MarkSent,
    list_feedback,
    list_letters,
    make_letter,
    mark_sent,
    read_letter,
)
from coachdesk.casework.sharing_list import list_sharings
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Consent, Enrolment, Letter, LetterTemplate
from coachdesk.models.base import new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    LONG_AGO,
    a_client,
    a_consent,
    a_goal,
    a_hub,
    a_job,
    a_plan,
    an_adjustment,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import HUB, ORGANISATION, PERSON, TODAY

SURGERY = "Dr Anne Patel, Abbey Road Surgery"
APPOINTMENT = {"appointment_day": "Monday 12 October 2026", "appointment_time": "10.30 am"}


@dataclass(slots=True)
class Desk:
    """A vault with one client on a programme, referred by a surgery."""

    vault: OpenVault
    client: Client
    enrolment: Enrolment

    def template(self, key: str) -> UUID:
        return next(one.id for one in ask(self.vault, all_templates) if one.key == key)

    def question(self, key: str, **more: Any) -> LetterQuestion:
        told = {"client_id": self.client.id, "template_id": self.template(key), "today": TODAY, **more}
        return LetterQuestion(**told)

    def draft(self, key: str, **more: Any) -> LetterDraft:
        return ask(self.vault, read_letter, self.question(key, **more))

    def make(self, key: str, **more: Any) -> tuple[Letter, str]:
        letter_id, label = do(self.vault, make_letter, self.question(key, **more))
        return found(self.vault, Letter, letter_id), label

    def permit(self, purpose: str = "share_referrer", **more: Any) -> Consent:
        consent = a_consent(self.client, purpose=purpose, **more)
        keep(self.vault, consent)
        return consent

    def change(self, **values: Any) -> None:
        with unit_of_work(self.vault, label="Changed") as work:
            client = work.session.get_one(Client, self.client.id)
            for name, value in values.items():
                setattr(client, name, value)

    def asked(self) -> ClientQuestion:
        return ClientQuestion(client_id=self.client.id, today=TODAY)

    def letters(self) -> tuple[LetterRow, ...]:
        return ask(self.vault, list_letters, self.asked())

    def offers(self) -> tuple[FeedbackOffer, ...]:
        return ask(self.vault, list_feedback, self.asked())


@pytest.fixture
def desk(desk_vault: OpenVault) -> Desk:
    client = a_client(coach_id=desk_vault.coach_id)
    with reading(desk_vault) as session:
        programme = programme_id(session)
    enrolment = an_enrolment(client, programme, referrer=SURGERY)
    keep(desk_vault, client)
    keep(desk_vault, enrolment)
    return Desk(desk_vault, client, enrolment)


def the_whole_record(desk: Desk) -> None:
    """Put a plan, a job and a need at work into the record."""
    plan = a_plan(desk.client, next_review_on=TODAY)
    reached, goal = a_goal(plan, achieved_on=TODAY), a_goal(plan, own_words="A job with dogs", position=1)
    bakery = an_employer()
    keep(desk.vault, plan, bakery)
    job = a_job(desk.client, bakery, title="Baker", started_on=dt.date(2026, 9, 1))
    left = a_job(desk.client, bakery, title="Driver", ended_on=TODAY)
    keep(desk.vault, reached, goal, job, left)
    keep(desk.vault, an_adjustment(desk.client, job_id=job.id))


def test_an_appointment_is_filled_from_the_record(desk: Desk) -> None:
    draft = desk.draft("appointment", answers=APPOINTMENT)
    assert draft.subject == "Our appointment on Monday 12 October 2026"
    assert "Dear Maya," in draft.body
    assert "on Monday 12 October 2026 at 10.30 am." in draft.body
    assert f"We meet at {HUB}." in draft.body
    assert draft.body.endswith(f"{PERSON}\n{ORGANISATION}")
    assert (draft.recipient, draft.missing, draft.permitted_on) == ("Maya Okonkwo", "", None)
    assert draft.not_known == draft.not_covered == ()
    assert [one.name for one in draft.asked] == [
        "appointment_day",
        "appointment_time",
        "appointment_place",
        "own_words",
    ]


def test_what_is_still_to_be_typed_shows_as_such_and_cannot_be_made(desk: Desk) -> None:
    assert "We agreed to meet on … at …." in desk.draft("appointment").body
    assert "We meet at …." in desk.draft("appointment", answers={"appointment_place": " "}).body
    with pytest.raises(Refusal) as refused:
        desk.make("appointment", answers={"appointment_day": "today", "appointment_place": " "})
    assert set(refused.value.fields) == {"appointment_time", "appointment_place"}
    assert desk.letters() == ()


def test_a_letter_is_kept_word_for_word(desk: Desk) -> None:
    letter, label = desk.make("appointment", answers={**APPOINTMENT, "own_words": "Bring {client}’s dog."})
    assert label == "Wrote a letter to MO"
    assert "Bring {client}’s dog." in letter.body
    assert (letter.sharing_id, letter.written_on, letter.coach_id) == (None, TODAY, desk.vault.coach_id)
    with unit_of_work(desk.vault, label="Reworded") as work:
        work.session.get_one(LetterTemplate, letter.template_id).body = "Other words"
    (row,) = desk.letters()
    assert (row.body, row.title, row.coach, row.to_client) == (letter.body, "Appointment", PERSON, True)
    assert (row.closed, row.sent_on) == ("", None)


def test_the_hub_of_the_client_counts_before_the_coachs(desk: Desk) -> None:
    hub = a_hub(address="2 Stricklandgate\nSecond floor", postcode="LA9 4ND")
    keep(desk.vault, hub)
    desk.change(hub_id=hub.id)
    place = desk.draft("appointment").start["appointment_place"]
    assert place == "Kendal Hub, 2 Stricklandgate, Second floor, LA9 4ND"


def test_without_hub_or_coach_lines_stay_out(desk: Desk) -> None:
    with unit_of_work(desk.vault, label="Moved") as work:
        work.session.get_one(Coach, desk.vault.coach_id).hub_id = None
    assert desk.draft("appointment").start["appointment_place"] == ""
    desk.vault.coach_id = None
    with reading(desk.vault) as session:
        facts = read_letter_as_nobody(session, desk)
    assert facts["coach"] == facts["hub"] == ""


def read_letter_as_nobody(session: Any, desk: Desk) -> Mapping[str, str]:
    from coachdesk.casework.letter_values import letter_facts  # noqa: PLC0415  one test looks below the letters

    client = session.get_one(Client, desk.client.id)
    return letter_facts(session, client, None, "other", TODAY).values


@pytest.mark.parametrize(
    ("values", "address"),
    [
        ({"address": "4 Abbey Road", "postcode": "LA13 9XY"}, "4 Abbey Road\nBarrow-in-Furness LA13 9XY"),
        ({"address": "4 Abbey Road", "may_post": "no"}, ""),
        ({"no_fixed_abode": True}, ""),
    ],
)
def test_a_letter_goes_where_post_is_safe(desk: Desk, values: dict[str, Any], address: str) -> None:
    desk.change(**values)
    assert desk.draft("appointment").recipient_address == address
    assert desk.draft("appointment", recipient_address="Care of us").recipient_address == "Care of us"


def test_what_must_be_known_before_one_writes_is_told(desk: Desk) -> None:
    assert not desk.draft("appointment").writing.large_print
    desk.change(
        may_post="no",
        may_email="yes",
        safe_contact_note="Ring first",
        communication_needs="Large Print, please",
        language="Igbo",
        interpreter="yes",
    )
    writing = desk.draft("appointment").writing
    assert (writing.may_post, writing.may_email, writing.note) == ("no", "yes", "Ring first")
    assert (writing.needs, writing.language, writing.interpreter) == ("Large Print, please", "Igbo", True)
    assert writing.large_print


def test_the_referrer_hears_no_more_than_the_client_agreed_to(desk: Desk) -> None:
    the_whole_record(desk)
    desk.permit()
    narrow = desk.draft("referral_feedback")
    assert narrow.subject == "Your referral of Maya Okonkwo"
    assert "We accepted it on 1 June 2026." in narrow.body
    assert "dogs" not in narrow.body
    assert "Bakery" not in narrow.body
    assert set(narrow.not_covered) == {"goal", "employer"}
    desk.permit(data_covered="Goals and plan")
    wide = desk.draft("referral_feedback")
    assert "“A job with dogs”" in wide.body
    assert (wide.not_covered, wide.permitted_on) == (("employer",), LONG_AGO)


def test_what_a_letter_told_is_listed_as_passed_on(desk: Desk) -> None:
    the_whole_record(desk)
    consent = desk.permit(recipient=SURGERY, data_covered="Goals and plan; Health")
    letter, label = desk.make("referral_feedback")
    assert label == "Wrote a letter about MO"
    (row,) = ask(desk.vault, list_sharings, desk.asked())
    assert (row.id, row.letter_id, row.sort, row.recipient) == (
        letter.sharing_id,
        letter.id,
        "Letter",
        SURGERY,
    )
    assert row.what == "Referral feedback. It tells: That they take part; Goals and plan."
    assert row.permitted_on == consent.given_on
    assert not desk.letters()[0].to_client


def test_without_a_permission_no_letter_is_made_but_with_a_reason(desk: Desk) -> None:
    the_whole_record(desk)
    draft = desk.draft("referral_feedback")
    assert "given no permission" in draft.missing
    assert "Maya" not in f"{draft.subject}{draft.body}"
    assert draft.subject == "Referral feedback"
    with pytest.raises(Refusal) as refused:
        desk.make("referral_feedback")
    assert set(refused.value.fields) == {"override_reason"}
    assert desk.letters() == ()
    letter, _ = desk.make("referral_feedback", override_reason="The surgery must know today")
    assert "They work at Bay Bakery." in letter.body
    (row,) = ask(desk.vault, list_sharings, desk.asked())
    assert row.override_reason == "The surgery must know today"
    assert row.what.endswith("It tells: That they take part; Goals and plan; Job and job search.")


def test_a_permission_for_somebody_else_does_not_do(desk: Desk) -> None:
    desk.permit("share_employer", recipient="Bay Bakery")
    the_whole_record(desk)
    assert desk.draft("employer").missing == ""
    assert desk.draft("employer").recipient == "Bay Bakery"
    assert "is for Bay Bakery, not for Other Ltd" in desk.draft("employer", recipient="Other Ltd").missing


def test_a_letter_needs_somebody_it_goes_to(desk: Desk) -> None:
    desk.permit("share_employer")
    with pytest.raises(Refusal) as refused:
        desk.make("employer")
    assert set(refused.value.fields) == {"recipient"}


def test_needs_at_work_go_to_the_employer_only_when_covered(desk: Desk) -> None:
    the_whole_record(desk)
    desk.permit("share_employer", given_on=days_ago(3))
    assert "quiet corner" not in desk.draft("employer").body
    desk.permit("share_employer", data_covered="What they need at work")
    assert "What helps at work: A quiet corner" in desk.draft("employer").body


def test_thanks_for_a_referral_tell_nothing_and_pass_nothing_on(desk: Desk) -> None:
    letter, _ = desk.make("referral_received", enrolment_id=desk.enrolment.id)
    assert letter.recipient == SURGERY
    assert letter.body.startswith("Dear Dr Anne Patel,")
    assert "reached us on 1 June 2026" in letter.body
    assert "Maya" not in f"{letter.subject}{letter.body}"
    assert letter.sharing_id is None
    assert ask(desk.vault, list_sharings, desk.asked()) == ()


def test_a_client_without_enrolment_or_job_has_short_letters(desk: Desk) -> None:
    stranger = a_client(first_name="", last_name="Okonkwo", known_as="Bee")
    keep(desk.vault, stranger)
    draft = desk.draft("certificate", client_id=stranger.id)
    assert draft.body == f"Bee Okonkwo\n\n{PERSON}, for {ORGANISATION}"
    assert draft.not_known == ("programme", "started_on")
    assert desk.draft("referral_received", client_id=stranger.id).recipient == ""


def test_the_referrer_is_offered_to_be_told_until_a_letter_was_written(desk: Desk) -> None:
    (offer,) = desk.offers()
    assert (offer.referrer, offer.programme, offer.accepted_on) == (SURGERY, "Connect to Work", LONG_AGO)
    assert offer.template_id == desk.template("referral_received")
    assert "given no permission" in offer.missing
    desk.permit(recipient=SURGERY)
    (offer,) = desk.offers()
    assert (offer.template_id, offer.missing) == (desk.template("referral_feedback"), "")
    desk.make("appointment", answers=APPOINTMENT)
    assert desk.offers() == (offer,)
    do(
        desk.vault,
        make_letter,
        desk.question("referral_feedback", enrolment_id=offer.enrolment_id),
    )
    assert desk.offers() == ()


def test_nobody_is_offered_who_named_no_referrer_or_is_not_accepted(desk: Desk) -> None:
    for values in ({"referrer": ""}, {"referrer": SURGERY, "accepted_on": None}):
        with unit_of_work(desk.vault, label="Changed") as work:
            enrolment = work.session.get_one(Enrolment, desk.enrolment.id)
            for name, value in values.items():
                setattr(enrolment, name, value)
        assert desk.offers() == ()


def test_without_a_letter_that_tells_nothing_nothing_is_offered(desk: Desk) -> None:
    with unit_of_work(desk.vault, label="Retired") as work:
        work.session.get_one(LetterTemplate, desk.template("referral_received")).retired_on = TODAY
    assert desk.offers() == ()


def test_a_letter_whose_permission_has_ended_is_closed(desk: Desk) -> None:
    consent = desk.permit()
    desk.make("referral_feedback")
    assert desk.letters()[0].closed == ""
    do(desk.vault, withdraw_consent, WithdrawConsent(consent_id=consent.id, withdrawn_on=TODAY))
    assert "not in force any more" in desk.letters()[0].closed


def test_a_letter_that_went_for_a_reason_stays_open(desk: Desk) -> None:
    desk.make("referral_feedback", override_reason="Danger")
    assert desk.letters()[0].closed == ""


def test_it_is_written_down_when_it_was_sent(desk: Desk) -> None:
    letter, _ = desk.make("certificate")
    _, label = do(desk.vault, mark_sent, MarkSent(letter_id=letter.id, sent_on=TODAY))
    assert (label, desk.letters()[0].sent_on) == ("Sent a letter about MO", TODAY)
    with pytest.raises(Refusal) as refused:
        do(desk.vault, mark_sent, MarkSent(letter_id=letter.id, sent_on=days_ago(1)))
    assert set(refused.value.fields) == {"sent_on"}
    with pytest.raises(Refusal, match="not there any more"):
        do(desk.vault, mark_sent, MarkSent(letter_id=new_id(), sent_on=TODAY))


def test_nobody_is_written_about_who_is_gone(desk: Desk) -> None:
    with pytest.raises(Refusal, match="This letter is not there"):
        desk.draft("appointment", template_id=new_id())
    with pytest.raises(Refusal, match="This client is not there"):
        desk.draft("appointment", client_id=new_id())
    do(desk.vault, erase_client, EraseClient(client_id=desk.client.id, reason="Asked for it"))
    with pytest.raises(Refusal, match="has been erased"):
        desk.draft("appointment")
