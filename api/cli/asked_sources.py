"""How asking a platform goes in; a line for people out."""

from verification.pulling import PullStanding, Reach

_REACH = {Reach.ASKED: "đang hỏi trực tiếp", Reach.RESTING: "tạm ngừng hỏi"}


def pull_line(standing: PullStanding) -> str:
    """One line of `records status`."""
    failed = f", lỗi liên tiếp: {standing.failures} ({standing.code})" if standing.failures else ""
    return f"{standing.source}: {_REACH[standing.reach]} {standing.address}{failed}"
