"""The decisions: from a case and the library to a plan."""
