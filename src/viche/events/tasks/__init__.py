"""Background work of events: letters, reminders, what is overdue."""
