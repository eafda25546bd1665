"""notecoach: coaching for weekly work notes written in Chinese."""

__version__ = "0.1.0"
