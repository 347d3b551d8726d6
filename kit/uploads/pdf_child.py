"""Reads a PDF that nobody trusts, in a process of its own: `python -I pdf_child.py look|draw <longer side>`.

The file comes on the standard input; the answer goes to the standard output: one word for "look" (ok, encrypted,
active, unreadable), a JPEG of the first page for "draw". It is run as a file, not as a module, so that the process
knows nothing of the site. The limits bind before any library of PDFs is loaded.
"""

from __future__ import annotations

import io
import resource
import sys
from collections.abc import Iterator
from typing import Any

MEGABYTE = 1024 * 1024
LIMITS = {
    resource.RLIMIT_AS: 1024 * MEGABYTE,
    resource.RLIMIT_CPU: 8,  # seconds
    resource.RLIMIT_FSIZE: 8 * MEGABYTE,
    resource.RLIMIT_CORE: 0,
}
MOST_OBJECTS = 200_000
MOST_VALUES = 2_000_000
KEYS = frozenset({"/AA", "/EF", "/EmbeddedFiles", "/JavaScript", "/JS", "/RichMediaContent", "/XFA"})
ACTIONS = frozenset(
    {
        "/GoTo3DView", "/GoToE", "/GoToR", "/ImportData", "/JavaScript", "/Launch", "/Movie", "/Rendition",
        "/RichMediaExecute", "/Sound", "/SubmitForm",
    }
)  # fmt: skip
ANNOTATIONS = frozenset({"/3D", "/FileAttachment", "/Movie", "/RichMedia", "/Screen", "/Sound"})


def main(task: str, *arguments: str) -> None:
    """Do the task within the limits."""
    for limit, most in LIMITS.items():
        resource.setrlimit(limit, (most, most))
    data = sys.stdin.buffer.read()
    answer = look(data).encode() if task == "look" else draw(data, int(arguments[0]))
    sys.stdout.buffer.write(answer)


def look(data: bytes) -> str:
    """What stands against keeping the file. Every object is looked at, also those that nothing points to."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                return "encrypted"
            if not len(pdf.pages):
                return "unreadable"
            return "active" if _is_active(pdf) else "ok"
    except pikepdf.PasswordError:
        return "encrypted"
    except Exception:
        return "unreadable"


def draw(data: bytes, longer: int) -> bytes:
    """The first page as a JPEG, its longer side `longer` pixels; forms and notes beside the page are not drawn."""
    import pypdfium2

    with pypdfium2.PdfDocument(data) as pdf:
        page = pdf[0]
        width, height = page.get_size()
        scale = longer / max(width, height, 1.0)
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=88)
    return out.getvalue()


def _is_active(pdf: Any) -> bool:
    seen = 0
    for number, thing in enumerate(pdf.objects):
        if number > MOST_OBJECTS:
            raise ValueError("too many objects")
        for value in _containers(thing):
            seen += 1
            if seen > MOST_VALUES:
                raise ValueError("too many values")
            if _is_dangerous(value):
                return True
    return False


def _containers(thing: Any) -> Iterator[Any]:
    """The dictionaries within an object; what is only pointed to is an object of its own and comes in its turn."""
    import pikepdf

    waiting = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting += [part for part in one if _is_nested(part)]
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            waiting += [part for _key, part in one.items() if _is_nested(part)]


def _is_nested(part: Any) -> bool:
    import pikepdf

    return isinstance(part, pikepdf.Array | pikepdf.Dictionary) and not part.is_indirect


def _is_dangerous(value: Any) -> bool:
    if KEYS.intersection(value.keys()):
        return True
    kind, action, shape = (str(value.get(key, "")) for key in ("/Type", "/S", "/Subtype"))
    return kind == "/EmbeddedFile" or action in ACTIONS or (shape in ANNOTATIONS and "/Rect" in value)


if __name__ == "__main__":
    main(*sys.argv[1:])
