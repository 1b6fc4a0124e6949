"""What people may type about events."""
