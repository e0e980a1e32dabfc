"""Spanish."""

CLASSES: dict[str, str] = {}
SPELLINGS: dict[str, str] = {}
COMMON = "te a"
TABLES = (
    """
kill_or_injure direct te-voy-a-matar
    te voy a matar
""",
)
