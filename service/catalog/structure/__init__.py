"""Rules about structure: one behaviour a file."""
