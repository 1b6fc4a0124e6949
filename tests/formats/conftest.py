"""Properties are tried on the same examples everywhere and are not failed by a slow machine."""

from hypothesis import settings

settings.register_profile("viche", deadline=None, derandomize=True, database=None)
settings.load_profile("viche")
