"""Writes of calls and applications."""
