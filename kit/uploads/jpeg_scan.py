"""How many scans a JPEG holds: thousands of them in a small file keep a decoder busy for minutes."""

import re

_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])", re.DOTALL)


def count_scans(data: bytes, *, at_most: int) -> int:
    """The scans of the first picture in `data`, counted to `at_most` + 1; what follows its end is not looked at."""
    scans = 0
    position = 2
    while scans <= at_most:
        found = _MARKER.search(data, position)
        if found is None or found[1] == b"\xd9":
            return scans
        position = found.end()
        if found[1] == b"\x01":
            continue
        position += int.from_bytes(data[position : position + 2])
        if found[1] == b"\xda":
            scans += 1
    return scans
