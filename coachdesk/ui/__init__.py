"""The window: pages, forms, tables and dialogs. Qt lives here; SQL and records do not."""
