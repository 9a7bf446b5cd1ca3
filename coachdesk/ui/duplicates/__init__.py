"""One person, one record: likely duplicates, joining two records side by side, and taking them apart again."""
