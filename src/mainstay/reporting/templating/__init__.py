"""Packs from an office's own Word, PowerPoint and Excel files: tokens, the names they may use, checking, filling. Nothing is evaluated."""
