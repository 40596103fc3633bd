"""An OpenAPI document in, the page that explains it out."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from api.web.program_views import ApiDocs, Operation, OperationGroup, Parameter

Json = Mapping[str, Any]


def shown_openapi(document: Json, address: str) -> ApiDocs:
    """Operations by their first tag, in the order of the document."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(_operation(document, path, method, operation))
    shown = tuple(OperationGroup(name, tuple(found)) for name, found in groups.items())
    return ApiDocs(document["info"]["description"], address, shown)


def _operation(document: Json, path: str, method: str, operation: Json) -> Operation:
    answers = tuple((status, answer["description"]) for status, answer in operation["responses"].items())
    return Operation(
        anchor=re.sub(r"[^a-z0-9]+", "-", f"{method}{path}".lower()).strip("-"),
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        about=operation.get("description", ""),
        parameters=(*_parameters(operation), *_body(document, operation)),
        answers=answers,
        example=_example(document, operation),
    )


def _parameters(operation: Json) -> Iterator[Parameter]:
    for parameter in operation.get("parameters", ()):
        about = parameter.get("description", "")
        kind = _kind(parameter["schema"])
        yield Parameter(parameter["name"], parameter["in"], kind, parameter.get("required", False), about)


def _body(document: Json, operation: Json) -> Iterator[Parameter]:
    for media_type, body in operation.get("requestBody", {}).get("content", {}).items():
        schema = _resolved(document, body["schema"])
        required = schema.get("required", ())
        for name, field in schema.get("properties", {}).items():
            yield Parameter(name, media_type, _kind(field), name in required, field.get("description", ""))
        if "properties" not in schema:
            yield Parameter("–", media_type, _kind(schema), True, schema.get("description", ""))


def _kind(schema: Json) -> str:
    """The type in a few letters; a named schema by its name."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema or "oneOf" in schema:
        kinds = [_kind(one) for one in schema.get("anyOf", schema.get("oneOf", ()))]
        return " | ".join(kind for kind in kinds if kind != "null")
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'])}]"
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    return str(schema.get("type", "any"))


def _resolved(document: Json, schema: Json) -> Json:
    if "$ref" not in schema:
        return schema
    found: Json = document["components"]["schemas"][_kind(schema)]
    return found


def _example(document: Json, operation: Json) -> str:
    """The example of the first good answer, from its schema."""
    good: Json = next((a for status, a in operation["responses"].items() if status.startswith("2")), {})
    schema = good.get("content", {}).get("application/json", {}).get("schema")
    examples = _resolved(document, schema).get("examples", ()) if schema else ()
    return json.dumps(examples[0], ensure_ascii=False, indent=2) if examples else ""
