"""What a refused request answers, as JSON (RFC 9457, application/problem+json)."""

from pydantic import BaseModel, ConfigDict

PROBLEM_MEDIA_TYPE = "application/problem+json"


class ProblemJson(BaseModel):
    """Điều gì sai và cần làm gì tiếp. / What is wrong and what to do next."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:chungthuc:problem:NOT_FOUND",
                    "title": "Not Found",
                    "status": 404,
                    "detail": "Không tìm thấy; vui lòng kiểm tra lại mã và thử lại.",
                    "instance": "urn:chungthuc:incident:5f0c1d2e3a4b",
                    "code": "NOT_FOUND",
                    "message_vi": "Không tìm thấy; vui lòng kiểm tra lại mã và thử lại.",
                    "message_en": "There is nothing under this code; check it and try again.",
                    "fields": [],
                }
            ]
        }
    )

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    message_vi: str
    message_en: str
    fields: list[str]
