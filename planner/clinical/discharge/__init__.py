"""The opioid to take home: how much, for how long, back to what, and naloxone with it."""
