"""Background work: enqueue by dotted name after commit, schedules, and the worker that runs both."""
