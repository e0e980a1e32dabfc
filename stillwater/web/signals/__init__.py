"""The pages of notes that leave the page: on which ways, in which words, and how often."""
