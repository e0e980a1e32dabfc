"""The shape of contact over time. Nothing lives here yet: see docs/rooms.md."""
