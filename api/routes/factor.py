"""The second factor: a dossier's code and what its citizen answers in, the dossier or one refusal out.

A wrong code and a wrong answer look alike, and both are counted.
"""

import re

from api.attempts import Tries
from api.deps import Caller, Site
from verification.errors import NotFoundError, WrongFactorError
from verification.workflow.look_up import Status, status
from verification.workflow.review import dossier

TRIES_FOR_CODE, TRIES_FROM_ADDRESS = 10, 60
STANDINGS = 1000
"""How often an address may ask how something stands: a whole office may sit behind one."""
CODES = 200
"""How many codes that lead nowhere an address may try: an office that checks papers all day mistypes some."""


def open_dossier(site: Site, caller: Caller, code: str, answer: str) -> Status:
    """Raises WrongFactorError, TooManyAttemptsError."""
    by_code = Tries("factor code", code, TRIES_FOR_CODE)
    by_address = Tries("factor address", caller.address, TRIES_FROM_ADDRESS)
    with site.counter.counted(by_code, by_address):
        return status(site.services, code, answer)


def officers_dossier(site: Site, code: str) -> Status:
    """For officers, who need no second factor. Raises WrongFactorError."""
    try:
        return dossier(site.services, code)
    except NotFoundError as missing:
        raise WrongFactorError from missing


def dossier_code(typed: str, unit: str) -> str | None:
    """The code as printed, from one typed in any case, without dashes or dots; None if it cannot be one."""
    plain, plain_unit = (re.sub(r"[^A-Z0-9]", "", text.upper()) for text in (typed[:80], unit))
    found = re.fullmatch(re.escape(plain_unit) + r"(\d{6})(\d{4,8})", plain)
    return f"{unit}-{found[1]}-{found[2]}" if found else None
