"""Learns the engine's weights from the rated notes; nothing of it runs in the product."""
