"""What proves a packaged copy must itself be able to fail."""

import datetime as dt
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from typing_extensions import override

from tools import package_proof
from tools.package_contents import main
from tools.package_proof import PACK, SUFFIX, Copy, commands, last_quarter
from tools.package_window import COLOURS_OF_A_WINDOW, colours

SHIPPED = (
    "coachdesk/_resources/fonts/Inter-Regular.ttf",
    "coachdesk/vault/migrations/env.py",
    "coachdesk/cli.py",
)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    root = tmp_path / "checkout"
    for path in (
        "resources/fonts/Inter-Regular.ttf",
        "coachdesk/vault/migrations/env.py",
        "coachdesk/cli.py",
    ):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).touch()
    return root


def wheel(folder: Path, *names: str) -> Path:
    path = folder / "coachdesk-1-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        for name in names:
            file.writestr(name, "")
    return path


def test_a_whole_wheel_lacks_nothing(
    tmp_path: Path, checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(wheel(tmp_path, *SHIPPED), checkout) == 0
    assert capsys.readouterr().out == "coachdesk-1-py3-none-any.whl: 3 of 3 files are there\n"


@pytest.mark.parametrize("lost", SHIPPED)
def test_what_a_wheel_lacks_is_named(
    tmp_path: Path, checkout: Path, lost: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(wheel(tmp_path, *(name for name in SHIPPED if name != lost)), checkout) == 1
    assert lost in capsys.readouterr().err


def test_a_frozen_folder_keeps_its_modules_in_the_program(tmp_path: Path, checkout: Path) -> None:
    frozen = tmp_path / "dist"
    for name in SHIPPED[:2]:
        (frozen / "_internal" / name).parent.mkdir(parents=True, exist_ok=True)
        (frozen / "_internal" / name).touch()
    assert main(frozen, checkout) == 0
    (frozen / "_internal" / SHIPPED[1]).unlink()
    assert main(frozen, checkout) == 1


def test_an_empty_checkout_proves_nothing(tmp_path: Path) -> None:
    assert main(wheel(tmp_path), tmp_path / "nowhere") == 1


@pytest.mark.parametrize(
    ("today", "quarter"),
    [
        (dt.date(2026, 1, 1), (dt.date(2025, 10, 1), dt.date(2025, 12, 31))),
        (dt.date(2026, 11, 30), (dt.date(2026, 7, 1), dt.date(2026, 9, 30))),
    ],
)
def test_the_quarter_returned_is_over(today: dt.date, quarter: tuple[dt.date, dt.date]) -> None:
    assert last_quarter(today) == quarter


class Told(Copy):
    """A copy whose programs are only told what to do; it leaves the pack that is given to it."""

    def __init__(self, folder: Path, report: bytes) -> None:
        super().__init__(folder, folder)
        self._report = report
        self.asked: list[str] = []

    @override
    def run(self, name: str, *arguments: str) -> str:
        self.asked.append(" ".join((name, *arguments[:1])))
        if arguments[0] == "return":
            (self.folder / "return").mkdir()
            for file in PACK:
                (self.folder / "return" / file).write_bytes(self._report)
        return ""


def test_every_command_a_newcomer_needs_is_tried(tmp_path: Path) -> None:
    copy = Told(tmp_path, b" " * 100 + package_proof.FACE)
    commands(copy)
    steps = ("--version", "--self-test", "new", "check", "practice", "return")
    assert copy.asked == [f"coachdesk {step}" for step in steps]


@pytest.mark.parametrize(("report", "sentence"), [(b"", "report.pdf"), (b" " * 200, "fonts")])
def test_a_return_that_is_not_whole_is_a_fault(tmp_path: Path, report: bytes, sentence: str) -> None:
    with pytest.raises(RuntimeError, match=sentence):
        commands(Told(tmp_path, report))


def test_a_program_that_fails_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Copy, "program", lambda _copy, _name: Path(sys.executable))
    copy = Copy(tmp_path / f"nowhere{SUFFIX}", tmp_path)
    assert copy.run("coachdesk", "-c", "print('Łódź'.encode())").strip() == str("Łódź".encode())
    with pytest.raises(subprocess.CalledProcessError):
        copy.run("coachdesk", "-c", "raise SystemExit(1)")


def test_an_empty_screen_is_no_window() -> None:
    screen = QImage(700, 70, QImage.Format.Format_RGB32)
    screen.fill(QColor("black"))
    assert colours(screen) == 1
    for x in range(screen.width()):
        screen.setPixelColor(x, 7, QColor(x % 256, 0, 0))
    assert colours(screen) >= COLOURS_OF_A_WINDOW
