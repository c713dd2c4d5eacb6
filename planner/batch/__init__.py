"""A day's list to plans, handouts, a day sheet and a manifest: work shared out, every row accounted for."""
