"""What people may ask of the list of events that were held."""

from viche.events.forms.searching import Framed
from viche.events.queries import finding
from viche.places.models import Hromada


class HeldSearch(Framed):
    """Search and filters of what was held."""

    def asked(self):
        """What is asked for, as queries take it."""
        said = self.said()
        return finding.Asked(
            **self.framed(said),
            when=finding.PAST,
            hromadas=self._hromadas(said["hromada"]),
            marks=(f"format:{said['format']}",) if said["format"] else (),
        )

    def _hromadas(self, hromada):
        if isinstance(hromada, Hromada):
            return (hromada.pk,)
        return () if self.errors.get("hromada") else None
