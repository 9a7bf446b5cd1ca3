"""What would spoil a return is put right field by field, through the same actions as each field's own form."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.clients import birth_of
from coachdesk.casework.notices import SetNoticeVersion, set_notice_version
from coachdesk.casework.quality import ReturnScope, data_quality
from coachdesk.casework.quality_queue import (
    QUEUED,
    AnswerQueue,
    QueueQuestion,
    answer_queue,
    queue_step,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, Enrolment, Job
from coachdesk.vault.opened import OpenVault
from tests.makers import (
    a_client,
    a_hub,
    a_job,
    an_employer,
    an_enrolment,
    an_equality,
    ask,
    do,
    found,
    job_terms,
    keep,
    programme_id,
)

SCOPE = ReturnScope(
    programme_key="connect-to-work",
    from_on=dt.date(2026, 7, 1),
    to_on=dt.date(2026, 9, 30),
    as_at=dt.date(2026, 10, 5),
)
DAY = dt.date(2026, 7, 8)


class Desk:
    """One client from whom everything is missing."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        programme = ask(vault, lambda s, _: programme_id(s))
        self.client = a_client(postcode="", town="", hub_id=None, local_authority="not_asked",
            born_from=None, born_to=None, birth_precision="",
        )  # fmt: skip
        employer = an_employer()
        self.hub = a_hub(name="Ulverston Hub")
        self.enrolment = an_enrolment(
            self.client, programme, source="not_asked", hub_id=None, received_on=dt.date(2026, 7, 2),
            accepted_on=None, started_on=None, profile_started_on=None,
        )  # fmt: skip
        self.job = a_job(self.client, employer, started_on=DAY, four_hours_on=None)
        keep(vault, self.client, employer, self.hub, self.enrolment, self.job)
        do(vault, set_notice_version, SetNoticeVersion(version="Notice 3"))

    def missing(self) -> set[str]:
        return {line.field for line in ask(self.vault, data_quality, SCOPE)}

    def question(self, field: str, client_id: UUID | None = None) -> QueueQuestion:
        return QueueQuestion(field=field, client_id=client_id or self.client.id, scope=SCOPE)

    def put(self, field: str, **values: Any) -> None:
        do(self.vault, answer_queue, AnswerQueue(question=self.question(field), values=values))


@pytest.fixture
def desk(desk_vault: OpenVault) -> Desk:
    return Desk(desk_vault)


def test_every_field_that_can_be_queued_is_put_right_and_leaves_the_list(desk: Desk) -> None:
    answers: tuple[tuple[str, dict[str, Any]], ...] = (
        ("accepted_on", {"accepted_on": dt.date(2026, 7, 3)}),
        ("started_on", {"started_on": dt.date(2026, 7, 4)}),
        ("profile_started_on", {"profile_started_on": dt.date(2026, 7, 5)}),
        ("source", {"source": "self"}),
        ("hub_id", {"hub_id": desk.hub.id}),
        ("sex", {"sex": "female"}),
        ("ethnic_group", {"ethnic_group": "white_irish"}),
        ("long_condition", {"long_condition": "yes", "activity_restriction": "yes_a_lot"}),
        ("birth", {"birth": "3 May 1990"}),
        ("postcode", {"postcode": "la141aa", "local_authority": None}),
        ("eligibility", {"eligibility": ("carer",)}),
        ("four_hours_on", {"four_hours_on": DAY}),
        ("hourly_pence", {"hourly_pence": "12.71"}),
        ("notice", {"given_on": DAY, "how": ""}),
    )
    assert {field for field, _ in answers} == QUEUED
    for field, values in answers:
        assert field in desk.missing(), field
        step = ask(desk.vault, queue_step, desk.question(field))
        assert set(values) <= set(step.values), field
        assert step.name == desk.client.called()
        desk.put(field, **values)
        assert field not in desk.missing(), field
    client = found(desk.vault, Client, desk.client.id)
    assert (client.postcode, birth_of(client).born_from) == ("LA14 1AA", dt.date(1990, 5, 3))
    assert found(desk.vault, Job, desk.job.id).four_hours_on == DAY


def test_what_is_known_stands_beside_the_field(desk: Desk) -> None:
    step = ask(desk.vault, queue_step, desk.question("accepted_on"))
    assert (step.about, step.values) == ("Referred 2 July 2026", {"accepted_on": None})
    place = ask(desk.vault, queue_step, desk.question("hourly_pence")).about
    assert place.endswith(", from 8 July 2026")
    assert " at " in place
    assert ask(desk.vault, queue_step, desk.question("notice")).about == "Notice 3"


def test_pay_goes_into_the_hours_that_are_there(desk: Desk) -> None:
    keep(desk.vault, job_terms(desk.job, usual_minutes=960, hourly_pence=None))
    desk.put("hourly_pence", hourly_pence="13")
    with pytest.raises(Refusal, match="put right meanwhile"):
        ask(desk.vault, queue_step, desk.question("hourly_pence"))


def test_how_equality_answers_were_asked_stays(desk: Desk) -> None:
    keep(desk.vault, an_equality(desk.client, sex="not_asked", method="on_paper"))
    desk.put("sex", sex="male")
    assert ask(desk.vault, queue_step, desk.question("ethnic_group")).values == {"ethnic_group": "not_asked"}


@pytest.mark.parametrize(
    ("field", "values", "sentence"),
    [
        ("accepted_on", {"accepted_on": None}, "Fill this in"),
        ("accepted_on", {"accepted_on": dt.date(2026, 6, 1)}, "before it came"),
        ("four_hours_on", {"four_hours_on": dt.date(2026, 7, 1)}, "before the job started"),
        ("four_hours_on", {"four_hours_on": dt.date(2026, 12, 1)}, "still to come"),
        ("hourly_pence", {"hourly_pence": "a lot"}, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_beside_the_field(
    desk: Desk, field: str, values: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refusal) as refused:
        desk.put(field, **values)
    assert sentence in refused.value.message
    assert field in refused.value.fields
    assert field in desk.missing()


def test_who_is_gone_or_not_in_this_return_is_passed_over(desk: Desk) -> None:
    stranger = a_client()
    keep(desk.vault, stranger)
    with pytest.raises(Refusal, match="no enrolment in this return"):
        ask(desk.vault, queue_step, desk.question("accepted_on", stranger.id))
    nobody = desk.vault.vault_id
    with pytest.raises(Refusal):
        ask(desk.vault, queue_step, desk.question("accepted_on", nobody))
    with pytest.raises(Refusal):
        answer = AnswerQueue(question=desk.question("sex", nobody), values={"sex": "male"})
        do(desk.vault, answer_queue, answer)
    assert found(desk.vault, Enrolment, desk.enrolment.id).accepted_on is None
