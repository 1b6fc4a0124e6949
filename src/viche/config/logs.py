"""What the log may not hold: links that let somebody in, keys that somebody put into an address."""

import logging
import re

# What stands in front of a token in an address. A token is long; the numbers of ordinary pages are short.
WORDS = (
    "invitations/programmes|invitations|account/confirm-email|account/password/reset/key|letters/stop|demo/as"
    "|events/seats|me/calendar|me/itinerary|door"
)
LINK = re.compile(rf"((?:{WORDS})/)[\w:.=%-]{{12,}}")

# A key by which a program reads: it belongs into a header, but people put it where they can.
KEY = re.compile(r"viche_[\w-]{20,}")


class NoTokens(logging.Filter):
    """Leaves the address in a message and takes the token out of it: whoever reads the log comes in as nobody."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Write the message out and blank the tokens in it."""
        said = record.getMessage()
        if "/" in said:
            record.msg, record.args = KEY.sub("viche_…", LINK.sub(r"\1…", said)), None
        return True
