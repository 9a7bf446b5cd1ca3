"""A client's jobs: recording one, its hours and pay, evidence, weeks, and how good it is in the client's own view."""
