"""The form of an event opened again: with what was typed and could not be read, and beside what somebody else has typed."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from viche.events.fields import PlainMomentField
from viche.events.forms.writing import Writing


def as_typed(event):
    """An event as if its form had just been sent, with what could not be read in its place."""
    form, data = Writing(event=event), MultiValueDict()
    for bound in form:
        value, widget = bound.value(), bound.field.widget
        if isinstance(widget, forms.CheckboxSelectMultiple):
            data.setlist(bound.name, [str(one) for one in value or []])
        elif isinstance(widget, forms.CheckboxInput):
            data.setlist(bound.name, ["on"] if value else [])
        else:
            written = widget.format_value(value)
            data[bound.name] = str((written[0] if written else "") if isinstance(written, list) else written or "")
    for name, typed in event.unread.items():
        data[name] = typed
    return data


def reopened(event, *, faults=()):
    """The form of a draft as it was left: what could not be read is shown with why; `faults` are said at their fields."""
    if not (event.unread or faults):
        return Writing(event=event)
    form = Writing(as_typed(event), event=event)
    if not faults:
        form.forgive()
    for fault in faults:
        if fault.field in form.fields and fault.field not in form.errors:
            form.add_error(fault.field, fault.sentence)
    return form


def compared(event, form):
    """Where a stored event and a form that came too late differ: label, stored words, typed words."""
    stored = Writing(as_typed(event), event=event)
    rows = [(bound.label, shown(stored[bound.name]), shown(bound)) for bound in form]
    return [row for row in rows if row[1] != row[2]]


def shown(bound):
    """An answer in words."""
    value = bound.value()
    if isinstance(bound.field.widget, forms.CheckboxInput):
        return _("так") if value else _("ні")
    if hasattr(bound.field.widget, "describe"):
        return bound.field.widget.describe(str(value or "")) or str(value or "")
    choices = dict(getattr(bound.field, "choices", []))
    if choices:
        chosen = {str(one) for one in (value if isinstance(value, list) else [value])}
        return ", ".join(str(words) for key, words in choices.items() if str(key) in chosen and str(key))
    return str(value or "").replace("T", " ") if isinstance(bound.field, PlainMomentField) else str(value or "")
