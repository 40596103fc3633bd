"""What was revoked and then changed where no signature looks: its bytes are new, and it is void as before."""

from collections.abc import Callable

import pytest
from asn1crypto import cms

from signing.fields import gap_of, value_of
from signing.model import Verdict
from tests.builders import NOW, birth_page, birth_row, diploma_page
from tests.desk import OFFICER, Desk, approval, not_needed
from verification.certification import Issued, Standing, StandingChange
from verification.workflow.validate import validate


def with_a_line_more(content: bytes) -> bytes:
    return content + b"\n"


def without_its_time_stamp(content: bytes) -> bytes:
    """The agency's signature as it was, but for the attribute that dates it, which nothing covers."""
    package, gap = cms.ContentInfo.load(value_of(content)), gap_of(content)
    signer = package["content"]["signer_infos"][0]
    bare = cms.SignerInfo({name: signer[name] for name in signer if name != "unsigned_attrs"})
    package["content"]["signer_infos"] = cms.SignerInfos([bare])
    bare_value: bytes = package.dump(force=True)
    value = bare_value.hex().ljust(gap.end - gap.start - 2, "0").encode()
    return content[: gap.start + 1] + value + content[gap.end - 1 :]


CHANGES = [with_a_line_more, without_its_time_stamp]


@pytest.fixture(params=["copy", "receipt"])
def issued(request: pytest.FixtureRequest, desk: Desk) -> Issued:
    if request.param == "copy":
        return desk.issue(approval(desk.hand_in(diploma_page())))
    desk.load("civil_status", birth_row())
    return desk.issue(not_needed(desk.hand_in(birth_page())))


@pytest.mark.parametrize("change", CHANGES)
def test_a_good_one_stays_good(desk: Desk, issued: Issued, change: Callable[[bytes], bytes]) -> None:
    found = validate(desk.services, change(desk.objects.get(issued.digest)))
    assert (found.report.verdict, found.issued) == (Verdict.VALID, None)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    ("standing", "verdict"),
    [(Standing.REVOKED, Verdict.INVALID), (Standing.SUPERSEDED, Verdict.UNDETERMINED)],
)
def test_one_that_is_not_stays_so(
    desk: Desk, issued: Issued, change: Callable[[bytes], bytes], standing: Standing, verdict: Verdict
) -> None:
    with desk.database.transaction() as tx:
        tx.certifications.stand(StandingChange(issued.code, standing, "Cấp nhầm", NOW, OFFICER))
    found = validate(desk.services, change(desk.objects.get(issued.digest)))
    assert (found.report.verdict, found.issued) == (verdict, None)
    assert found.report.reasons[0].code == standing.value
