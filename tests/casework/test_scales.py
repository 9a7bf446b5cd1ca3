"""Questions of the charity's own: seeded once, reworded without touching what was answered, retired and brought back."""

from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.readings import SaveMeasures, save_measures
from coachdesk.casework.scales import (
    RetireScale,
    ScaleRow,
    SetScale,
    all_wordings,
    list_scales,
    read_bands,
    retire_scale,
    set_scale,
    typed_bands,
)
from coachdesk.errors import Refusal
from coachdesk.models import Scale
from coachdesk.vault.opened import OpenVault
from tests.makers import a_client, ask, do, keep
from tests.vault_fixtures import TODAY


def scales(vault: OpenVault) -> dict[str, ScaleRow]:
    return {row.key: row for row in ask(vault, list_scales)}


def reword(vault: OpenVault, key: str = "confidence", **values: Any) -> str:
    row = scales(vault).get(key)
    told = {
        "title": row.title if row else "",
        "question": row.question if row else "",
        "low_words": row.low_words if row else "",
        "high_words": row.high_words if row else "",
        "bands": typed_bands(row.bands) if row else "",
    }
    return do(vault, set_scale, SetScale(key=key, **{**told, **values}))[0]


def answer(vault: OpenVault, key: str = "confidence") -> None:
    client = a_client()
    keep(vault, client)
    wish = SaveMeasures(client_id=client.id, taken_on=TODAY, answers={f"scale.{key}": 4})
    do(vault, save_measures, wish)


def test_two_modest_questions_ship_and_stay_as_somebody_left_them(desk_vault: OpenVault) -> None:
    assert [(one.title, one.version, one.source_note) for one in scales(desk_vault).values()] == [
        ("Work", "1", "CoachDesk default"),
        ("Confidence", "1", "CoachDesk default"),
    ]
    reword(desk_vault, question="How sure are you?")
    furnish_vault(desk_vault)
    assert len(scales(desk_vault)) == 2
    assert scales(desk_vault)["confidence"].question == "How sure are you?"


def test_nothing_of_a_licensed_instrument_ships(desk_vault: OpenVault) -> None:
    said = " ".join(
        f"{one.title} {one.question} {one.low_words} {one.high_words}" for one in scales(desk_vault).values()
    ).casefold()
    for licensed in (
        "lifetime best",
        "optimistic",
        "feeling useful",
        "been bothered",
        "interest or pleasure",
    ):
        assert licensed not in said


def test_a_question_nobody_answered_is_reworded_in_place(desk_vault: OpenVault) -> None:
    assert reword(desk_vault, question="How sure are you?", title="Trust") == "confidence"
    row = scales(desk_vault)["confidence"]
    assert (row.title, row.question, row.version, row.is_used) == ("Trust", "How sure are you?", "1", False)


def test_a_question_that_was_answered_keeps_its_words_and_gets_others(desk_vault: OpenVault) -> None:
    answer(desk_vault)
    reword(desk_vault, title="Trust")
    assert scales(desk_vault)["confidence"].version == "1", "another name changes no meaning"
    reword(desk_vault, high_words="as sure as can be")
    wordings = [row for row in ask(desk_vault, lambda s, _: all_wordings(s)) if row.key == "confidence"]
    assert [(row.version, row.high_words, row.is_used) for row in wordings] == [
        ("1", "completely confident", True),
        ("2", "as sure as can be", False),
    ]
    reword(desk_vault, high_words="as sure as anybody")
    assert scales(desk_vault)["confidence"].version == "2", "nobody answered the second wording yet"
    for number in range(3, 12):
        answer(desk_vault)
        reword(desk_vault, high_words=f"wording {number}")
    assert scales(desk_vault)["confidence"].high_words == "wording 11", "the eleventh comes after the second"


def test_a_new_question_is_asked_last(desk_vault: OpenVault) -> None:
    key, label = do(
        desk_vault,
        set_scale,
        SetScale(
            key="",
            title=" Sleep & rest ",
            question="How did you sleep?",
            bands="0 Badly\n\n6  Well",
            higher_is_better=True,
        ),
    )
    assert key == "sleep_rest"
    row = list(scales(desk_vault).values())[-1]
    assert (row.title, row.bands, row.source_note) == (
        "Sleep & rest",
        ((0, "Badly"), (6, "Well")),
        "Added here",
    )
    assert label == "Added the question “Sleep & rest”"


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"title": " "}, {"title"}),
        ({"question": ""}, {"question"}),
        ({"title": "", "question": ""}, {"title", "question"}),
        ({"title": "Confidence"}, {"title"}),
        ({"title": "ONS4"}, {"title"}),
        ({"title": "!!!"}, {"title"}),
        ({"bands": "0"}, {"bands"}),
        ({"bands": "low 0"}, {"bands"}),
        ({"bands": "1 Low"}, {"bands"}),
        ({"bands": "0 Low\n0 High"}, {"bands"}),
        ({"bands": "0 Low\n11 High"}, {"bands"}),
    ],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    desk_vault: OpenVault, values: dict[str, Any], fields: set[str]
) -> None:
    wish = SetScale(**{"key": "", "title": "Sleep", "question": "How did you sleep?", **values})
    with pytest.raises(Refusal) as refused:
        do(desk_vault, set_scale, wish)
    assert set(refused.value.fields) == fields


def test_bands_are_typed_as_they_are_read() -> None:
    assert read_bands("0 Not yet\n4 Some way") == ((0, "Not yet"), (4, "Some way"))
    assert typed_bands(read_bands("0 Not yet\n4 Some way")) == "0 Not yet\n4 Some way"
    assert read_bands(" \n") == ()


def test_a_question_is_retired_and_brought_back(desk_vault: OpenVault) -> None:
    _, label = do(desk_vault, retire_scale, RetireScale(key="confidence", on=TODAY))
    assert scales(desk_vault)["confidence"].retired_on == TODAY
    assert label == "Retired the question “Confidence”"
    with pytest.raises(Refusal, match="not asked any more"):
        answer(desk_vault)
    _, label = do(desk_vault, retire_scale, RetireScale(key="confidence", on=None))
    assert scales(desk_vault)["confidence"].retired_on is None
    assert label == "Brought back the question “Confidence”"


def test_a_question_that_is_gone_is_said_plainly(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="not in the list"):
        do(desk_vault, retire_scale, RetireScale(key="nobody", on=None))
    with pytest.raises(Refusal, match="not in the list"):
        reword(desk_vault, "nobody", title="Sleep", question="How did you sleep?")


def test_a_wording_that_was_put_away_is_not_asked(desk_vault: OpenVault) -> None:
    with_session = ask(desk_vault, lambda s, _: s.scalars(select(Scale.key)).all())
    assert set(with_session) == set(scales(desk_vault))
