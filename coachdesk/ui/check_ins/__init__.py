"""Check-ins in work: what is asked at one, which comes next, and how it went over time."""
