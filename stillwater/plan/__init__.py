"""What the person decided, and what that makes of a match and a reading."""
