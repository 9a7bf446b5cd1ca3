"""What becomes of a row, and the fingerprint by which it is known when it comes again."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from coachdesk.exchange.row_reading import ReadRow
from coachdesk.models import canonical

ALREADY = "This row came in before, so there was nothing to add."
ALREADY_HELD = "This row came in before and still waits for your decision."


class Fate(StrEnum):
    """The four ends of a row; every row has exactly one (decisions.md 9)."""

    IMPORTED = "imported"
    MERGED = "merged"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a row: its fate, in words, and the record behind it."""

    fate: Fate
    becomes: str = ""
    why: str = ""
    reference: str = ""
    client_id: UUID | None = None
    record_id: UUID | None = None
    likely_id: UUID | None = None
    """Whom a held row is likely about."""
    is_known: bool = False
    """The row came in before: no trace of it is kept a second time."""


def refused(row: ReadRow, reference: str = "") -> Outcome:
    """Return the end of a row that cannot go in; its sentences stand in its refusals."""
    return Outcome(fate=Fate.REFUSED, why=row.refusals[0].reason, reference=reference)


def fingerprint(kind: str, *parts: Any) -> bytes:
    """Return the mark by which a row is known again, whatever file or spelling of a date it comes in."""
    return hashlib.sha256(canonical([kind, [_plain(part) for part in parts]]).encode()).digest()


def _plain(part: Any) -> Any:
    if isinstance(part, dict):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, tuple):
        return [_plain(value) for value in part]
    return part if isinstance(part, str | int | None) else str(part)
