"""Plain computations: no Django, no clock, no database. Everything is passed in and comes back as a value."""
