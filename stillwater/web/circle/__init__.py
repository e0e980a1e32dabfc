"""The person's pages about who helps them: asking, agreeing on a key, letting go."""
