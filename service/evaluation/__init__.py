"""Measures a reader over rated notes: how often it agrees, and what it holds on to under harmless changes."""
