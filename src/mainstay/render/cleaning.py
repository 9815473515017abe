"""Text from people made safe for files: nothing that breaks a format, nothing that hides. What cannot be written is shown, not dropped."""

import re
from unicodedata import bidirectional

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
OVERRIDES = re.compile("[\u202a-\u202e]")
SAFE_LINK = re.compile(r"(https?://|mailto:|/(?!/)|#)[^\s\x00-\x20\x7f]*\Z", re.IGNORECASE)
LONGEST_TEXT = 20_000
ZERO_WIDTH_SPACE = "\u200b"


def clean(text: str) -> str:
    """The text as XML and PDF can carry it. Controls become `\\ufffd`; signs that turn the direction of what follows are taken out."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u0085", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return OVERRIDES.sub("", CONTROL.sub("\ufffd", text))


def shortened(text: str, most: int = LONGEST_TEXT) -> str:
    """The first `most` signs, and how many more there are; whole texts stay in the register."""
    return text if len(text) <= most else f"{text[:most].rstrip()} … ({len(text) - most:,} more characters in the record)"


def one_line(text: str) -> str:
    """For names of sheets, captions and titles of files."""
    return " ".join(clean(text).split())


def breakable(text: str, longest: int = 24) -> str:
    """Words longer than any column get places to break, for writers that would let them run over the edge."""
    return re.sub(rf"\S{{{longest},}}", lambda word: ZERO_WIDTH_SPACE.join(re.findall(f".{{1,{longest // 2}}}", word[0])), text)


def runs_leftward(text: str) -> bool:
    """Whether the text is of a script written from right to left: its first letter says so."""
    return next((kind in {"R", "AL"} for kind in map(bidirectional, text) if kind in {"L", "R", "AL"}), False)


def safe_link(address: str) -> str:
    """The address, or nothing when following it could run something."""
    return address if SAFE_LINK.match(address) else ""
