"""The finished files of the samples, laid out once for all tests."""

import logging

import pytest

from tests.documents.printed import read
from tests.documents.samples import catheter, hard, healthy, stopped


@pytest.fixture(scope="session")
def files():
    """Each sample as a finished PDF. A warning of the PDF engine is a fault of the page."""
    warnings: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: warnings.append(record.getMessage())
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    made = {plan.__name__: read(plan()) for plan in (healthy, hard, stopped, catheter)}
    logger.removeHandler(handler)
    assert warnings == []
    return made
