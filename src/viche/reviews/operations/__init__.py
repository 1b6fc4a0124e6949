"""Writes of reviewing."""
