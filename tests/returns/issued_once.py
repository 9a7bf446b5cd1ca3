"""A return that many tests look at is issued once a run: its vault is copied page by page, its files as they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from coachdesk.returns.issue import issue
from coachdesk.returns.wishes import IssueWish, PreparedReturn, ReturnWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from tests.returns.test_prepare import WISH, prepared_of
from tests.worlds import made_once


@dataclass(frozen=True, slots=True)
class IssuedOnce:
    """A return that stands in the register, and the files of its pack by name."""

    prepared: PreparedReturn
    release_id: UUID
    files: Mapping[str, bytes]


def issued_of(
    vault: OpenVault,
    count: int,
    wish: ReturnWish = WISH,
    *,
    checked_by: str = "",
    intruder: Mapping[str, str] | None = None,
) -> IssuedOnce:
    """Return an issued return of so many invented clients; the vault holds both then."""
    name = f"an issued return of {count} people, {wish}, {checked_by}, {intruder}"

    def make(fresh: OpenVault) -> IssuedOnce:
        prepared = prepared_of(fresh, count, wish)
        with TemporaryDirectory() as place:
            asked = IssueWish(
                prepared=prepared,
                folder=Path(place) / "return",
                checked_by=checked_by,
                intruder=intruder or {},
            )
            done = issue(fresh, asked, Watch.silent())
            assert done.release_id is not None
            files = {file.name: file.read_bytes() for file in done.folder.iterdir()}
            assert {file.name for file in done.files} == set(files)
        return IssuedOnce(prepared, done.release_id, files)

    return made_once(name, make, vault)
