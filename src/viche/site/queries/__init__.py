"""Reads that put packages together."""
