from dataclasses import replace

from coachdesk.press.style import LARGE_PRINT, STANDARD


def test_large_print_has_nothing_below_eighteen_points() -> None:
    assert min(LARGE_PRINT.body, LARGE_PRINT.small, *LARGE_PRINT.headings, LARGE_PRINT.figure) >= 18


def test_a_page_can_lie_on_its_side() -> None:
    lying = replace(STANDARD, landscape=True)
    assert lying.page_size == tuple(reversed(STANDARD.page_size))
    assert lying.text_width > STANDARD.text_width
    assert lying.text_height < STANDARD.text_height


def test_deep_headings_look_like_the_third() -> None:
    assert STANDARD.heading(1) > STANDARD.heading(2) > STANDARD.heading(3) == STANDARD.heading(6)
