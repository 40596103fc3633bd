"""Validation: signed PDFs in, a verdict on each out."""

import hashlib

from api.attempts import Tries
from api.deps import Access, CallerDep, SiteDep
from api.routes.guarded import program_router
from api.routes.pages.checking import VALIDATIONS
from api.routes.uploads import Files, uploads
from api.schemas.messages import message_of
from api.schemas.validation import ValidatedFileJson, ValidateJson, unvalidated_file, validated_file
from signing.errors import SigningError
from verification.services import Services
from verification.workflow.receive import Upload
from verification.workflow.validate import validate

router = program_router(Access.VALIDATOR, "Kiểm tra / Validation")
ROUTERS = (router,)
LARGE = (router,)


@router.post("/validate", summary="Kiểm tra PDF đã ký / Validate signed PDFs")
def validate_files(site: SiteDep, caller: CallerDep, files: Files) -> ValidateJson:
    """Một kết luận cho mỗi tệp: VALID, INVALID hoặc UNDETERMINED, kèm lý do và việc cần làm. Tệp không được
    giữ lại. / One verdict a file, with reasons and what to do next. No file is kept."""
    if caller.officer is None:
        site.counter.spend(Tries("validate", caller.address, VALIDATIONS))
    return ValidateJson(files=[_validated(site.services, upload) for upload in uploads(files)])


def _validated(services: Services, upload: Upload) -> ValidatedFileJson:
    digest = hashlib.sha256(upload.content).hexdigest()
    try:
        found = validate(services, upload.content)
    except SigningError as error:
        return unvalidated_file(upload.name, digest, message_of(error))
    return validated_file(upload.name, digest, found.report, found.issued, found.successor)
