"""How fast and how big: `make bench`. Medians, each beside a reference timed in the same breath."""
