"""The columns a list of clients can have: each says how a line reads there and what it sorts by."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from coachdesk.casework import own_narrowing
from coachdesk.casework.births import Birth, birth_words
from coachdesk.casework.caseload_facts import Facts, Known, missing
from coachdesk.casework.due_words import due_words
from coachdesk.casework.plain_rows import KeptKey, key_of
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.vault.folding import fold

OWN = "own:"
"""A column of the charity's own question is called so, with the question's key."""
USUAL = ("name", "reference", "stage", "coach", "due", "last_contact")


class OwnAnswers(NamedTuple):
    """What clients said to one question of the charity's own."""

    title: str
    sort: str
    choices: Mapping[str, str]
    answers: Mapping[KeptKey, tuple[Mapping[str, Any], str]]


class ListRow(NamedTuple):
    """A client as a line of a list; put into words when it is looked at."""

    facts: Facts
    known: Known
    own: Mapping[str, OwnAnswers] = {}

    @property
    def id(self) -> UUID:
        """The client's id."""
        return key_of(self.facts.id)

    @property
    def name(self) -> str:
        """The name the client goes by: known-as (or first) and last name."""
        _, _, _, first, last, known_as, *_ = self.facts
        given = known_as or first
        return f"{given} {last}" if given and last else given or last

    @property
    def covered_for(self) -> str:
        """The colleague for whom the client is looked after today; nobody where the client is one's own."""
        return self.known.covered_for(self.facts)

    @property
    def marked_name(self) -> str:
        """The name, and for whom one looks after the client today."""
        colleague = self.covered_for
        return f"{self.name} (for {colleague})" if colleague else self.name

    @property
    def stage(self) -> str:
        """Where the client stands, in words."""
        return self.facts.stands().stage(self.known.today, self.known.stages)

    @property
    def due_on(self) -> dt.date | None:
        """The earliest day on which something is due."""
        return self.facts.due_on

    @property
    def due_words(self) -> str:
        """When something is due, in words; nothing where nothing is."""
        return due_words(self.facts.due_on, self.known.today)

    def words(self, column: str) -> str:
        """Return what the line says in a column."""
        return column_of(column, self.own).words(self)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: its key, its title, a line's words in it, and what it sorts by (its words if not said)."""

    key: str
    title: str
    words: Callable[[ListRow], str]
    order: Callable[[ListRow], Any] | None = None
    is_choice: bool = False
    """Whether few answers come again and again, so that a list may be narrowed to one."""
    asked: "OwnAnswers | None" = None
    """The question of the charity's own behind the column."""

    @property
    def narrows_by(self) -> str:
        """The kind of the question where a list is narrowed by a condition instead of one answer; else nothing."""
        return self.asked.sort if self.asked is not None and self.asked.sort in own_narrowing.SORTS else ""

    def fits(self, row: ListRow, wanted: str) -> bool:
        """Return whether a line is as a list was narrowed to here."""
        if not self.narrows_by or self.asked is None:
            return self.words(row) == wanted
        value, _ = self.asked.answers.get(row.facts.id, ({}, ""))
        return own_narrowing.holds(self.asked.sort, value, wanted)

    def narrowed_words(self, wanted: str) -> str:
        """Return in words what a list was narrowed to here."""
        if not self.narrows_by or self.asked is None:
            return wanted or "nothing there"
        return own_narrowing.condition_words(self.asked.sort, wanted, self.asked.choices)

    def sorts_by(self, row: ListRow) -> Any:
        """Return what a line is sorted by here; nothing, or no words, comes last."""
        if self.order is not None:
            return self.order(row)
        return sorted_as(self.words(row)) or None


def sorted_as(words: str) -> str:
    """Return words as they are sorted: without capitals and accents; folding is slow, and most need none."""
    return words.lower() if words.isascii() else fold(words)


def day_words(day: dt.date | None) -> str:
    """Return a day as a list shows it."""
    return "" if day is None else f"{day.day} {day:%b %Y}"


def _born(row: ListRow) -> Birth:
    facts = row.facts
    return Birth(facts.born_from, facts.born_to, facts.birth_precision, facts.birth_told_on)


def _birth(row: ListRow) -> str:
    if row.facts.born_from is None:
        return ""
    return birth_words(_born(row), row.known.today).removeprefix("born ")


def _named(row: ListRow) -> Any:
    return sorted_as(row.name)


def _quiet_words(row: ListRow) -> str:
    last_on = row.facts.last_on
    if last_on is None:
        return ""
    days = (row.known.today - last_on).days
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    return f"{day_words(last_on)}, {ago}"


def _missing_words(row: ListRow) -> str:
    return ", ".join(missing(row.facts)) if row.facts.is_open else ""


def _gaps(row: ListRow) -> int | None:
    return len(tuple(missing(row.facts))) or None if row.facts.is_open else None


_COLUMNS = (
    ListColumn("name", "Name", lambda row: row.marked_name, _named),
    ListColumn("reference", "Reference", lambda row: row.facts.reference),
    ListColumn("born", "Born", _birth, lambda row: row.facts.born_from),
    ListColumn("stage", "Stage", lambda row: row.stage, is_choice=True),
    ListColumn("due", "Due", lambda row: row.due_words, lambda row: row.facts.due_on),
    ListColumn("last_contact", "Last contact", _quiet_words, lambda row: row.facts.last_on),
    ListColumn(
        "next_contact",
        "Next contact",
        lambda row: day_words(row.facts.next_on),
        lambda row: row.facts.next_on,
    ),
    ListColumn(
        "review",
        "Plan review",
        lambda row: day_words(row.known.review_on(row.facts)),
        lambda row: row.known.review_on(row.facts),
    ),
    ListColumn("coach", "Coach", lambda row: row.known.coaches.get(row.facts.coach, ""), is_choice=True),
    ListColumn(
        "hub",
        "Hub",
        lambda row: row.known.hubs.get(row.facts.hub or row.facts.enrolment_hub, ""),
        is_choice=True,
    ),
    ListColumn(
        "programme",
        "Programme",
        lambda row: row.known.programmes.get(row.facts.programme, ""),
        is_choice=True,
    ),
    ListColumn("route", "Route", lambda row: _title(row.known.routes, row.facts.route), is_choice=True),
    ListColumn(
        "source", "Referred by", lambda row: _title(row.known.sources, row.facts.source), is_choice=True
    ),
    ListColumn(
        "started", "Started", lambda row: day_words(row.facts.started_on), lambda row: row.facts.started_on
    ),
    ListColumn(
        "in_work", "In work since", lambda row: day_words(row.facts.job_on), lambda row: row.facts.job_on
    ),
    ListColumn("town", "Town", lambda row: row.facts.town, is_choice=True),
    ListColumn("postcode", "Postcode", lambda row: row.facts.postcode),
    ListColumn("phone", "Phone", lambda row: row.facts.phone),
    ListColumn("email", "Email", lambda row: row.facts.email),
    ListColumn("needs", "Communication needs", lambda row: " ".join(row.facts.needs.split())),
    ListColumn("missing", "Missing", _missing_words, _gaps),
)
_BY_KEY = {column.key: column for column in _COLUMNS}


def _title(titles: Mapping[str, str], key: str | None) -> str:
    return "" if key is None else titles.get(key, key)


def columns_that_ship() -> tuple[ListColumn, ...]:
    """Return every column there is without questions of the charity's own."""
    return _COLUMNS


def column_of(key: str, own: Mapping[str, OwnAnswers]) -> ListColumn:
    """Return a column by its key; one whose question is gone says so and is empty."""
    found = _BY_KEY.get(key)
    if found is not None:
        return found
    answers = own.get(key)
    if answers is None:
        return ListColumn(key, "A question that is gone", _nothing)
    return _own_column(key, answers)


def _nothing(_row: ListRow) -> str:
    return ""


def _own_column(key: str, answers: OwnAnswers) -> ListColumn:
    def words(row: ListRow) -> str:
        return _said(answers, row.facts.id)

    def order(row: ListRow) -> Any:
        value, _ = answers.answers.get(row.facts.id, ({}, ""))
        return value.get(answers.sort)

    sorts = order if answers.sort in {"date", "number"} else None
    return ListColumn(
        key, answers.title, words, sorts, is_choice=answers.sort in {"choice", "yes_no"}, asked=answers
    )


def _said(answers: OwnAnswers, client: KeptKey) -> str:
    value, unstated = answers.answers.get(client, ({}, ""))
    if not value:
        return UNSTATED_WORDS.get(unstated, "")
    said = value.get(answers.sort)
    if answers.sort == "choices" and isinstance(said, list):
        return ", ".join(answers.choices.get(str(one), str(one)) for one in said)
    if answers.sort == "date":
        return _own_day(str(said))
    if answers.sort == "yes_no":
        return _yes_or_no(said)
    return answers.choices.get(str(said), str(said))


def _own_day(said: str) -> str:
    try:
        return day_words(dt.date.fromisoformat(said))
    except ValueError:
        return said


def _yes_or_no(said: object) -> str:
    return {"True": "Yes", "yes": "Yes", "False": "No", "no": "No"}.get(str(said), str(said))
