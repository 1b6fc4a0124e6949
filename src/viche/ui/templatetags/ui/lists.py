"""What stands around a list: search, filters, order, pages, downloads."""

# ruff: noqa: S308 — what comes from people is escaped where it is put in

from typing import Any

from django.template import RequestContext
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from viche.ui import listing, menu, paging, wording

from .library import draw, register


@register.simple_tag
def pages(page: paging.Page, label: str = "") -> SafeString:
    """Draw the foot of a list: its pages and which rows are shown."""
    shown = _("%(first)s–%(last)s із %(count)s") % {
        "first": wording.number(page.first),
        "last": wording.number(page.last),
        "count": wording.number(page.count),
    }
    return draw(
        "pages",
        page=page,
        label=label or _("Сторінки списку"),
        shown=shown,
        before=str(page.number - 1),
        after=str(page.number + 1),
    )


@register.simple_tag(takes_context=True)
def downloads(context: RequestContext, endings: str = "csv xlsx json") -> SafeString:
    """Offer the same list, with the same search, in formats for programs: /awards/?q=x ⇒ /awards.csv?q=x."""
    request = context["request"]
    query = paging.kept_query(request, paging.NUMBER).rstrip("&")
    place = request.path.rstrip("/")
    offers = [(ending.upper(), f"{place}.{ending}{'?' if query else ''}{query}") for ending in endings.split()]
    return draw("downloads", offers=offers)


@register.simple_tag(takes_context=True)
def search_form(context: RequestContext, form: Any, label: str, button: str = "") -> SafeString:
    """Draw search and filters above a list; they go into the address.

    A form with many names in `beside` those filters that stand in sight; all others lie folded, however wide the screen.
    """
    kept = [
        (name, value)
        for name, values in context["request"].GET.lists()
        if name not in form.fields and name != paging.NUMBER
        for value in values
    ]
    filtered = any(context["request"].GET.get(name) for name in form.fields)
    first, *others = form.visible_fields()
    named = getattr(form, "beside", ())
    beside = [form[name] for name in named]
    more = [bound for bound in others if bound.name not in named]
    parts = {"first": first, "beside": beside, "more": more, "kept": kept, "reset": context["request"].path}
    chosen = any(context["request"].GET.get(bound.name) for bound in more)
    button = button or _("Показати")
    return draw("search_form", label=label, button=button, filtered=filtered, chosen=chosen, **parts)


@register.simple_tag(takes_context=True)
def office_menu(context: RequestContext, programme: Any) -> SafeString | str:
    """Draw the menu of a programme's office, as far as the reader may open it; `programme` has a `code` and is `called` something.

    A page whose address tells not where it belongs names the address of its entry as `office_tab`.
    """
    request = context["request"]
    links = menu.office(programme.code, menu.roles_of(getattr(request, "user", None), programme))
    path = request.path
    here = context.get("office_tab") or max(
        (link.href for link in links if path.startswith(link.href)), key=len, default=""
    )
    return draw("office_menu", links=links, here=here, name=programme.called) if links else ""


@register.simple_tag(takes_context=True)
def heading(context: RequestContext, text: str, key: str = "", num: bool = False) -> SafeString:
    """Draw the head of a column; with `key` it orders the list, and says in which direction."""
    shape = ' class="num"' if num else ""
    if not key:
        return mark_safe(f'<th scope="col"{shape}>{escape(text)}</th>')
    request = context["request"]
    now = request.GET.get(listing.ORDER, context.get("order", ""))
    query = paging.kept_query(request, listing.ORDER, paging.NUMBER)
    then, sign, said = key, "", "none"
    if now == key:
        then, sign, said = f"-{key}", "↑", "ascending"
    elif now == f"-{key}":
        sign, said = "↓", "descending"
    arrow = f' <span aria-hidden="true">{sign}</span>' if sign else ""
    return mark_safe(
        f'<th scope="col"{shape} aria-sort="{said}"><a href="?{escape(query)}{listing.ORDER}={then}">{escape(text)}</a>{arrow}</th>'
    )
