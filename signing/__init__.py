"""Makes, signs and validates certificates: what a certificate says in, a twice signed PDF and verdicts out.

A receipt from its content to a verdict, with keys of a test authority made on the spot:

>>> from datetime import UTC, datetime
>>> from pathlib import Path
>>> from tempfile import TemporaryDirectory
>>> from signing.certificate import render_receipt
>>> from signing.model import Issuing, ReceiptContent, Signatory
>>> from signing.pades import PadesSigner, prepare
>>> from signing.timestamp import LocalTimeStamps
>>> from signing.trial_pki import TestPki
>>> from signing.trust import TrustStore
>>> from signing.validation import validate
>>> now = datetime(2026, 11, 5, 2, 30, tzinfo=UTC)
>>> issuing = Issuing(
...     number="15/PXN", issued_at=now, agency="Ủy ban nhân dân xã Mẫu", place="Mẫu",
...     signer_name="Nguyễn Thị Mẫu", capacity=("TUQ. CHỦ TỊCH",),
...     verify_url="https://xa-mau.example.vn/tra-cuu/7KQ2", short_code="7KQ2",
...     evidence=b"{}", test=True,
... )
>>> content = ReceiptContent(
...     issuing=issuing, paper="Giấy khai sinh", subject=(("Họ và tên", "Trần Văn Thử"),),
...     source="Cơ sở dữ liệu hộ tịch", source_as_of=now, confirmed=(("Họ và tên", "Trùng khớp"),),
...     procedure="Nhập học", audience="Trường Tiểu học Mẫu", legal_basis=("NQ 66.7/2025/NQ-CP",),
... )
>>> with TemporaryDirectory() as home:
...     pki = TestPki.open(Path(home) / "keys", now=now)
...     signer = PadesSigner(pki, issuing.agency, LocalTimeStamps(pki.time_stamping))
...     prepared = prepare(render_receipt(content))
...     person = Signatory("mau", issuing.signer_name)
...     signed = signer.sign(prepared, person=person, reason="Xác nhận", at=now)
...     report = validate(signed.content, trust=TrustStore(Path(home) / "trust", own=pki), at=now)
>>> signed.level.value, report.verdict.value, [reason.code for reason in report.reasons]
('B-T', 'VALID', ['TEST_AUTHORITY'])
"""
