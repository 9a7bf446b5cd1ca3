"""The proof that a packaged program is whole: a vault, a paper, a workbook and a window, all made and read back."""

import datetime as dt
import io
import os
import sys
import tempfile
from pathlib import Path

from coachdesk.clock import FixedClock

_DAY = dt.date(2026, 1, 5)


def self_test() -> int:
    """Try every part that packaging can lose; return 0 when all work, else let the fault speak."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        _try_vault(Path(folder))
    _try_papers()
    _try_solver()
    _try_window()
    sys.stdout.write("self-test passed\n")
    return 0


def _try_vault(folder: Path) -> None:
    from coachdesk.casework.furnish import furnish_vault  # noqa: PLC0415  each part is loaded when it is tried
    from coachdesk.vault.cost import Cost  # noqa: PLC0415  as above
    from coachdesk.vault.sealed import SealedVault  # noqa: PLC0415  as above

    place, words, clock = folder / "Proof.coachdesk", "correct horse battery staple", FixedClock.on(_DAY)
    created = SealedVault.create(
        place, organisation="Proof", person="Proof", passphrase=words, clock=clock, cost=Cost.floor()
    )
    furnish_vault(created.vault)
    created.vault.close()
    SealedVault(place).open(words, person="Proof", clock=clock).close()


def _try_papers() -> None:
    import openpyxl  # noqa: PLC0415  each part is loaded when it is tried

    from coachdesk.press.blocks import Document, Heading, Text  # noqa: PLC0415  as above
    from coachdesk.press.pdf import pdf  # noqa: PLC0415  as above

    made = pdf(
        Document(
            title="Proof", subject="Proof", author="CoachDesk", blocks=(Heading(1, "Proof"), Text("Łódź"))
        )
    )
    if not made.startswith(b"%PDF"):
        raise RuntimeError("the press made no PDF")
    book = openpyxl.Workbook()
    book.save(io.BytesIO())


def _try_solver() -> None:
    import highspy  # noqa: PLC0415  each part is loaded when it is tried

    highspy.Highs().setOptionValue("output_flag", False)


def _try_window() -> None:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415  each part is loaded when it is tried
    from PySide6.QtWidgets import QApplication, QLabel  # noqa: PLC0415  as above

    from coachdesk.resources import resource  # noqa: PLC0415  as above
    from coachdesk.ui.theme import Theme  # noqa: PLC0415  as above

    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(["proof"])
    if not QSvgRenderer(str(resource("icons", "lock.svg"))).isValid():
        raise RuntimeError("the icons cannot be drawn")
    Theme().apply(app, "light")
    words = QLabel("Proof")
    words.show()
    words.grab()
    words.close()
