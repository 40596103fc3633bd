"""Errors into answers: the only table from error class to HTTP status (RFC 9457), and its document."""

from http import HTTPStatus
from typing import Protocol

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from api import errors as door
from api.schemas.problems import ProblemJson
from ocr import errors as ocr
from signing import errors as signing
from storage import errors as storage
from verification import errors as verification
from verification import register_errors as book
from verification import signing_errors as at_signing
from verification import standing_errors as standing

STATUS: dict[type[Exception], HTTPStatus] = {
    # the door
    door.ApiError: HTTPStatus.BAD_REQUEST,
    door.SignInNeededError: HTTPStatus.UNAUTHORIZED,
    door.SignInFailedError: HTTPStatus.UNAUTHORIZED,
    door.KeyInvalidError: HTTPStatus.UNAUTHORIZED,
    door.TooManyAttemptsError: HTTPStatus.TOO_MANY_REQUESTS,
    door.LinkUsedError: HTTPStatus.GONE,
    door.PasswordTooShortError: HTTPStatus.UNPROCESSABLE_ENTITY,
    door.PasswordTooLongError: HTTPStatus.UNPROCESSABLE_ENTITY,
    door.UsernameNotUsableError: HTTPStatus.UNPROCESSABLE_ENTITY,
    door.UsernameTakenError: HTTPStatus.CONFLICT,
    door.FormExpiredError: HTTPStatus.FORBIDDEN,
    door.OtherSiteError: HTTPStatus.FORBIDDEN,
    door.WrongHostError: HTTPStatus.MISDIRECTED_REQUEST,
    door.BodyTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    door.EncodingNotAcceptedError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    door.TooManyFilesError: HTTPStatus.UNPROCESSABLE_ENTITY,
    door.SignatureUnreadableError: HTTPStatus.UNPROCESSABLE_ENTITY,
    door.NoFileError: HTTPStatus.UNPROCESSABLE_ENTITY,
    door.AnswerMissingError: HTTPStatus.UNPROCESSABLE_ENTITY,
    door.MalformedRequestError: HTTPStatus.UNPROCESSABLE_ENTITY,
    door.PageNotFoundError: HTTPStatus.NOT_FOUND,
    door.MethodNotAllowedError: HTTPStatus.METHOD_NOT_ALLOWED,
    door.FaultError: HTTPStatus.INTERNAL_SERVER_ERROR,
    door.NotReadyError: HTTPStatus.SERVICE_UNAVAILABLE,
    # reading
    ocr.OcrError: HTTPStatus.UNPROCESSABLE_ENTITY,
    ocr.FileTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ocr.FileTypeNotAcceptedError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    ocr.ReadingNotInstalledError: HTTPStatus.SERVICE_UNAVAILABLE,
    # signing and validation
    signing.SigningError: HTTPStatus.INTERNAL_SERVER_ERROR,
    signing.GlyphMissingError: HTTPStatus.UNPROCESSABLE_ENTITY,
    signing.FontMissingError: HTTPStatus.SERVICE_UNAVAILABLE,
    signing.KeysUnusableError: HTTPStatus.SERVICE_UNAVAILABLE,
    signing.WrongPinError: HTTPStatus.FORBIDDEN,
    signing.PinRefusedError: HTTPStatus.FORBIDDEN,
    signing.PinNeededError: HTTPStatus.CONFLICT,
    signing.KeyElsewhereError: HTTPStatus.CONFLICT,
    signing.SignatureRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    signing.PinNeededError: HTTPStatus.CONFLICT,
    signing.KeyElsewhereError: HTTPStatus.CONFLICT,
    signing.TimeStampError: HTTPStatus.SERVICE_UNAVAILABLE,
    signing.NotAPdfError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    signing.PdfEncryptedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    signing.PdfTooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    signing.CertificateUnreadableError: HTTPStatus.UNPROCESSABLE_ENTITY,
    signing.TrustAnchorUnknownError: HTTPStatus.NOT_FOUND,
    # storage
    storage.StorageError: HTTPStatus.SERVICE_UNAVAILABLE,
    storage.ValueNotStorableError: HTTPStatus.UNPROCESSABLE_ENTITY,
    # the service itself
    verification.VerificationError: HTTPStatus.BAD_REQUEST,
    verification.NotFoundError: HTTPStatus.NOT_FOUND,
    # A wrong code and a wrong answer must look alike, and like nothing being there.
    verification.WrongFactorError: HTTPStatus.NOT_FOUND,
    verification.StaleError: HTTPStatus.CONFLICT,
    verification.NoDelegationError: HTTPStatus.FORBIDDEN,
    at_signing.DelegationEndedError: HTTPStatus.CONFLICT,
    at_signing.DelegationExistsError: HTTPStatus.CONFLICT,
    at_signing.DelegationInvalidError: HTTPStatus.UNPROCESSABLE_ENTITY,
    at_signing.CapacityInvalidError: HTTPStatus.UNPROCESSABLE_ENTITY,
    at_signing.BatchRunningError: HTTPStatus.CONFLICT,
    at_signing.NothingToSignError: HTTPStatus.CONFLICT,
    at_signing.CertificateNotOnFileError: HTTPStatus.UNPROCESSABLE_ENTITY,
    at_signing.SignatureNotAwaitedError: HTTPStatus.CONFLICT,
    verification.NotAllowedError: HTTPStatus.FORBIDDEN,
    verification.NotDecidableError: HTTPStatus.CONFLICT,
    verification.ReceiptNotPossibleError: HTTPStatus.CONFLICT,
    verification.NoLongerAnsweredError: HTTPStatus.CONFLICT,
    verification.SettlementNotPossibleError: HTTPStatus.CONFLICT,
    verification.NoteMissingError: HTTPStatus.UNPROCESSABLE_ENTITY,
    verification.CopyOfCopyError: HTTPStatus.CONFLICT,
    standing.AlreadyRevokedError: HTTPStatus.CONFLICT,
    standing.NumberNotConfirmedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    standing.DecisionNumberNeededError: HTTPStatus.UNPROCESSABLE_ENTITY,
    standing.RevocationNoteMissingError: HTTPStatus.UNPROCESSABLE_ENTITY,
    standing.NotReplaceableError: HTTPStatus.CONFLICT,
    standing.NotSameOriginalError: HTTPStatus.CONFLICT,
    standing.NotComparedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    standing.CodeOrFileNeededError: HTTPStatus.UNPROCESSABLE_ENTITY,
    verification.ScanTooCoarseError: HTTPStatus.UNPROCESSABLE_ENTITY,
    verification.DemanderMissingError: HTTPStatus.UNPROCESSABLE_ENTITY,
    verification.RecordRowError: HTTPStatus.UNPROCESSABLE_ENTITY,
    verification.NothingDiffersError: HTTPStatus.CONFLICT,
    verification.DemanderUnknownError: HTTPStatus.UNPROCESSABLE_ENTITY,
    verification.QuestionMissingError: HTTPStatus.UNPROCESSABLE_ENTITY,
    verification.DeliveryRefusedError: HTTPStatus.UNPROCESSABLE_ENTITY,
    verification.DeliveryOutOfTurnError: HTTPStatus.CONFLICT,
    verification.DeliveryContradictsError: HTTPStatus.CONFLICT,
    verification.RemovalsRefusedError: HTTPStatus.CONFLICT,
    verification.UnknownSourceError: HTTPStatus.NOT_FOUND,
    verification.UnknownRuleError: HTTPStatus.NOT_FOUND,
    verification.RulesUnusableError: HTTPStatus.UNPROCESSABLE_ENTITY,
    book.BookClosedError: HTTPStatus.CONFLICT,
    book.BookInUseError: HTTPStatus.CONFLICT,
    book.BookEmptyError: HTTPStatus.CONFLICT,
    book.FirstNumberError: HTTPStatus.UNPROCESSABLE_ENTITY,
    book.YearNotClosedError: HTTPStatus.NOT_FOUND,
    book.YearNotOverError: HTTPStatus.CONFLICT,
    book.LinesHeldError: HTTPStatus.CONFLICT,
    book.LineInUseError: HTTPStatus.CONFLICT,
    book.ReasonMissingError: HTTPStatus.UNPROCESSABLE_ENTITY,
    book.LineIncompleteError: HTTPStatus.UNPROCESSABLE_ENTITY,
    book.BookTooLongError: HTTPStatus.UNPROCESSABLE_ENTITY,
    verification.PeriodNotUsableError: HTTPStatus.UNPROCESSABLE_ENTITY,
    verification.RegisterBrokenError: HTTPStatus.INTERNAL_SERVER_ERROR,
    verification.ObjectMissingError: HTTPStatus.INTERNAL_SERVER_ERROR,
    verification.ObjectDamagedError: HTTPStatus.INTERNAL_SERVER_ERROR,
    verification.PreparedDiffersError: HTTPStatus.INTERNAL_SERVER_ERROR,
    verification.StoreUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    verification.PullUnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    verification.PullRefusedError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""A class that is not listed has the status of the nearest one above it."""

OURS = (
    door.ApiError,
    ocr.OcrError,
    signing.SigningError,
    storage.StorageError,
    verification.VerificationError,
)


class Known(Protocol):
    """An error of ours."""

    @property
    def code(self) -> str: ...
    @property
    def message_vi(self) -> str: ...
    @property
    def message_en(self) -> str: ...


def status_of(error: Known) -> HTTPStatus:
    """The status of the error's class, or of the nearest one above it."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def known(error: Exception) -> Known:
    """An error of ours as it is, one of the framework as ours, anything else as a fault of ours."""
    if isinstance(error, OURS):
        return error
    if isinstance(error, RequestValidationError):
        return door.MalformedRequestError()
    if isinstance(error, HTTPException):
        return _FRAMEWORK.get(error.status_code, door.ApiError)()
    return door.FaultError()


_FRAMEWORK: dict[int, type[door.ApiError]] = {
    404: door.PageNotFoundError,
    405: door.MethodNotAllowedError,
    413: door.BodyTooLargeError,
}


def problem(error: Known, incident: str, fields: tuple[str, ...] = ()) -> ProblemJson:
    """The RFC 9457 document; `fields` names what is wrong in the request, never what was sent."""
    status = status_of(error)
    return ProblemJson(
        type=f"urn:chungthuc:problem:{error.code}",
        title=status.phrase,
        status=status.value,
        detail=error.message_vi,
        instance=f"urn:chungthuc:incident:{incident}",
        code=error.code,
        message_vi=error.message_vi,
        message_en=error.message_en,
        fields=list(fields),
    )


def headers(error: Known) -> dict[str, str]:
    """What the answer must say beside its status."""
    if isinstance(error, door.TooManyAttemptsError):
        return {"Retry-After": str(error.retry_after_s)}
    if isinstance(error, door.SignInNeededError | door.KeyInvalidError):
        return {"WWW-Authenticate": 'Bearer realm="chungthuc"'}
    return {}
