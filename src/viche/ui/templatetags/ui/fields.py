"""Fields of forms: question, help, control, error; and the summary of all errors."""

# ruff: noqa: S308 — what comes from people is escaped where it is put in

from datetime import datetime
from typing import Any

from django.forms import BaseForm, BoundField, CheckboxInput, FileInput, Textarea
from django.template import RequestContext
from django.utils import timezone
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viche.methods import typed
from viche.ui import controls, wording

from .library import draw, register

MANY = 8  # choices that stand below each other; more stand in columns


def counter(bound: BoundField) -> str:
    """Say how many signs are left of a limited text; the script keeps it true while one types."""
    limit = controls.limit_of(bound)
    if not limit or not isinstance(bound.field.widget, Textarea):
        return ""
    left = limit - typed.length((bound.value() or "").strip())
    words = _("До %(limit)s знаків, лишилося #") % {"limit": wording.number(limit)}
    over = _("Забагато: скоротіть на #")
    shown = (over if left < 0 else words).replace("#", wording.number(abs(left)))
    given = {"class": "help over" if left < 0 else "help", "id": f"n-{bound.auto_id}"}
    given |= {"data-counter": words, "data-over": over}
    return f"<span{controls.attributes(given)}>{escape(shown)}</span>"


def fault(bound: BoundField) -> str:
    """Draw the errors of a field as one sentence after another."""
    if not bound.errors:
        return ""
    said = " ".join(str(conditional_escape(error)) for error in bound.errors)
    return f'<span class="fault" id="e-{bound.auto_id}">{said}</span>'


@register.simple_tag
def field(bound: BoundField, label: str = "", help: str = "", row: bool = False) -> SafeString:  # noqa: A002 — reads well in a template
    """Draw a field whole; `row` puts short choices, such as points, side by side. What need not be answered says so; an error stands between the question and the answer's foot."""
    if bound.is_hidden:
        return bound.as_hidden()
    words = conditional_escape(label or bound.label)
    if help:
        bound.help_text = help
    if not bound.field.required and not isinstance(bound.field.widget, CheckboxInput):
        optional = _("(не обов’язково)")
        words = f'{words} <span class="optional">{optional}</span>'
    about = (
        f'<span class="help" id="h-{bound.auto_id}">{conditional_escape(bound.help_text)}</span>'
        if bound.help_text
        else ""
    )
    wrong = " wrong" if bound.errors else ""
    drawn = controls.control(bound)
    if controls.is_listed(bound):
        ids = controls.described_also(bound)
        spoken = f' aria-describedby="{ids}"' if ids else ""
        kind = " choices--row" if row else " choices--many" if len(bound.field.widget.choices) > MANY else ""
        return mark_safe(
            f'<fieldset class="choices{kind}{wrong}"{spoken}><legend>{words}</legend>{about}{drawn}{fault(bound)}</fieldset>'
        )
    if isinstance(bound.field.widget, CheckboxInput):
        return mark_safe(
            f'<div class="field{wrong}"><label class="choice">{drawn}<span>{words}{about}</span></label>{fault(bound)}</div>'
        )
    if isinstance(bound.field.widget, FileInput):
        limit = wording.size(getattr(bound.field, "limit", 0)) if getattr(bound.field, "limit", 0) else ""
        large = escape(_("Файл завеликий: # МБ, а можна до %(limit)s.") % {"limit": limit})
        drawn = mark_safe(f'<div class="file" data-large="{large}">{drawn}</div>')
    name = f'<label class="label" for="{bound.auto_id}">{words}</label>'
    return mark_safe(f'<div class="field{wrong}">{name}{about}{drawn}{counter(bound)}{fault(bound)}</div>')


@register.simple_tag
def control(bound: BoundField, label: str) -> SafeString:
    """Draw a control alone with its error, for a cell of a table; `label` is what is read aloud."""
    return mark_safe(f"{controls.control(bound, label, alone=True)}{fault(bound)}")


@register.simple_tag
def bare(bound: BoundField) -> SafeString:
    """Draw a control alone where a label already stands beside it."""
    return controls.control(bound, alone=True)


@register.simple_tag
def errors(form: BaseForm | None = None, extra: list[tuple[str, str]] | None = None) -> SafeString | str:
    """Sum up what is wrong, with links to the fields. `extra`: (id or "", sentence) pairs beside the form's own."""
    found: list[tuple[str, str]] = list(extra or [])
    if form is not None and form.is_bound:
        found += [("", str(said)) for said in form.non_field_errors()]
        found += [
            (bound.auto_id, f"{bound.label}: {said}") for bound in form for said in bound.errors if not bound.is_hidden
        ]
        found += [("", str(said)) for bound in form.hidden_fields() for said in bound.errors]
    if not found:
        return ""
    title = ngettext("Виправте %(n)s місце", "Виправте %(n)s місця", len(found)) % {"n": len(found)}
    return draw("errors", found=found, title=title)


@register.simple_tag(takes_context=True)
def saving(context: RequestContext, url: str, revision: Any = "", key: str = "") -> SafeString:
    """Write the attributes of a form that is saved as one types: `<form method="post" {% saving url revision %}>`."""
    user = getattr(context["request"], "user", None)
    said = {
        "data-save": url,
        "data-revision": revision,
        "data-key": f"{getattr(user, 'pk', None) or ''}:{key or url}",
        "data-saved": _("Збережено #"),
        "data-saving": _("Зберігаємо…"),
        "data-offline": _("Без зв’язку, збережено в телефоні"),
        "data-unsaved": _("Не збережено. Не закривайте сторінку"),
        "data-restore": _("На цьому пристрої є ваш текст від #, якого немає на сервері."),
        "data-restore-newer": _("Відтоді форму міняли й на сервері: порівняйте, перш ніж повертати."),
        "data-restore-yes": _("Повернути мій текст"),
        "data-restore-no": _("Лишити те, що на сторінці"),
    }
    return mark_safe(controls.attributes(said).strip())


def _saved(saved_at: datetime) -> str:
    """When a form was saved: the time alone today, else the day too."""
    today = wording.as_date(saved_at) == timezone.localdate()
    return f"{wording.in_kyiv(saved_at):%H:%M}" if today else wording.moment(saved_at)


@register.simple_tag
def save_status(saved_at: Any = None) -> SafeString:
    """Draw the place where the form says that it is saved; that it saves by itself, only the script that does so promises."""
    text = _("Збережено %(time)s") % {"time": _saved(saved_at)} if saved_at else ""
    kind = "saved" if saved_at else "draft"
    promise = "" if saved_at else _("Зберігаємо самі, щойно ви щось напишете")
    given = {"class": f"state state--{kind}", "role": "status", "data-save-status": promise or True}
    return mark_safe(f"<span{controls.attributes(given)}>{escape(text)}</span>")


@register.simple_tag
def save_button() -> SafeString:
    """Draw the button that only saves, for a form that the script saves by itself: the script takes it away."""
    words = escape(_("Зберегти"))
    return mark_safe(
        f'<button class="button button--second" type="submit" name="stay" value="1" data-unscripted>{words}</button>'
    )
