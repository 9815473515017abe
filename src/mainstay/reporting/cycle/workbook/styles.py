"""How the cells of a workbook look: what only tells is locked and plain, what takes an answer is open and yellow."""

from typing import Any

INK, SOFT, BAND, HEAD, PAPER, OPEN, LINE, ALERT = (
    "#1c2530",
    "#4a5865",
    "#e8eef5",
    "#124f8c",
    "#ffffff",
    "#fff8dc",
    "#b8c2cc",
    "#b3261e",
)
NUMBERS = {"date": "d mmm yyyy", "text": "@", "rating": "@", "choice": "@", "yes_no": "@"}
WHOLE, PARTED = "#,##0", "#,##0.00"


def styles(book: Any) -> dict[str, Any]:
    """The formats of the cells, by what they are for."""
    told: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 16, "font_color": INK},
        "label": {"font_color": SOFT},
        "strong": {"bold": True, "font_color": INK},
        "plain": {"font_color": INK},
        "head": {
            "bold": True,
            "bg_color": HEAD,
            "font_color": PAPER,
            "border": 1,
            "border_color": LINE,
            "text_wrap": True,
            "valign": "top",
        },
        "band": {"bold": True, "bg_color": BAND, "font_color": INK, "valign": "vcenter"},
        "band_soft": {"bg_color": BAND, "font_color": SOFT, "valign": "vcenter"},
        "band_link": {"bg_color": BAND, "font_color": HEAD, "underline": 1, "valign": "vcenter"},
        "told": {"text_wrap": True, "valign": "top", "font_color": INK, "border": 1, "border_color": LINE},
        "hint": {"text_wrap": True, "valign": "top", "font_color": SOFT, "border": 1, "border_color": LINE},
        "needed": {"valign": "top", "bold": True, "font_color": ALERT, "border": 1, "border_color": LINE},
    }
    made = {name: book.add_format(about) for name, about in told.items()}
    open_cell = {
        "locked": False,
        "bg_color": OPEN,
        "font_color": INK,
        "border": 1,
        "border_color": SOFT,
        "valign": "top",
        "text_wrap": True,
    }
    for kind, code in (*NUMBERS.items(), ("whole", WHOLE), ("parted", PARTED)):
        align = {"align": "left"} if kind in ("date", "whole", "parted") else {}
        made[f"open_{kind}"] = book.add_format({**open_cell, **align, "num_format": code})
    made["missing"] = book.add_format({"bg_color": "#fbe3e1", "border": 1, "border_color": ALERT})
    return made


def style_of(kind: str, value: str) -> str:
    """The name of the format of an answer cell."""
    if kind in ("money", "number"):
        return "open_parted" if "." in value and value.rstrip("0")[-1:] != "." else "open_whole"
    return f"open_{kind}"
