"""The clinical content: drugs, blocks, protocols and sources as data, loaded and checked as a whole."""
