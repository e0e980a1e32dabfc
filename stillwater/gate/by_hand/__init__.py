"""What the person writes down themself: drafts, entries, corrections, and what is not theirs."""
