"""An operating list to cases: its table, its columns, its cells, its operations."""
