"""What a plan says to the patient."""
