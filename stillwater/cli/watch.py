"""``stillwater watch``: the watcher alone, in the foreground."""

import click

from stillwater.cli.common import ready


@click.command()
def command() -> None:
    """Watch the mailboxes of everyone here until Ctrl-C.

    ./start does the same beside its page. Two at once do no harm: each mail is
    sealed once.
    """
    home = ready()
    from stillwater.workers.watcher import watch_until_told

    click.echo("Watching. Ctrl-C stops it.", err=True)
    watch_until_told(home)
    click.echo("Nobody watches now, unless ./start runs.", err=True)
