"""Lists to begin with: drawn at random, so that whoever must finish early tends to stand early."""

from mainstay.engine.compiled import pure_kernel
from mainstay.engine.levelling.arrays import Problem, Room
from mainstay.engine.levelling.chance import State, below


@pure_kernel
def sample(problem: Problem, room: Room, state: State, rivals: int) -> None:
    """Draw a list into ``room.child``: each time the one of some eligible tasks that must finish first; more rivals, less chance."""
    waiting, eligible = room.marked, room.counts
    count = 0
    for task in range(problem.length.size):
        waiting[task] = problem.into.first[task + 1] - problem.into.first[task]
        if waiting[task] == 0:
            eligible[count] = task
            count += 1
    for place in range(problem.length.size):
        chosen = below(state, count)
        for _ in range(rivals):
            other = below(state, count)
            if problem.late[eligible[other]] < problem.late[eligible[chosen]]:
                chosen = other
        task = eligible[chosen]
        count -= 1
        eligible[chosen] = eligible[count]
        room.child[place] = task
        for link in range(problem.out.first[task], problem.out.first[task + 1]):
            after = problem.out.other[link]
            waiting[after] -= 1
            if waiting[after] == 0:
                eligible[count] = after
                count += 1
