"""The privacy notice: which wording is in force, and who was given which."""

import pytest

from coachdesk.casework.notices import (
    GiveNotice,
    NoticesTold,
    SetNoticeVersion,
    give_notice,
    notice_version,
    read_notices,
    set_notice_version,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, new_id
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import a_client, ask, days_ago, do, keep
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, made)
    return made


def told(vault: OpenVault, client: Client) -> NoticesTold:
    return ask(vault, read_notices, client.id)


def test_nothing_is_in_force_until_the_charity_says_so(desk_vault: OpenVault, client: Client) -> None:
    row = told(desk_vault, client)
    assert (row.in_force, row.offered, row.notices, row.is_missing) == ("", "", (), True)
    wish = GiveNotice(
        client_id=client.id, version=" May 2025 ", given_on=days_ago(3), how="read_out", note=" x "
    )
    notice_id, label = do(desk_vault, give_notice, wish)
    row = told(desk_vault, client)
    assert (row.in_force, row.offered, row.is_missing) == ("", "May 2025", False)
    (one,) = row.notices
    assert (one.id, one.version, one.how, one.note) == (notice_id, "May 2025", "Read out", "x")
    assert label == "Gave the privacy notice to MO"


def test_a_new_wording_retires_the_old_and_whoever_has_the_old_is_missing_it(
    desk_vault: OpenVault, client: Client
) -> None:
    do(desk_vault, set_notice_version, SetNoticeVersion(version="May 2025"))
    do(desk_vault, give_notice, GiveNotice(client_id=client.id, version="May 2025", given_on=days_ago(3)))
    assert not told(desk_vault, client).is_missing
    _, label = do(desk_vault, set_notice_version, SetNoticeVersion(version=" October 2026 "))
    row = told(desk_vault, client)
    assert (row.in_force, row.offered, row.is_missing) == ("October 2026", "October 2026", True)
    do(desk_vault, give_notice, GiveNotice(client_id=client.id, version="October 2026", given_on=TODAY))
    row = told(desk_vault, client)
    assert ([one.version for one in row.notices], row.is_missing) == (["October 2026", "May 2025"], False)
    do(desk_vault, set_notice_version, SetNoticeVersion(version="May 2025"))
    assert ask(desk_vault, notice_version) == "May 2025"
    do(desk_vault, set_notice_version, SetNoticeVersion(version="May 2025"))
    assert ask(desk_vault, notice_version) == "May 2025"
    do(desk_vault, set_notice_version, SetNoticeVersion(version=" "))
    assert (ask(desk_vault, notice_version), label) == ("", "Changed which privacy notice is in force")


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"version": " "}, {"version"}),
        ({"given_on": days_ago(-1)}, {"given_on"}),
        ({"client_id": new_id()}, set()),
    ],
)
def test_what_cannot_be_is_refused(
    desk_vault: OpenVault, client: Client, values: dict[str, object], fields: set[str]
) -> None:
    wish = {"client_id": client.id, "version": "May 2025", "given_on": TODAY, **values}
    with pytest.raises(Refusal) as refused:
        do(desk_vault, give_notice, GiveNotice(**wish))  # type: ignore[arg-type]  # each value is right for its field
    assert set(refused.value.fields) == fields


def test_only_a_manager_says_which_wording_is_in_force(desk_vault: OpenVault) -> None:
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="Only a manager"):
        do(desk_vault, set_notice_version, SetNoticeVersion(version="Mine"))
