"""The API of the whole installation: its description, its page, and lists that join packages."""
