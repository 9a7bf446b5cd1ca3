import io
import sys
from collections.abc import Callable
from types import SimpleNamespace

import pytest
from openpyxl import Workbook
from sqlalchemy import Connection

from coachdesk.press.drawn_page import DrawnPage
from coachdesk.self_test import self_test

Patch = pytest.MonkeyPatch


@pytest.mark.usefixtures("qapp", "theme")
def test_a_whole_program_passes_its_own_test(capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test() == 0
    assert capsys.readouterr().out == "self-test passed\n"


def no_steps(monkeypatch: Patch) -> None:
    def stop_early(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE alembic_version AS SELECT '0000' AS version_num")

    monkeypatch.setattr("coachdesk.vault.migrate.run_migrations", stop_early)


def no_library(monkeypatch: Patch) -> None:
    def missing(name: str) -> None:
        raise RuntimeError(f"{name} is not here")

    monkeypatch.setattr("importlib.import_module", missing)


def no_pdf(monkeypatch: Patch) -> None:
    monkeypatch.setattr("coachdesk.press.pdf.pdf", lambda _document: b"")


def empty_page(monkeypatch: Patch) -> None:
    page = DrawnPage(number=1, pages=1, width=1, height=1, small=False, colours=b"\xff\xff\xff")
    monkeypatch.setattr("coachdesk.press.drawn_page.drawn_page", lambda *_content, **_seconds: page)


def empty_workbook(monkeypatch: Patch) -> None:
    book, kept = Workbook(), io.BytesIO()
    book.create_sheet("Proof")
    book.save(kept)
    monkeypatch.setattr("coachdesk.press.workbook.workbook", lambda _content: kept.getvalue())


def solver_that_errs(monkeypatch: Patch) -> None:
    monkeypatch.setattr("highspy.Highs.val", lambda _solver, _variable: 7.0)


def no_word_lists(monkeypatch: Patch) -> None:
    monkeypatch.setitem(sys.modules, "zxcvbn", SimpleNamespace(zxcvbn=lambda _words: {"score": 4}))


def no_likeness(monkeypatch: Patch) -> None:
    monkeypatch.setattr("rapidfuzz.fuzz.ratio", lambda _one, _other: 50.0)


def no_seal(monkeypatch: Patch) -> None:
    monkeypatch.setattr("coachdesk.exchange.sealed_file.unsealed", lambda _data, _passphrase: b"")


def no_icons(monkeypatch: Patch) -> None:
    monkeypatch.setattr("PySide6.QtSvg.QSvgRenderer.isValid", lambda _renderer: False)


@pytest.mark.usefixtures("qapp", "theme")
@pytest.mark.parametrize(
    ("lose", "sentence"),
    [
        (no_steps, "older vault up to date"),
        (no_library, "is not here"),
        (no_pdf, "no PDF"),
        (empty_page, "drawn empty"),
        (empty_workbook, "as it was written"),
        (solver_that_errs, "answers wrongly"),
        (no_word_lists, "easily guessed"),
        (no_likeness, "nearly alike"),
        (no_seal, "does not open"),
        (no_icons, "icons"),
    ],
)
def test_what_packaging_lost_is_a_fault(
    monkeypatch: Patch, lose: Callable[[Patch], None], sentence: str
) -> None:
    monkeypatch.setattr("coachdesk.self_test._try_vault", lambda _folder: None)  # slow, and proved above
    lose(monkeypatch)
    with pytest.raises(RuntimeError, match=sentence):
        self_test()
