"""Who did what to what, and when: append-only entries, chained by an HMAC whose key lies outside the database."""
