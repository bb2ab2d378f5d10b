"""A letter to send, and a server to send it to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from correspondence.letter import Addressee, Recommended, Request, Subject, Written
from correspondence.message import Headers, compose
from tests.correspondence import certificate
from tests.correspondence.post_office import PostOffice, opened
from workflow.facts import Text
from workflow.ratification import EffectRule

CHECKPOINT = "jamtlands-lan.0a1b2c3d.arendegang\n17\nq1W2e3R4t5Y6u7I8o9P0aSdFgHjKlZxCvBnM1234567=\n"


@pytest.fixture
def request_letter() -> Request:
    """A dispatch with everything that a dispatch can have."""
    about = Subject(
        ref="SAM-2026-0007",
        title="Överenskommelse placerade barn",
        document_type="Överenskommelse",
        text=Text(version=2, sha256="9f" * 32, name="Öv placerade barn.docx"),
        sent_on=date(2026, 3, 2),
        answer_by=date(2026, 6, 22),
        report_to="Politiskt forum",
        reply_to="samverkan@region.example",
    )
    return Request(
        about=about,
        recommended=(
            Recommended(forum="SVOM", on=date(2026, 2, 19), minutes="§ 7"),
            Recommended(forum="Barnarenan", on=date(2026, 2, 20), minutes="§ 14"),
        ),
        effect=EffectRule("threshold", 6, ("Region Jämtland Härjedalen", "Östersunds kommun")),
        not_before=date(2026, 9, 1),
        checkpoint=CHECKPOINT,
    )


@pytest.fixture
def krokom() -> Addressee:
    return Addressee(id="krokom", name="Krokoms kommun")


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A server without TLS that takes everything, until it is told otherwise."""
    with opened(PostOffice()) as office:
        yield office


@pytest.fixture(scope="session")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that only vouches for itself, and its key."""
    return certificate.write(tmp_path_factory.mktemp("certificate"))


def message_id(party: str) -> str:
    return f"<SAM-2026-0007.{party}.12@jamtlands-lan.0a1b2c3d.arendegang>"


def letter_to(party: str, text: str = "Vi ber er att anta texten.\n") -> bytes:
    """A small letter to one party, as it is sent."""
    headers = Headers(
        sender="samverkan@region.example",
        reply_to="samverkan@region.example",
        to=f"registrator@{party}.example",
        message_id=message_id(party),
        date=datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
    )
    return compose(Written(subject=f"[SAM-2026-0007/{party}] Begäran", text=text), headers)
