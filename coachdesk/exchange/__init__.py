"""What comes in and goes out as files: caseload sheets first."""
