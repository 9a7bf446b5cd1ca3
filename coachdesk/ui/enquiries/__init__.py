"""Enquiries: who asked, how long they wait, and how they become clients."""
