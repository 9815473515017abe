"""MPXJ's reader and its scheduler on one file, warm, in a process of its own: prints seconds to read and to schedule, best of a few."""

import sys
import time


def main(path: str, rounds: int) -> None:
    import jpype  # the benchmark goes on without it
    import mpxj  # noqa: F401 - puts its jars on the path of the Java machine

    jpype.startJVM("-Xmx3g")
    names = ("Duration", "TaskType", "TimeUnit", "cpm.MicrosoftScheduler", "reader.UniversalProjectReader")
    duration, task_type, unit, scheduler, reader = (jpype.JClass(f"org.mpxj.{name}") for name in names)
    reading, scheduling = [], []
    for _ in range(rounds):
        begun = time.process_time()
        project = reader().read(path)
        reading.append(time.process_time() - begun)
        for task in project.getTasks():  # what its scheduler insists on and this file leaves out
            if task.getActualDuration() is None:
                task.setActualDuration(duration.getInstance(0, unit.HOURS))
            if task.getRemainingDuration() is None:
                task.setRemainingDuration(task.getDuration())
            if task.getType() is None:
                task.setType(task_type.FIXED_UNITS)
        begun = time.process_time()
        scheduler().schedule(project, project.getProjectProperties().getStartDate())
        scheduling.append(time.process_time() - begun)
    print(min(reading), min(scheduling))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
