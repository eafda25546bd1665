"""Rules about plan: one behaviour a file."""
