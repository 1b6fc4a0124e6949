"""Writes of awards: granting (decision to close), reporting, photographs, letters."""
