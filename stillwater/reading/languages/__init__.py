"""One folder of tables per language."""
