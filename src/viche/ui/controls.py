"""Draws the control of a form field as text. Django's own widgets draw a template per option: here a list of 27 costs nothing."""

# ruff: noqa: S308 — what comes from people is escaped where it is put in

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from .widgets import DateInput, Hinted, MoneyInput, NumberInput, PickerInput

LISTED = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def attributes(given: Mapping[str, Any]) -> str:
    """Write attributes: True stands alone, False and None are left out, numbers stay as programs write them."""
    written = []
    for name, value in given.items():
        if value is True:
            written.append(f" {name}")
        elif value is not None and value is not False:
            written.append(f' {name}="{escape(str(value))}"')
    return "".join(written)


def is_listed(bound: BoundField) -> bool:
    """Tell whether the field is a set of radios or boxes, which a fieldset frames."""
    return isinstance(bound.field.widget, LISTED)


def shape(widget: forms.Widget) -> str:
    """Choose the classes of a control by its kind."""
    given = widget.attrs.get("class", "")
    if isinstance(widget, MoneyInput):
        return f"input input--short input--money {given}".strip()
    if isinstance(widget, forms.DateTimeInput):
        return f"input input--middle {given}".strip()
    if isinstance(widget, NumberInput | forms.NumberInput | DateInput | forms.DateInput | forms.TimeInput):
        return f"input input--short {given}".strip()
    return f"input {given}".strip()


def described(bound: BoundField, *, alone: bool = False) -> str | None:
    """Name the texts that describe the control: the error first, then the help, which a control `alone` goes without."""
    ids = []
    if bound.errors:
        ids.append(f"e-{bound.auto_id}")
    if bound.help_text and not alone:
        ids.append(f"h-{bound.auto_id}")
    if isinstance(bound.field.widget, forms.Textarea) and limit_of(bound) and not alone:
        ids.append(f"n-{bound.auto_id}")
    return " ".join(ids) or None


def described_also(bound: BoundField, *, alone: bool = False) -> str | None:
    """Name beside these the text that a form puts at the field itself: `field.marked_by`."""
    ids = (described(bound, alone=alone), getattr(bound.field, "marked_by", None))
    return " ".join(filter(None, ids)) or None


def limit_of(bound: BoundField) -> int | None:
    """Return the greatest length of a text, where there is one."""
    return getattr(bound.field, "max_length", None)


def common(bound: BoundField, label: str, *, alone: bool) -> dict[str, Any]:
    """Collect the attributes every control has."""
    widget = bound.field.widget
    given = bound.build_widget_attrs({**widget.attrs}, widget)
    given.pop("required", None)  # the server says what is missing, in words
    given.pop("aria-describedby", None)
    given.pop("aria-invalid", None)
    given.pop("maxlength", None)  # a paste is never cut; the counter tells
    return {
        "id": bound.auto_id or None,
        "name": bound.html_name,
        **given,
        "class": shape(widget),
        "aria-label": label or None,
        "aria-required": "true" if bound.field.required else None,
        "aria-invalid": "true" if bound.errors else None,
        "aria-describedby": described_also(bound, alone=alone),
    }


def control(bound: BoundField, label: str = "", *, alone: bool = False) -> SafeString:
    """Draw the control; `label` is for places where no label stands beside it, `alone` where no help does."""
    widget = bound.field.widget
    if isinstance(widget, LISTED):
        return listed(bound)
    given = common(bound, label, alone=alone)
    drawn = next((KNOWN[kind] for kind in type(widget).__mro__ if kind in KNOWN), None)
    if drawn is None or bound.is_hidden:
        return bound.as_widget(
            attrs={name: said for name, said in given.items() if said is not None and name != "name"}
        )
    return mark_safe(drawn(bound, given))


def line(bound: BoundField, given: dict[str, Any]) -> str:
    """Draw a one-line field."""
    widget = bound.field.widget
    value = "" if isinstance(widget, forms.PasswordInput) else widget.format_value(bound.value())
    given = {"type": widget.input_type, **given, "value": "" if value is None else value}
    if not given["value"]:
        del given["value"]
    return f"<input{attributes(given)}>"


def text(bound: BoundField, given: dict[str, Any]) -> str:
    """Draw a field of several lines; the limit goes to the counter, not to the browser, which would cut a paste."""
    given.pop("cols", None)
    value = bound.field.widget.format_value(bound.value())
    given["data-limit"] = limit_of(bound)
    return f"<textarea{attributes(given)}>\n{conditional_escape(value or '')}</textarea>"


def chosen(bound: BoundField, given: dict[str, Any]) -> str:
    """Draw a select from its choices themselves: Django would make two dictionaries of each of a hundred options first."""
    widget = bound.field.widget
    waiting = set(widget.format_value(bound.value()))
    drawn = []
    for value, label in widget.choices:
        if isinstance(label, list | tuple):
            drawn.append(
                f'<optgroup label="{escape(str(value))}">{"".join(options(label, waiting, widget))}</optgroup>'
            )
        else:
            drawn.extend(options([(value, label)], waiting, widget))
    if widget.allow_multiple_selected:
        given["multiple"] = True
    return f"<select{attributes(given)}>{''.join(drawn)}</select>"


def options(choices: Iterable[tuple[Any, Any]], waiting: set[str], widget: forms.Select) -> Iterator[str]:
    """Draw the options of a select; of `waiting` values those found are selected, and nothing waits after the one of a single choice."""
    for value, label in choices:
        key = "" if value is None else str(value)
        selected = key in waiting
        if selected and not widget.allow_multiple_selected:
            waiting.clear()
        words = escape(label) if type(label) is str else conditional_escape(label)  # most are plain, and plain is quick
        yield f'<option value="{escape(key)}"{" selected" if selected else ""}>{words}</option>'


def ticked(bound: BoundField, given: dict[str, Any]) -> str:
    """Draw a single box."""
    widget = bound.field.widget
    given = {"type": "checkbox", **given, "class": None, "checked": bool(widget.check_test(bound.value()))}
    return f"<input{attributes(given)}>"


def upload(bound: BoundField, given: dict[str, Any]) -> str:
    """Draw a place for a file; the limit in bytes is checked by the script before the sending, and by the server after."""
    widget = bound.field.widget
    given = {"type": "file", **given, "class": None, "data-limit": getattr(bound.field, "limit", None)}
    if widget.allow_multiple_selected:
        given["multiple"] = True
    return f"<input{attributes(given)}>"


def picker(bound: BoundField, given: dict[str, Any]) -> str:
    """Draw a field that finds as one types; where several fit, the candidates as radios below."""
    widget = bound.field.widget
    code, shown = widget.parts(bound.value())
    if widget.candidates:
        radios = "".join(
            f'<label class="choice"><input type="radio" name="{escape(widget.choice_name(bound.html_name))}" '
            f'value="{escape(str(key))}"><span>{conditional_escape(words)}</span></label>'
            for key, words in widget.candidates
        )
        return f"<input{attributes({'type': 'text', **given, 'value': shown or None})}>{radios}"
    given |= {"type": "text", "value": shown or None, "autocomplete": "off", **widget.speech()}
    hidden = {"type": "hidden", "name": widget.code_name(bound.html_name), "value": code or None, "data-code": True}
    return f'<span class="picker"><input{attributes(given)}><input{attributes(hidden)}></span>'


def listed(bound: BoundField) -> SafeString:
    """Draw radios or boxes; a choice may carry a help."""
    widget = bound.field.widget
    kind = "checkbox" if isinstance(widget, forms.CheckboxSelectMultiple) else "radio"
    given = {
        "aria-invalid": "true" if bound.errors else None,
        "aria-describedby": described(bound) if kind == "checkbox" else None,
    }
    drawn = []
    for _group, options, _index in widget.optgroups(bound.html_name, widget.format_value(bound.value())):
        for option in options:
            own = {
                "type": kind,
                "name": bound.html_name,
                "value": str(option["value"]),
                "id": f"{bound.auto_id}_{len(drawn)}" if drawn else bound.auto_id,
                "checked": bool(option["selected"]),
                **given,
                **{key: said for key, said in widget.attrs.items() if key != "class"},
            }
            label = option["label"]
            words = conditional_escape(str(label))
            if isinstance(label, Hinted):
                words = f'{words}<span class="help">{conditional_escape(label.hint)}</span>'
            drawn.append(f'<label class="choice"><input{attributes(own)}><span>{words}</span></label>')
    return mark_safe("".join(drawn))


KNOWN = {
    forms.widgets.Input: line,
    forms.Textarea: text,
    forms.Select: chosen,
    forms.CheckboxInput: ticked,
    forms.FileInput: upload,
    PickerInput: picker,
}
