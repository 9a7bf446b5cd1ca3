"""Draws one page of a PDF, in a process of its own: bytes come through a pipe, colours go back, nothing lies on a disk.

A PDF from elsewhere is a program that somebody else wrote. It is read where it can reach neither the vault nor the
window, with bounds on memory, and whoever started this ends it when it takes too long. No scripts run: the library is
built without an engine for them, and forms are drawn as they were filled in, never opened as forms.
"""

import sys
from contextlib import suppress

MOST_MEMORY = 1 << 30
"""Bytes; a page of the largest picture that is drawn takes a twentieth of it."""
WIDEST, TALLEST = 1600, 2400
"""Pixels: sharp on a laptop's screen; what is larger is drawn smaller."""
SHARPEST = 3.0
"""Pixels for one point: a page the size of a stamp is not blown up."""
LOCKED, DAMAGED = b"locked\n", b"damaged\n"
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD and FPDF_ERR_SECURITY of fpdfview.h
_SMALL_FOR_READING = 0.45
"""Below it, letters of ten points are under five pixels high."""


def draw_page(content: bytes, wanted: int) -> bytes:
    """Return a line of whole numbers and the colours of a page, blue, green and red, row by row; or why there are none.

    The line holds the page, how many there are, width and height in pixels, and 1 if it is too small for reading.
    A page before the first or behind the last is the first or the last.
    """
    import pypdfium2  # noqa: PLC0415  loaded by the process that draws, never by the window's
    from pypdfium2 import raw  # noqa: PLC0415  as above

    try:
        document = pypdfium2.PdfDocument(content)
        number = min(max(wanted, 1), len(document))
        raw.FPDFPage_Flatten(
            document[number - 1], raw.FLAT_NORMALDISPLAY
        )  # what was filled in becomes the page's
        page = document[number - 1]
        scale = _scale(*page.get_size())
        drawn = page.render(scale=scale, may_draw_forms=False)
    except pypdfium2.PdfiumError as fault:
        return LOCKED if fault.err_code in {_PASSWORD, _SECURITY} else DAMAGED
    facts = (number, len(document), drawn.width, drawn.height, int(scale < _SMALL_FOR_READING))
    return b"%d %d %d %d %d\n" % facts + _close_together(bytes(drawn.buffer), drawn.stride, drawn.width)


def _scale(width: float, height: float) -> float:
    """Return pixels for one point; a rounded-up edge still fits."""
    return min(SHARPEST, (WIDEST - 1) / max(width, 1.0), (TALLEST - 1) / max(height, 1.0))


def _close_together(colours: bytes, stride: int, width: int) -> bytes:
    """Return the rows without what was put between them to make them even."""
    return b"".join(colours[start : start + 3 * width] for start in range(0, len(colours), stride))


def stay_within_bounds() -> None:
    """Take from this process what drawing does not need: much memory, and files of any length.

    Windows has no such bounds; there the time limit and the bounded picture stand alone.
    """
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  POSIX has it, Windows has not

        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def main() -> int:
    """Draw the page whose number is the last argument, of the PDF on standard input; return the exit status."""
    stay_within_bounds()
    sys.stdout.buffer.write(draw_page(sys.stdin.buffer.read(), int(sys.argv[-1])))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
