"""The proof that a packaged program is whole: a vault, a paper, a workbook and a window, all made and read back."""

import datetime as dt
import importlib
import io
import os
import pkgutil
import secrets
import sys
import tempfile
from pathlib import Path

from coachdesk.clock import FixedClock

_DAY = dt.date(2026, 1, 5)


def self_test() -> int:
    """Try every part that packaging can lose; return 0 when all work, else let the fault speak.

    Raises RuntimeError for a part that answers wrongly, and whatever a missing part raises.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        _try_vault(Path(folder))
        _try_migrations(Path(folder))
    _try_modules()
    _try_papers()
    _try_looking_into_a_paper()
    _try_workbook()
    _try_solver()
    _try_word_lists()
    _try_sealing()
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


def _try_migrations(folder: Path) -> None:
    """Run every step from nothing: a new vault does without them, and so would not miss them."""
    from coachdesk.vault.driver import KEY_LENGTH, connected  # noqa: PLC0415  each part is loaded when it is tried
    from coachdesk.vault.engine import upgrading_engine  # noqa: PLC0415  as above
    from coachdesk.vault.migrate import REVISIONS, run_migrations, stored_revision  # noqa: PLC0415  as above

    path, key = folder / "steps.db", secrets.token_bytes(KEY_LENGTH)
    engine = upgrading_engine(lambda: connected(path, key, create=True))
    try:
        with engine.begin() as connection:
            run_migrations(connection)
    finally:
        engine.dispose()
    if stored_revision(path, key) != REVISIONS[-1]:
        raise RuntimeError("the steps that bring an older vault up to date are not all here")


def _try_modules() -> None:
    """Load every module of the program: a library that is not here shows itself when it is named."""
    import coachdesk  # noqa: PLC0415  each part is loaded when it is tried

    for found in pkgutil.walk_packages(coachdesk.__path__, "coachdesk."):
        importlib.import_module(found.name)


def _try_papers() -> None:
    from coachdesk.press.blocks import Document, Heading, QrCode, Text  # noqa: PLC0415  each part is loaded when it is tried
    from coachdesk.press.pdf import pdf  # noqa: PLC0415  as above

    blocks = (Heading(1, "Proof"), Text("Łódź"), QrCode("proof", "The word proof"))
    made = pdf(Document(title="Proof", subject="Proof", author="CoachDesk", blocks=blocks))
    if not made.startswith(b"%PDF"):
        raise RuntimeError("the press made no PDF")


def _try_looking_into_a_paper() -> None:
    """Look at a paper as somebody would who was sent it: the process that draws must start, and find its library."""
    from coachdesk.press.blocks import Document, Heading  # noqa: PLC0415  each part is loaded when it is tried
    from coachdesk.press.drawn_page import drawn_page  # noqa: PLC0415  as above
    from coachdesk.press.pdf import pdf  # noqa: PLC0415  as above

    blocks = (Heading(1, "Proof"),)
    drawn = drawn_page(
        pdf(Document(title="Proof", subject="Proof", author="CoachDesk", blocks=blocks)), 1, seconds=60
    )
    if len(set(drawn.colours)) < 2:  # noqa: PLR2004  ink and paper
        raise RuntimeError("a page of a PDF is drawn empty")


def _try_workbook() -> None:
    import openpyxl  # noqa: PLC0415  each part is loaded when it is tried

    from coachdesk.press.sheets import Sheet, Workbook  # noqa: PLC0415  as above
    from coachdesk.press.workbook import workbook  # noqa: PLC0415  as above

    sheet = Sheet("Proof", "Proof", "proof_table", ("Town",), (("Łódź",),))
    read = openpyxl.load_workbook(io.BytesIO(workbook(Workbook(title="Proof", made=_DAY, sheets=(sheet,)))))
    if "Łódź" not in [cell.value for row in read["Proof"].iter_rows() for cell in row]:
        raise RuntimeError("a workbook does not come back as it was written")


def _try_solver() -> None:
    """Solve what a suppressed cell is asked: how large x can be when x + y is 7 and y at least 3."""
    import highspy  # noqa: PLC0415  each part is loaded when it is tried

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    x, y = solver.addVariable(lb=0), solver.addVariable(lb=3)
    solver.addConstr(x + y == 7)  # noqa: PLR2004  as the docstring says
    solver.maximize(x)
    if round(solver.val(x)) != 4:  # noqa: PLR2004  what is left of seven
        raise RuntimeError("the solver behind the protection of a return answers wrongly")


def _try_word_lists() -> None:
    from rapidfuzz import fuzz  # noqa: PLC0415  each part is loaded when it is tried
    from zxcvbn import zxcvbn  # noqa: PLC0415  as above

    if zxcvbn("password")["score"] != 0:
        raise RuntimeError("the lists of passphrases that are easily guessed are not here")
    if fuzz.ratio("Furness", "Furnes") <= fuzz.ratio("Furness", "Kendal"):
        raise RuntimeError("names spelt nearly alike are not found")


def _try_sealing() -> None:
    """Seal a file and open it again: the library behind it is one compiled module."""
    from coachdesk.exchange.sealed_file import sealed, unsealed  # noqa: PLC0415  each part is loaded when it is tried

    if unsealed(sealed(b"proof", "proof"), "proof") != b"proof":
        raise RuntimeError("a sealed file does not open")


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
