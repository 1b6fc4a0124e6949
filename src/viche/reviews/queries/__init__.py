"""Reads of reviewing."""
