"""Opioids of one patient: what is taken at home, and what follows from it."""
