from dataclasses import replace
from typing import Any

import pytest
from reportlab.graphics.shapes import Drawing, Rect, String

from coachdesk.press.blocks import Bars, Chart
from coachdesk.press.charts import drawing
from coachdesk.press.style import LARGE_PRINT, STANDARD, PageStyle

CHART = Chart("Clients", ["Hull", "Leeds", "York", "Goole"], [20, 40, None, 0], "Leeds has most", "clients")


def parts(drawn: Drawing, kind: type) -> list[Any]:
    return [part for part in drawn.contents if isinstance(part, kind)]


@pytest.mark.parametrize("bars", Bars)
def test_bars_follow_the_figures_in_the_order_given(bars: Bars) -> None:
    drawn = drawing(replace(CHART, bars=bars), STANDARD)
    lengths = [rect.width if bars is Bars.ACROSS else rect.height for rect in parts(drawn, Rect)]
    assert len(lengths) == 2  # the withheld and the nought have none
    assert lengths[1] == pytest.approx(lengths[0] * 2)


@pytest.mark.parametrize("bars", Bars)
def test_every_category_has_its_figure_in_words(bars: Bars) -> None:
    words = [string.text for string in parts(drawing(replace(CHART, bars=bars), STANDARD), String)]
    after = words[words.index("Hull") - (bars is Bars.UP) :]
    assert [word for word in after if word in {"20", "40", "[c]", "0"}][:4] == ["20", "40", "[c]", "0"]
    assert "clients" in words


@pytest.mark.parametrize("bars", Bars)
@pytest.mark.parametrize("style", [STANDARD, LARGE_PRINT], ids=["standard", "large print"])
def test_nothing_is_drawn_outside_the_picture(bars: Bars, style: PageStyle) -> None:
    long = replace(
        CHART, categories=["Hull", "Leeds", "York", "A name that goes on and on " * 6], bars=bars, unit=""
    )
    drawn = drawing(long, style)
    left, bottom, right, top = drawn.getBounds()
    assert left >= -0.5
    assert bottom >= -0.5
    assert right <= style.text_width + 0.5
    assert top <= drawn.height + 0.5
    assert any(string.text.endswith("…") for string in parts(drawn, String))
