"""Circumstances over time: snapshots in words, and two of them side by side."""

import pytest

from coachdesk.casework.circumstances_story import (
    SHOWN,
    ComparedLine,
    Snapshot,
    circumstances_titles,
    compared,
    read_snapshots,
)
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.details import SaveCircumstances, save_circumstances
from coachdesk.errors import Refusal
from coachdesk.models import Circumstances, Client
from coachdesk.vault.opened import OpenVault
from tests.makers import a_client, ask, circumstances, days_ago, do, found, keep
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


def snapshots(vault: OpenVault, client: Client) -> tuple[Snapshot, ...]:
    return ask(vault, read_snapshots, ClientQuestion(client_id=client.id, today=TODAY))


def test_without_a_snapshot_there_is_no_story(desk_vault: OpenVault, client: Client) -> None:
    assert snapshots(desk_vault, client) == ()
    assert set(circumstances_titles()) == set(SHOWN)


def test_two_days_side_by_side(desk_vault: OpenVault, client: Client) -> None:
    keep(
        desk_vault,
        circumstances(
            client,
            as_on=days_ago(90),
            housing="temporary",
            transport="none",
            benefits=["Universal Credit"],
            months_since_work=7,
        ),
        circumstances(
            client,
            as_on=TODAY,
            housing="social_rent",
            transport="none",
            benefits=["Universal Credit"],
            months_since_work=0,
            work_restrictions="No lifting",
        ),
        circumstances(client, as_on=days_ago(200), archived_at=desk_vault.clock.now()),
    )
    now, then = snapshots(desk_vault, client)
    assert (now.as_on, then.as_on) == (TODAY, days_ago(90))
    assert compared(then, now) == (
        ComparedLine(title="Months since last work", then="7", now="0", changed=True),
        ComparedLine(title="Benefits", then="Universal Credit", now="Universal Credit", changed=False),
        ComparedLine(
            title="Home",
            then="Temporary accommodation",
            now="Rents from a council or housing association",
            changed=True,
        ),
        ComparedLine(title="Getting about", then="No transport", now="No transport", changed=False),
        ComparedLine(title="What limits the work", then="", now="No lifting", changed=True),
    )
    assert (now.months_since_work, now.benefits, now.work_restrictions) == (
        0,
        ("Universal Credit",),
        "No lifting",
    )


def test_what_has_no_list_is_written_and_takes_the_place_of_a_non_answer(
    desk_vault: OpenVault, client: Client
) -> None:
    before = circumstances(
        client, as_on=days_ago(9), unstated={"benefits": "not_known", "work_restrictions": "not_asked"}
    )
    keep(desk_vault, before)
    wish = SaveCircumstances(
        client_id=client.id,
        as_on=TODAY,
        answers={},
        benefits=("Universal Credit", " ", "PIP "),
        work_restrictions=" No lifting ",
        months_since_work=3,
    )
    kept = found(desk_vault, Circumstances, do(desk_vault, save_circumstances, wish)[0])
    assert kept.benefits == ["Universal Credit", "PIP"]
    assert (kept.work_restrictions, kept.months_since_work, kept.unstated) == ("No lifting", 3, {})


def test_one_of_an_earlier_day_starts_from_what_stood_then(desk_vault: OpenVault, client: Client) -> None:
    keep(
        desk_vault,
        circumstances(client, as_on=days_ago(90), housing="temporary"),
        circumstances(client, as_on=TODAY, housing="owner"),
    )
    wish = SaveCircumstances(client_id=client.id, as_on=days_ago(30), answers={"transport": "car"})
    kept = found(desk_vault, Circumstances, do(desk_vault, save_circumstances, wish)[0])
    assert (kept.housing, kept.transport) == ("temporary", "car")
    assert [one.as_on for one in snapshots(desk_vault, client)] == [TODAY, days_ago(30), days_ago(90)]


def test_a_day_to_come_is_refused(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal) as refused:
        do(
            desk_vault,
            save_circumstances,
            SaveCircumstances(client_id=client.id, as_on=days_ago(-1), answers={}),
        )
    assert set(refused.value.fields) == {"as_on"}
