"""What the frozen ``coachdesk-window`` runs first."""

import sys

from coachdesk.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
