"""The files of the project as git keeps them, for what must hold of every one of them."""

import subprocess
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent


def kept_files() -> list[Path]:
    """Every file that git keeps, or would keep if it were added now."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True).stdout.decode("utf-8")
    return [REPOSITORY / name for name in listed.split("\0") if name and (REPOSITORY / name).is_file()]
