"""Whatever a feed sends: a row is a record or rejected, a first line is a header, a row or refused."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import NOW, birth_row, card_row
from verification.delivery import Header, header_in
from verification.errors import DeliveryHeaderError, RecordRowError
from verification.record_rows import block_rows, parse_rows, parsed_block
from verification.source import IncomingRecord, RejectedRow
from verification.source_profile import shipped_sources, source_of

ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
SHIPPED = {str(source.name): source for source in shipped_sources()}
ROWS: dict[str, dict[str, object]] = {"population": card_row(), "civil_status": birth_row()}


@pytest.mark.parametrize("name", ROWS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_value_anywhere_gives_a_record_or_a_reason(name: str, data: st.DataObject) -> None:
    source = source_of(name, shipped_sources())
    assert source is not None
    paths = sorted(
        {path.split(".")[0] for path in source.schema.fields} | {"status", "updated_at", "deleted"}
    )
    row = {**ROWS[name], data.draw(st.sampled_from(paths)): data.draw(ANY)}
    (found,) = parse_rows([(1, row)], source, NOW)
    assert isinstance(found, IncomingRecord | RejectedRow)
    if isinstance(found, IncomingRecord):
        assert set(found.record.values) <= set(source.schema.fields)
    # What another process makes of it is the same.
    (sent,) = block_rows(parsed_block([(1, row)], source, NOW), source.name)
    assert type(sent) is type(found)


@settings(max_examples=300, deadline=None)
@given(said=ANY)
def test_any_header_is_one_or_is_refused(said: object) -> None:
    with suppress(DeliveryHeaderError):
        assert isinstance(header_in({"delivery": said}), Header)
    with suppress(DeliveryHeaderError):
        header_in(said)


def test_a_reason_names_no_value() -> None:
    source = SHIPPED["population"]
    for field in ("date_of_birth", "sex", "full_name", "personal_number"):
        (found,) = parse_rows([(1, {**card_row(), field: "Bí Mật 12"})], source, NOW)
        assert isinstance(found, RejectedRow)
        assert "Mật" not in found.detail
        assert found.code == RecordRowError.code
