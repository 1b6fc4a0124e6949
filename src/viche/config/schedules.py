"""What the worker does regularly: "every" so many seconds, or "daily_at" a time of Kyiv (viche.work.schedules)."""

SCHEDULES = {
    "journal head": {"task": "viche.journal.tasks.write_head", "daily_at": "03:10"},
    "open data": {"task": "viche.site.tasks.publish", "every": 300},
    "prune work": {"task": "viche.work.tasks.prune", "daily_at": "03:20"},
    "prune signing in": {"task": "viche.people.tasks.prune", "daily_at": "03:25"},
    "sweep files": {"task": "viche.files.tasks.sweep", "daily_at": "03:30"},
    "call reminders": {"task": "viche.calls.tasks.remind", "every": 3600},
    "review reminders": {"task": "viche.reviews.tasks.remind", "daily_at": "09:00"},
    "seats held": {"task": "viche.events.tasks.seats.lapse", "every": 3600},
    "event reminders": {"task": "viche.events.tasks.seats.remind", "every": 3600},
    "event registrations": {"task": "viche.events.tasks.seats.erase", "daily_at": "03:35"},
    "events over": {"task": "viche.events.tasks.spreading.move_on", "daily_at": "03:40"},
    "events for calendars": {"task": "viche.events.tasks.calendars.fill", "every": 3600},
    "letters due": {"task": "viche.mail.tasks.send_due", "every": 60},
    "daily digest": {"task": "viche.mail.tasks.send_digest", "daily_at": "08:00"},
    "report reminders": {"task": "viche.awards.tasks.remind", "daily_at": "09:00"},
    "event reports": {"task": "viche.events.tasks.reports.chase", "daily_at": "09:10"},
    "event answers": {"task": "viche.events.tasks.moderation.ask_for_answers", "daily_at": "09:10"},
}
