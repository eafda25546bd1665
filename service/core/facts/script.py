"""Which characters say something, told without a pattern: one with the Chinese range compiles for 1 ms."""


def is_han(char: str) -> bool:
    """Tell whether a character is Chinese."""
    return "一" <= char <= "鿿" or "㐀" <= char <= "䶿"


def is_spoken(char: str) -> bool:
    """Tell whether a character is read aloud: Chinese, a Latin letter or a digit; no sign, no space."""
    return is_han(char) or (char.isascii() and char.isalnum())
