"""Events (заходи), the campaigns and series that frame them, registrations, headcounts (облік учасників) and their reports."""
