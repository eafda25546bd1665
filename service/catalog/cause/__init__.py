"""Rules about cause: one behaviour a file."""
