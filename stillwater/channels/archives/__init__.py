"""Files that people already have: each reader yields items, and errors as items."""
