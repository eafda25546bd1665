"""Rules about data: one behaviour a file."""
