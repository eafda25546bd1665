"""Everything that can go wrong, as one small tree without HTTP.

NotecoachError
├── InvalidNote            the text itself can't be taken (surrogates, too long, empty)
├── InvalidRequest         a field other than the text is off
├── NotFound               no such rule, analysis or file
├── SettingsError          the configuration can't be used; says which name and what to do
├── StoreUnavailable       what was to be kept, found or dropped can't be: the disk, the database
└── ReaderError            a model could not read the note
    ├── ReaderUnavailable  not configured, down, refused, out of budget
    ├── ReaderTimeout      the caller's patience ran out
    └── ReaderNonsense     the answer can't be used even after the re-asks
Bad writing is never an error: it is a finding.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from service.core.analysis import Unsupported, Usage


class NotecoachError(Exception):
    """Root of every error this package raises on purpose; its message never holds note text."""


class InvalidNote(NotecoachError):
    """The note's text can't be taken."""


class InvalidRequest(NotecoachError):
    """A field other than the text can't be taken; `field` names it."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NotFound(NotecoachError):
    """What was asked for by name is not there."""


class SettingsError(NotecoachError):
    """The configuration can't be used."""


class StoreUnavailable(NotecoachError):
    """What is stored can't be reached or written."""


class ReaderError(NotecoachError):
    """A model could not read the note; `usage` is what was spent on trying, `unsupported` what it made up."""

    def __init__(
        self, message: str, usage: "Usage | None" = None, unsupported: "tuple[Unsupported, ...]" = ()
    ) -> None:
        super().__init__(message)
        self.usage = usage
        self.unsupported = unsupported


class ReaderUnavailable(ReaderError):
    """No model is configured, or it is down, refuses, or is out of budget."""


class ReaderTimeout(ReaderError):
    """The caller's patience ran out before the model answered."""


class ReaderNonsense(ReaderError):
    """The model's answer can't be used, even after the bounded re-asks."""
