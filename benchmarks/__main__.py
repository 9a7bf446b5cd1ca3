"""Run every measurement in a process of its own: ``python -m benchmarks``."""

import subprocess
import sys

MEASUREMENTS = (
    "startup",
    "unlock_to_today",
    "search_letters",
    "caseload_views",
    "memory",
    "window_pauses",
    "import_rate",
    "return_pack",
    "return_figures",
    "suppression_loss",
    "sustained_work",
)
PROOFS = (
    "return_packs",
    "encrypted_against_plain",
    "saving",
    "backup_pauses",
    "leaks",
    "bit_flips",
    "fuzzing",
    "kills",
)


def main() -> int:
    """Return 0 when every figure keeps its target."""
    missed = [
        name
        for name in (*MEASUREMENTS, *PROOFS)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
    ]
    print("all targets kept" if not missed else f"missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
