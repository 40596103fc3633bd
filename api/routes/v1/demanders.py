"""Who still demands copies that nobody needs: a time in, counts by organisation and paper out."""

from datetime import date
from typing import Annotated

from fastapi import Query

from api.deps import Access, CallerDep, Site, SiteDep
from api.routes.guarded import program_router
from api.routes.uploads import plain_text
from api.schemas.people_data import DemandersJson, MergeJson, demanders_json
from api.web.writing import VIETNAM
from verification.workflow.count_demands import Merge, Period, count_demands, merge, month_of

readers = program_router(Access.STAFF, "Nơi còn yêu cầu / Demanders")
admins = program_router(Access.ADMIN, "Nơi còn yêu cầu / Demanders")
ROUTERS = (readers, admins)


@readers.get("/demanders", summary="Nơi còn yêu cầu bản sao / Who still demands copies")
def demanders(
    site: SiteDep,
    first: Annotated[date | None, Query(alias="from", description="Từ ngày. / First day.")] = None,
    last: Annotated[date | None, Query(alias="to", description="Đến ngày. / Last day, included.")] = None,
) -> DemandersJson:
    """Mặc định tháng này. Không có tên người nào. / This month by default. No person is named."""
    month = _this_month(site)
    return _counted(site, Period(first or month.first, last or month.last))


@admins.post("/demanders/merge", summary="Gộp hai cách viết / Merge two writings")
def merge_names(site: SiteDep, caller: CallerDep, body: MergeJson) -> DemandersJson:
    """Từ nay đếm là một nơi; trả lại bảng tháng này. / Counted as one from now on; this month's register."""
    wanted = Merge(plain_text(body.written), plain_text(body.name))
    merge(site.services, wanted, by=caller.known().id)
    return _counted(site, _this_month(site))


def _this_month(site: Site) -> Period:
    return month_of(site.services.now().astimezone(VIETNAM).date())


def _counted(site: Site, period: Period) -> DemandersJson:
    found = count_demands(site.services, period)
    return demanders_json(found, first=period.first.isoformat(), last=period.last.isoformat())
