from dataclasses import astuple, replace

from coachdesk.press.style import BLACK_AND_WHITE, EASY_READ, LARGE_PRINT, STANDARD, Face


def test_large_print_has_nothing_below_eighteen_points() -> None:
    assert min(LARGE_PRINT.body, LARGE_PRINT.small, *LARGE_PRINT.headings, LARGE_PRINT.figure) >= 18


def test_a_page_can_lie_on_its_side() -> None:
    lying = replace(STANDARD, landscape=True)
    assert lying.page_size == tuple(reversed(STANDARD.page_size))
    assert lying.text_width > STANDARD.text_width
    assert lying.text_height < STANDARD.text_height


def test_deep_headings_look_like_the_third() -> None:
    assert STANDARD.heading(1) > STANDARD.heading(2) > STANDARD.heading(3) == STANDARD.heading(6)


def test_easy_read_has_nothing_below_sixteen_points() -> None:
    assert min(EASY_READ.body, EASY_READ.small, *EASY_READ.headings, EASY_READ.figure) >= 16
    assert EASY_READ.face is Face.EASY_READ


def test_black_and_white_is_black_white_and_grey() -> None:
    for ink in astuple(BLACK_AND_WHITE):
        red, green, blue = ink[1:3], ink[3:5], ink[5:7]
        assert red == green == blue
