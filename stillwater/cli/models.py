"""``stillwater models``: rebuild what the reader has learnt, or compare it with the shipped."""

import tempfile
from pathlib import Path

import click

from stillwater.core.errors import ExitCode, UserError


@click.group("models")
def command() -> None:
    """Rebuild the reader's weights from the labelled messages.

    For those who build Stillwater; nobody needs it to use it.
    """


@command.command()
@click.option("--data", metavar="FOLDER", default="data", help="Where the data lie.")
@click.option("--out", metavar="FILE", help="Write here, not into the package.")
@click.option("--check", is_flag=True, help="Only compare with the shipped weights.")
def train(data: str, out: str | None, check: bool) -> int:
    """Train on data/messages/train and write the weights that the package ships.

    Takes some minutes. The same messages give the same weights, to four decimals.
    """
    from stillwater.reading.model import weights
    from stillwater.reading.model.examples import example_of, rows_in
    from stillwater.reading.model.training import train as train_on
    from stillwater.reading.model.vectors import vectors_in

    folder = Path(data)
    rows = rows_in(folder / "messages" / "train")
    click.echo(f"{len(rows)} messages are read by the rules.", err=True)
    trained = train_on(
        [example_of(row) for row in rows],
        vectors_in(folder / "vectors" / "words.npz"),
        lambda said: click.echo(said, err=True),
    )
    if not check:
        weights.save(trained.weights, Path(out) if out else weights.shipped_path())
        return ExitCode.OK
    with tempfile.TemporaryDirectory() as beside:
        made = Path(beside) / "weights.npz"
        weights.save(trained.weights, made)
        differ = weights.differences(weights.load(made), weights.shipped())
    if differ:
        raise UserError(
            f"The shipped weights are not those of the data: {differ}.",
            "Train again, and look at what changed.",
            ExitCode.FOUND_WRONG,
        )
    click.echo("The shipped weights are those of the data.")
    return ExitCode.OK
