"""What waits to be signed elsewhere, changed by somebody who can write into the database and the store: the
agency seals only what the service itself prepared, signed by the officer's own certificate.
"""

import pytest

from signing.increment import opened
from signing.model import PreparedPdf, Signatory
from tests.builders import diploma_page
from tests.desk import OFFICER, OFFICER_NAME, Desk, approval
from tests.signing_ways import OutsideSigner, PlugIn
from verification.pending import Pending
from verification.ports import PaperCase
from verification.register import EntryState
from verification.signing_errors import SignatureNotAwaitedError
from verification.submission import PaperId
from verification.workflow.issue import held_line, prepared_for
from verification.workflow.sign_outside import Returned, awaited, begin, finish
from verification.workflow.verify_register import verify_register

STRANGER = Signatory("nguoi.la", "Nguyễn Thị Lạ")


@pytest.fixture
def paper(desk: Desk, needed: PaperCase) -> PaperId:
    """Approved, and waiting for a key that is at the officer's own machine."""
    desk.replace(signer=OutsideSigner(desk.services.signer))
    desk.decide(approval(needed))
    return needed.id


def planted(desk: Desk, paper: PaperId, prepared: PreparedPdf, by: PlugIn, reason: str = "") -> Returned:
    """Another document, signer or reason in the place of what was handed out, with its signature."""
    pending = begin(desk.services, paper, OFFICER).pending
    made = desk.services.signer.begin(
        prepared,
        certificates=by.certificates(),
        reason=reason or pending.reason,
        at=held_line(desk.services, paper).entry.held_at,
    )
    swapped = Pending(
        **{name: getattr(pending, name) for name in ("paper_id", "token", "officer_id", "entry_id")},
        document=desk.objects.put_once(made.content),
        signed_attributes=made.signed_attributes,
        certificate=made.certificate,
        chain=made.chain,
        reason=made.reason,
        begun_at=pending.begun_at,
        expires_at=pending.expires_at,
    )
    with desk.database.transaction() as tx:
        tx.pending.keep(swapped)
    return Returned(OFFICER, pending.token, by.signature(made.signed_attributes))


def prepared(desk: Desk, paper: PaperId) -> PreparedPdf:
    """What the service itself makes of the paper; its line is held."""
    begin(desk.services, paper, OFFICER)
    return prepared_for(desk.services, held_line(desk.services, paper))


def refused(desk: Desk, paper: PaperId, returned: Returned) -> None:
    assert awaited(desk.services, paper, OFFICER) is None
    with pytest.raises(SignatureNotAwaitedError):
        finish(desk.services, paper, returned)
    assert ([line.state for line in desk.lines()], desk.issued(paper)) == ([EntryState.HELD], ())


def test_the_certificate_of_somebody_else_signs_nothing(desk: Desk, paper: PaperId) -> None:
    stranger = PlugIn(desk.pki, STRANGER)
    refused(desk, paper, planted(desk, paper, prepared(desk, paper), stranger))


def test_another_document_is_not_sealed_even_if_the_officer_signed_it(desk: Desk, paper: PaperId) -> None:
    other = desk.hand_in(diploma_page())
    desk.decide(approval(other))
    begin(desk.services, other.id, OFFICER)
    another = prepared_for(desk.services, held_line(desk.services, other.id))
    returned = planted(desk, paper, another, PlugIn(desk.pki, Signatory(OFFICER, OFFICER_NAME)))
    with pytest.raises(SignatureNotAwaitedError):
        finish(desk.services, paper, returned)
    assert desk.issued(paper) == ()


def test_a_revision_more_in_the_document_is_not_sealed(desk: Desk, paper: PaperId) -> None:
    officer = PlugIn(desk.pki, Signatory(OFFICER, OFFICER_NAME))
    with opened(prepared(desk, paper).content) as revised:
        revised.write(revised.new_number(), b"(B\xe1n nh\xe0)")
        longer = PreparedPdf(revised.content + revised.tail())
    refused(desk, paper, planted(desk, paper, longer, officer))


def test_another_reason_is_not_sealed(desk: Desk, paper: PaperId) -> None:
    officer = PlugIn(desk.pki, Signatory(OFFICER, OFFICER_NAME))
    refused(desk, paper, planted(desk, paper, prepared(desk, paper), officer, reason="Việc khác"))


def test_what_nobody_touched_is_issued(desk: Desk, paper: PaperId) -> None:
    officer = PlugIn(desk.pki, Signatory(OFFICER, OFFICER_NAME))
    finish(desk.services, paper, planted(desk, paper, prepared(desk, paper), officer))
    assert verify_register(desk.services).faults == ()
