"""A package of tasks for tests; `viche.probe` while they run."""
