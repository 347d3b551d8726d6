"""Pictures nobody should trust, and honest ones that are unusual; all made in code, named by what they are."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageCms, PngImagePlugin

PICTURE_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def draw(width: int = 96, height: int = 64, mode: str = "RGB") -> Image.Image:
    """A picture with a red top left corner, so that turning shows, on a gradient."""
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    picture.paste((255, 0, 0), (0, 0, max(1, width // 4), max(1, height // 4)))
    return picture if mode == "RGB" else picture.convert(mode)


def save(picture: Image.Image, encoding: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, encoding, **options)
    return out.getvalue()


def chunk(kind: bytes, body: bytes, *, crc: int | None = None) -> bytes:
    checksum = zlib.crc32(kind + body) if crc is None else crc
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", checksum)


def png_claiming(width: int, height: int, *, bits: int = 8, colour: int = 2, data: bytes = b"") -> bytes:
    """A PNG whose header claims any size; its data is a few packed zeros."""
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    body = data or zlib.compress(b"\0" * 100_000)
    return PICTURE_SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg_claiming(width: int, height: int) -> bytes:
    """A true JPEG whose frame header claims another size."""
    data = bytearray(jpeg())
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def webp_of_one_colour(width: int, height: int) -> bytes:
    """A true lossless WebP in 34 bytes: its codes have one symbol each, so a pixel takes no bit at all."""
    bits = 0x2F | (width - 1) << 8 | (height - 1) << 22
    place = 8 + 14 + 14 + 1 + 3 + 3  # signature, sides, no alpha, version 0, no transform, cache or meta codes
    for _code in range(5):
        bits |= 1 << place  # a simple code of one symbol, 0
        place += 4
    body = bits.to_bytes((place + 7) // 8 + 1, "little")
    body += b"\0" * (len(body) % 2)
    return b"RIFF" + struct.pack("<I", len(body) + 12) + b"WEBPVP8L" + struct.pack("<I", len(body)) + body


@cache
def jpeg() -> bytes:
    return save(draw(), "JPEG", quality=90)


@cache
def png() -> bytes:
    return save(draw(), "PNG")


@cache
def webp() -> bytes:
    return save(draw(), "WEBP")


@cache
def camera_jpeg(orientation: int = 6) -> bytes:
    """What a phone writes: maker, serial, place and time in EXIF, XMP, a comment, an embedded profile."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCameraMaker"
    gps = exif.get_ifd(0x8825)
    gps.update({1: "S", 2: (7.0, 28.0, 20.0), 3: "E", 4: (112.0, 26.0, 1.0)})
    exif.get_ifd(0x8769).update({0xA431: "SERIAL-0042", 0x9003: "2026:11:24 10:00:00"})
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><script>alert(1)</script></x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return save(
        draw(1200, 900),
        "JPEG",
        exif=exif,
        xmp=xmp,
        icc_profile=profile,
        comment=b"GPS <script>secret comment",
        quality=92,
    )


def _animation(encoding: str) -> bytes:
    return save(draw(), encoding, save_all=True, append_images=[draw(mode="L").convert("RGB")], duration=100)


def _many_scans() -> bytes:
    """A small progressive JPEG that repeats a scan 500 times."""
    data = save(draw(), "JPEG", progressive=True)
    first = data.index(b"\xff\xda")
    second = data.index(b"\xff\xc4", first) if b"\xff\xc4" in data[first:] else data.index(b"\xff\xda", first + 2)
    return data[:second] + data[first:second] * 500 + data[second:]


def _with_profile(profile: bytes) -> bytes:
    return save(draw(), "JPEG", icc_profile=profile)


def _png_with(*chunks: bytes) -> bytes:
    data = png()
    return data[:33] + b"".join(chunks) + data[33:]


def _container(brand: bytes) -> bytes:
    """The head of an AVIF or HEIC file."""
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\0\0" + b"mif1" + brand + b"\0" * 400


ZIP = b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06" + b"\0" * 18
HTML = b"<html><script>alert(document.cookie)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'


def refused_files() -> Iterator[tuple[str, bytes, str]]:
    """Files that must be refused: name, content, code of the refusal."""
    for megapixels, side in ((81, 9_000), (169, 13_000), (400, 20_000)):
        yield f"png_bomb_{megapixels}_megapixels.png", png_claiming(side, side), "too_many_pixels"
        yield f"jpeg_bomb_{megapixels}_megapixels.jpg", jpeg_claiming(side, side), "too_many_pixels"
    yield "webp_bomb_169_megapixels.webp", webp_of_one_colour(13_000, 13_000), "too_many_pixels"
    yield "one_pixel_high_65535_wide.jpg", jpeg_claiming(65_535, 1), "too_many_pixels"
    yield "side_over_the_limit.png", png_claiming(12_001, 10), "too_many_pixels"
    yield "claims_two_thousand_million.png", png_claiming(2**31 - 1, 2**31 - 1), "too_many_pixels"
    for tenth in range(10):
        data = camera_jpeg()
        yield f"cut_at_{tenth}_tenths.jpg", data[: max(3, len(data) * tenth // 10)], "*"
    yield "png_cut_in_half.png", png()[: len(png()) // 2], "*"
    yield "webp_cut_in_half.webp", webp()[: len(webp()) // 2], "*"
    yield "pdf_with_html.jpg", b"%PDF-1.4\n" + HTML + b"\n%%EOF", "not_a_picture"
    yield "svg_named.jpg", SVG, "not_a_picture"
    yield "html_named.jpg", HTML, "not_a_picture"
    yield "eps_named.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n(x) run\n", "not_a_picture"
    yield "tiff_named.jpg", save(draw(), "TIFF"), "not_a_picture"
    yield "gif_named.jpg", save(draw(), "GIF"), "not_a_picture"
    yield "bmp_named.jpg", save(draw(), "BMP"), "not_a_picture"
    yield "ico_named.png", save(draw(32, 32), "ICO"), "not_a_picture"
    yield "avif_named.jpg", _container(b"avif"), "not_a_picture"
    yield "heic_named.jpg", _container(b"heic"), "not_a_picture"
    yield "zip_named.jpg", ZIP, "not_a_picture"
    yield "text_named.jpg", b"just a letter\n" * 40, "not_a_picture"
    yield "animated.webp", _animation("WEBP"), "animated"
    yield "animated.png", _animation("PNG"), "animated"
    yield "empty.jpg", b"", "empty"
    yield "larger_than_15_megabytes.jpg", jpeg() + b"\0" * (15 * 1024 * 1024), "too_large"
    yield "bad_checksum_in_header.png", png()[:29] + b"\0\0\0\0" + png()[33:], "*"
    yield "text_chunk_bomb.png", _png_with(chunk(b"zTXt", b"a\0\0" + zlib.compress(b"x" * 70_000_000))), "*"
    yield "profile_chunk_bomb.png", _png_with(chunk(b"iCCP", b"a\0\0" + zlib.compress(b"x" * 70_000_000))), "*"
    yield "five_hundred_scans.jpg", _many_scans(), "unreadable"
    yield "million_comments.jpg", jpeg()[:2] + b"\xff\xfe\0\2" * 1_000_000 + jpeg()[2:], "unreadable"
    yield "filler_of_14_megabytes.jpg", jpeg()[:2] + b"\xff" * 14_000_000 + jpeg()[2:], "unreadable"
    yield "million_chunks.png", _png_with(chunk(b"abCd", b"") * 1_000_000), "unreadable"
    yield "zero_wide.png", png_claiming(0, 10), "*"
    yield "too_little_data.png", png_claiming(3_000, 3_000, data=zlib.compress(b"\0" * 10)), "*"
    yield "broken_zlib.png", png_claiming(100, 100, data=b"not packed at all"), "*"
    yield "signature_only.jpg", b"\xff\xd8\xff", "*"
    yield "frames_forever.webp", b"RIFF\xff\xff\xff\xffWEBPVP8X" + b"\xff" * 30, "*"


def accepted_files() -> Iterator[tuple[str, bytes]]:
    """Files that hold a good picture, with something in or behind it that must not survive."""
    yield "camera.jpg", camera_jpeg()
    yield "jpeg_with_zip.jpg", jpeg() + ZIP
    yield "jpeg_with_html.jpg", jpeg() + HTML
    yield "jpeg_with_script_comment.jpg", save(draw(), "JPEG", comment=b"*/=alert(1)/*<script>")
    yield "png_with_html.png", png() + HTML
    yield "webp_named.jpg", webp()
    yield "png_named.jpg", png()
    yield "one_colour.webp", webp_of_one_colour(300, 200)
    yield "one_pixel.png", save(draw(1, 1), "PNG")
    yield "thin.png", save(draw(4_000, 1), "PNG")
    yield "cmyk.jpg", save(draw(mode="CMYK"), "JPEG")
    yield "grey.jpg", save(draw(mode="L"), "JPEG")
    yield "black_and_white.png", save(draw(mode="1"), "PNG")
    yield "sixteen_bit_grey.png", save(Image.new("I;16", (64, 48), 40_000), "PNG")
    yield "sixteen_bit_colour.png", png_claiming(40, 40, bits=16, data=zlib.compress((b"\0" + b"\x80\0" * 120) * 40))
    yield "palette_with_alpha.png", save(draw(mode="P"), "PNG", transparency=0)
    yield "grey_with_alpha.png", save(draw(mode="LA"), "PNG")
    yield "colour_with_alpha.webp", save(draw(mode="RGBA"), "WEBP")
    yield "profile_bomb.jpg", _with_profile(b"\0" * 3_500_000)
    yield "profile_nonsense.jpg", _with_profile(b"not a profile at all" * 100)
    yield (
        "profile_of_another_space.jpg",
        _with_profile(ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()),
    )
    yield "huge_exif.jpg", save(draw(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08" + b"\xff" * 60_000)
    yield "huge_text_chunk.png", _png_with(*(chunk(b"tEXt", b"a\0" + b"<script>" * 1_000) for _ in range(20)))
    yield "exif_chunk.png", _png_with(chunk(b"eXIf", b"MM\0*\0\0\0\x08" + b"\xff" * 200_000))
    yield "bad_checksum_in_data.png", png()[:-16] + b"\0\0\0\0" + png()[-12:]
    yield "progressive.jpg", save(draw(), "JPEG", progressive=True)
    yield "interlaced_text.png", save(draw(), "PNG", pnginfo=_script_text())
    yield "phone_with_gain_map.jpg", _two_pictures()


def _script_text() -> PngImagePlugin.PngInfo:
    text = PngImagePlugin.PngInfo()
    text.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta><script>alert(1)</script></x:xmpmeta>", zip=True)
    return text


def _two_pictures() -> bytes:
    """A JPEG with a second one behind it, as phones write it (Multi-Picture Format)."""
    return save(draw(), "MPO", save_all=True, append_images=[draw(48, 32)])


def linear_grey_profile() -> bytes:
    """A grey profile with a straight tone curve: 128 of it is 188 in sRGB."""
    curve = b"curv\0\0\0\0" + struct.pack(">I", 0)
    white = b"XYZ \0\0\0\0" + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    text = b"text\0\0\0\0linear\0\0"
    tags, body, start = b"", b"", 128 + 4 + 12 * 3
    for signature, content in ((b"kTRC", curve), (b"wtpt", white), (b"cprt", text)):
        tags += signature + struct.pack(">II", start + len(body), len(content))
        body += content + b"\0" * (-len(content) % 4)
    size = start + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x02100000, b"mntr", b"GRAY", b"XYZ ") + b"\0" * 12 + b"acsp"
    head = head.ljust(68, b"\0") + struct.pack(">3i", 0xF6D6, 0x10000, 0xD32D)
    return head.ljust(128, b"\0") + struct.pack(">I", 3) + tags + body
