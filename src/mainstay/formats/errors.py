"""What can be wrong with a file, as one sentence for the person who chose it.

FormatError
├── Rejected            the gate refuses it before anything reads it
│   ├── EmptyFile
│   ├── UnknownFormat   neither content nor name tells a format that is read here
│   ├── ArchiveRefused  a zip or another archive where a plain file is expected
│   ├── TooLarge        more bytes, members, rows or columns than the limits allow
│   └── UnsafeContent   document type definition, macros, encryption, hidden paths
├── PasswordProtected
├── Damaged             cut off or not what it says
├── TableError          a table without the header or values that it needs; names the cell
└── ReadingFailed       the reader broke a limit or ended unexpectedly
    ├── TooSlow
    └── TooMuchMemory
"""


class FormatError(Exception):
    """The message is a sentence to show: what is wrong, then what to do."""


class Rejected(FormatError):
    pass


class EmptyFile(Rejected):
    pass


class UnknownFormat(Rejected):
    pass


class ArchiveRefused(Rejected):
    pass


class TooLarge(Rejected):
    pass


class UnsafeContent(Rejected):
    pass


class PasswordProtected(FormatError):
    pass


class Damaged(FormatError):
    pass


class TableError(FormatError):
    pass


class ReadingFailed(FormatError):
    pass


class TooSlow(ReadingFailed):
    pass


class TooMuchMemory(ReadingFailed):
    pass
