"""The one lock of reviewing: the call's row, taken first by everybody who gives places, hands in, decides or publishes."""

from viche.calls.models import Call


def locked(call: int) -> Call:
    """The call as it stands now, held until the transaction ends: nobody else reviews or decides it meanwhile.

    Its key stays free: rows that only point at the call need not wait.
    """
    return Call.objects.select_for_update(of=("self",), no_key=True).select_related("programme").get(pk=call)
