"""The register's rows: a release of an older version, which kept no review, is named by its programme and period."""

import datetime as dt

from coachdesk.returns.register import list_releases
from coachdesk.vault.opened import OpenVault
from tests.makers import ask
from tests.returns.printed_returns import a_grant, a_release


def test_a_release_without_a_review_is_named_by_programme_and_period(vault: OpenVault) -> None:
    programme = a_grant(vault)
    first = a_release(vault, programme, reviewed=False)
    a_release(vault, programme, supersedes_id=first, issued_at=dt.datetime(2026, 10, 2, 12, tzinfo=dt.UTC))
    newest, oldest = ask(vault, list_releases, None)
    assert (oldest.title, oldest.sort, oldest.reason) == (
        "Community grant, 1 July 2026 to 30 September 2026",
        "return",
        "",
    )
    assert (oldest.is_superseded, newest.is_superseded) == (True, False)
