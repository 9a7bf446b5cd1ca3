"""Pictograms: every icon that ships can be drawn, inside its square, by curves that go where the path says."""

import math

import pytest

from coachdesk.press import pictograms
from coachdesk.press.pictograms import SIDE, strokes
from coachdesk.resources import resource

ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


def drawn(path: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[complex, ...]]]:
    """Return the strokes of a path, to three places."""
    monkeypatch.setitem(pictograms._OWN, path, (path,))
    strokes.cache_clear()
    found = strokes(path)
    strokes.cache_clear()
    return [
        (command, tuple(complex(round(one.real, 3), round(one.imag, 3)) for one in points))
        for command, points in found
    ]


@pytest.mark.parametrize("name", [*ICONS, "box", "box-ticked"])
def test_every_icon_is_drawn_inside_its_square(name: str) -> None:
    found = strokes(name)
    assert found[0][0] == "M"
    assert len(found) > 1
    for _, points in found:
        assert all(0 <= side <= SIDE for point in points for side in (point.real, point.imag))


def test_lines_go_on_from_where_the_pen_is(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn("M2 3 4 5l1-1h2v2H1V.5L9,9zm1 1", monkeypatch) == [
        ("M", (2 + 3j,)),
        ("L", (4 + 5j,)),
        ("L", (5 + 4j,)),
        ("L", (7 + 4j,)),
        ("L", (7 + 6j,)),
        ("L", (1 + 6j,)),
        ("L", (1 + 0.5j,)),
        ("L", (9 + 9j,)),
        ("Z", ()),
        ("M", (3 + 4j,)),
    ]


def test_curves_keep_their_handles(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn("M1 1C2 2 3 3 4 4c1 0 2 0 3 1q3 0 3 3", monkeypatch)[1:] == [
        ("C", (2 + 2j, 3 + 3j, 4 + 4j)),
        ("C", (5 + 4j, 6 + 4j, 7 + 5j)),
        ("C", (9 + 5j, 10 + 6j, 10 + 8j)),
    ]


@pytest.mark.parametrize(
    ("flags", "middle", "count"),
    [("0 1", 10 + 10j, 1), ("1 1", 14 + 6j, 3), ("0 0", 14 + 6j, 1), ("1 0", 10 + 10j, 3)],
)
def test_an_arc_stays_at_its_distance(
    flags: str, middle: complex, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = drawn(f"M10 6A4 4 0 {flags} 14 10", monkeypatch)[1:]
    assert [command for command, _ in found] == ["C"] * count
    assert found[-1][1][-1] == 14 + 10j
    start = 10 + 6j
    for _, (first, second, end) in found:
        halfway = (start + 3 * first + 3 * second + end) / 8
        assert abs(halfway - middle) == pytest.approx(4, abs=0.01)
        start = end


def test_an_oval_lies_aslant_and_grows_until_it_reaches(monkeypatch: pytest.MonkeyPatch) -> None:
    upright = drawn("M12 6a3 6 90 0 1 0 6", monkeypatch)
    flat = drawn("M12 6a6 3 0 0 1 0 6", monkeypatch)
    assert upright == flat
    assert max(point.real for _, points in flat for point in points) == pytest.approx(18, abs=0.01)
    small = drawn("M0 0a1 1 0 0 1 10 0", monkeypatch)
    assert min(point.imag for _, points in small for point in points) == pytest.approx(-5, abs=0.01)


def test_an_arc_of_nothing_is_a_line_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawn("M1 1a0 4 0 0 1 2 2a2 2 0 0 1 0 0", monkeypatch) == [("M", (1 + 1j,)), ("L", (3 + 3j,))]


def test_a_circle_is_as_round_as_it_says() -> None:
    found = strokes("target")
    points = [point[-1] for command, point in found if command in {"M", "C"}]
    assert {round(math.dist((12, 12), (one.real, one.imag))) for one in points} == {10, 6, 2}


@pytest.mark.parametrize(("path", "sentence"), [("M1 1T2 2", "no pen here"), ("M1", "breaks off")])
def test_what_cannot_be_drawn_is_our_own_mistake(
    path: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValueError, match=sentence):
        drawn(path, monkeypatch)


def test_an_icon_that_does_not_ship_is_our_own_mistake() -> None:
    with pytest.raises(FileNotFoundError):
        strokes("unicorn")
