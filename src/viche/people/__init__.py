"""Users, organisations, memberships, invitations and sign-in."""
