"""Reads of awards."""
