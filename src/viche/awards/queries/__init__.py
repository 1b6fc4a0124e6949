"""Reads of awards: which there are, what waits for whom, what stands in reports, how all that is said."""
