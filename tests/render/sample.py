"""A board pack of a plainly fictional programme of six projects: what the walkers are judged by."""

# ruff: noqa: E501  # a row of a table stands on one line, to be read beside the others

from datetime import UTC, date, datetime
from math import erf, sqrt

from mainstay.render.tree import (
    AMBER,
    GREEN,
    NOT_MEASURED,
    NOT_REPORTED,
    RED,
    Axis,
    BarChart,
    Bars,
    Beside,
    Column,
    DecisionAsked,
    Delta,
    Figure,
    Heat,
    HeatMap,
    Judged,
    KeyFigures,
    Limit,
    Line,
    LineChart,
    Mark,
    Milestone,
    Note,
    Option,
    Paragraph,
    Points,
    Quote,
    Report,
    Run,
    Section,
    Source,
    Span,
    Status,
    StatusList,
    Table,
    Timeline,
    row,
)

AS_AT = date(2026, 10, 31)
LATE, AT_RISK, ON_TRACK = Status("Late", "red"), Status("At risk", "amber"), Status("On track", "green")

SUMMARY = Section(
    "Claimed Amber, measured Red: depot power now sets the programme's end date",
    (
        KeyFigures(
            (
                Figure("Programme status, measured", RED, Delta("claimed Amber", "worse"), "rule: worst project on the critical path"),
                Figure("Finish, P50", "28 Nov 2028", Delta("+60 days on baseline", "worse"), "simulation of 5 Nov 2026"),
                Figure("Forecast cost", "£263.0m", Delta("+£14.1m on budget", "worse"), "ledger at 31 Oct 2026"),
                Figure("Cost at P80", "£285.8m", Delta("64 % chance within £280.9m", "worse"), "shared causes counted"),
                Figure("Benefits 2028-29", "£9.1m", Delta("−£2.7m on baseline", "worse"), "register at 30 Sep 2026", is_stale=True),
                Figure("Returns", "5 of 6", Delta("NIT-05 not reported", "same"), "frozen 10 Nov 2026"),
            )
        ),
        StatusList(
            "Projects: claimed and measured status",
            (
                Judged("NIT-04 Depot and Grid Upgrade", RED, "SPI 0.78, finish 133 days late, 2 milestones overdue", AMBER),
                Judged("NIT-05 Traveller Information", NOT_MEASURED, "No return. Last known: Green at 30 Sep 2026", NOT_REPORTED, "", True),
                Judged("NIT-01 Portlaw Harbour Renewal", AMBER, "SPI 0.88, CPI 0.91, finish 56 days late, 1 overdue", AMBER),
                Judged("NIT-02 Zero-Emission Fleet", AMBER, "SPI 0.92, finish 44 days late, 1 overdue", GREEN),
                Judged(
                    "NIT-06 Service Redesign and Workforce",
                    GREEN,
                    "All four indicators within tolerance; the claim is more cautious",
                    AMBER,
                ),
                Judged("NIT-03 Smart Ticketing", GREEN, "All four indicators within tolerance", GREEN),
            ),
            "Programme rule: Red when a project on the programme's critical path is measured Red. Grey italic: last known values.",
        ),
    ),
    name="Summary",
    notes="Measured status is worked out from the plan, the ledger and the registers. The claim is never overwritten.",
)

DECISIONS = Section(
    "Four decisions are asked of the board, one of them on money",
    (
        DecisionAsked(
            "1",
            "Approve a temporary supply for Depot 2",
            "The substation slot at Tarn Road has moved by a quarter; vehicles arrive in March 2028",
            (
                Option("Temporary supply", "£1.8m, finish 16 Jun 2028", True),
                Option("Wait for the grid operator", "no cost, finish 11 Aug 2028"),
                Option("Move vehicles to Depot 1", "£0.6m, two routes diesel until 2029"),
            ),
            "Temporary supply, from contingency",
            "Programme board",
            date(2026, 11, 27),
            "£1.8m",
            "Each month later costs £0.3m of storage",
            "EXC-004",
        ),
        DecisionAsked(
            "2", "Confirm NIT-02 as Amber", "Vehicles will be ready before the depot that charges them",
            by_whom="Sponsor, NIT-02", by_when=date(2026, 11, 27), cost="none", if_not="The claim stays Green against the measure",
        ),
        DecisionAsked(
            "3", "Name an acting manager for NIT-05", "The post has been empty since 14 September; no return was made",
            by_whom="Programme director", by_when=date(2026, 11, 20), cost="£0.1m", if_not="A second month without a return",
        ),
        DecisionAsked(
            "4", "Take benefit B-05 out of the case", "It has no owner and no baseline",
            by_whom="Programme board", by_when=date(2026, 12, 18), cost="£0.9m a year of benefit", if_not="The case claims what nobody owns",
        ),
    ),
    name="Decisions",
)  # fmt: skip

MOVES = Section(
    "Eight milestones moved since September; five of the moves have one cause",
    (
        Table(
            "What moved, and the reason recorded",
            (
                Column("Project", weight=0.9, heads_row=True),
                Column("Milestone", weight=2.6),
                Column("September", "date", 1.25),
                Column("October", "date", 1.25),
                Column("Change", "delta", 0.85, unit="days", less_is="better"),
                Column("Reason recorded by the owner", weight=3.4, missing="No reason recorded; question sent"),
                Column("Link", weight=0.9, missing="none"),
            ),
            (
                row("NIT-04", "Substation energised, Tarn Road", date(2027, 12, 17), date(2028, 3, 31), 105, "Grid operator deferred the connection slot by a quarter", "ISS-031"),
                row("NIT-04", "Depot 2 ready for vehicles", date(2028, 4, 28), date(2028, 8, 11), 105, "Follows the substation", "D-02"),
                row("NIT-02", "First 40 vehicles in service", date(2028, 5, 31), date(2028, 7, 14), 44, "Charging at Depot 2 is late", "D-02"),
                row("NIT-01", "Berth 3 piling complete", date(2027, 6, 30), date(2027, 8, 25), 56, "Marine licence variation not decided", "ISS-027"),
                row("NIT-01", "Harbour handover", date(2028, 6, 30), date(2028, 8, 25), 56, "Follows berth 3", "D-05"),
                row("NIT-06", "Driver rosters agreed", date(2027, 3, 31), date(2027, 4, 14), 14, "Second round of talks agreed with staff", "DEC-019"),
                row("NIT-03", "Gates accepted, first ten stations", date(2027, 2, 26), date(2027, 2, 12), -14, "Supplier delivered the first batch early", "WP-33"),
                row("NIT-06", "Depot staff transferred", date(2028, 2, 25), date(2028, 3, 10), 14, None, None),
            ),
            note="Shown: all moves of 5 working days or more between snapshots NIT-2026-09-S2 and NIT-2026-10-S1; 11 smaller ones are left out.",
            alt="Eight milestones with their dates at September and October, the change in days and the reason.",
        ),
    ),
    name="Milestones",
)  # fmt: skip

PLAN = Section(
    "Plan on a page: Depot 2 finishes 133 days late at P50 and moves the whole programme",
    (
        Timeline(
            "Baseline, forecast and range of each project's finish",
            "Six projects and the programme. Depot and Grid: baseline 31 Mar 2028, P50 11 Aug 2028, P80 24 Nov 2028. Programme: P50 28 Nov 2028.",
            (
                Span("NIT-05 Traveller Information", date(2026, 1, 12), date(2027, 11, 19), date(2028, 2, 11), date(2027, 10, 29), NOT_MEASURED, "P50 +21 days", False),
                Span("NIT-03 Smart Ticketing", date(2025, 4, 7), date(2027, 12, 3), date(2028, 1, 21), date(2027, 11, 30), GREEN, "P50 +3 days"),
                Span(
                    "NIT-04 Depot and Grid Upgrade", date(2025, 3, 3), date(2028, 8, 11), date(2028, 11, 24), date(2028, 3, 31), RED, "P50 +133 days",
                    milestones=(Milestone("Foundations, Tarn Road", date(2026, 10, 16), date(2026, 10, 14), True), Milestone("Substation energised", date(2027, 12, 17), date(2028, 3, 31))),
                ),
                Span("NIT-02 Zero-Emission Fleet", date(2025, 6, 2), date(2028, 7, 14), date(2028, 10, 6), date(2028, 5, 31), AMBER, "P50 +44 days"),
                Span("NIT-01 Portlaw Harbour Renewal", date(2025, 2, 3), date(2028, 8, 25), date(2028, 12, 15), date(2028, 6, 30), AMBER, "P50 +56 days"),
                Span("NIT-06 Service Redesign", date(2025, 9, 1), date(2028, 10, 13), date(2028, 12, 8), date(2028, 9, 29), GREEN, "P50 +14 days"),
                Span("Whole programme", date(2025, 2, 3), date(2028, 11, 28), date(2029, 2, 23), date(2028, 9, 29), RED, "P50 +60 days"),
            ),
            AS_AT,
            "Integrated plan of 5 Nov 2026; simulation of 10,000 runs, seed 20261031",
        ),
    ),
    name="Plan",
)  # fmt: skip

DEPENDENCIES = Section(
    "Three dependencies miss their date; two of them wait for Depot 2",
    (
        Table(
            "Dependencies at risk, late first",
            (
                Column("Ref.", weight=0.7, heads_row=True), Column("Giver → receiver", weight=1.9), Column("What", weight=3),
                Column("Needed by", "date", 1.25), Column("Promised", "date", 1.25), Column("Late", "delta", 0.8, unit="days", less_is="better"),
                Column("Status", "status", 1.25), Column("Next step", weight=2.8, missing="none"),
            ),
            (
                row("D-02", "NIT-04 → NIT-02", "Charging for 40 vehicles at Depot 2", date(2028, 4, 28), date(2028, 8, 11), 105, LATE, "Decision 1"),
                row("D-07", "Grid operator → NIT-04", "Connection at Tarn Road", date(2027, 12, 17), date(2028, 3, 31), 105, LATE, "Answer due 27 Nov 2026"),
                row("D-05", "NIT-01 → NIT-06", "Berth 3 for the new timetable", date(2028, 7, 14), date(2028, 8, 25), 42, LATE, "Timetable without berth 3 being priced"),
                row("D-09", "NIT-05 → NIT-03", "Stop data, release 2", date(2027, 5, 14), date(2027, 5, 14), 0, AT_RISK, "Confirm with the acting manager"),
                row("D-11", "NIT-06 → NIT-02", "Drivers trained for the first 40 vehicles", date(2028, 4, 14), date(2028, 4, 7), -7, ON_TRACK, None),
            ),
            note="5 of 14 dependencies. Left out: 9 on track, none of them critical.",
            alt="Five dependencies with the dates needed and promised.",
        ),
    ),
    name="Dependencies",
)  # fmt: skip


def chance(value: float, middle: float, spread: float) -> float:
    return round(0.5 * (1 + erf((value - middle) / spread / sqrt(2))), 4)


COSTS = [258 + 2 * step for step in range(26)]
RISKS = Section(
    "Risk: the P80 cost is £285.8m, £4.9m above the approved sum; one cause links two of the top five",
    (
        Beside(
            Table(
                "Top risks by expected value",
                (
                    Column("Ref.", weight=0.75, heads_row=True), Column("Risk: cause, event, effect", weight=4.2), Column("Owner", weight=1.35),
                    Column("Chance", "percent", 0.95), Column("Expected", "money", 1.05), Column("Trend", weight=0.75),
                ),
                (
                    row("R-041", "Because the grid operator allocates slots by quarter, the Tarn Road slot may move again, which would delay depot power by a further quarter", "P. Castellan", 0.45, 2_600_000, "Up"),
                    row("R-017", "Because the marine licence variation is not decided, berth 3 piling may miss the summer window, which would add a winter season", "R. Adeyemi", 0.35, 1_800_000, "Up"),
                    row("R-008", "Because steel and switchgear prices follow one market, both civil contracts may exceed their indexed allowance", "K. Doran", 0.4, 1_800_000, "Same"),
                    row("R-052", "Because vehicles arrive before depots can charge them, storage and warranty costs may arise", "J. Lindqvist", 0.6, 1_500_000, "Up"),
                    row("R-012", "Because seabed surveys cover 70 % of berth 3, obstructions may be found during dredging", "R. Adeyemi", 0.25, 700_000, "Same"),
                ),
                row("Total", "All 10 open risks", None, None, 9_500_000, None),
                note="Top 5 of 10. Left out: 4 threats of £1.7m and 1 opportunity of £0.6m; all count in the curve.",
                alt="Five risks of 8.4 million pounds of the 9.5 expected.",
            ),
            LineChart(
                "The approved sum is met in 64 of 100 futures",
                "S-curve of total cost. P50 £277.6m, P80 £285.8m; the approved £280.9m has a chance of 64 %.",
                (
                    Line("Shared causes (used)", tuple((cost, chance(cost, 277.6, 9.74)) for cost in COSTS)),
                    Line("If risks were independent", tuple((cost, chance(cost, 277.1, 7.2)) for cost in COSTS)),
                ),
                Axis("Total cost, £m", "£m", 0),
                Axis("Chance that the cost is at or below", "%", 0, 0, 1),
                marks=(Mark(277.6, 0.5, "P50 £277.6m"), Mark(285.8, 0.8, "P80 £285.8m")),
                limits=(Limit(280.9, "Approved £280.9m"),),
                source="10,000 runs, seed 20261031. The projects' own P80s add to £287.5m; percentiles do not add.",
            ),
            0.58,
        ),
    ),
    name="Risks",
)  # fmt: skip

DRIVERS = Section(
    "Two drivers explain half of the spread: the grid connection and the marine licence",
    (
        Beside(
            BarChart(
                "What moves the programme's finish, working days at P80",
                "Tornado of seven drivers; the grid connection slot moves the finish by 41 days, the marine licence by 27.",
                ("Grid connection slot", "Marine licence", "Switchgear delivery", "Power engineers", "Weather, berth 3", "Driver training", "Ticket gates early"),
                (Bars("Days on the finish", (41, 27, 16, 12, 9, 6, -4)),),
                Axis("Working days", "", 0),
                is_lying=True,
                source="Rank correlation, 10,000 runs",
            ),
            BarChart(
                "The finish falls most often in December 2028",
                "Histogram of the programme's finish in 10,000 runs, by month.",
                ("Sep 28", "Oct 28", "Nov 28", "Dec 28", "Jan 29", "Feb 29", "Mar 29", "Apr 29"),
                (Bars("Runs", (310, 1480, 2450, 2620, 1660, 890, 420, 170)),),
                Axis("Runs", "", 0),
                Axis("Month of the finish"),
                is_histogram=True,
            ),
        ),
        Beside(
            HeatMap(
                "Four open risks lie above the tolerance line",
                "Ten open risks by probability and impact; four in the upper right.",
                ("Low", "Medium", "High", "Very high"),
                ("Likely", "Possible", "Unlikely"),
                (
                    (Heat("none", 1), Heat("R-052", 2), Heat("R-041", 4), Heat("none", 4)),
                    (Heat("R-033", 0), Heat("R-008, R-021", 2), Heat("R-017", 3), Heat("R-044", 4)),
                    (Heat("R-039, R-050", 0), Heat("none", 1), Heat("R-012", 2), Heat("none", 3)),
                ),
                "Probability by impact",
            ),
            Points(
                (
                    (Run("Grid connection. ", strong=True), Run("One driver stands behind R-041 and R-052; a temporary supply cuts both.")),
                    (Run("Marine licence. ", strong=True), Run("Nothing can be bought; the decision date is 15 January 2027.")),
                    "Power engineers: three short in March and April 2027.",
                )
            ),
        ),
    ),
    name="Drivers",
)  # fmt: skip

MONEY = Section(
    "Finance: three projects carry the overrun of £14.1m",
    (
        Table(
            "Budget and forecast by project",
            (
                Column("Project", weight=3, heads_row=True), Column("Budget", "money"), Column("Earned", "money"), Column("Actual", "money"),
                Column("CPI", "number", places=2), Column("SPI", "number", places=2), Column("EAC", "money"),
                Column("On budget", "delta", places=1, unit="£m", less_is="better"),
            ),
            (
                row("NIT-01 Portlaw Harbour Renewal", 64_000_000, 21_500_000, 23_600_000, 0.91, 0.88, 70_400_000, 6.4),
                row("NIT-02 Zero-Emission Fleet", 88_000_000, 30_100_000, 30_700_000, 0.98, 0.92, 89_500_000, 1.5),
                row("NIT-03 Smart Ticketing", 21_500_000, 9_900_000, 9_800_000, 1.01, 0.99, 21_300_000, -0.2),
                row("NIT-04 Depot and Grid Upgrade", 47_200_000, 17_600_000, 20_200_000, 0.87, 0.78, 54_200_000, 7.0),
                row("NIT-05 Traveller Information", 9_800_000, 2_400_000, 2_300_000, None, None, 9_500_000, -0.3, is_last_known=True),
                row("NIT-06 Service Redesign", 18_400_000, 7_200_000, 7_100_000, 1.02, 0.97, 18_100_000, -0.3),
            ),
            row("Total", 248_900_000, 88_700_000, 93_700_000, 0.95, None, 263_000_000, 14.1),
            note="Earned value and indices of NIT-05 are not reported; its cost comes from the ledger.",
            alt="Six projects with budget, earned value, actual cost, indices and forecast.",
        ),
        BarChart(
            "Benefits fall short of the baseline until 2029-30",
            "Benefits by year, baseline and forecast, £m.",
            ("2026-27", "2027-28", "2028-29", "2029-30", "2030-31", "2031-32"),
            (Bars("Baseline", (0.4, 4.2, 11.8, 18.6, 21.4, 22.0)), Bars("Forecast", (0.3, 2.6, 9.1, 17.9, 21.4, 22.0))),
            Axis("£m a year", "£m", 1),
            source="Benefits register at 30 Sep 2026",
        ),
    ),
    name="Finance",
)  # fmt: skip

VIEW = Section(
    "The office's view: the temporary supply is the one decision that shortens the programme",
    (
        Paragraph(
            (
                Run("The forecast of NIT-04 breaks its time and cost tolerances. "),
                Run("Exception report EXC-004", link="/reports/EXC-004"),
                Run(" asks for a temporary supply; "),
                Run("the office has checked its cost and has not checked the landlord's consent.", emphasis=True),
            )
        ),
        Quote("A temporary supply is feasible; we keep the claim at Amber.", "Senior responsible owner, NIT-04", "return of 6 Nov 2026"),
        Note("NIT-05 made no return. Reminder 2 Nov, call 5 Nov, sponsor told 6 Nov.", "Not reported.", "amber"),
        Section(
            "Actions from the last meeting",
            (
                Points(
                    ("Second civil crew at Tarn Road: in place since 9 November.", "Letter to the grid operator: sent, no answer."), True
                ),
            ),
        ),
    ),
    name="Office view",
)

PROVENANCE = (
    Source(
        "Project returns", "5 of 6 projects", date(2026, 10, 31), date(2026, 11, 6), "NIT-05 not reported; last known values of 30 Sep 2026"
    ),
    Source("Finance ledger", "all projects", date(2026, 10, 31), date(2026, 11, 4), "with accruals"),
    Source("Integrated plan", "2,140 activities", date(2026, 11, 5), date(2026, 11, 5), "version 31"),
    Source("Benefits register", "all benefits", date(2026, 9, 30), date(2026, 10, 2), "quarterly"),
)


def board_pack() -> Report:
    """The whole pack, as its builder would hand it over."""
    return Report(
        title="Norvale Integrated Transport: board pack, October 2026",
        subtitle="Fictional programme: region, people and figures are invented",
        marking="OFFICIAL",
        as_at=AS_AT,
        frozen_at=datetime(2026, 11, 10, 17, 0, tzinfo=UTC),
        snapshot="NIT-2026-10-S1",
        digest="9f2c1a4be0d7735186aa90c4d2f0b95e7c83d6614f0e2a97b55c0d18e3f6a421",
        sections=(SUMMARY, DECISIONS, MOVES, PLAN, DEPENDENCIES, RISKS, DRIVERS, MONEY, VIEW),
        compared_with="NIT-2026-09-S2",
        author="Programme office",
        provenance=PROVENANCE,
    )
