package mainstay.plans;

import java.time.LocalDateTime;
import java.util.List;
import org.mpxj.ConstraintType;
import org.mpxj.Duration;
import org.mpxj.ProjectFile;
import org.mpxj.ProjectProperties;
import org.mpxj.Task;
import org.mpxj.TaskType;
import org.mpxj.TimeUnit;
import org.mpxj.cpm.MicrosoftScheduler;
import org.mpxj.cpm.PrimaveraScheduler;

/** The dates that MPXJ's own schedulers give a plan, in place of those in the file; none where they refuse it. */
final class Rescheduling {
    private Rescheduling() {
    }

    static void apply(List<ProjectFile> projects) {
        for (ProjectFile project : projects) {
            project.getTasks().forEach(Rescheduling::fillGaps);
            ProjectProperties properties = project.getProjectProperties();
            boolean primavera = "Primavera".equals(properties.getFileApplication());
            LocalDateTime planned = primavera ? properties.getPlannedStart() : null;
            LocalDateTime start = planned == null ? properties.getStartDate() : planned;
            try {
                (primavera ? new PrimaveraScheduler() : new MicrosoftScheduler()).schedule(project, start);
            } catch (Exception e) { // a plan that they refuse has no dates of theirs
                project.getTasks().forEach(Rescheduling::clear);
            }
        }
    }

    /** What they insist on and files may lack. */
    private static void fillGaps(Task task) {
        if (task.getActualDuration() == null) {
            task.setActualDuration(Duration.getInstance(0, TimeUnit.HOURS));
        }
        if (task.getRemainingDuration() == null) {
            task.setRemainingDuration(task.getDuration());
        }
        if (task.getType() == null) {
            task.setType(TaskType.FIXED_UNITS);
        }
        if (task.getConstraintType() == null) {
            task.setConstraintType(ConstraintType.AS_SOON_AS_POSSIBLE);
        }
    }

    private static void clear(Task task) {
        task.setStart(null);
        task.setFinish(null);
        task.setEarlyStart(null);
        task.setEarlyFinish(null);
        task.setLateStart(null);
        task.setLateFinish(null);
        task.setRemainingEarlyStart(null);
        task.setRemainingEarlyFinish(null);
    }
}
