"""What the frozen ``coachdesk`` runs first."""

import sys

if __name__ == "__main__":
    if sys.argv[1:2] == [
        "--draw-page"
    ]:  # the window starts this to look into a PDF; see coachdesk/press/drawn_page.py
        from coachdesk.press.page_drawing import main
    else:
        from coachdesk.cli import main
    sys.exit(main())
