"""Say in which sizes the author's pictures are published, and what an <img> says of each.

A picture that is shown comes in a few widths as WebP, never wider than it is, and once in a format that
everything reads. One that a link leads to is published in its own size.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from msgspec import Struct

from cmsite.model import DrawingRecipe, Picture, PictureFormat, PictureRecipe, SiteFile

_TALLEST = 16_383  # pixels: WebP has no room for more
_PLAIN = {  # format: that of its smaller copy for those who do not know what to do with the others
    PictureFormat.JPEG: PictureFormat.JPEG,
    PictureFormat.PNG: PictureFormat.PNG,
    PictureFormat.GIF: PictureFormat.PNG,
    PictureFormat.WEBP: PictureFormat.WEBP,
    PictureFormat.AVIF: PictureFormat.WEBP,
}
_ENDINGS = {PictureFormat.JPEG: "jpg", PictureFormat.PNG: "png", PictureFormat.WEBP: "webp"}


class Use(Struct, frozen=True):
    """A place where pictures stand: the widths they are made in, and how wide the place is, in pixels."""

    widths: tuple[int, ...]
    room: int


IN_TEXT = Use((480, 960, 1440, 1920), 600)  # a column of 37.5rem, at up to three dots a pixel
PORTRAIT = Use((240, 480), 120)


class Showing(Struct, frozen=True):
    """What an <img> says of a picture: its file, that file's size, and files of other widths.

    A size of 0 is not known; `sizes` is empty where there are no other files.
    """

    path: str
    width: int = 0
    height: int = 0
    sources: tuple[tuple[str, int], ...] = ()
    sizes: str = ""


class _Copy(Struct, frozen=True):
    """One of the files that a picture is published as."""

    path: str
    format: PictureFormat
    width: int
    height: int


class Gallery(Struct, frozen=True):
    """The author's files by their paths from content/, and the static ones by theirs.

    `maker` stands for the program that makes smaller pictures; "" if there is none, and every picture
    is published as it is.
    """

    files: Mapping[str, SiteFile]
    static: Mapping[str, SiteFile]
    maker: str

    def show(self, path: str, use: Use = IN_TEXT) -> Showing:
        """Return what an <img> says of a file of content/files/."""
        file = self.files[path]
        if not (file.picture and self._is_remade(file)):
            return _as_it_is(path, file)
        plain = _plain(path, file.picture, use)
        sources = tuple((copy.path, copy.width) for copy in _smaller(path, file.picture, use))
        return Showing(plain.path, plain.width, plain.height, sources, sizes(plain.width, use.room))

    def show_static(self, path: str) -> Showing:
        """Return what an <img> says of a static file, which is published as it is."""
        return _as_it_is(path, self.static[path]) if path in self.static else Showing(path)

    def publish(
        self, path: str, uses: Collection[Use], *, linked: bool
    ) -> Iterator[tuple[str, PictureRecipe | DrawingRecipe | None]]:
        """Yield each file to publish for one that is shown in some places, or linked to, or both.

        Its recipe is None when it is the author's own, as it is.
        """
        file, picture = self.files[path], self.files[path].picture
        source = f"content/{path}"
        if picture and picture.format is PictureFormat.SVG:
            yield path, DrawingRecipe(source, file.digest)
        elif picture and self.maker and picture.format in _PLAIN:
            wanted = {_whole(path, picture)} if linked or picture.moving else set()
            for use in () if picture.moving else uses:
                wanted |= {_plain(path, picture, use), *_smaller(path, picture, use)}
            for copy in sorted(wanted, key=lambda copy: copy.path):
                size = copy.format, copy.width, copy.height
                yield copy.path, PictureRecipe(source, file.digest, picture, *size, self.maker)
        else:
            yield path, None

    def keeps_what_cameras_note(self, path: str) -> bool:
        """Return whether a picture is published with its metadata, for want of a program to take them out."""
        picture = self.files[path].picture
        return picture is not None and picture.format in _PLAIN and not self.maker

    def _is_remade(self, file: SiteFile) -> bool:
        picture = file.picture
        return bool(self.maker and picture and picture.format in _PLAIN and not picture.moving)


def sizes(width: int, room: int = IN_TEXT.room) -> str:
    """Return the `sizes` of a picture that is `width` pixels wide in a place that has `room`."""
    if room < IN_TEXT.room:
        return f"{min(width, room)}px"
    return f"(min-width: {width}px) {width}px, 100vw" if width < room else "(min-width: 40rem) 37.5rem, 100vw"


def _as_it_is(path: str, file: SiteFile) -> Showing:
    return Showing(path, file.picture.width, file.picture.height) if file.picture else Showing(path)


def _smaller(path: str, picture: Picture, use: Use) -> Iterator[_Copy]:
    """Yield the WebP copies in the widths of a place; the widest is as wide as the picture, if it may be.

    A width that is nearly that of the widest would save nothing.
    """
    widest = min(picture.width, use.widths[-1])
    for width in (*(width for width in use.widths if width * 10 < widest * 9), widest):
        copy = _in_width(path, picture, PictureFormat.WEBP, width)
        if copy.height <= _TALLEST:
            yield copy


def _plain(path: str, picture: Picture, use: Use) -> _Copy:
    """Return the copy that `src` names: the picture itself where it is not too wide for the place."""
    copy = _in_width(path, picture, _PLAIN[picture.format], min(picture.width, use.widths[-1]))
    too_tall = copy.format is PictureFormat.WEBP and copy.height > _TALLEST
    return _whole(path, picture) if too_tall or copy.width == picture.width else copy


def _in_width(path: str, picture: Picture, picture_format: PictureFormat, width: int) -> _Copy:
    if (picture_format, width) == (picture.format, picture.width):
        return _whole(path, picture)
    height = max(1, (2 * picture.height * width + picture.width) // (2 * picture.width))
    return _Copy(f"{path}.{width}.{_ENDINGS[picture_format]}", picture_format, width, height)


def _whole(path: str, picture: Picture) -> _Copy:
    return _Copy(path, picture.format, picture.width, picture.height)
