"""Calls (конкурси) and applications (заявки): from the announcement to the receipt and the outcome."""
