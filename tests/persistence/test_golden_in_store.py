"""A golden history laid into a database of either kind is read back byte for byte, and leads to the same state."""

import pytest
import sqlalchemy as sa

from persistence.inspection import inspecting
from persistence.store import event_row
from persistence.tables import events
from tests.golden_histories import History, differences, histories, state_of
from tests.persistence.keeping import Keeping


@pytest.mark.parametrize("history", histories(), ids=lambda history: history.name)
def test_a_golden_history_is_told_alike_from_either_kind_of_database(keeping: Keeping, history: History) -> None:
    with keeping.database.writing() as connection:
        rows = [event_row(record, line) for record, line in zip(history.records, history.lines, strict=True)]
        connection.execute(sa.insert(events), rows)
    with inspecting(keeping.database) as inspection:
        assert [row.content for row in inspection.events()] == history.lines
    read = [record for name in history.streams() for record in keeping.store.stream(name)]
    assert differences(history.kept_state, state_of(read)) == []
