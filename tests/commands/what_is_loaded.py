"""Run by itself: tells, for each command line on stdin, which modules had been loaded when it was done.

A process begun for each would load the interpreter as often; a fork of one that has loaded nothing but the door costs
only what the command itself loads.
"""

import json
import os
import sys

import cli


def main() -> None:
    """One JSON document: the modules by command line."""
    told = {}
    for line in json.load(sys.stdin):
        ours, theirs = os.pipe()
        child = os.fork()
        if not child:
            _run(line, theirs)
        os.close(theirs)
        with os.fdopen(ours) as said:
            told[" ".join(line["words"])] = json.loads(said.read())
        os.waitpid(child, 0)
    json.dump(told, sys.stdout)


def _run(line: dict[str, list[str]], told: int) -> None:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    code = cli.main([*line["options"], *line["words"]])
    with os.fdopen(told, "w") as answer:
        json.dump({"code": code, "loaded": sorted(sys.modules)}, answer)
    os._exit(0)


if __name__ == "__main__":
    main()
