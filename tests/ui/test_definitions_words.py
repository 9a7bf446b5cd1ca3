import datetime as dt
from dataclasses import replace
from uuid import UUID

from coachdesk.returns.catalogue import IndicatorDefinition, read_catalogue
from coachdesk.returns.definitions import IndicatorRow, TouchedReturn
from coachdesk.ui.returns.definitions_compared import touched_words
from coachdesk.ui.returns.definitions_words import facts_of, force_words, values_of, wording_column

SHIPPED = next(each for each in read_catalogue() if each.id == "sustained-13")


def own(**values: object) -> IndicatorDefinition:
    first = dt.date(2026, 10, 1)
    return replace(SHIPPED, wording_id=UUID(int=1), valid_from=first, chosen={"weeks": 16}, **values)  # type: ignore[arg-type]  # only fields of a definition are given


def a_row(now: IndicatorDefinition, coming: IndicatorDefinition | None = None) -> IndicatorRow:
    return IndicatorRow(id=now.id, now=now, coming=coming, wordings=(now,))


def test_a_wording_says_whose_it_is_and_when_it_holds() -> None:
    assert force_words(SHIPPED) == "The wording that ships, from Wed 1 Apr 2026"
    assert force_words(own()) == "Your own wording, from Thu 1 Oct 2026"
    ended = own(valid_to=dt.date(2026, 12, 31))
    assert force_words(ended) == "Your own wording, from Thu 1 Oct 2026 to Thu 31 Dec 2026"


def test_the_list_says_which_wording_is_in_force_and_which_is_to_come() -> None:
    assert wording_column(a_row(SHIPPED)) == "As it ships"
    assert wording_column(a_row(own())) == "Yours, from Thu 1 Oct 2026"
    assert wording_column(a_row(SHIPPED, own())) == "Yours from Thu 1 Oct 2026"


def test_the_numbers_of_the_rule_stand_beside_the_definition() -> None:
    assert ("Weeks since the first job began", "13") in facts_of(SHIPPED)
    assert ("Weeks since the first job began", "16") in facts_of(own(intervention="IV-7"))
    assert facts_of(own(intervention="IV-7"))[0] == ("Intervention code", "IV-7")


def test_a_new_wording_begins_without_days_and_an_own_one_keeps_its_own() -> None:
    assert values_of(SHIPPED, "")["valid_from"] is None
    assert values_of(own(), "")["valid_from"] == dt.date(2026, 10, 1)
    assert values_of(own(), "")["weeks"] == 16


def test_issued_returns_that_would_have_changed_are_counted_and_named() -> None:
    one = TouchedReturn(release_id=UUID(int=1), words="Grant, 1 July 2026 to 30 September 2026")
    assert touched_words(()) == []
    assert touched_words((one,)) == [
        "1 issued return would have been counted by this wording; it stays as it was issued:",
        one.words,
    ]
    assert touched_words((one, one))[0].startswith("2 issued returns would have been counted")
