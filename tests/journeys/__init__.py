"""Whole journeys over HTTP, as people walk them: they open pages, fill in the forms they find there, and press buttons."""
