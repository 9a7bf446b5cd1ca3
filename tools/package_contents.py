"""Compare what was packaged with the checkout: every resource and every migration must have come along.

``python -m tools.package_contents PACKAGE``, where PACKAGE is a wheel or the folder of a frozen build.
"""

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FROZEN = "_internal/"


def wanted(root: Path, *, modules: bool) -> Iterator[str]:
    """Yield the path each file has in a package: resources, migrations and, where asked for, all modules."""
    for path in (root / "resources").rglob("*"):
        if path.is_file():
            yield f"coachdesk/_resources/{path.relative_to(root / 'resources').as_posix()}"
    package = root / "coachdesk"
    scripts = package if modules else package / "vault" / "migrations"
    for path in scripts.rglob("*"):
        if path.suffix in {".py", ".mako"}:
            yield f"coachdesk/{path.relative_to(package).as_posix()}"


def held(package: Path) -> set[str]:
    """Return the paths of the files in a wheel or in a frozen folder."""
    if package.is_file():
        with zipfile.ZipFile(package) as wheel:
            return set(wheel.namelist())
    files = (path.relative_to(package).as_posix() for path in package.rglob("*") if path.is_file())
    return {path.removeprefix(FROZEN) for path in files}


def main(package: Path, root: Path = ROOT) -> int:
    """Print what is missing and return 1, or return 0 when the package is whole."""
    expected = set(
        wanted(root, modules=package.is_file())
    )  # a frozen folder keeps its modules in the program
    missing = sorted(expected - held(package))
    for path in missing:
        print(f"{package.name} lacks {path}", file=sys.stderr)
    print(f"{package.name}: {len(expected) - len(missing)} of {len(expected)} files are there")
    return 1 if missing or not expected else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
