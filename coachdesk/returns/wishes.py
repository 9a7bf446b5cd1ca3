"""What is asked of a return and what comes back: frozen, so that a thread or a screen may hold it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from coachdesk.casework.quality import QualityLine
from coachdesk.press.blocks import Chart
from coachdesk.returns.choice import AS_USUAL, ProtectionChoice
from coachdesk.returns.explaining_cells import CellPeople
from coachdesk.returns.indicators.found import NearMiss
from coachdesk.returns.periods import Period
from coachdesk.returns.tables import Cost

NAMED_FUNDER = "named funder"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnWish:
    """Which return: programme, period, as-at date, who will read it, and how it is to protect people."""

    programme_key: str
    from_on: dt.date
    to_on: dt.date
    as_at: dt.date
    audience: str = NAMED_FUNDER
    reason: str = ""
    """Why an issued return is worked out anew."""
    choice: ProtectionChoice = AS_USUAL

    @property
    def period(self) -> Period:
        """The period of the return."""
        return Period(self.from_on, self.to_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePart:
    """One group of a figure: its number and who stands behind it; ``left_out`` is no part of the base of a share."""

    label: str
    number: int
    client_ids: tuple[UUID, ...]
    left_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One figure as the manager sees it inside the vault, with the people behind it.

    ``value_words`` and ``base_words`` are true; ``printed_words`` is what the pack says in their place.
    ``client_ids`` are the people counted and ``base_ids`` those they are counted among: the number and the
    list come from the same query.
    """

    id: str
    title: str
    definition: str
    formula: str
    value_words: str
    base_words: str
    client_ids: tuple[UUID, ...]
    base_ids: tuple[UUID, ...] = ()
    note: str = ""
    printed_words: str = ""
    intervention: str = ""
    unit: str = ""
    evidence: str = ""
    source: str = ""
    near: tuple[NearMiss, ...] = ()
    kind: str = "count"
    """How its parts make it up: count, share, split or mean."""
    parts: tuple[FigurePart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTable:
    """A protected table, ready to be read: text cells only, the total last, and its proof row."""

    id: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    proof: str
    unit: str = "people"
    note: str = ""
    chart: Chart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeText:
    """What was written for a funder's prompt in the period of a return."""

    prompt_id: UUID
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryText:
    """A reviewed and permitted case study that stands in a return."""

    case_study_id: UUID
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierFigures:
    """The headline figures an earlier return of the same programme printed; None for one it withheld."""

    from_on: dt.date
    to_on: dt.date
    numbers: Mapping[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedReturn:
    """A return that has been counted, protected and attacked, but not yet issued.

    ``release`` is the public form; ``counted`` holds the true counts for the register and never leaves the
    vault. ``is_safe`` is false when the attack found a way in: such a return cannot be issued.
    """

    wish: ReturnWish
    programme: str
    funder: str
    organisation: str
    threshold: int
    journal_position: int
    is_practice: bool
    figures: tuple[FigureRow, ...]
    quality: tuple[QualityLine, ...]
    tables: tuple[ShownTable, ...]
    cost: Cost
    safety: tuple[str, ...]
    is_safe: bool
    release: Mapping[str, Any] = field(default_factory=dict)
    counted: Mapping[str, Any] = field(default_factory=dict)
    finding: Mapping[str, Any] = field(default_factory=dict)
    earlier: int = 0
    cells: CellPeople | None = None
    """Who is behind each cell of the tables; never leaves the vault."""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    """The rules and definitions it was counted with, as plain data for the register."""
    question: str = ""
    """What was asked, where this is the answer to a question and no return."""
    earlier_figures: tuple[EarlierFigures, ...] = ()
    narratives: tuple[NarrativeText, ...] = ()
    stories: tuple[StoryText, ...] = ()
    protection: Mapping[str, Any] = field(default_factory=dict)
    """The way of protecting that was chosen, what was given up beside earlier returns, and how near it is to the best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueWish:
    """Write a prepared return into a folder; a draft is marked as not for release and not registered."""

    prepared: PreparedReturn
    folder: Path
    draft: bool = False
    checked_by: str = ""
    intruder: Mapping[str, str] = field(default_factory=dict)
    """The motivated intruder's questions by key, with their answers."""
    reason: str = ""
    """Why an issued return is issued anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """Where the pack lies, and its entry in the register (none for a draft)."""

    release_id: UUID | None
    files: tuple[Path, ...]
    folder: Path
    notes: tuple[str, ...] = ()
    """What is to be known of the files: cells of a funder's sheet that were left as they were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReissueWish:
    """Write an issued pack again, byte for byte."""

    release_id: UUID
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """One line of the release register."""

    id: UUID
    programme: str
    period: str
    as_at: dt.date
    issued_at: dt.datetime
    issued_by: str
    files: tuple[str, ...]
    title: str = ""
    sort: str = "return"
    reason: str = ""
    hidden_share: float = 0.0
    verdict: str = ""
    is_superseded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleQuestion:
    """The people behind a figure."""

    client_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonsQuestion:
    """People with what is to be said of each: why left out, why different now."""

    reasons: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A client behind a figure, named enough to open the page; or how many more there are, without an id.

    ``reason`` says of a near-miss why it was left out.
    """

    id: UUID | None
    name: str
    reference: str
    reason: str = ""
