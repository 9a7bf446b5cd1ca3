"""Rows a second when a caseload of 2,000 clients and 40,000 contacts comes in, against reading and inserting it plainly.

Ours reads, recognises, checks, looks for duplicates, accounts for every row and journals it. The plain way reads the same
files with the csv module and inserts the cells as text into an encrypted file.
"""

import csv
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlcipher3 import dbapi2

from benchmarks.large_vault import FIRST, LAST, PASSPHRASE, WORDS
from benchmarks.measuring import compared, report

ROOT = Path(__file__).resolve().parents[1]
COMMAND = "import sys; from coachdesk.cli import main; sys.exit(main())"
CLIENTS = 2_000
CONTACTS_EACH = 20
TARGET_ROWS_A_SECOND = 2_000


def write_caseload(folder: Path) -> tuple[Path, Path]:
    """Write the two files of an invented caseload and return them."""
    chance = random.Random(7)  # noqa: S311  invented people, not keys
    clients, contacts = folder / "clients.csv", folder / "contacts.csv"
    with (
        clients.open("w", newline="", encoding="utf-8") as one,
        contacts.open("w", newline="", encoding="utf-8") as two,
    ):
        people, talks = csv.writer(one), csv.writer(two)
        people.writerow(["Ref", "First name", "Surname", "DOB", "Gender", "Postcode", "Mobile", "Referred by",
                         "Date referred", "Start date", "Hub", "Barriers"])  # fmt: skip
        talks.writerow(["Ref", "Date", "Type", "Mins", "What happened", "Next date"])
        for number in range(CLIENTS):
            reference = f"IR{number:05}"
            born = dt.date(1960, 1, 1) + dt.timedelta(days=chance.randrange(16_000))
            started = dt.date(2025, 4, 1) + dt.timedelta(days=chance.randrange(500))
            surname = f"{chance.choice(LAST)}-{chance.choice(LAST)}"
            people.writerow([reference, f"{chance.choice(FIRST)}{number}", surname, f"{born:%d/%m/%Y}",
                             chance.choice(("Female", "Male")), f"CA{1 + number % 28} {number % 9}AA",
                             f"07700 {100000 + number}", "GP", f"{started:%d/%m/%Y}", f"{started:%d/%m/%Y}",
                             "Carlisle Hub", "Mental health"])  # fmt: skip
            for day in range(CONTACTS_EACH):
                on = started + dt.timedelta(days=day * 7 + chance.randrange(6))
                talks.writerow(
                    [reference, f"{on:%d/%m/%Y}", "Phone", 30, " ".join(chance.choices(WORDS, k=20)), ""]
                )
    return clients, contacts


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line and return what it said."""
    return subprocess.run(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def processor_seconds() -> float:
    """Return the processor time of the processes that were started and have ended; nothing on Windows."""
    spent = os.times()
    return spent.children_user + spent.children_system


def ours(folder: Path, files: tuple[Path, Path]) -> tuple[float, float]:
    """Return the seconds a whole import takes, process and opening included, and those of the processor alone."""
    passphrase = folder / "passphrase.txt"
    passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    secret = ("--passphrase-file", str(passphrase))
    made = run("new", str(folder / "v.coachdesk"), "--organisation", "Rate", "--person", "Amina", *secret)
    assert made.returncode == 0, made.stderr
    started, before = time.perf_counter(), processor_seconds()
    said = run("import", str(folder / "v.coachdesk"), *map(str, files), "--programme", "connect-to-work",
               "--json", *secret)  # fmt: skip
    took, spent = time.perf_counter() - started, processor_seconds() - before
    accounts = json.loads(said.stdout)["files"]
    assert sum(one["imported"] for one in accounts) > CLIENTS * CONTACTS_EACH, said.stdout[:500]
    return took, spent


def plain(folder: Path, files: tuple[Path, Path]) -> float:
    """Return the seconds of the shortest program that gets the cells into an encrypted file."""
    started = time.perf_counter()
    connection = dbapi2.connect(str(folder / "plain.db"))
    connection.execute(f"PRAGMA key=\"x'{'00' * 32}'\"")
    for file in files:
        with file.open(newline="", encoding="utf-8") as stream:
            head, *rows = csv.reader(stream)
        columns = ", ".join(f'"{name}"' for name in head)
        connection.execute(f"CREATE TABLE {file.stem} ({columns})")
        connection.executemany(f"INSERT INTO {file.stem} VALUES ({', '.join('?' * len(head))})", rows)
    connection.commit()
    connection.close()
    return time.perf_counter() - started


def main() -> int:
    """Measure and report; the target is 2,000 rows a second."""
    rows = CLIENTS * (1 + CONTACTS_EACH)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = write_caseload(folder)
        (mine, spent), plainly = ours(folder, files), plain(folder, files)
    return report(
        compared("import, seconds against plain inserts", mine, plainly, unit="s"),
        compared(
            "import, of the time 2,000 rows a second leave",
            mine,
            rows / TARGET_ROWS_A_SECOND,
            unit="s",
            at_most=1.0,
        ),
        compared(
            "import, processor seconds of the same, whatever else the machine does",
            spent,
            rows / TARGET_ROWS_A_SECOND,
            unit="s",
            at_most=1.0,
        ),
    )


if __name__ == "__main__":
    sys.exit(main())
