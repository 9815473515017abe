"""Seeded problems like those of the published set of 120 jobs: networks, demands and capacities by the parameters of ProGen.

After Kolisch, Sprecher and Drexl, *Characterization and generation of a general class of resource-constrained project scheduling problems*,
Management Science 41 (1995) 1693-1703: network complexity NC (arcs a node), resource factor RF (share of the resources that a job uses) and
resource strength RS (capacity between what one job needs, 0, and the peak of the early dates, 1). The networks are drawn here anew.
"""

import random
from itertools import product

from mainstay.engine.levelling.problem import PlainProblem

COMPLEXITIES = (1.5, 1.8, 2.1)
FACTORS = (0.25, 0.5, 0.75, 1.0)
STRENGTHS = (0.1, 0.2, 0.3, 0.4, 0.5)
"""Those of the published 120 jobs; smaller sets have 0.2 to 1."""
ENDS, NEIGHBOURS, RESOURCES, MOST = 3, 3, 4, 10
"""Jobs that begin and that end the network, most links into and out of a job, resources, longest job and largest demand."""
CELLS = tuple(product(COMPLEXITIES, FACTORS, STRENGTHS))


def like_published(jobs: int, cell: tuple[float, float, float], seed: int) -> PlainProblem:
    """One problem of a cell of the design: NC, RF and RS."""
    complexity, factor, strength = cell
    rnd = random.Random(f"{jobs} {cell} {seed}")
    links = network(rnd, jobs, complexity)
    length = tuple(rnd.randint(1, MOST) for _ in range(jobs))
    demand = demands(rnd, jobs, factor)
    loose = PlainProblem(length, demand, (MOST * jobs,) * RESOURCES, links)
    return PlainProblem(length, demand, capacities(loose, strength), links)


class Network:
    """Links between jobs, and for each job everything before and after it, as bits."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self.links: set[tuple[int, int]] = set()
        self.into, self.out = [0] * jobs, [0] * jobs
        self.before = [1 << job for job in range(jobs)]
        self.after = [1 << job for job in range(jobs)]

    def is_room(self, source: int, target: int) -> bool:
        return self.out[source] < NEIGHBOURS and self.into[target] < NEIGHBOURS

    def is_redundant(self, source: int, target: int) -> bool:
        """Said already by other links, or saying again what a link says."""
        if self.after[source] >> target & 1:
            return True
        return any(self.before[source] >> left & 1 and self.after[target] >> right & 1 for left, right in self.links)

    def add(self, source: int, target: int) -> None:
        self.links.add((source, target))
        self.out[source] += 1
        self.into[target] += 1
        before, after = self.before[source], self.after[target]
        for job in range(self.jobs):
            if before >> job & 1:
                self.after[job] |= after
            if after >> job & 1:
                self.before[job] |= before


def network(rnd: random.Random, jobs: int, complexity: float) -> tuple[tuple[int, int], ...]:
    """A predecessor for each job, a successor for each, then links at random until there are enough."""
    made = Network(jobs)
    for target in range(ENDS, jobs):
        found = [source for source in range(min(target, jobs - ENDS)) if made.is_room(source, target)]
        made.add(rnd.choice(found), target)
    for source in range(jobs - ENDS):
        if not made.out[source]:
            found = [target for target in range(max(source + 1, ENDS), jobs) if made.is_room(source, target)]
            found = [target for target in found if not made.is_redundant(source, target)]
            if found:
                made.add(source, rnd.choice(found))
    wanted = round(complexity * (jobs + 2)) - 2 * ENDS
    for _attempt in range(200 * jobs):
        if len(made.links) >= wanted:
            break
        source, target = sorted(rnd.sample(range(jobs), 2))
        if source < jobs - ENDS and target >= ENDS and made.is_room(source, target) and not made.is_redundant(source, target):
            made.add(source, target)
    return tuple(sorted(made.links))


def demands(rnd: random.Random, jobs: int, factor: float) -> tuple[tuple[int, ...], ...]:
    """Each job uses at least one resource; more are spread at random until the share is reached."""
    rows = [[0] * RESOURCES for _ in range(jobs)]
    for row in rows:
        row[rnd.randrange(RESOURCES)] = rnd.randint(1, MOST)
    empty = [(job, k) for job in range(jobs) for k in range(RESOURCES) if not rows[job][k]]
    for job, k in rnd.sample(empty, round(factor * jobs * RESOURCES) - jobs):
        rows[job][k] = rnd.randint(1, MOST)
    return tuple(map(tuple, rows))


def capacities(loose: PlainProblem, strength: float) -> tuple[int, ...]:
    found = []
    for k in range(RESOURCES):
        least = max(row[k] for row in loose.demand)
        used = [0] * (sum(loose.length) + 1)
        for job, begin in enumerate(loose.early.tolist()):
            for slot in range(begin, begin + loose.length[job]):
                used[slot] += loose.demand[job][k]
        found.append(least + round(strength * (max(used) - least)))
    return tuple(found)
