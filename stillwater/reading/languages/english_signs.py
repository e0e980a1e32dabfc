"""English: where you are, children, images, time running out, other people, animals."""

TABLE = """
location direct knows-where-you-are
    I know/no where you live/work/stay/sleep/park/are
"""
