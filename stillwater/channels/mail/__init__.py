"""Mail: how it comes in."""
