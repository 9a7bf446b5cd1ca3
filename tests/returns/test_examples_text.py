from coachdesk.returns.examples import read_examples, shipped_examples
from coachdesk.returns.examples_text import examples_text


def test_examples_that_ship_come_back_the_same_from_their_text() -> None:
    shipped = shipped_examples()
    assert read_examples(examples_text(shipped)) == shipped
    assert examples_text(()) == ""


def test_every_sort_of_value_comes_back_the_same() -> None:
    told = (
        {
            "title": 'She said "yes"\n\tand C:\\ stays',
            "from": "2026-07-01",
            "to": "2026-09-30",
            "number": 2,
            "programme": {},
            "groups": {"Not in work, or too long a gap": ["Ana"]},
            "people": [{"name": "Ana", "job": [{"is_self_employed": True, "hours": 7.5}]}],
        },
    )
    assert read_examples(examples_text(told)) == told
