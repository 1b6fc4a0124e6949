"""Letters: kinds, templates, the outbox in the database, sending with retries, and the choice not to get them."""
