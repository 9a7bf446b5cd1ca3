"""Who a row is about: found by reference, or by what makes two people likely the same."""

import datetime as dt
from uuid import UUID

from coachdesk.exchange.identity import Birth
from coachdesk.exchange.people import People, Person, compare, is_somebody_else, person_of
from coachdesk.models import new_id

DAY = Birth(born_from=dt.date(1980, 2, 1), born_to=dt.date(1980, 2, 1), precision="exact")
OTHER_DAY = Birth(born_from=dt.date(1985, 5, 5), born_to=dt.date(1985, 5, 5), precision="exact")


def somebody(
    name: str = "Emma Hall",
    *,
    reference: str = "C1",
    birth: Birth | None = None,
    nino: str = "",
    phone: str = "",
) -> Person:
    first, last = name.split(" ")
    return person_of(
        client_id=new_id(),
        reference=reference,
        first_name=first,
        last_name=last,
        known_as="",
        birth=birth,
        nino=nino,
        phone=phone,
        postcode="",
        coach_id=None,
    )


def test_references_are_found_however_they_are_typed_and_keep_their_owner() -> None:
    emma = somebody()
    people = People([emma], [("OLD 7", emma.id), ("c1", new_id()), ("", emma.id)])
    assert people.referred(" c 1") is people.referred("old7") is people.get(emma.id) is emma
    assert people.referred("") is None
    assert not people.is_taken("C2")
    assert people.get(UUID(int=0)) is None


def test_certain_likeness_goes_before_mere_likeness() -> None:
    near = somebody("Emma Halls", reference="C1", phone="07700900111")
    sure = somebody("Emma Hall", reference="C2", birth=DAY, nino="QQ112233A")
    row = somebody("Emma Hall", reference="C3", birth=DAY, nino="QQ112233B", phone="07700900111")
    found = People([near, sure]).alike(row)
    assert found is not None
    assert found.person is sure
    assert found.is_certain
    assert found.why == "Likely Emma Hall (C2), who has the same National Insurance number and birth date."


def test_names_alone_or_marks_alone_are_not_enough() -> None:
    assert compare(somebody(), somebody()) is None
    assert compare(somebody(phone="1"), somebody("Zofia Nowak", phone="1")) is None
    assert compare(somebody(phone="1", birth=DAY), somebody(phone="1", birth=OTHER_DAY)) is None
    assert People([somebody(birth=DAY)]).alike(somebody("Zofia Nowak", birth=OTHER_DAY)) is None


def test_a_reference_is_somebody_elses_only_when_name_and_birth_both_differ() -> None:
    assert is_somebody_else(somebody("Zofia Nowak", birth=OTHER_DAY), somebody(birth=DAY))
    assert not is_somebody_else(somebody("Emma Hal", birth=OTHER_DAY), somebody(birth=DAY))
    assert not is_somebody_else(somebody("Zofia Nowak"), somebody(birth=DAY))
    assert not is_somebody_else(somebody("Zofia Nowak", birth=DAY), somebody(birth=DAY))
