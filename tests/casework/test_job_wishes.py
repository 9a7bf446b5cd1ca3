"""What a client wants of a job: written as sentences, what decides first; nothing has to be answered."""

from typing import Any

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.job_wishes import SaveWishes, Wishes, read_wishes, save_wishes
from coachdesk.casework.profile import WriteAnswer, write_answer
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach
from coachdesk.models.base import new_id
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import a_client, a_coach, ask, do, keep
from tests.vault_fixtures import TODAY


@pytest.fixture
def maya(desk_vault: OpenVault) -> Client:
    client = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    return client


def wants(vault: OpenVault, client: Client, **values: Any) -> str:
    return do(vault, save_wishes, SaveWishes(client_id=client.id, **values))[1]


def read(vault: OpenVault, client: Client) -> Wishes:
    return ask(vault, read_wishes, ClientQuestion(client_id=client.id, today=TODAY))


def test_wishes_read_as_sentences(desk_vault: OpenVault, maya: Client) -> None:
    assert read(desk_vault, maya) == Wishes(rows=(), sentences=(), own_words="", preferences=())
    label = wants(
        desk_vault, maya, least_hours="16", most_hours="20", least_pay="12.71", pay_strength="like",
        towns="Barrow and Ulverston", sectors=("10", "Q"),
        traits={"nights": "never", "step_free": "need", "quiet": "like"}, own_words="I sleep badly",
    )  # fmt: skip
    assert label == "Wrote down what MO wants of a job"
    found = read(desk_vault, maya)
    must, never, like = found.sentences
    assert must == "Must have: 16 to 20 hours a week; step-free."
    assert never == "Will not do: nights."
    assert like.startswith("Would like: £12.71 an hour or more; Barrow or Ulverston; Manufacture of food")
    assert like.endswith("quiet place.")
    assert found.own_words == "I sleep badly"
    hours = found.of("hours")
    assert hours is not None
    assert (hours.least, hours.most, hours.lead) == (960, 1200, "Must have")
    assert found.of("mornings") is None


def test_what_does_not_matter_any_more_goes_and_can_come_back(desk_vault: OpenVault, maya: Client) -> None:
    wants(desk_vault, maya, traits={"nights": "never", "quiet": "like"}, own_words="Nights make me ill")
    first = read(desk_vault, maya).of("nights")
    wants(desk_vault, maya, traits={"quiet": "need"}, own_words="Noise is hard")
    assert read(desk_vault, maya).sentences == ("Must have: quiet place.",)
    wants(desk_vault, maya, traits={"nights": "like"})
    again = read(desk_vault, maya)
    assert (again.sentences, again.own_words) == (("Would like: nights.",), "")
    assert first is not None
    assert again.rows[0].id == first.id
    wants(desk_vault, maya)
    assert read(desk_vault, maya).rows == ()


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"least_hours": "20", "most_hours": "16"}, "most_hours"),
        ({"least_pay": "much"}, "least_pay"),
        ({"own_words": "Something"}, "own_words"),
        ({"traits": {"nights": "perhaps"}}, ""),
    ],
)
def test_what_cannot_be_understood_is_refused(
    desk_vault: OpenVault, maya: Client, values: dict[str, Any], name: str
) -> None:
    with pytest.raises(Refusal) as refused:
        wants(desk_vault, maya, **values)
    assert set(refused.value.fields) == ({name} if name else set())
    assert read(desk_vault, maya).rows == ()


def test_one_end_of_the_hours_is_enough(desk_vault: OpenVault, maya: Client) -> None:
    wants(desk_vault, maya, most_hours="20")
    assert read(desk_vault, maya).sentences == ("Must have: up to 20 hours a week.",)


def test_a_trait_no_list_knows_stands_last(desk_vault: OpenVault, maya: Client) -> None:
    wants(desk_vault, maya, traits={"a_dog": "like", "nights": "like"})
    assert [row.title for row in read(desk_vault, maya).rows] == ["Nights", "a_dog"]


def test_the_words_of_the_profile_stand_beside_the_wishes(desk_vault: OpenVault, maya: Client) -> None:
    for name, words in (("preferred_hours", "Mornings, home by two"), ("hopes", "A job with animals")):
        do(desk_vault, write_answer, WriteAnswer(client_id=maya.id, name=name, words=words))
    assert read(desk_vault, maya).preferences == (("Hours that suit me", "Mornings, home by two"),)


def test_a_colleagues_client_and_nobody(desk_vault: OpenVault) -> None:
    other = a_coach()
    theirs = a_client(coach_id=other.id)
    keep(desk_vault, other)
    keep(desk_vault, theirs)
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    with pytest.raises(ReasonNeeded):
        read(desk_vault, theirs)
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, save_wishes, SaveWishes(client_id=new_id()))
