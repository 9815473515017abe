"""Snapshots and the packs made from them."""
