"""Lists of clients over the whole width: predefined and saved ones, sorted, narrowed, ticked and printed."""
