"""Sets one document in type, in a process of its own that ends with it.

Run by its path, not imported: it reads a job from its standard input and writes the document to its standard output. So a
web worker does not keep the forty megabytes that typst takes, a document that takes too long is ended without harm, and
what is set here can neither write a file nor take more than its share of the processor (docs/decisions/0013).
"""

import json
import os
import resource
import sys
from typing import Any

SECONDS = 20  # of processor time; a poster takes a twentieth of one
GENTLE = 10  # pages go first
UNDRAWN = "could not be displayed with font"


def bound() -> None:
    """Take from this process what it does not need."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    os.nice(GENTLE)


def document(job: dict[str, Any]) -> bytes:
    """The document of a job; the data reaches its source as one text that it reads as JSON, never as source."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=job["fonts"])
    # Sources read no files; could they, there are only fonts here.
    compiler = typst.Compiler(root=job["fonts"][0], font_paths=fonts, ignore_system_fonts=True)

    def made(standards: list[str]) -> bytes:
        pages = compiler.compile(
            job["source"].encode(),
            format=job["kind"],
            ppi=72,
            sys_inputs={"data": json.dumps(job["data"])},
            pdf_standards=standards,
            timestamp=job["at"],
        )
        return b"".join(pages) if isinstance(pages, list) else pages

    if job["kind"] != "pdf":
        return made([])
    try:
        return made(["ua-1"])
    except typst.TypstError as fault:
        # Somebody typed a sign that no face has, 👋 or 漢: better an empty box in its place than no document.
        if UNDRAWN not in str(fault):
            raise
        return made([])


if __name__ == "__main__":
    bound()
    sys.stdout.buffer.write(document(json.load(sys.stdin.buffer)))
