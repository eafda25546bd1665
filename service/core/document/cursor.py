"""Follows a parser that counts bytes through a text that is counted in code points."""


class Cursor:
    """A place in a text; `char` and `byte` name the same one. Moving on costs what lies between."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.char = 0
        self.byte = 0
        self._data = source.encode()

    def move(self, byte: int) -> None:
        """Go to a byte of the text."""
        if byte > self.byte:
            self.char += len(self._data[self.byte : byte].decode())
        elif byte < self.byte:
            self.char -= len(self._data[byte : self.byte].decode())
        self.byte = byte

    def jump(self, char: int, byte: int) -> None:
        """Go to a place whose names are both known."""
        self.char, self.byte = char, byte

    def at(self, byte: int) -> int:
        """Return the code point at a byte further on."""
        return self.char + len(self._data[self.byte : byte].decode())
