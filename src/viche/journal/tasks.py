"""The journal's background work."""

from django.conf import settings
from django.utils import timezone

from viche.journal import operations


def write_head() -> None:
    """Write today's head of the chain to `var/journal/head-<date>.json`; older files stay, so a later cut is found too."""
    at = timezone.now()
    name = f"head-{timezone.localdate(at).isoformat()}.json"
    operations.write_head(settings.VAR / "journal" / name, at=at)
