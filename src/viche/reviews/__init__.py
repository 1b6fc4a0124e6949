"""Conflicts, assignments, scores, the panel and its decisions."""
