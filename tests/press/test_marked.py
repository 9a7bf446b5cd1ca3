from coachdesk.press.marked import Grid, ListItem, Marked
from coachdesk.press.prose import prose
from coachdesk.press.style import Face
from coachdesk.press.tagging import Element

SECRET = "Amara Okafor"


def test_what_a_flowable_calls_itself_in_an_error_holds_nobodys_words() -> None:
    words = prose(SECRET, face=Face.INTER, size=10)
    flowables = [
        Marked(words, Element("P")),
        ListItem(None, words, Element("LI"), indent=10, after=0),
        Grid([[SECRET]]),
    ]
    assert [flowable.identity() for flowable in flowables] == ["P", "LI", "table"]


def test_a_row_is_cut_in_two_only_on_an_empty_page() -> None:
    long = Marked(prose("word " * 500, face=Face.INTER, size=10), Element("TD"))
    grid = Grid(
        [[Marked(prose("Head", face=Face.INTER, size=10), Element("TH"))], [long]],
        colWidths=[100],
        repeatRows=1,
        page=400,
    )
    grid.wrap(100, 200)
    assert grid.split(100, 200) == []
    first, rest = grid.split(100, 400)
    assert (first.page, rest.page) == (400, 400)
    assert rest.split(100, 350) == []  # rows of the same table stand above it
