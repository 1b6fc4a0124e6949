"""Addresses of the access table, as they stand in the scene."""

from django.urls import reverse


def part(scene, word):
    """A part of an address: a number or a word as it stands, else something of the scene."""
    if word.isdecimal():
        return int(word)
    if word.startswith("'"):
        return word.strip("'")
    found = scene
    for step in word.split("."):
        found = found[int(step)] if step.isdecimal() else getattr(found, step)
    return found


def address_of(line, scene):
    """The address of a line of the table, as it stands in the scene."""
    parts = dict(one.split("=", 1) for one in line.parts.split())
    return reverse(line.name, kwargs={name: part(scene, word) for name, word in parts.items()})
