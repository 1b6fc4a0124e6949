"""A programme: goals, components, partners, team and roles, participants."""
