"""What people do with results."""
