"""Two records of one person side by side: what each says, and which of the two is taken unless somebody decides.

What a person would judge together is one line: a birth date with its precision, an address with its postcode, for line
one of one and the postcode of the other would make an address that never was.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from coachdesk.casework.births import birth_text
from coachdesk.casework.clients import birth_of
from coachdesk.casework.details import EQUALITY
from coachdesk.casework.record_words import RecordWords, field_words
from coachdesk.errors import Refusal
from coachdesk.models import Client, Equality, Record, VocationalProfile
from coachdesk.models.base import LINE, PARAGRAPH
from coachdesk.terms import Kind, Unstated
from coachdesk.vault.folding import fold


class Side(StrEnum):
    """Whose answer is taken: that of the record that stays, of the other, or both texts, one under the other."""

    KEEP = "keep"
    OTHER = "other"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class _Asked:
    """One line of the comparison: its name, its fields, and whether both texts can be taken."""

    key: str
    kind: Kind
    fields: tuple[str, ...]
    label: str = ""
    both: bool = False


_BIRTH = ("born_from", "born_to", "birth_precision", "birth_told_on")
_ADDRESS = ("address", "town", "postcode", "no_fixed_abode", "local_authority", "icb", "ward")
_SAFE = ("may_call", "may_leave_voicemail", "may_text", "may_email", "may_post")
_TEXTS = ("safe_contact_note", "communication_needs", "emergency_contact", "risk_note")
_SINGLE = (
    "first_name", "last_name", "known_as", "pronouns", "nino", "temporary_reference", "phone", "email", *_SAFE, *_TEXTS,
    "language", "interpreter", "died_on", "coach_id", "hub_id",
)  # fmt: skip
_PROFILE = (
    "hopes", "strengths", "preferred_place", "preferred_hours", "preferred_sector", "preferred_environment", "past_work",
    "helped_before", "health_impact", "good_day", "hard_day", "people_who_know_me", "benefits_questions", "deal_breakers",
)  # fmt: skip
_PROFILE_DATES = ("started_on", "completed_on")
_LINES = (
    *(_Asked(name, Kind.CLIENT, (name,), both=name in _TEXTS) for name in _SINGLE[:4]),
    _Asked("birth", Kind.CLIENT, _BIRTH, "Birth date"),
    *(_Asked(name, Kind.CLIENT, (name,)) for name in _SINGLE[4:6]),
    _Asked("address", Kind.CLIENT, _ADDRESS, "Address"),
    *(_Asked(name, Kind.CLIENT, (name,), both=name in _TEXTS) for name in _SINGLE[6:]),
    _Asked(
        "profile.dates", Kind.VOCATIONAL_PROFILE, _PROFILE_DATES, "Vocational profile begun, and complete"
    ),
    *(_Asked(f"profile.{name}", Kind.VOCATIONAL_PROFILE, (name,), both=True) for name in _PROFILE),
    *(_Asked(f"equality.{name}", Kind.EQUALITY, (name,)) for name in EQUALITY),
)
_BY_KEY = {line.key: line for line in _LINES}
_OPEN = ("", None, False, str(Unstated.NOT_ASKED), str(Unstated.NOT_KNOWN))
"""What says nothing, so that the other's answer is taken; "prefers not to say" is an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedLine:
    """One line side by side in words; ``sides`` are those that can be taken."""

    key: str
    label: str
    keep_words: str
    other_words: str
    taken: Side
    sides: tuple[Side, ...]

    @property
    def differs(self) -> bool:
        """Return whether the two records say different things here."""
        return self.keep_words != self.other_words


@dataclass(frozen=True, slots=True)
class TwoRecords:
    """Both records of a person, with their equality answers and vocational profiles where there are any."""

    keep: Client
    other: Client
    keep_equality: Equality | None
    other_equality: Equality | None
    keep_profile: VocationalProfile | None
    other_profile: VocationalProfile | None

    def sides(self, line: _Asked) -> tuple[Record | None, Record | None]:
        """Return the records a line is about."""
        if line.kind is Kind.CLIENT:
            return self.keep, self.other
        if line.kind is Kind.VOCATIONAL_PROFILE:
            return self.keep_profile, self.other_profile
        return self.keep_equality, self.other_equality


def compared(two: TwoRecords, words: RecordWords) -> tuple[ComparedLine, ...]:
    """Return every line of which at least one record says something, in the order of a form."""
    found = []
    for line in _LINES:
        mine, theirs = (_said(words, line, record) for record in two.sides(line))
        if mine or theirs:
            found.append(
                ComparedLine(
                    key=line.key,
                    label=line.label or _label(line),
                    keep_words=mine,
                    other_words=theirs,
                    taken=_usual(two, line),
                    sides=_offered(two, line),
                )
            )
    return tuple(found)


def _label(line: _Asked) -> str:
    told = field_words(line.kind.value)
    return told.fields[line.fields[0]] if told else line.key


def _offered(two: TwoRecords, line: _Asked) -> tuple[Side, ...]:
    keep, other = two.sides(line)
    if keep is None:
        return (Side.OTHER,)  # answers, or a profile, that only one of the two gave stay together
    if other is None:
        return (Side.KEEP,)
    texts = (*_values(line, keep).values(), *_values(line, other).values())
    both = line.both and all(texts) and _fit(*texts)
    return (Side.KEEP, Side.OTHER, Side.BOTH) if both else (Side.KEEP, Side.OTHER)


def _fit(mine: str, theirs: str) -> bool:
    """Return whether both texts, one under the other, fit into one field."""
    return len(_under(mine, theirs)) <= PARAGRAPH


def _under(mine: str, theirs: str) -> str:
    return f"{mine}\n{theirs}"


def _said(words: RecordWords, line: _Asked, record: Record | None) -> str:
    if record is None:
        return ""
    if line.key == "birth" and isinstance(record, Client):
        return birth_text(birth_of(record))
    said = (words.said(line.kind.value, name, getattr(record, name)) for name in line.fields)
    return ", ".join(one for one in said if one)


def _usual(two: TwoRecords, line: _Asked) -> Side:
    """Return the side that is taken when nobody decides otherwise.

    What is said goes before what is not; a "no" to a way of reaching somebody goes before a "yes", for it may be a
    matter of safety; texts of care and risk are both kept; a birth date told more exactly goes before a vaguer one.
    """
    keep, other = two.sides(line)
    mine, theirs = _values(line, keep), _values(line, other)
    if other is None or mine == theirs or _is_open(theirs):
        return Side.KEEP
    if keep is None or _is_open(mine):
        return Side.OTHER
    if line.both:
        return _both_or_longer(*mine.values(), *theirs.values())
    careful = line.key in _SAFE and theirs[line.key] == "no"
    exacter = line.key == "birth" and _days(theirs) < _days(mine)
    return Side.OTHER if careful or exacter else Side.KEEP


def _values(line: _Asked, record: Record | None) -> dict[str, Any]:
    return {name: getattr(record, name, None) for name in line.fields}


def _is_open(values: Mapping[str, Any]) -> bool:
    if "born_from" in values:
        return values["born_from"] is None
    return all(value in _OPEN for value in values.values())


def _both_or_longer(mine: str, theirs: str) -> Side:
    if fold(theirs) in fold(mine):
        return Side.KEEP
    if fold(mine) in fold(theirs):
        return Side.OTHER
    return Side.BOTH if _fit(mine, theirs) else Side.KEEP


def _days(values: Mapping[str, Any]) -> int:
    return int((values["born_to"] - values["born_from"]).days)


def take(two: TwoRecords, choices: Mapping[str, str]) -> None:
    """Write what was chosen, and what is usual for the rest, into the record that stays.

    Raises Refusal for a line or a side there is not.
    """
    sides = _sides(choices)
    names = _all_names(two)
    unstated = dict(two.keep.unstated)
    for line in _LINES:
        keep, other = two.sides(line)
        side = sides.get(line.key) or _usual(two, line)
        if side is Side.KEEP or other is None or keep is None:
            continue
        for name in line.fields:
            setattr(keep, name, _taken(side, getattr(keep, name), getattr(other, name)))
        if line.kind is Kind.CLIENT:
            _carry(unstated, two.other.unstated, (line.key, *line.fields))
    for name, why in two.other.unstated.items():
        if not getattr(two.keep, name, None):
            unstated.setdefault(name, why)
    if unstated != two.keep.unstated:
        two.keep.unstated = unstated
    two.keep.previous_names = _previous(two.keep, names)


def _sides(choices: Mapping[str, str]) -> dict[str, Side]:
    found = {}
    for key, side in choices.items():
        line = _BY_KEY.get(key)
        if line is None or side not in tuple(Side) or (side == Side.BOTH and not line.both):
            raise Refusal(
                "This cannot be chosen here. Look at both records again.", fields={key: "Choose again."}
            )
        found[key] = Side(side)
    return found


def _taken(side: Side, mine: Any, theirs: Any) -> Any:
    return _under(mine, theirs) if side is Side.BOTH else theirs


def _carry(unstated: dict[str, Any], theirs: Mapping[str, Any], names: tuple[str, ...]) -> None:
    """Take over why an answer is empty together with the answer."""
    for name in names:
        unstated.pop(name, None)
        if name in theirs:
            unstated[name] = theirs[name]


def _all_names(two: TwoRecords) -> list[str]:
    """Return every name either record knows, to be found by it later."""
    found = []
    for client in (two.keep, two.other):
        found.append(" ".join(part for part in (client.first_name, client.last_name) if part))
        found.append(client.called() if client.known_as else "")
    for client in (two.keep, two.other):
        found += [name.strip() for name in client.previous_names.replace(";", ",").split(",")]
    return [name for name in found if name]


def _previous(keep: Client, names: list[str]) -> str:
    """Return the names that are not the present one, as many as the field holds."""
    present = {fold(f"{keep.first_name} {keep.last_name}"), fold(keep.called())}
    told = keep.previous_names
    for name in names:
        known = {fold(one) for one in told.replace(";", ",").split(",")}
        longer = f"{told}, {name}" if told else name
        if fold(name) not in present | known and len(longer) <= LINE:
            told = longer
    return told
