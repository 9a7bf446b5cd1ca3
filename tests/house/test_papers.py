"""What stands beside the code: locks, licences, pages and the commands they name."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(
    (ROOT / "docs").rglob("*.md")
)
SUMMARY_TO_ALTERNATIVES = ["Summary", "Context", "Decision", "Consequences", "Alternatives"]
WRITTEN_BY_HAND = {".py", ".md", ".toml", ".sh", ".spec", ".json", ".csv", ".txt", ".yml", ".yaml", ""}
PLACES = (".ci", "benchmarks", "coachdesk", "docs", "installer", "resources", "tests", "tools")


def make_targets(text: str) -> set[str]:
    """Return the targets a Makefile defines."""
    return set(re.findall(r"^([a-z]+):", text, re.MULTILINE))


def make_commands(text: str) -> set[str]:
    """Return the targets that code spans and blocks of a page name."""
    code = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL))
    return set(re.findall(r"\bmake ([a-z]+)", code))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_a_page_names_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = make_targets((ROOT / "Makefile").read_text(encoding="utf-8"))
    sessions = set(
        re.findall(r"^def ([a-z]+)\(", (ROOT / "noxfile.py").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert make_commands(text) <= targets
    assert set(re.findall(r"\bnox -s ([a-z]+)", text)) <= sessions


def test_the_readme_names_the_two_commands() -> None:
    assert {"demo", "test"} <= make_commands((ROOT / "README.md").read_text(encoding="utf-8"))


def test_a_command_that_does_not_exist_would_be_seen() -> None:
    assert make_commands("Run `make coffee` or\n```sh\nmake tea\n```\nand make do.") == {"coffee", "tea"}
    assert make_targets("test: env ## the gate\n\tmake env\n") == {"test"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_inside_the_project_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
    inside = [link for link in links if not re.match(r"[a-z]+:", link)]
    assert [link for link in inside if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_each_decision_has_its_five_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(r"# \d+\. \S", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SUMMARY_TO_ALTERNATIVES
    parts = re.split(r"^## .+$", text, flags=re.MULTILINE)[1:]
    assert all(part.strip() for part in parts)


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(page.stem.split("-")[0]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))
    assert DECISIONS


def test_every_dependency_is_justified() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.split(r"[<>=!~; ]", wanted)[0] for wanted in project["dependencies"]}
    libraries = (ROOT / "docs" / "decisions" / "0001-libraries.md").read_text(encoding="utf-8")
    justified = set(re.findall(r"^\| \*\*([\w.-]+)\*\*", libraries, re.MULTILINE))
    assert names <= justified


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-build.lock"])
def test_the_lock_has_hashes_and_names_no_index(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = re.findall(r"^([\w.-]+)==\S+(?: ;[^\\\n]+)? \\\n\s+--hash=sha256:", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\w", text, re.MULTILINE))
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = re.findall(
        r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
    )
    wanted = {re.split(r"[<>=!~; ]", name)[0].lower().replace("_", "-") for name in project["dependencies"]}
    assert wanted <= set(locked)


def test_licences_are_present() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    fonts = (path for suffix in ("ttf", "otf") for path in (ROOT / "resources").rglob(f"*.{suffix}"))
    borrowed = {path.parent for path in (*fonts, *(ROOT / "resources" / "icons").rglob("*.svg"))}
    assert [folder for folder in sorted(borrowed) if not licensed(folder)] == []


def licensed(folder: Path) -> bool:
    """Return whether a folder of borrowed files, or one that holds it, carries a licence."""
    within = [place for place in (folder, *folder.parents) if place.is_relative_to(ROOT / "resources")]
    return any(
        re.match(r"(.*[-_.])?(licen[cs]e|ofl|copying)", path.name, re.IGNORECASE)
        for place in within
        for path in place.iterdir()
    )


def house_paths(text: str, *places: Path) -> list[str]:
    """Return where a text names somebody's own folders: by default this checkout and this home."""
    own = (place for place in places or (ROOT, Path.home()) if len(place.parts) > 1)
    pattern = "|".join(rf"(?<![\w.]){re.escape(str(place))}(?![\w-])" for place in own)
    return re.findall(pattern, text)


def test_no_path_of_anybodys_machine_is_written_down() -> None:
    found = {}
    ours = (path for place in PLACES for path in (ROOT / place).rglob("*"))
    for path in (*(one for one in ROOT.iterdir() if not one.name.startswith(".")), *ours):
        if path.suffix not in WRITTEN_BY_HAND or not path.is_file() or path == Path(__file__):
            continue
        if named := house_paths(path.read_text(encoding="utf-8", errors="replace")):
            found[path.relative_to(ROOT).as_posix()] = named
    assert found == {}


def test_a_path_of_a_machine_would_be_seen() -> None:
    home, checkout = Path("/home/amina"), Path("/srv/desk")
    assert house_paths("see /home/amina/vault and /srv/desk.", home, checkout) == ["/home/amina", "/srv/desk"]
    assert house_paths("see /home/aminata and docs/srv/desk", home, checkout) == []
