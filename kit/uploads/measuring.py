"""What a picture costs to take: for `manage.py bench`, measured in a process of its own."""

from __future__ import annotations

import io
import multiprocessing
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.core.files.storage import FileSystemStorage
from PIL import Image

from kit.uploads.pictures import store_picture
from kit.uploads.refusals import UploadRefused

CAMERA_SIZES: Final[dict[int, tuple[int, int]]] = {12: (4000, 3000), 24: (6000, 4000), 48: (8000, 6000)}


@dataclass(frozen=True)
class Cost:
    """Seconds of one upload, checks to stored files, and the megabytes it needed at its peak beyond an idle process."""

    seconds: float
    extra_megabytes: float
    outcome: str


def make_photo(megapixels: int = 12) -> bytes:
    """A JPEG the size of a camera's, turned by its EXIF, with as much detail as a real scene (4 to 5 MB at 12)."""
    width, height = CAMERA_SIZES[megapixels]
    scene = Image.effect_noise((width // 4, height // 4), 60).resize((width, height)).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    scene.save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def measure_upload(data: bytes) -> Cost:
    """Take `data` as a picture in a fresh process, into a temporary storage (Linux only: reads /proc)."""
    answers: multiprocessing.Queue[Cost] = multiprocessing.get_context("spawn").Queue()
    child = multiprocessing.get_context("spawn").Process(target=_measure, args=(data, answers))
    child.start()
    cost = answers.get(timeout=60)
    child.join()
    return cost


def _measure(data: bytes, answers: multiprocessing.Queue[Cost]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        storage = FileSystemStorage(folder)
        before = peak_megabytes()
        began = time.perf_counter()
        try:
            store_picture(io.BytesIO(data), storage=storage)
            outcome = "stored"
        except UploadRefused as refusal:
            outcome = refusal.code
        answers.put(Cost(time.perf_counter() - began, peak_megabytes() - before, outcome))


def peak_megabytes() -> float:
    """The most memory that this process ever had. (getrusage also counts its parent's, when it was started.)"""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024
