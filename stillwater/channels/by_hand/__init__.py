"""What the person writes down themself: visits, hang-ups, letters, word carried.

No program sees these come in, so the person is the channel. docs/formats/by-hand.md.
"""
