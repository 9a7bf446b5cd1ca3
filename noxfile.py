"""The gate in pieces, for every system Python runs on: ``nox`` does what ``make test`` does on Debian.

Each session but ``wheel`` and ``installer`` runs in an environment filled from the lock file by hash.
"""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import nox

HERE = Path(__file__).parent
WINDOWLESS = {"QT_QPA_PLATFORM": "offscreen"}

nox.options.sessions = ["lint", "types", "floors", "tests"]
nox.options.reuse_existing_virtualenvs = True


def _locked(session: nox.Session, *locks: str) -> None:
    for lock in locks or ("requirements.lock",):
        session.install("--require-hashes", "--requirement", lock)


def _with_checkout(session: nox.Session) -> None:
    _locked(session)
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")


@nox.session
def lint(session: nox.Session) -> None:
    """Format and lint, every rule that has no written exemption."""
    _locked(session)
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types strictly, tests included."""
    _with_checkout(session)
    session.run("mypy")


@nox.session
def floors(session: nox.Session) -> None:
    """Check who imports whom."""
    _with_checkout(session)
    session.run("lint-imports")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the whole suite with the coverage ratchet."""
    _with_checkout(session)
    session.run(
        "python", "-m", "pytest", "-p", "tests.house.coverage_ratchet", "-q", "-n", "2", "--cov", "--cov-report=",
        *session.posargs,
        env=WINDOWLESS,
    )  # fmt: skip


@nox.session
def journeys(session: nox.Session) -> None:
    """Run only the journeys: whole user stories through the real window."""
    _with_checkout(session)
    session.run("python", "-m", "pytest", "-q", "-m", "journey", *session.posargs, env=WINDOWLESS)


@nox.session
def audit(session: nox.Session) -> None:
    """Look the locked versions up in an advisory database (the only session that needs a network)."""
    _locked(session)
    session.run("pip-audit", "--require-hashes", "--requirement", "requirements.lock", "--disable-pip")


@nox.session
def wheel(session: nox.Session) -> None:
    """Build the wheel, install it where no checkout is in reach, and start it."""
    _locked(session, "requirements.lock", "requirements-build.lock")
    dist = Path(session.create_tmp()) / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    session.run("python", "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist))
    (built,) = dist.glob("coachdesk-*.whl")
    session.install("--no-deps", "--force-reinstall", str(built))
    with tempfile.TemporaryDirectory() as elsewhere, session.chdir(elsewhere):
        session.run("coachdesk-window", "--version", env=WINDOWLESS)
        session.run("coachdesk-window", "--self-test", env=WINDOWLESS)
        session.run("coachdesk", "--help", silent=True)


@nox.session
def installer(session: nox.Session) -> None:
    """Freeze the one-folder build of this system and start it: --version and --self-test."""
    _locked(session, "requirements.lock", "requirements-build.lock")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    session.run(
        "pyinstaller", "--noconfirm", "--distpath", "dist", "--workpath", "build", "installer/coachdesk.spec"
    )
    folder = HERE / "dist" / "coachdesk"
    program = folder / ("coachdesk.exe" if sys.platform == "win32" else "coachdesk")
    with tempfile.TemporaryDirectory() as elsewhere, session.chdir(elsewhere):
        session.run(str(program), "--version", external=True, env=WINDOWLESS)
        session.run(str(program), "--self-test", external=True, env=WINDOWLESS)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and not file.is_symlink())
    session.log(
        json.dumps({"folder_megabytes": round(size / 1e6), "files": sum(1 for _ in folder.rglob("*"))})
    )


if sys.platform == "win32":  # makes the console speak the characters our sentences use
    os.environ.setdefault("PYTHONUTF8", "1")
