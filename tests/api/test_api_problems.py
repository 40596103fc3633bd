"""Every error has a status, a document and words; every operation is explained with an example."""

import json
from collections.abc import Iterator

import httpx
import pytest
from starlette.exceptions import HTTPException

from api.errors import ApiError, FaultError
from api.problems import OURS, STATUS, known, problem, status_of
from api.settings import SettingError
from tests.api.serving import Running
from verification.errors import VerificationError


def below(kind: type[Exception]) -> Iterator[type[Exception]]:
    yield kind
    for child in kind.__subclasses__():
        yield from below(child)


ERRORS = sorted({kind for root in OURS for kind in below(root)}, key=lambda kind: kind.__qualname__)


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_an_error_has_a_status_and_says_what_is_wrong_in_both_languages(kind: type[ApiError]) -> None:
    document = problem(kind(), "5f0c1d2e3a4b")
    assert 400 <= document.status < 600
    assert document.detail == document.message_vi
    assert document.message_vi
    assert document.message_en.endswith(".")
    assert document.type == f"urn:chungthuc:problem:{kind.code}"


def test_the_table_names_only_errors_that_exist_and_every_tree_has_its_root_in_it() -> None:
    assert set(OURS) <= set(STATUS)
    assert set(STATUS) <= set(ERRORS)


def test_settings_are_no_matter_of_a_request() -> None:
    assert not issubclass(SettingError, OURS)


def test_a_new_error_has_the_status_of_the_one_above_it() -> None:
    class NewError(VerificationError):
        """Something new."""

    assert status_of(NewError()) == status_of(VerificationError())


@pytest.mark.parametrize("error", [ValueError("x"), RuntimeError(), RecursionError()])
def test_what_nobody_expected_is_a_fault_of_ours(error: Exception) -> None:
    assert isinstance(known(error), FaultError)


def test_a_status_of_the_framework_without_an_error_of_ours_is_still_answered() -> None:
    assert status_of(known(HTTPException(400))) == 400


def test_an_unknown_address_is_a_problem_for_programs_and_a_page_for_people(client: httpx.Client) -> None:
    document, page = client.get("/api/v1/nowhere"), client.get("/khong-co")
    assert document.headers["content-type"] == "application/problem+json"
    assert (document.status_code, document.json()["code"]) == (404, "PAGE_NOT_FOUND")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_every_operation_is_explained_in_both_languages_with_an_example(service: Running) -> None:
    document = httpx.get(f"{service.address}/openapi.json").json()
    page = httpx.get(f"{service.address}/docs").text
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert path in page
            assert " / " in operation["summary"]
            assert "/" in operation["description"]
            answers = [a for status, a in operation["responses"].items() if status.startswith("2")]
            schemas = [a["content"].get("application/json", {}).get("schema", {}) for a in answers]
            for schema in schemas:
                if "$ref" in schema:
                    named = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
                    assert named["examples"], path


def test_the_examples_of_answers_have_the_shape_they_are_examples_of(service: Running) -> None:
    document = httpx.get(f"{service.address}/openapi.json").json()
    for name, schema in document["components"]["schemas"].items():
        for example in schema.get("examples", ()):
            missing = set(schema.get("required", ())) - set(json.loads(json.dumps(example)))
            assert not missing, name


def test_probes_answer_without_a_known_host(service: Running) -> None:
    for probe in ("/healthz", "/readyz"):
        assert httpx.get(f"{service.address}{probe}", headers={"Host": "pod"}).text == "ok"


def test_no_answer_tells_what_serves_it(client: httpx.Client) -> None:
    answer = client.get("/")
    assert "server" not in answer.headers
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_files_with_their_version_in_the_address_are_kept_for_ever(client: httpx.Client) -> None:
    kept = {q: client.get(f"/static/app.css{q}").headers["cache-control"] for q in ("", "?v=1")}
    assert kept[""] == "public, max-age=3600"
    assert "immutable" in kept["?v=1"]
