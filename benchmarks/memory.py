"""How much memory an audit needs, in a process that has done nothing else: ``python -m benchmarks.memory FILE|CASES``.

Prints MiB at the highest, of this process. Where the platform does not tell (Windows), it prints a dash.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from persistence.database import Database
from persistence.inspection import inspecting
from persistence.verification import verify


def main() -> None:
    """Audits FILE, or a log of so many cases that another process has written."""
    asked = sys.argv[1]
    if not asked.isdecimal():
        sys.stdout.write(f"{highest(Path(asked))}\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        file = str(Path(folder) / "county.db")
        subprocess.run([sys.executable, "-m", "benchmarks.county_log", file, asked], check=True)
        sys.stdout.write(f"{highest(Path(file))}\n")


def highest(file: Path) -> str:
    """The most that this process has ever held, once it has audited the file by itself."""
    with inspecting(Database(f"sqlite:///{file.as_posix()}")) as inspection:
        verified = verify(inspection, processes=0)
    if verified.findings:
        raise ValueError(verified.findings[0])
    try:
        import resource  # noqa: PLC0415 - not on every platform
    except ImportError:
        return "–"
    # Kilobytes on Linux, bytes on macOS.
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return str(held // (2**20 if sys.platform == "darwin" else 2**10))


if __name__ == "__main__":
    main()
