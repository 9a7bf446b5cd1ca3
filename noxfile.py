"""The gate in pieces, for every system Python runs on: ``nox`` does what ``make test`` does on Debian.

Every environment is filled from the lock files by hash, and nothing else is fetched.
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
MOST_BYTES, MOST_FILES = 280_000_000, 500

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
        "python", "-m", "pytest", "-q", "-n", "2", *session.posargs,
        env={**WINDOWLESS, "PYTEST_PLUGINS": "tests.house.measuring,tests.house.coverage_ratchet"},
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
    """Build the wheel and use it from a fresh environment, filled from the lock, with no checkout in reach."""
    _locked(session, "requirements.lock", "requirements-build.lock")
    dist = Path(session.create_tmp()) / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    session.run("python", "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist))
    (built,) = dist.glob("coachdesk-*.whl")
    session.run("python", "-m", "tools.package_contents", str(built))
    with tempfile.TemporaryDirectory() as fresh:
        programs = Path(fresh) / ("Scripts" if sys.platform == "win32" else "bin")
        session.run("python", "-m", "venv", fresh)
        install = (str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        session.run(*install, "--require-hashes", "--requirement", "requirements.lock", external=True)
        session.run(*install, "--no-deps", str(built), external=True)
        session.run(str(programs / "python"), "-m", "pip", "check", external=True)
        session.run("python", "-m", "tools.package_proof", str(programs))


@nox.session
def installer(session: nox.Session) -> None:
    """Freeze the one-folder build of this system and use it: self-test, practice world, return, window."""
    _locked(session, "requirements.lock", "requirements-build.lock")
    session.install("--no-deps", "--no-build-isolation", "--editable", ".")
    session.run(
        "pyinstaller", "--noconfirm", "--distpath", "dist", "--workpath", "build", "installer/coachdesk.spec"
    )
    folder = HERE / "dist" / "coachdesk"
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in files)
    session.log(json.dumps({"folder_megabytes": round(size / 1e6), "files": len(files)}))
    if sys.platform == "linux" and (size > MOST_BYTES or len(files) > MOST_FILES):
        session.error("The folder has outgrown what installer/README.md says: find out what came along.")
    session.run("python", "-m", "tools.package_contents", str(folder))
    session.run("python", "-m", "tools.package_proof", str(folder))


if sys.platform == "win32":  # makes the console speak the characters our sentences use
    os.environ.setdefault("PYTHONUTF8", "1")
