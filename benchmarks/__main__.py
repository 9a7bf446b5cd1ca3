"""Run every measurement in a process of its own: ``python -m benchmarks``."""

import subprocess
import sys

MEASUREMENTS = ("startup", "unlock_to_today", "search_letters", "memory", "import_rate", "return_pack")


def main() -> int:
    """Return 0 when every figure keeps its target."""
    missed = [
        name
        for name in MEASUREMENTS
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
    ]
    print("all targets kept" if not missed else f"missed: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
