"""What a chosen applicant gets (підтримка): agreement, tranches, reports and closing; and the public register."""
