"""Nothing lives here yet: see docs/rooms.md."""
