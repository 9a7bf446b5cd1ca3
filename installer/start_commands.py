"""What the frozen ``coachdesk`` runs first."""

import sys

from coachdesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
