"""An import leaves the garbage collector as it found it."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from coachdesk.exchange.importing import ImportResult


@pytest.mark.parametrize("switch", [gc.enable, gc.disable])
def test_the_collector_is_put_back(
    switch: Callable[[], None], bring_in: Callable[..., ImportResult], write: Callable[[str, str], Path]
) -> None:
    before = gc.isenabled()
    switch()
    wanted = gc.isenabled()
    try:
        bring_in(write("c.csv", "Ref,Surname\nC1,Hall\n"))
        assert gc.isenabled() is wanted
    finally:
        (gc.enable if before else gc.disable)()
