"""Sign outside: a paper to sign whose officer's key is elsewhere (the browser plug-in of the state's
authority, a remote service) in; first what is to be signed out, then, with the signature, the issued paper.

1. `begin`: the steps 1 and 2 of `issue` up to the signature. The certificate is one that is on file for the
   officer. The PDF with its empty place goes into the store; a row says what is waited for and until when,
   under a token of its own. The number is held.
2. The digest goes out; the key signs it elsewhere.
3. `finish`: the token is the newest one, the time is not over, the delegation of the line still in force;
   what waited is drawn once more and is the same to the byte, and so is the certificate, whatever was done to
   rows and store meanwhile; the signature is checked, put in, and the agency seals. Then the steps 3 and 4 of
   `issue`.

Whatever breaks off between leaves a line that is held: the next `begin` takes it up under the same number,
and makes void what was handed out before. What lies in the paper itself cancels the line, as in a batch. A
signature that is refused changes nothing. A `finish` that comes again gives the same answer.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from signing.errors import SigningError
from signing.model import PendingSignature, Signatory, SignedPdf, SigningWay
from signing.pades import begun_from
from verification.certification import Issued
from verification.decision import Role
from verification.errors import (
    NotAllowedError,
    NotDecidableError,
    ObjectDamagedError,
    ObjectMissingError,
    StaleError,
)
from verification.pending import Pending, PendingToken
from verification.ports import PaperCase
from verification.register import EntryState
from verification.services import Services
from verification.signing_errors import (
    CertificateNotOnFileError,
    SignatureNotAwaitedError,
    SignatureTooLateError,
)
from verification.submission import OfficerId, PaperId, PaperStage
from verification.workflow.compose import Held, reason_of
from verification.workflow.give_up_one import OF_ONE_PAPER, given_up_if_its_own
from verification.workflow.issue import complete, held_line, hold, prepared_for, require_delegated

WAITS_FOR = timedelta(minutes=30)
"""Time enough for a plug-in, a token and a PIN; what was drawn long ago is drawn anew."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What is handed out. `number` is the one that was taken, as printed."""

    pending: Pending
    number: str


@dataclass(frozen=True, slots=True)
class Returned:
    """A signature as it comes back: under which token, and its value (ECDSA-Sig-Value or PKCS#1 v1.5)."""

    officer_id: OfficerId
    token: PendingToken
    value: bytes


def begin(
    services: Services, paper_id: PaperId, officer_id: OfficerId, *, certificates: tuple[bytes, ...] = ()
) -> Begun:
    """Step 1. `certificates` (DER): the signer's and its issuers' as the plug-in tells; none: those on file.

    Raises NotAllowedError, NotDecidableError, NoDelegationError, NoLongerAnsweredError,
    CertificateNotOnFileError, PreparedDiffersError, SigningError.
    """
    _require_own(services, paper_id, officer_id)
    chosen = _certificates(services, officer_id, certificates)
    with given_up_if_its_own(services, paper_id):
        hold(services, paper_id)
        held = held_line(services, paper_id)
        require_delegated(services, held)
        made = services.signer.begin(
            prepared_for(services, held), certificates=chosen, reason=reason_of(held), at=held.entry.held_at
        )
    return Begun(_keep(services, held, officer_id, made), held.entry.label)


def finish(services: Services, paper_id: PaperId, returned: Returned) -> Issued:
    """Step 3. Raises NotAllowedError, NotDecidableError, SignatureNotAwaitedError, SignatureTooLateError,
    DelegationEndedError, SignatureRefusedError, SigningError."""
    held = _held(services, paper_id, returned.officer_id)
    if held.entry.state is not EntryState.ISSUED:
        pending = _awaited(services, held, returned.token)
        with given_up_if_its_own(services, paper_id):
            require_delegated(services, held)
            waiting = _waiting(services, pending, held)
            signed = services.signer.finish(waiting, returned.value)
            services.objects.put_once(signed.content)
            _complete(services, held, signed)
    return _issued(services, held)


def _complete(services: Services, held: Held, signed: SignedPdf) -> None:
    """The same signature may come twice at once: whoever is second finds the paper issued."""
    try:
        complete(services, held, signed)
    except StaleError:
        if held_line(services, held.paper.id).entry.state is not EntryState.ISSUED:
            raise


def awaited(services: Services, paper_id: PaperId, officer_id: OfficerId) -> Begun | None:
    """What was handed out for this paper and may still come back; None where nothing is waited for, or where
    it is no longer what was prepared."""
    with services.database.reading() as tx:
        pending = tx.pending.of(paper_id)
    if pending is None or pending.officer_id != officer_id or pending.expires_at < services.now():
        return None
    held = held_line(services, paper_id)
    with suppress(SignatureNotAwaitedError, SigningError, *OF_ONE_PAPER):
        _waiting(services, pending, held)
        return Begun(pending, held.entry.label)
    return None


def _require_own(services: Services, paper_id: PaperId, officer_id: OfficerId) -> None:
    with services.database.reading() as tx:
        paper, officer = tx.submissions.paper(paper_id), tx.officers.get(officer_id)
    if paper.stage is not PaperStage.TO_SIGN:
        raise NotDecidableError
    if not _is_theirs(paper, officer_id) or Role.OFFICER not in officer.roles:
        raise NotAllowedError
    if services.signer.way_of(Signatory(officer.id, officer.full_name)) is not SigningWay.OUTSIDE:
        raise CertificateNotOnFileError


def _is_theirs(paper: PaperCase, officer_id: OfficerId) -> bool:
    return paper.decision is not None and paper.decision.officer_id == officer_id


def _certificates(services: Services, officer_id: OfficerId, told: tuple[bytes, ...]) -> tuple[bytes, ...]:
    """Those on file: a plug-in may choose among certificates, and never bring one of its own."""
    with services.database.reading() as tx:
        officer = tx.officers.get(officer_id)
    filed = services.signer.certificates_of(Signatory(officer.id, officer.full_name))
    if not filed or (told and told[0] != filed[0]):
        raise CertificateNotOnFileError
    return filed


def _keep(services: Services, held: Held, officer_id: OfficerId, made: PendingSignature) -> Pending:
    at = services.now()
    pending = Pending(
        paper_id=held.paper.id,
        token=PendingToken(services.new_id()),
        officer_id=officer_id,
        entry_id=held.entry.id,
        document=services.objects.put_once(made.content),
        signed_attributes=made.signed_attributes,
        certificate=made.certificate,
        chain=made.chain,
        reason=made.reason,
        begun_at=at,
        expires_at=at + WAITS_FOR,
    )
    with services.database.transaction() as tx:
        paper = tx.submissions.paper(held.paper.id)
        if paper.stage is not PaperStage.TO_SIGN or paper.decision != held.decision:
            raise NotDecidableError
        tx.pending.keep(pending)
    return pending


def _held(services: Services, paper_id: PaperId, officer_id: OfficerId) -> Held:
    held = held_line(services, paper_id)
    if held.decision.officer_id != officer_id:
        raise NotAllowedError
    return held


def _awaited(services: Services, held: Held, token: PendingToken) -> Pending:
    with services.database.reading() as tx:
        pending = tx.pending.of(held.paper.id)
    if pending is None or pending.token != token or pending.entry_id != held.entry.id:
        raise SignatureNotAwaitedError
    if pending.expires_at < services.now():
        raise SignatureTooLateError
    return pending


def _waiting(services: Services, pending: Pending, held: Held) -> PendingSignature:
    """What was handed out, if it is what would be handed out now. Raises SignatureNotAwaitedError for
    anything else, and what `prepared_for` raises."""
    try:
        content = services.objects.get(pending.document)
    except (ObjectMissingError, ObjectDamagedError) as error:
        raise SignatureNotAwaitedError from error
    own, *issuers = _certificates(services, held.decision.officer_id, ())
    waiting = PendingSignature(
        content=content,
        signed_attributes=pending.signed_attributes,
        certificate=own,
        chain=tuple(issuers),
        reason=reason_of(held),
        at=held.entry.held_at,
    )
    if pending.certificate != own or not begun_from(prepared_for(services, held), waiting):
        raise SignatureNotAwaitedError
    return waiting


def _issued(services: Services, held: Held) -> Issued:
    with services.database.reading() as tx:
        found = tx.certifications.by_paper(held.paper.id)
    return next(issued for issued in found if issued.entry_id == held.entry.id)
