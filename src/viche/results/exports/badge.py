"""A figure as a small picture for other sites: its name to the left, its number to the right."""

from viche.formats.xmltext import said

CONTENT_TYPE = "image/svg+xml; charset=utf-8"
WIDE, GAP, HEIGHT = 6.6, 9, 22  # of a letter of eleven pixels, at its sides, of the picture
LONGEST = 60
GREEN, LINEN, INK, PALE = "#16503c", "#f2ebda", "#1b231f", "#fdf6e3"


def drawn(name: str, number: str) -> str:
    """The picture; a long name is cut at a word."""
    if len(name) > LONGEST:
        name = f"{name[:LONGEST].rsplit(' ', 1)[0]}…"
    left, right = (round(len(words) * WIDE + 2 * GAP) for words in (name, number))
    words, whole = f"{said(name)}: {said(number)}", left + right
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{HEIGHT}" viewBox="0 0 {whole} {HEIGHT}" role="img">'
        f"<title>{words}</title>"
        f'<rect width="{whole}" height="{HEIGHT}" rx="3" fill="{GREEN}"/><path d="M3 0H{left}V{HEIGHT}H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z" fill="{LINEN}"/>'
        f'<g font-family="Roboto,Segoe UI,Noto Sans,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">'
        f'<text x="{left / 2:g}" y="15" fill="{INK}" textLength="{left - 2 * GAP}">{said(name)}</text>'
        f'<text x="{left + right / 2:g}" y="15" fill="{PALE}" font-weight="700" textLength="{right - 2 * GAP}">{said(number)}</text></g></svg>'
    )
