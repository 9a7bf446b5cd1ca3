"""Data rights: what people may ask about their data, how long it is kept, and what went wrong with it."""
