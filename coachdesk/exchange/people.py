"""People as rows are compared with them: found by reference, or by what makes two rows likely the same person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from rapidfuzz import fuzz

from coachdesk.exchange.identity import Birth, fold_name, fold_reference, nino_stem

ALIKE = 93
"""How alike (of 100) two names must be, beside a birth date, phone or postcode in common."""
UNLIKE = 60
"""Below it two names are different names, whatever slips of the pen there were."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A client as compared: names folded, phone as digits, National Insurance number by its stem."""

    id: UUID
    reference: str
    shown: str
    name: str
    birth: Birth | None = None
    stem: str = ""
    phone: str = ""
    postcode: str = ""
    coach_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Somebody a row is likely about, and why."""

    person: Person
    why: str
    is_certain: bool
    """The number and birth date, or the name and birth date and a way to reach them, are the same."""


class People:
    """Everybody the vault knows, with those who came in earlier in the same import."""

    def __init__(self, known: Iterable[Person] = (), aliases: Iterable[tuple[str, UUID]] = ()) -> None:
        self._by_id: dict[UUID, Person] = {}
        self._by_reference: dict[str, UUID] = {}
        self._by_mark: dict[tuple[str, object], list[Person]] = defaultdict(list)
        for person in known:
            self.add(person)
        for reference, client_id in aliases:
            self.also_known(reference, client_id)

    def add(self, person: Person) -> None:
        """Take a person in, so that later rows find them."""
        self._by_id[person.id] = person
        self.also_known(person.reference, person.id)
        for mark in _marks(person):
            self._by_mark[mark].append(person)

    def also_known(self, reference: str, client_id: UUID) -> None:
        """Let a further reference stand for a person; one that is taken keeps its owner."""
        folded = fold_reference(reference)
        if folded:
            self._by_reference.setdefault(folded, client_id)

    def referred(self, reference: str) -> Person | None:
        """Return the person a reference stands for."""
        found = self._by_reference.get(fold_reference(reference))
        return self._by_id.get(found) if found else None

    def is_taken(self, reference: str) -> bool:
        """Return whether a reference stands for somebody."""
        return fold_reference(reference) in self._by_reference

    def get(self, client_id: UUID) -> Person | None:
        """Return a person by id."""
        return self._by_id.get(client_id)

    def alike(self, row: Person) -> Likeness | None:
        """Return who a row is likely about: certain likeness first, then the longest known."""
        seen: dict[UUID, Person] = {}
        for mark in _marks(row):
            for person in self._by_mark.get(mark, ()):
                seen.setdefault(person.id, person)
        found = [likeness for person in seen.values() if (likeness := compare(row, person))]
        return max(found, key=lambda likeness: likeness.is_certain, default=None)


def _marks(person: Person) -> Iterable[tuple[str, object]]:
    """Return by what a person can be met again."""
    if person.stem:
        yield "stem", person.stem
    if person.birth:
        yield "birth", person.birth
    if person.phone:
        yield "phone", person.phone
    if person.postcode:
        yield "postcode", person.postcode


def compare(row: Person, known: Person) -> Likeness | None:
    """Return why a row is likely about somebody, or None when it is not.

    Likely: the same National Insurance number; or names alike beside a birth date, phone or postcode in common.
    """
    same_birth = row.birth is not None and row.birth == known.birth
    score = fuzz.token_sort_ratio(row.name, known.name)
    if row.stem and row.stem == known.stem:
        shared = ["National Insurance number", *(["birth date"] if same_birth else [])]
        return _likeness(known, shared, certain=same_birth)
    in_common = [
        *(["birth date"] if same_birth else []),
        *(["phone number"] if row.phone and row.phone == known.phone else []),
        *(["postcode"] if row.postcode and row.postcode == known.postcode else []),
    ]
    if score < ALIKE or not in_common or _contradicts(row, known):
        return None
    sure = same_birth and row.name == known.name and len(in_common) > 1
    return _likeness(
        known, ["name" if row.name == known.name else "nearly the same name", *in_common], certain=sure
    )


def _contradicts(row: Person, known: Person) -> bool:
    """Return whether exact birth dates or numbers say that two people of one name are two people."""
    if row.stem and known.stem and row.stem != known.stem:
        return True
    both_exact = row.birth and known.birth and "exact" == row.birth.precision == known.birth.precision
    return bool(both_exact and row.birth != known.birth)


def _likeness(known: Person, shared: list[str], *, certain: bool) -> Likeness:
    listed = ", ".join(shared[:-1]) + (" and " if len(shared) > 1 else "") + shared[-1]
    lead = "" if shared[0].startswith("nearly") else "the same "
    why = f"Likely {known.shown} ({known.reference}), who has {lead}{listed}."
    return Likeness(person=known, why=why, is_certain=certain)


def is_somebody_else(row: Person, known: Person) -> bool:
    """Return whether a row under a known reference is plainly about another person: name and birth both differ."""
    if row.birth is None or known.birth is None or row.birth.may_be(known.birth):
        return False
    return fuzz.token_sort_ratio(row.name, known.name) < UNLIKE


def person_of(
    *, client_id: UUID, reference: str, first_name: str, last_name: str, known_as: str, birth: Birth | None, nino: str,
    phone: str, postcode: str, coach_id: UUID | None,
) -> Person:  # fmt: skip
    """Return a person in the form in which people are compared."""
    shown = " ".join(part for part in (known_as or first_name, last_name) if part)
    return Person(
        id=client_id,
        reference=reference,
        shown=shown,
        name=fold_name(first_name or known_as, last_name),
        birth=birth,
        stem=nino_stem(nino),
        phone=phone,
        postcode=postcode,
        coach_id=coach_id,
    )
