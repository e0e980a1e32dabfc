"""Pages: thin, without rules of their own."""
