"""Pages of awards: the public register, the organisation's cabinet, the office."""
