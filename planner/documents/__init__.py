"""Plan to paper: what each page shows, safe text, PDF. Nothing is decided here about the patient."""
