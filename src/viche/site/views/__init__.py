"""Pages that put packages together."""
