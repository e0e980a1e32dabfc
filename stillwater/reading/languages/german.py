"""German."""

CLASSES: dict[str, str] = {}
SPELLINGS: dict[str, str] = {}
COMMON = "ich du"
TABLES = (
    """
kill_or_injure direct will-dich-umbringen
    ich bring/bringe dich um
""",
)
