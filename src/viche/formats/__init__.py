"""How things are written for other programs, and read from them: plain Python, no Django."""
