"""Small files for the tests of imports."""

from datetime import date
from functools import cache

from mainstay.exchange.demo.schedules import schedule_of
from mainstay.formats.plans.writing import to_mspdi, to_xer

TODAY = date(2026, 11, 25)


@cache
def plan_file(code: str, kind: str) -> bytes:
    """The demonstration's plan of a project, as of a fixed day."""
    schedule = schedule_of(code, f"Plan of {code}", "Somebody", TODAY)
    return to_xer(schedule) if kind == "xer" else to_mspdi(schedule)


def risk_csv() -> bytes:
    return (
        b'Title,Initiative,Nature,Owner,"Probability, %",Cause\r\n'
        b"Gates stick in frost,SCR,threat,owner@example.org,25,Cold\r\n"
        b"Sand is given away,SCR,opportunity,owner@example.org,10,Dredging\r\n"
    )
