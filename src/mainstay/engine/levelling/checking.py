"""An independent look at a levelled schedule: every link kept, no resource used above its capacity. Shares no code with the search."""

from collections.abc import Sequence

from mainstay.engine.levelling.problem import PlainProblem


def faults(plain: PlainProblem, start: Sequence[int]) -> list[str]:
    """One sentence for each broken link and each resource and slot that is overbooked; none where all is well."""
    found = [f"{plain.name(task)} starts before time begins." for task, at in enumerate(start) if at < 0]
    found += [
        f"{plain.name(after)} starts at {start[after]}, before {plain.name(before)} finishes at {start[before] + plain.length[before]}."
        for before, after in plain.links
        if start[after] < start[before] + plain.length[before]
    ]
    for resource, capacity in enumerate(plain.capacity):
        changes: dict[int, int] = {}
        for task, at in enumerate(start):
            amount = plain.demand[task][resource]
            if amount and plain.length[task]:
                changes[at] = changes.get(at, 0) + amount
                changes[at + plain.length[task]] = changes.get(at + plain.length[task], 0) - amount
        used = 0
        for at in sorted(changes):
            used += changes[at]
            if used > capacity:
                found.append(f"From slot {at} on {used} of {plain.resource(resource)} are used, of which there are {capacity}.")
    return found
