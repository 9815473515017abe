"""Transition: how a business area moves to its new way of working, how ready it is, its cut-over, and when it is stable."""
