"""Vocational profiles of two records of one person: side by side, joined with nothing lost, and parted again."""

from uuid import UUID

import pytest

from coachdesk.casework.client_head import read_client
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.merging import MergePreview, PreviewMerge, preview_merge
from coachdesk.casework.separating import preview_last_joining
from coachdesk.casework.side_by_side import ComparedLine, Side
from coachdesk.errors import Refusal
from coachdesk.models import CustomAnswer, CustomField, VocationalProfile
from coachdesk.models.base import PARAGRAPH
from coachdesk.vault.agreement import disagreements
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.casework.two import Two, all_of
from tests.makers import a_client, ask, days_ago, keep
from tests.vault_fixtures import TODAY

TOLD = "Both have a vocational profile"


@pytest.fixture
def two(desk_vault: OpenVault) -> Two:
    one = a_client(reference="C-0001", first_name="Maya", coach_id=desk_vault.coach_id)
    other = a_client(reference="C-0002", first_name="Amaya", coach_id=desk_vault.coach_id)
    keep(desk_vault, one, other)
    return Two(desk_vault, one.id, other.id)


def a_profile(two: Two, *, other: bool = False, **values: object) -> VocationalProfile:
    profile = VocationalProfile(client_id=two.other if other else two.keep, **values)
    keep(two.vault, profile)
    return profile


def preview(two: Two) -> MergePreview:
    return ask(two.vault, preview_merge, PreviewMerge(keep_id=two.keep, other_id=two.other))


def line(two: Two, key: str) -> ComparedLine:
    return next(one for one in preview(two).lines if one.key == key)


def profiles(two: Two) -> dict[bool, VocationalProfile]:
    """Return the profiles of both records; that of the one put away by True."""
    return {one.client_id == two.other: one for one in all_of(two.vault, VocationalProfile)}


def test_both_profiles_stand_side_by_side(two: Two) -> None:
    a_profile(two, hopes="Mornings in a kitchen", strengths="Patient", started_on=days_ago(90))
    a_profile(
        two,
        other=True,
        hopes="Work near home",
        strengths="patient",
        good_day="Slept well",
        started_on=days_ago(9),
    )
    hopes = line(two, "profile.hopes")
    assert (hopes.label, hopes.keep_words, hopes.other_words) == (
        "What I hope for", "Mornings in a kitchen", "Work near home",
    )  # fmt: skip
    assert (hopes.taken, hopes.sides) == (Side.BOTH, (Side.KEEP, Side.OTHER, Side.BOTH))
    assert line(two, "profile.strengths").taken is Side.KEEP
    assert line(two, "profile.good_day").taken is Side.OTHER
    dates = line(two, "profile.dates")
    assert (dates.taken, dates.sides, dates.differs) == (Side.KEEP, (Side.KEEP, Side.OTHER), True)
    assert any(said.startswith(TOLD) for said in preview(two).consequences)


def test_joined_the_one_profile_says_both_and_the_other_is_kept_word_for_word(two: Two) -> None:
    a_profile(two, hopes="Mornings in a kitchen", hard_day="Noise")
    a_profile(two, other=True, hopes="Work near home", hard_day="Crowds", good_day="Slept well")
    two.merge(**{"profile.hard_day": "other"})
    found = profiles(two)
    assert (found[False].hopes, found[False].hard_day, found[False].good_day) == (
        "Mornings in a kitchen\nWork near home", "Crowds", "Slept well",
    )  # fmt: skip
    assert (found[True].hopes, found[True].hard_day) == ("Work near home", "Crowds")
    with reading(two.vault) as session:
        assert list(disagreements(session)) == []


def test_parted_again_both_profiles_are_as_they_were(two: Two) -> None:
    a_profile(two, hopes="Mornings in a kitchen", hard_day="Noise", started_on=days_ago(90))
    a_profile(two, other=True, hopes="Work near home", hard_day="Crowds", completed_on=days_ago(2))
    before = two.snapshot()
    two.merge(**{"profile.dates": "other"})
    assert profiles(two)[False].completed_on == days_ago(2)
    two.separate()
    assert two.snapshot() == before


def test_a_profile_that_only_one_has_goes_along(two: Two) -> None:
    a_profile(two, other=True, hopes="Work near home")
    hopes = line(two, "profile.hopes")
    assert (hopes.taken, hopes.sides) == (Side.OTHER, (Side.OTHER,))
    assert not any(said.startswith(TOLD) for said in preview(two).consequences)
    two.merge()
    (only,) = all_of(two.vault, VocationalProfile)
    assert (only.client_id, only.hopes) == (two.keep, "Work near home")
    two.separate()
    (only,) = all_of(two.vault, VocationalProfile)
    assert only.client_id == two.other


def test_a_profile_that_only_the_one_who_stays_has_stays(two: Two) -> None:
    a_profile(two, hopes="Mornings")
    hopes = line(two, "profile.hopes")
    assert (hopes.taken, hopes.sides) == (Side.KEEP, (Side.KEEP,))


def test_two_texts_too_long_for_one_field_are_chosen_between(two: Two) -> None:
    a_profile(two, hopes="a" * (PARAGRAPH - 10))
    a_profile(two, other=True, hopes="b" * 10)
    hopes = line(two, "profile.hopes")
    assert (hopes.taken, hopes.sides) == (Side.KEEP, (Side.KEEP, Side.OTHER))
    with pytest.raises(Refusal, match="too long"):
        two.merge(**{"profile.hopes": "both"})
    two.merge()
    assert profiles(two)[True].hopes == "b" * 10


def test_an_answer_both_gave_stays_with_the_record_put_away_and_that_is_said(two: Two) -> None:
    field = CustomField(key="bus", title="Which bus", sort="text")
    keep(two.vault, field)
    keep(
        two.vault,
        *(CustomAnswer(client_id=one, field_id=field.id, value=["6"]) for one in (two.keep, two.other)),
    )
    assert (
        "Answer to a question of our own: both have one, so 1 of the other’s stays with the record put away."
        in preview(two).consequences
    )


def test_from_either_record_the_last_joining_is_found(two: Two) -> None:
    def head(client_id: UUID) -> bool:
        return ask(two.vault, read_client, ClientQuestion(client_id=client_id, today=TODAY)).is_joined

    with pytest.raises(Refusal, match="not joined"):
        ask(two.vault, preview_last_joining, two.keep)
    assert [head(one) for one in (two.keep, two.other)] == [False, False]
    two.merge()
    for one in (two.keep, two.other):
        found = ask(two.vault, preview_last_joining, one)
        assert (found.keep_id, found.other_id, found.reason) == (two.keep, two.other, "Registered twice")
        assert head(one)
    two.separate()
    assert [head(one) for one in (two.keep, two.other)] == [False, False]
