"""The library that the modules beside it fill, and how a component's template is drawn."""

from functools import cache
from typing import Any

from django.template import Library
from django.template.backends.django import Template
from django.template.loader import get_template
from django.utils.safestring import SafeString

register = Library()


@cache
def template(name: str) -> Template:
    """Find a component's template once per process."""
    return get_template(f"ui/components/{name}.html")


def draw(name: str, /, **context: Any) -> SafeString:
    """Draw a component; it sees what is given and nothing of the page around it."""
    return template(name).render(context)
