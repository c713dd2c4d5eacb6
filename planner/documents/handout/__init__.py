"""The patient's handout: a plan as the patient reads it at home."""
