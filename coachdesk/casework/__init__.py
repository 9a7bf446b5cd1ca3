"""What a coach does: questions, wishes, rows, and functions on a session."""
