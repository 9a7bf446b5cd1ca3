"""Sustained work for any funder: one engine over jobs, gaps, hours and pay, rules as data, unknown never success."""
