"""The resources of a PDF page in, nothing out: refuses patterns and shadings made to take hours."""

from collections.abc import Iterator

import pikepdf

from ocr.errors import PageTooComplexError

# A screen of dots a point apart over A3 has a million; PDFium draws every tile by itself.
_MOST_TILES = 2_000_000
# A program that is run for every dot of the page; those of real files have some hundred letters.
_LONGEST_PROGRAM = 2048
_MOST_FUNCTIONS = 64
_PROGRAM, _TILING = 4, 1


def check_paint(resources: pikepdf.Object, area: float) -> None:
    """Look at every pattern and shading, whether or not it is used. `area`: the page's, in square points.

    Raises PageTooComplexError, and what pikepdf raises at a value of the wrong type.
    """
    for pattern in _values(resources, "/Pattern"):
        if pattern.get("/PatternType") == _TILING:
            _check_tiles(pattern, area)
        elif "/Shading" in pattern:
            _check_shading(pattern.Shading)
    for shading in _values(resources, "/Shading"):
        _check_shading(shading)


def _values(resources: pikepdf.Object, name: str) -> Iterator[pikepdf.Object]:
    for _, value in resources.get(name, pikepdf.Dictionary()).items():
        if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            yield value


def _check_tiles(pattern: pikepdf.Object, area: float) -> None:
    a, b, c, d = (float(value) for value in list(pattern.get("/Matrix", pikepdf.Array([1, 0, 0, 1])))[:4])
    tile = abs(float(pattern.get("/XStep", 0)) * float(pattern.get("/YStep", 0)) * (a * d - b * c))
    # A step of nothing is taken for the size of the cell by readers.
    if tile and area / tile > _MOST_TILES:
        raise PageTooComplexError


def _check_shading(shading: pikepdf.Object) -> None:
    waiting, looked_at = [shading.get("/Function")], 0
    while waiting:
        function = waiting.pop()
        looked_at += 1
        if looked_at > _MOST_FUNCTIONS:
            raise PageTooComplexError
        if isinstance(function, pikepdf.Array):
            waiting.extend(list(function)[:_MOST_FUNCTIONS])
        elif isinstance(function, pikepdf.Dictionary | pikepdf.Stream):
            waiting.append(function.get("/Functions"))
            if function.get("/FunctionType") == _PROGRAM and _is_long(function):
                raise PageTooComplexError


def _is_long(function: pikepdf.Object) -> bool:
    return "/Filter" in function or len(function.read_raw_bytes()) > _LONGEST_PROGRAM
