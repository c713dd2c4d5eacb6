"""What is known about one patient and one operation, and what follows from it."""
