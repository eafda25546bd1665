"""Numbers of a text: what each one means, and what the note's metrics are."""

from service.core.numbers.scanning import scan

__all__ = ["scan"]
