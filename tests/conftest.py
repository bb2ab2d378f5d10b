"""How the tests run: in an environment of their own, and the random ones so that each failure can be had again."""

import contextlib
import os
import secrets
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings

from tests.office import Office
from tests.server import NoServer, Server, shared
from tests.walk import Walk

# No deadline, no complaint of slowness: a slow machine is no fault of the product. The blob repeats a failing example
# on another machine. Explaining a failure, beyond making it small, would cost more commands than finding it did.
settings.register_profile(
    "ci",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    max_examples=40,
    stateful_step_count=30,
    phases=[phase for phase in Phase if phase is not Phase.explain],
)
settings.register_profile("long", settings.get_profile("ci"), max_examples=1500, stateful_step_count=60)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("hypothesis_seed") is None:
        config.option.hypothesis_seed = str(secrets.randbelow(2**32))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew instead of comparing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first: left to the end, one of them keeps one process busy while the others have nothing to do."""
    items.sort(key=_is_quick)


def _is_quick(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is None


@contextlib.contextmanager
def uncounted() -> Iterator[None]:
    """Nothing is counted for coverage meanwhile, which would take two or three times as long.

    Done by hand: where several processes run the tests, the plug-in's own way stops one of two that count.
    """
    counting = sys.gettrace()
    sys.settrace(None)
    try:
        yield
    finally:
        sys.settrace(counting)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """What is slow is not counted; other tests come by the same lines."""
    if _is_quick(item):
        return (yield)
    with uncounted():
        return (yield)


def pytest_report_header(config: pytest.Config) -> str:
    seed, profile = config.getoption("hypothesis_seed"), settings.get_current_profile_name()
    return f"hypothesis profile {profile}, seed {seed}: repeat with --hypothesis-seed={seed}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell how many of what was tried, added up over all workers: a test says so by ``record_property``."""
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    counts: Counter[str] = Counter()
    for report in reports:
        counts.update({name: value for name, value in report.user_properties if isinstance(value, int)})
    for name, count in sorted(counts.items()):
        terminalreporter.write_line(f"{name.replace('_', ' ')}: {count}")


def isolate(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let no setting and no file of the person who runs the tests reach the product."""
    for name in [name for name in os.environ if name.startswith(("ARENDEGANG_", "LC_", "PG", "XDG_"))]:
        monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)


@pytest.fixture
def isolated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment without a home of its own."""
    isolate(monkeypatch, tmp_path)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The PostgreSQL server of this run; all its processes have the same one."""
    place = tmp_path_factory.getbasetemp()
    try:
        running = contextlib.ExitStack()
        found = running.enter_context(shared(place.parent if "PYTEST_XDIST_WORKER" in os.environ else place))
    except NoServer as why:
        pytest.skip(f"NOTHING WAS TESTED ON POSTGRESQL, no server starts here: {why}")
    with running:
        yield found


@pytest.fixture
def office(isolated: None, tmp_path: Path) -> Office:
    """An office in an empty folder; nothing is founded yet."""
    return Office(tmp_path)


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An office with alternativ-1 and nine mailboxes, to be copied (``copied_to``) and never to be written to."""
    folder = tmp_path_factory.mktemp("furnished")
    with pytest.MonkeyPatch.context() as monkeypatch:
        isolate(monkeypatch, folder)
        return Office(folder).with_mailboxes()


@pytest.fixture
def walk(isolated: None, furnished: Office, tmp_path: Path) -> Walk:
    """The product and the model side by side in a furnished office of their own."""
    return Walk(furnished.copied_to(tmp_path / "walk"))
