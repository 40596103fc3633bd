"""A diploma that was read and waits for an officer: services and a name in, the paper out."""

from dataclasses import replace

from tests.builders import NOW, diploma_page, paper_on, photograph
from tests.storage.builders import submission
from verification.assessment import Assessment, Outcome
from verification.decision import Approval, OriginalSeen
from verification.ports import PaperCase, Side
from verification.services import Services
from verification.submission import OfficerId, PageImage, PaperId, PaperStage
from verification.wording import say
from verification.workflow.decide import decide


def waiting_diploma(services: Services, name: str) -> PaperCase:
    """`name` is its submission's."""
    image = PageImage(services.objects.put_once(photograph(1)), 60, 80, 300)
    handed_in = submission(name)
    file = replace(handed_in.files[0], digest=image.digest, pages=(image,))
    reason = say("NO_SOURCE", {"kind": "bằng tốt nghiệp", "kind_en": "diploma"})
    paper = PaperCase(
        id=PaperId(f"{name}.1"),
        submission_id=handed_in.id,
        sides=(Side(0, paper_on(diploma_page())),),
        assessment=Assessment(Outcome.CERTIFICATION_NEEDED, (reason,), None),
        stage=PaperStage.WAITING,
    )
    with services.database.transaction() as tx:
        tx.submissions.add(replace(handed_in, files=(file,)))
        tx.submissions.add_papers([paper])
    return paper


def approved_diploma(services: Services, name: str, officer: OfficerId) -> PaperId:
    """The same, approved by this officer just now."""
    paper = waiting_diploma(services, name)
    seen = OriginalSeen(officer, NOW, "Quầy số 1")
    decide(services, Approval(paper.id, officer, services.now(), seen), version=paper.version)
    return paper.id
