"""``stillwater doctor``: is everything as it should be, and what to do."""

from dataclasses import asdict

import click

from stillwater.cli.common import end_with, json_option, say, start_django
from stillwater.core.clock import SystemClock
from stillwater.core.errors import ExitCode
from stillwater.core.home import Home


@click.command()
@json_option
def command(as_json: bool) -> None:
    """Check this installation and say what to do. Changes nothing.

    Each line is ok, look (it works and deserves a look) or wrong. Ends with 1 if
    anything is wrong.
    """
    start_django()
    from stillwater.cli.checkup import Patient, State, check_up

    found = check_up(Patient(Home.from_environment(), SystemClock()))
    wrong = any(finding.state is State.WRONG for finding in found)
    lines = []
    for finding in found:
        lines.append(f"{finding.state:<6} {finding.about:<12} {finding.says}")
        if finding.do:
            lines.append(f"{'':<6} {'':<12} → {finding.do}")
    data = {"ok": not wrong, "findings": [asdict(finding) for finding in found]}
    say(as_json, data, *lines)
    if wrong:
        end_with(ExitCode.FOUND_WRONG)
