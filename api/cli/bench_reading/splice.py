"""A page and a table in, the page with the table between its two marks out."""

MARKERS = ("<!-- bench read -->", "<!-- /bench read -->")


def spliced(page: str, table: str, markers: tuple[str, str] = MARKERS) -> str | None:
    """What stood between the marks is replaced; None where the page lacks them."""
    before, begin, rest = page.partition(markers[0])
    _, end, after = rest.partition(markers[1])
    return f"{before}{begin}\n{table}{end}{after}" if begin and end else None
