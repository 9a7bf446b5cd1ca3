"""The equality questions on a page that the client fills in alone."""
