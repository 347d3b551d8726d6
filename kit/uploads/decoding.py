"""From a file nobody trusts to upright sRGB pixels, and from pixels to our own files."""

from __future__ import annotations

import io
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

from PIL import Image, ImageCms, UnidentifiedImageError

from kit.uploads.parts_scan import is_overloaded
from kit.uploads.refusals import UploadRefused

MAX_SIDE: Final = 12_000
MAX_PIXELS: Final = 52_000_000
MAX_ICC_BYTES: Final = 3 * 1024 * 1024
FORMATS: Final = ("JPEG", "PNG", "WEBP")

# The warning becomes an error for the whole process: `catch_warnings` is not safe between threads.
warnings.simplefilter("error", Image.DecompressionBombWarning)

_decoding = threading.Lock()


@contextmanager
def decoded(data: bytes, longer: int) -> Iterator[tuple[Image.Image, int, int]]:
    """The upright sRGB picture, its longer side at most `longer`, and the upright size of what was sent.

    One picture at a time in this process, the caller's work on it included. Whatever fails inside is a
    refusal: decoders raise struct.error, SyntaxError, MemoryError and others on hostile data.
    """
    with _decoding:
        try:
            with _open(data) as opened:
                size = opened.size
                opened.draft(None, fit(*size, longer))
                opened.load()  # before the metadata: a PNG loads itself to read them, and what that raises is lost
                turn = _orientation(opened)
                picture = _upright(_reduced(opened, longer), turn)
            width, height = size if turn < 5 else (size[1], size[0])
            yield picture, width, height
        except UploadRefused:
            raise
        except Exception as error:
            raise UploadRefused("unreadable") from error


def _open(data: bytes) -> Image.Image:
    """A picture whose header keeps every limit; nothing is decoded yet."""
    if is_overloaded(data):
        raise UploadRefused("unreadable")
    try:
        opened = Image.open(io.BytesIO(data), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused("too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise UploadRefused("not_a_picture") from error
    width, height = opened.size
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise UploadRefused("too_many_pixels")
    # Phones put a depth or gain map behind the photo; Pillow calls such a JPEG "MPO". Its first frame is the photo.
    if opened.format not in (*FORMATS, "MPO"):
        raise UploadRefused("not_a_picture")
    if opened.format != "MPO" and getattr(opened, "n_frames", 1) != 1:
        raise UploadRefused("animated")
    return opened


def _orientation(opened: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; broken metadata does not spoil a good picture."""
    try:
        turn = opened.getexif().get(0x0112, 1)
    except Exception:
        return 1
    return turn if isinstance(turn, int) and 1 <= turn <= 8 else 1


def _reduced(opened: Image.Image, longer: int) -> Image.Image:
    """The picture in sRGB at its stored size: smaller first, turned later, to save memory."""
    size = fit(*opened.size, longer)
    profile = opened.info.get("icc_profile")
    plain = _without_palette(opened)
    if plain.size != size:
        plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    return _in_srgb(plain, profile)


def _without_palette(opened: Image.Image) -> Image.Image:
    """The same picture in a mode that can be resized: L, LA, RGB, RGBA or CMYK."""
    if opened.mode.startswith("I"):  # 16 bit a pixel: `convert("L")` alone would clip, not scale
        return opened.convert("I").point(lambda level: level * (1 / 257)).convert("L")
    if "transparency" in opened.info:
        return opened.convert("RGBA")
    if opened.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return opened
    return opened.convert("L" if opened.mode == "1" else "RGBA" if opened.mode == "PA" else "RGB")


def _in_srgb(picture: Image.Image, profile: object) -> Image.Image:
    """The picture as RGB in sRGB on white; a colour profile that is too big or does not fit is ignored."""
    if picture.mode in ("LA", "RGBA"):
        alpha = picture.getchannel("A")
        colours = _in_srgb(picture.convert("L" if picture.mode == "LA" else "RGB"), profile)
        flat = Image.new("RGB", picture.size, "white")
        flat.paste(colours, mask=alpha)
        return flat
    if isinstance(profile, bytes) and len(profile) <= MAX_ICC_BYTES:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if source.profile.xcolor_space.strip() == {"L": "GRAY"}.get(picture.mode, picture.mode):
                converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
                if converted is not None:
                    return converted
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            return picture.convert("RGB")
    return picture.convert("RGB")


_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def _upright(picture: Image.Image, turn: int) -> Image.Image:
    """Turned upright, and bare of everything but pixels (encoders copy a comment or profile from `info`)."""
    turned = picture.transpose(_TURNS[turn]) if turn in _TURNS else picture.copy()
    turned.info = {}
    return turned


def fit(width: int, height: int, longer: int) -> tuple[int, int]:
    """The size with its longer side at most `longer` pixels; nothing is enlarged."""
    if max(width, height) <= longer:
        return width, height
    scale = longer / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def encode(picture: Image.Image, encoding: Literal["JPEG", "WEBP"], *, quality: int) -> bytes:
    """A file of a picture; `quality` 0 to 100."""
    out = io.BytesIO()
    if encoding == "WEBP":
        picture.save(out, "WEBP", quality=quality, method=4)
    else:
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
