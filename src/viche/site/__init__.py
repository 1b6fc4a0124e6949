"""Pages that put packages together: home, hromada, cabinet, desk, letters, help and legal pages."""
