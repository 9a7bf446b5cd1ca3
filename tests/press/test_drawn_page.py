"""A page of somebody else's PDF: drawn in a process of its own, believed only within bounds, and never for long."""

import io
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from coachdesk.errors import Cancelled, Refusal
from coachdesk.press import drawn_page as door
from coachdesk.press import page_drawing
from coachdesk.press.drawn_page import DrawnPage, drawn_page
from coachdesk.press.page_drawing import DAMAGED, LOCKED, TALLEST, WIDEST, draw_page

A4 = (595.0, 842.0)
ASLEEP = 60  # seconds; ended in a moment where it works


def a_pdf(
    pages: int = 1, size: tuple[float, float] = A4, lock: StandardEncryption | None = None, field: str = ""
) -> bytes:
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=size, encrypt=lock)
    for number in range(1, pages + 1):
        canvas.rect(0, 0, size[0], size[1] * number / (2 * pages), stroke=0, fill=1)
        if field:
            canvas.acroForm.textfield(name="hope", value=field, x=72, y=700, width=300, height=30)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def facts_of(said: bytes) -> tuple[int, ...]:
    return tuple(int(one) for one in said.partition(b"\n")[0].split())


def test_a_page_is_drawn_elsewhere_and_its_colours_come_back() -> None:
    before = sorted(Path(tempfile.gettempdir()).glob("*pdf*"))
    page = drawn_page(a_pdf(pages=5), 2)
    assert (page.number, page.pages, page.width, page.small) == (2, 5, WIDEST - 1, False)
    white, black = page.colours[:3], page.colours[-3:]
    assert (white, black) == (b"\xff\xff\xff", b"\x00\x00\x00")
    dark = page.colours.count(b"\x00") / len(page.colours)
    assert 0.19 < dark < 0.21  # two tenths of the second page of five
    assert sorted(Path(tempfile.gettempdir()).glob("*pdf*")) == before


@pytest.mark.parametrize(("wanted", "shown"), [(0, 1), (-4, 1), (2, 2), (3, 3), (9, 3)])
def test_a_page_that_is_not_there_is_the_first_or_the_last(wanted: int, shown: int) -> None:
    assert facts_of(draw_page(a_pdf(pages=3), wanted))[:2] == (shown, 3)


@pytest.mark.parametrize(
    ("size", "small"),
    [(A4, 0), ((20_000, 20_000), 1), ((20_000, 2), 1), ((2, 20_000), 1), ((40, 40), 0), ((2384, 3370), 0)],
)
def test_a_page_of_any_size_is_a_bounded_picture(size: tuple[float, float], small: int) -> None:
    said = draw_page(a_pdf(size=size), 1)
    _, _, width, height, told = facts_of(said)
    assert 0 < width <= WIDEST
    assert 0 < height <= TALLEST
    assert told == small
    assert len(said.partition(b"\n")[2]) == 3 * width * height


def test_two_thousand_pages_are_turned_one_by_one() -> None:
    made = io.BytesIO()
    with pikepdf.new() as many:
        for _ in range(2000):
            many.add_blank_page(page_size=(20, 20))
        many.save(made)
    assert facts_of(draw_page(made.getvalue(), 1999))[:2] == (1999, 2000)


def test_what_was_filled_into_a_form_is_seen() -> None:
    empty, filled = draw_page(a_pdf(field=" "), 1), draw_page(a_pdf(field="A job outdoors"), 1)
    assert facts_of(empty) == facts_of(filled)
    assert empty != filled


def test_what_a_script_in_a_pdf_would_write_is_never_written() -> None:
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf(field="As it was filled in"))) as file:
        code = 'this.getField("hope").value = "Something else";'
        file.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=code)
        file.save(made)
    assert draw_page(made.getvalue(), 1) == draw_page(a_pdf(field="As it was filled in"), 1)


def test_why_there_is_no_page_is_told() -> None:
    locked = a_pdf(lock=StandardEncryption("only for you", strength=128))
    assert draw_page(locked, 1) == LOCKED
    for damaged in (b"", b"%PDF-1.7 a signed form", a_pdf()[:300]):
        assert draw_page(damaged, 1) == DAMAGED
    with pytest.raises(Refusal, match=r"locked with a password.*Save a copy"):
        drawn_page(locked, 1)
    with pytest.raises(Refusal, match=r"damaged.*Save a copy"):
        drawn_page(b"%PDF-1.7 a signed form", 1)


def test_a_page_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(Refusal, match=r"not drawn within 0\.001 seconds\. Save a copy"):
        drawn_page(a_pdf(), 1, seconds=0.001)


def test_a_laptop_that_starts_nothing_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere"))
    with pytest.raises(Refusal, match=r"could not start.*Save a copy"):
        drawn_page(a_pdf(), 1)


def test_the_frozen_program_asks_the_one_beside_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    python, asked = sys.executable, list[tuple[str, ...]]()
    answers = "import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write(b'7 9 1 1 1\\nabc')"

    class StandIn(subprocess.Popen[bytes]):
        def __init__(self, command: tuple[str, ...], **pipes: Any) -> None:
            asked.append(command)
            super().__init__((python, "-c", answers), **pipes)

    monkeypatch.setattr(subprocess, "Popen", StandIn)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "coachdesk-window.exe"))
    assert drawn_page(b"a PDF", 7) == DrawnPage(
        number=7, pages=9, width=1, height=1, small=True, colours=b"abc"
    )
    assert asked == [(str(tmp_path / "coachdesk.exe"), "--draw-page", "7")]


@pytest.fixture
def sleepy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What draws is asleep, and does not even take the bytes it is given."""
    asleep = (sys.executable, "-c", f"import time; time.sleep({ASLEEP})")
    monkeypatch.setattr(door, "_program", lambda: asleep)


def wanted_for(times: int) -> Callable[[], None]:
    left = iter(range(times))

    def check() -> None:
        if next(left, None) is None:
            raise Cancelled

    return check


@pytest.mark.usefixtures("sleepy")
def test_what_is_no_longer_wanted_is_ended_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(Cancelled):
        drawn_page(bytes(1_000_000), 1, check=wanted_for(3))
    assert time.monotonic() - began < ASLEEP / 2


@pytest.mark.usefixtures("sleepy")
def test_what_takes_no_bytes_is_given_up_in_time() -> None:
    began = time.monotonic()
    with pytest.raises(Refusal, match=r"not drawn within 0\.1 seconds"):
        drawn_page(bytes(1_000_000), 1, seconds=0.1)
    assert time.monotonic() - began < ASLEEP / 2


def test_what_is_not_wanted_any_more_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "nowhere")
    with pytest.raises(Cancelled):
        drawn_page(a_pdf(), 1, check=wanted_for(0))


@pytest.mark.usefixtures("sleepy")
def test_a_fault_on_our_side_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.monotonic()

    def no_room(_process: object, _content: bytes) -> tuple[bytes, bytes]:
        raise MemoryError

    monkeypatch.setattr(subprocess.Popen, "communicate", no_room)
    with pytest.raises(MemoryError):
        drawn_page(b"a PDF", 1)
    assert time.monotonic() - began < ASLEEP / 2


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"Traceback",
        b"1 1 1 1\nabc",
        b"1 1 1 1 0\nab",
        b"1 1 1 1 0\nabcd",
        b"2 1 1 1 0\nabc",
        b"0 1 1 1 0\nabc",
        b"1 1 0 1 0\n",
        b"1 1 1 -1 0\nabc",
        b"1 1 1601 1 0\n" + bytes(4803),
        b"1 1 1 2401 0\n" + bytes(7203),
        b"1" * 100_000,
    ],
)
def test_what_is_not_a_bounded_picture_is_not_believed(said: bytes) -> None:
    with pytest.raises(Refusal, match="more than can be drawn here"):
        door._believed(said)


@pytest.mark.filterwarnings("ignore:.*found in sys.modules.*:RuntimeWarning")
def test_the_process_that_draws_gives_up_what_drawing_does_not_need(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    bounds: dict[str, tuple[int, int]] = {}
    names = {name: name for name in ("RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_AS")}
    stand_in = SimpleNamespace(setrlimit=bounds.__setitem__, **names)  # this process goes on
    monkeypatch.setitem(sys.modules, "resource", stand_in)
    monkeypatch.setattr(sys, "argv", ["coachdesk", "--draw-page", "2"])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(a_pdf(pages=2))))
    with pytest.raises(SystemExit) as left:
        runpy.run_module(page_drawing.__name__, run_name="__main__")
    assert left.value.code == 0
    assert facts_of(capsysbinary.readouterr().out)[:2] == (2, 2)
    memory = page_drawing.MOST_MEMORY
    assert bounds == {"RLIMIT_FSIZE": (0, 0), "RLIMIT_CORE": (0, 0), "RLIMIT_AS": (memory, memory)}
