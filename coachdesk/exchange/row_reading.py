"""Reading one row by its mapping: values, what could not be taken over as typed, and why a row is refused."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from coachdesk.errors import Refusal
from coachdesk.exchange.cells import (
    is_nobody,
    non_answer,
    one_line,
    read_minutes,
    read_pence,
    read_phone,
    read_weekly_minutes,
    several,
    yes_or_no,
)
from coachdesk.exchange.fields import LONGEST, LONGEST_OTHERWISE, Field, Reads, all_fields
from coachdesk.exchange.identity import normal_nino, normal_postcode, read_birth
from coachdesk.exchange.own_answers import own_answer
from coachdesk.exchange.typed_dates import read_date
from coachdesk.exchange.wordings import Wordings
from coachdesk.terms import Unstated

SHOWN = 80
"""How much of a value is repeated in a list of problems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is to be looked at in a row: its column by heading, the value as typed, and a sentence."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(slots=True)
class ReadRow:
    """One row as read: values by field name, wordings of nothing by field name, remarks and refusals."""

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    unstated: dict[str, str] = field(default_factory=dict)
    remarks: list[Problem] = field(default_factory=list)
    refusals: list[Problem] = field(default_factory=list)

    def get(self, name: str, otherwise: Any = None) -> Any:
        """Return a value by field name."""
        return self.values.get(name, otherwise)

    def text(self, name: str) -> str:
        """Return a text by field name, empty when the sheet says nothing."""
        found = self.values.get(name, "")
        return found if isinstance(found, str) else ""

    def code(self, name: str) -> str:
        """Return a code or one of the four non-answers; a column that is not there was not asked."""
        return str(self.values.get(name) or self.unstated.get(name) or Unstated.NOT_ASKED)

    def typed(self, name: str) -> str:
        """Return a cell as typed, by field name."""
        return next((text for key, text in self.cells.items() if key.endswith(f".{name}")), "")

    def refuse(self, column: str, value: str, reason: str) -> None:
        """Refuse the row with a sentence beside the cell at fault."""
        self.refusals.append(Problem(row=self.number, column=column, value=shortened(value), reason=reason))

    def remark(self, column: str, value: str, reason: str) -> None:
        """Say in a sentence what of an otherwise good row could not be taken over as typed."""
        self.remarks.append(Problem(row=self.number, column=column, value=shortened(value), reason=reason))


def shortened(value: str) -> str:
    """Return a value short enough for a list."""
    shown = one_line(value[: SHOWN * 4])
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"


class RowReader:
    """Reads the rows of one sheet; equal cells of a column are understood once."""

    def __init__(
        self,
        columns: tuple[tuple[str, str], ...],
        wordings: Wordings,
        today: dt.date,
        fields: Mapping[str, Field] | None = None,
    ) -> None:
        """Take heading and field key of each column, in the order of the cells; of no ``fields``, those that ship."""
        known = fields if fields is not None else all_fields()
        self._wordings = wordings
        self._today = today
        self._width = len(columns)
        self._columns = [
            (place, heading, known[key]) for place, (heading, key) in enumerate(columns) if key in known
        ]
        self.headings = {one.name: heading for _, heading, one in self._columns}
        self._memory: list[dict[str, _Cell]] = [{} for _ in self._columns]
        self._readers: dict[Reads, Callable[[str, Field], _Cell]] = {
            Reads.DATE: self._date,
            Reads.BIRTH: self._birth,
            Reads.CODE: self._code,
            Reads.CODES: self._codes,
            Reads.SEVERAL: self._several,
            Reads.NINO: self._nino,
            Reads.POSTCODE: self._postcode,
            Reads.TICK: self._tick,
            Reads.CONSENT: self._consent,
            Reads.MINUTES: self._quantity(read_minutes),
            Reads.WEEKLY: self._quantity(read_weekly_minutes),
            Reads.PENCE: self._quantity(read_pence),
            Reads.PHONE: lambda text, one: _Cell(values={one.name: read_phone(text)}),
            Reads.PARAGRAPH: _long_text,
            Reads.NOTE: _long_text,
            Reads.OWN: self._own,
        }

    def read(self, number: int, cells: tuple[str, ...]) -> ReadRow:
        """Return a row as read; one with refusals is not to be written."""
        row = ReadRow(number, {})
        if any(cell.strip() for cell in cells[self._width :]):
            extra = next(cell for cell in cells[self._width :] if cell.strip())
            row.refuse(
                "",
                extra,
                "This row has more cells than the sheet has headings. Put the text back into its column.",
            )
        for (place, heading, one), memory in zip(self._columns, self._memory, strict=True):
            text = cells[place] if place < len(cells) else ""
            if not text:
                continue
            cell = memory.get(text)
            if cell is None:
                cell = self._understand(text, one)
                if one.reads is not Reads.NOTE:
                    memory[text] = cell
            self._take(row, heading, one, text, cell)
        return row

    @staticmethod
    def _take(row: ReadRow, heading: str, one: Field, text: str, cell: "_Cell") -> None:
        row.cells[one.key] = text
        row.values.update(cell.values)
        if cell.unstated:
            row.unstated[one.name] = cell.unstated
        if cell.refusal:
            row.refuse(heading, text, cell.refusal)
        for remark in cell.remarks:
            row.remark(heading, text, remark)

    def _understand(self, text: str, one: Field) -> "_Cell":
        longest = LONGEST.get(one.reads, LONGEST_OTHERWISE)
        if len(text) > longest:
            reason = f"This text has {len(text):,} characters; at most {longest:,} fit here. Shorten it and bring the row in again."
            return _Cell(refusal=reason)
        nothing = _nothing(text, one)
        if nothing is not None:
            return _Cell(unstated=str(nothing))
        reader = self._readers.get(one.reads, _plain_text)
        return reader(text, one)

    def _date(self, text: str, one: Field) -> "_Cell":
        try:
            return _Cell(values={one.name: read_date(text, self._today)})
        except Refusal as refusal:
            return _Cell(refusal=refusal.message)

    def _birth(self, text: str, one: Field) -> "_Cell":
        try:
            return _Cell(values={one.name: read_birth(text, self._today)})
        except Refusal as refusal:
            return _Cell(refusal=refusal.message)

    def _consent(self, text: str, one: Field) -> "_Cell":
        said = yes_or_no(text)
        return self._date(text, one) if said is None else _Cell(values={one.name: said})

    def _tick(self, text: str, one: Field) -> "_Cell":
        said = yes_or_no(text)
        if said is None:
            return _Cell(remarks=("This is neither yes nor no, so it was left out.",))
        return _Cell(values={one.name: said})

    def _code(self, text: str, one: Field) -> "_Cell":
        values = {}
        for list_name, filled in one.lists:
            found = self._wordings.find(list_name, text)
            if found:
                values[filled] = found
        if values:
            return _Cell(values=values)
        cell = _Cell(values={f"{one.name}_as_typed": one_line(text)}, unstated=str(Unstated.NOT_KNOWN))
        if one.name not in _KEPT_AS_TYPED:
            sentence = (
                f"This wording is not in the list “{one.title}”, so it came in as not known. "
                "Choose the right one on the client’s page, or add it to the list before the next import."
            )
            cell.remarks = (sentence,)
        return cell

    def _codes(self, text: str, one: Field) -> "_Cell":
        list_name = one.lists[0][0]
        # A wording with a comma of its own is one value, so the whole is looked up before it is divided.
        parts = (text,) if self._wordings.find(list_name, text) else several(text)
        found = {self._wordings.find(list_name, part): part for part in parts if non_answer(part) is None}
        others = tuple(
            part for part in parts if non_answer(part) is None and not self._wordings.find(list_name, part)
        )
        return _Cell(values={one.name: tuple(key for key in found if key), f"{one.name}_as_typed": others})

    def _several(self, text: str, one: Field) -> "_Cell":
        list_name = one.lists[0][0]
        parts = tuple(part for part in several(text) if non_answer(part) is None)
        return _Cell(values={one.name: tuple((part, self._wordings.find(list_name, part)) for part in parts)})

    def _own(self, text: str, one: Field) -> "_Cell":
        """Return the answer to a question of our own; what does not fit it stays out and is remarked upon."""
        assert one.asked is not None  # noqa: S101 -- own_field makes them so
        try:
            value, left_out = own_answer(one.asked, text, self._today)
        except Refusal as refusal:
            return _Cell(
                unstated=str(Unstated.NOT_KNOWN), remarks=(f"{refusal.message} It came in as not known.",)
            )
        return _Cell(values={one.name: value}, remarks=left_out)

    @staticmethod
    def _nino(text: str, one: Field) -> "_Cell":
        try:
            return _Cell(values={one.name: normal_nino(text)})
        except Refusal as refusal:
            return _Cell(remarks=(f"{refusal.message} The row came in without it.",))

    @staticmethod
    def _postcode(text: str, one: Field) -> "_Cell":
        postcode, warning = normal_postcode(text)
        return _Cell(values={one.name: postcode}, remarks=(warning,) if warning else ())

    @staticmethod
    def _quantity(read: Callable[[str], int]) -> Callable[[str, Field], "_Cell"]:
        def understand(text: str, one: Field) -> _Cell:
            try:
                return _Cell(values={one.name: read(text)})
            except Refusal as refusal:
                return _Cell(remarks=(f"{refusal.message} The row came in without it.",))

        return understand


@dataclass(slots=True)
class _Cell:
    """What one cell means."""

    values: dict[str, Any] = field(default_factory=dict)
    unstated: str = ""
    refusal: str = ""
    remarks: tuple[str, ...] = ()


_NAMES = (Reads.NAME, Reads.REFERENCE)
_KEPT_AS_TYPED = ("place", "source", "exit_reason")
"""Fields beside which there is room for the wording as typed, so nothing is lost."""


def _nothing(text: str, one: Field) -> Unstated | None:
    """Return the non-answer a cell means; in a column of names only signs mean nothing, for Na is a name."""
    if one.reads in _NAMES and not is_nobody(text):
        return None
    return non_answer(text)


def _plain_text(text: str, one: Field) -> _Cell:
    return _Cell(values={one.name: one_line(text)})


def _long_text(text: str, one: Field) -> _Cell:
    return _Cell(values={one.name: text.replace("\0", "").strip()})
