"""Oblasts, raions, hromadas and settlements of Ukraine, keyed by their KATOTTH codes."""
