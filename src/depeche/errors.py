"""All errors that Dépêche raises on purpose.

DepecheError
├── InputError      a source that cannot be read, or not in the way that was asked for
├── LedgerError     a ledger that cannot be opened, written or trusted
├── LexiconError    a language folder that breaks its schema (file and line in the message)
├── ModelError      a language model that is missing or does not fit
└── RecordError     a record that breaks its own rules (offsets, closed vocabularies)
"""


class DepecheError(Exception):
    """The root: catch this to catch everything that Dépêche raises on purpose."""


class InputError(DepecheError):
    """A source that cannot be read. The message names what was found, where, and what is accepted."""


class LedgerError(DepecheError):
    """A ledger that is missing, busy, damaged, full, or of another version. What it held before is still there."""


class LexiconError(DepecheError):
    """A language folder that breaks its schema. The message opens with file and line."""


class ModelError(DepecheError):
    """A language model that is missing, or whose files do not fit together."""


class RecordError(DepecheError, ValueError):
    """A record that breaks its own rules."""
