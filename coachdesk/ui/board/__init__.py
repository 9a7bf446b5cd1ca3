"""The board: open clients by stage, moved by keyboard or mouse."""
