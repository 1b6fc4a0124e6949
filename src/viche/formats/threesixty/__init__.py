"""360Giving 1.4, the standard for grants: reading with suspicion, checking, writing."""
