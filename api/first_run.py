"""The first run: an opened home in, the link that makes it usable out; there is no default password."""

from api.accounts import first_run_link

__all__ = ["first_run_link"]
