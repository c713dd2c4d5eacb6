"""The answer as data: what is given, changed, left out and still to be found out, with reasons."""
