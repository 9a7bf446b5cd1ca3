"""The house rules for Python files: what must not stand there, and the sentence that says why.

A rule looks at one parsed file and yields the lines that break it. Each carries an offender, a line of code that
must be caught, so that a rule that catches nothing is itself a failed test.
"""

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """One Python file, by its path from the project's root."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Return the parsed file."""
        return ast.parse(self.text)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Return every node of the parsed file."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def calls(self) -> tuple[tuple[ast.Call, str], ...]:
        """Return every call with the dotted name of what is called."""
        return tuple((node, _dotted(node.func)) for node in self.nodes if isinstance(node, ast.Call))

    @cached_property
    def comments(self) -> tuple[tuple[int, str], ...]:
        """Return line number and text of every comment."""
        tokens = tokenize.generate_tokens(io.StringIO(self.text).readline)
        return tuple((token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT)


@dataclass(frozen=True, slots=True)
class Rule:
    """What to look for, where it does not apply, and why the house forbids it."""

    sentence: str
    find: Callable[[Source], Iterator[int]]
    offender: str
    innocent: str = "x = 1\n"
    inside: tuple[str, ...] = ("coachdesk/",)
    outside: tuple[str, ...] = field(default=())

    def applies_to(self, path: str) -> bool:
        """Return whether the rule looks at this file."""
        return path.startswith(self.inside) and not path.startswith(self.outside or ("\0",))

    def breaches(self, source: Source) -> list[str]:
        """Return ``file:line: sentence`` for every breach."""
        return [f"{source.path}:{line}: {self.sentence}" for line in self.find(source)]


def _dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` for names and attributes, an empty string for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    return ""


def mentions(*names: str) -> Callable[[Source], Iterator[int]]:
    """Return a search for an identifier, wherever it is named or imported."""

    def find(source: Source) -> Iterator[int]:
        for node in source.nodes:
            if (
                (isinstance(node, ast.Name) and node.id in names)
                or (isinstance(node, ast.Attribute) and node.attr in names)
                or (isinstance(node, ast.ImportFrom) and any(alias.name in names for alias in node.names))
            ):
                yield node.lineno

    return find


def imports(*modules: str) -> Callable[[Source], Iterator[int]]:
    """Return a search for imports of a module or anything inside it."""

    def wanted(name: str) -> bool:
        return any(name == module or name.startswith(f"{module}.") for module in modules)

    def find(source: Source) -> Iterator[int]:
        for node in source.nodes:
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            else:
                continue
            if any(wanted(name) for name in names):
                yield node.lineno

    return find


def says(pattern: str) -> Callable[[Source], Iterator[int]]:
    """Return a search through the strings of the code; docstrings may speak of what they forbid."""
    wanted = re.compile(pattern, re.IGNORECASE)

    def find(source: Source) -> Iterator[int]:
        prose = {id(node.value) for node in source.nodes if isinstance(node, ast.Expr)}
        for node in source.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
                yield from [node.lineno] * bool(wanted.search(node.value))

    return find


def calls(pattern: str) -> Callable[[Source], Iterator[int]]:
    """Return a search for calls whose dotted name matches a pattern."""
    wanted = re.compile(pattern)

    def find(source: Source) -> Iterator[int]:
        return (call.lineno for call, name in source.calls if wanted.search(name))

    return find


def _lambda_in_connect(source: Source) -> Iterator[int]:
    for call, name in source.calls:
        given = (*call.args, *(keyword.value for keyword in call.keywords))
        if name.endswith("connect") and any(isinstance(value, ast.Lambda) for value in given):
            yield call.lineno


def _executes_a_dialog(source: Source) -> Iterator[int]:
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield from [node.lineno] * (node.func.attr in {"exec", "exec_"})


def _swallows_everything(source: Source) -> Iterator[int]:
    for node in source.nodes:
        if not isinstance(node, ast.ExceptHandler):
            continue
        caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        names = {_dotted(kind) if kind is not None else "BaseException" for kind in caught}
        passes_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
        if "Exception" in names or ("BaseException" in names and not passes_on):
            yield node.lineno


_WORKAROUND = re.compile(r"WORKAROUND\b")
_WORKAROUND_IN_FORM = re.compile(r"WORKAROUND \S*(#\d+|[A-Z]{2,}-\d+)\S*.*\b\d+\.\d+")


def _nameless_workaround(source: Source) -> Iterator[int]:
    for line, comment in source.comments if _WORKAROUND.search(source.text) else ():
        if _WORKAROUND.search(comment) and not _WORKAROUND_IN_FORM.search(comment):
            yield line


_EXEMPTION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no\s+(cover|branch))", re.IGNORECASE)
_REASONED = re.compile(
    r"#\s*(noqa:\s*[A-Z]+\d+(,?\s*[A-Z]+\d+)*|type:\s*ignore\[[\w, -]+\]|pragma:\s*no\s+(cover|branch))"
    r"\W+(?![A-Z]+\d+\b)(?!noqa|type:).*[a-z]{3,}",
)


def _unreasoned_exemption(source: Source) -> Iterator[int]:
    for line, comment in source.comments if _EXEMPTION.search(source.text) else ():
        if _EXEMPTION.search(comment) and not _REASONED.search(comment):
            yield line


NETWORK = ("socket", "ssl", "urllib", "http", "ftplib", "smtplib", "xmlrpc", "requests", "httpx", "aiohttp",
           "PySide6.QtNetwork", "PySide6.QtWebEngineCore")  # fmt: skip

RULES: dict[str, Rule] = {
    "lambda in connect": Rule(
        "connect signals to bound methods: a lambda outlives its widget and may run on another thread.",
        _lambda_in_connect,
        offender="button.clicked.connect(lambda: page.save())\n",
        innocent="button.clicked.connect(page.save)\n",
    ),
    "processEvents": Rule(
        "never turn the event loop by hand: it lets the next click in while this one is half done.",
        mentions("processEvents"),
        offender="app.processEvents()\n",
    ),
    "nested event loop": Rule(
        "open() a dialog and listen to its signal: exec() runs a second event loop inside the first.",
        _executes_a_dialog,
        offender="PeriodDialog(page).exec()\n",
        innocent="PeriodDialog(page).open()\n",
        outside=("coachdesk/app.py", "coachdesk/ui/dialogs.py"),
    ),
    "dialogs are a door": Rule(
        "ask through ui/dialogs.py, so that a test can hold the answers.",
        mentions("QMessageBox", "QFileDialog", "QInputDialog"),
        offender="from PySide6.QtWidgets import QMessageBox\n",
        outside=("coachdesk/ui/dialogs.py",),
    ),
    "the clock is given": Rule(
        "take a Clock: only clock.py reads the laptop's time.",
        calls(
            r"(^|\.)(date|datetime|func)\.(today|now|utcnow|current_\w+)$|\.currentDate(Time)?(Utc)?$|^time\.(time|localtime|gmtime)$"
        ),
        offender="import datetime as dt\nday = dt.date.today()\n",
        innocent="day = clock.today()\n",
        outside=("coachdesk/clock.py",),
    ),
    "cipher pragmas": Rule(
        "only log level, status, version, settings and integrity check: others may leave a file unreadable.",
        says(r"\bcipher_(?!log_level\b|status\b|version\b|settings\b|integrity_check\b)\w+"),
        offender='connection.execute("PRAGMA cipher_page_size = 8192")\n',
        innocent='connection.execute("PRAGMA cipher_status")\n',
    ),
    "rekey": Rule(
        "keys are changed by writing a new file, never in place.",
        says(r"\bpragma\s+(hex)?rekey\b"),
        offender="connection.execute(f\"PRAGMA rekey = '{key}'\")\n",
    ),
    "attach": Rule(
        "no other database is attached and nothing exported: with an empty key it would be written in the clear.",
        says(r"\battach\s+(database\b|\?|['\"{])|\bsqlcipher_export\b"),
        offender="connection.execute(\"ATTACH 'copy.db' AS copy KEY ''\")\n",
        innocent='SENTENCE = "Attach the letter to the record."\n',
    ),
    "vacuum": Rule(
        "VACUUM only INTO a new file: in place it needs the file's size in memory.",
        says(r"\bvacuum\b(?!\s+(\w+\s+)?into\b)"),
        offender='connection.execute("VACUUM")\n',
        innocent='connection.execute("VACUUM INTO ?", (path,))\n',
    ),
    "plain sqlite": Rule(
        "the standard library's sqlite3 opens the live file without our locks and our key.",
        imports("sqlite3"),
        offender="import sqlite3\n",
        innocent="from sqlcipher3 import dbapi2\n",
    ),
    "temporary tables on disk": Rule(
        "temp_store stays in memory: on disk it is plain text.",
        says(r"\btemp_store\s*=\s*['\"]?(file|1|default|0)\b"),
        offender='PRAGMAS = ("temp_store=FILE",)\n',
        innocent='PRAGMAS = ("temp_store=MEMORY",)\n',
    ),
    "no ON DELETE": Rule(
        "no ON DELETE in the schema: rows go through the unit of work, where the journal sees them.",
        says(r"\bon\s+delete\s+(cascade|set)\b"),
        offender='connection.execute("CREATE TABLE a (b REFERENCES c ON DELETE CASCADE)")\n',
    ),
    "typed dates are lost": Rule(
        "QDateEdit ignores dates typed after Home or Ctrl+A: use our own date field.",
        mentions("QDateEdit", "QDateTimeEdit"),
        offender="field = QDateEdit()\n",
    ),
    "slow tables": Rule(
        "proxy models and ResizeToContents take seconds on long lists: sort rows, fix the heights.",
        mentions(
            "QSortFilterProxyModel", "ResizeToContents", "resizeColumnsToContents", "resizeRowsToContents"
        ),
        offender="header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)\n",
    ),
    "charts": Rule(
        "Qt Charts is GPL only and needs the large wheels: describe the chart once, draw it with QPainter.",
        imports("PySide6.QtCharts", "PySide6.QtGraphs"),
        offender="from PySide6.QtCharts import QChart\n",
    ),
    "threads": Rule(
        "work runs in executors: a QThread that is collected while running aborts the program.",
        mentions("QThread", "QRunnable"),
        offender="worker = QThread()\n",
        innocent="worker = ThreadPoolExecutor(max_workers=1)\n",
    ),
    "three fates of an error": Rule(
        "catch what you expect: only the desk and the crash hook may catch everything.",
        _swallows_everything,
        offender="try:\n    save()\nexcept Exception:\n    pass\n",
        innocent="try:\n    save()\nexcept BaseException:\n    close()\n    raise\n",
        outside=("coachdesk/desk/", "coachdesk/ui/crash"),
    ),
    "no network": Rule(
        "nothing in CoachDesk uses a network.",
        imports(*NETWORK),
        offender="from urllib.request import urlopen\n",
        innocent="from html import escape\n",
    ),
    "no sleeping tests": Rule(
        "wait for a signal or a state, never for time.",
        calls(r"(^|\.)(qtbot\.wait|sleep)$|^QTest\.q(Wait|Sleep)$"),
        offender="qtbot.wait(1000)\n",
        innocent="qtbot.wait_until(page.is_ready)\n",
        inside=("tests/",),
    ),
    "workarounds have a name": Rule(
        "a workaround names its issue and the version it was seen in: WORKAROUND PYSIDE-3474, 6.11.3: why.",
        _nameless_workaround,
        offender="# WORKAROUND for a crash in Qt\nx = 1\n",
        innocent="# WORKAROUND PYSIDE-3474, 6.11.3: keep a reference\nx = 1\n",
        inside=("coachdesk/", "tests/", "installer/", "benchmarks/"),
    ),
    "exemptions have a reason": Rule(
        "an exemption names its code and says why on the same line.",
        _unreasoned_exemption,
        offender="x = 1  # noqa: S608\n",
        innocent="x = 1  # noqa: S608, the table's name is ours\n",
        inside=("coachdesk/", "tests/", "installer/", "benchmarks/", "tools/", "noxfile.py"),
    ),
}


def python_files(root: Path, *tops: str) -> Iterator[Source]:
    """Yield every Python file under some folders of the project."""
    for top in tops:
        place = root / top
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place] * place.is_file():
            yield Source(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
