"""Viche: programmes for local self-government, from the announcement to the proven result."""
