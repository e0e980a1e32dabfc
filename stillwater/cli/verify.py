"""stillwater verify: check an export; needs no keys and no database."""

from pathlib import Path

import click

from stillwater.cli.common import json_option


@click.command(name="verify")
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "--key",
    metavar="KEY",
    default=None,
    help="The key you trust: its fingerprint (SHA256:...), or a file with the key itself "
    "(PEM, .vkey or an OpenSSH line). "
    "Left out, the key in the bundle is used, and that is said.",
)
@click.option(
    "--pin",
    "pins",
    metavar="FILE",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A checkpoint that you kept from before: has the ledger only grown since?",
)
@json_option
def command(bundle: Path, key: str | None, pins: tuple[Path, ...], as_json: bool) -> int:
    """Check an export: a folder, a .tar or a .zip. Changes nothing.

    Says the first thing that is wrong: which file, what was expected, what was
    found. tools/build-verifier makes the same check as a single file, for
    somebody who does not have Stillwater; README.txt in every bundle says how to
    do it by hand.

    \b
    Exit codes: 0 right; 1 something is wrong; 2 the call has another form;
    5 what was checked is right, but not everything could be checked.
    """
    from stillwater.evidence.verifier.command import run

    return run(bundle, key=key, pins=list(pins), as_json=as_json)
