"""Health at work: adjustments, Access to Work, time off sick and the way back."""
