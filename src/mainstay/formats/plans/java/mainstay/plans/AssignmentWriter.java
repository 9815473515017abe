package mainstay.plans;

import java.io.IOException;
import java.time.LocalDateTime;
import org.mpxj.Duration;
import org.mpxj.ProjectFile;
import org.mpxj.ProjectProperties;
import org.mpxj.ResourceAssignment;

/** Who or what works on which activity. */
final class AssignmentWriter {
    private final Json json;
    private final ProjectFile project;
    private final ProjectProperties units;

    AssignmentWriter(Json json, ProjectFile project) {
        this.json = json;
        this.project = project;
        this.units = project.getProjectProperties();
    }

    void write() throws IOException {
        json.out.writeArrayFieldStart("assignments");
        for (ResourceAssignment assignment : project.getResourceAssignments()) {
            if (assignment.getTaskUniqueID() == null) {
                continue;
            }
            json.out.writeStartObject();
            json.integer("uid", assignment.getUniqueID());
            json.out.writeNumberField("activity_uid", assignment.getTaskUniqueID());
            json.integer("resource_uid", assignment.getResource() == null ? null : assignment.getResourceUniqueID());
            json.number("units", assignment.getUnits());
            json.moment("start", assignment.getStart());
            json.moment("finish", assignment.getFinish());
            json.moment("actual_start", assignment.getActualStart());
            json.moment("actual_finish", assignment.getActualFinish());
            Duration delay = assignment.getDelay();
            json.minutes("delay_minutes", delay == null || delay.getDuration() == 0 ? null : delay, units);
            json.minutes("work_minutes", assignment.getWork(), units);
            json.minutes("actual_work_minutes", assignment.getActualWork(), units);
            json.minutes("remaining_work_minutes", assignment.getRemainingWork(), units);
            json.number("percent_work_complete", assignment.getPercentageWorkComplete());
            json.money("cost", assignment.getCost());
            json.money("actual_cost", assignment.getActualCost());
            json.money("remaining_cost", assignment.getRemainingCost());
            if (assignment.getWorkContour() != null && !assignment.getWorkContour().isContourFlat()) {
                json.text("contour", assignment.getWorkContour().getName());
            }
            baseline(assignment);
            json.out.writeEndObject();
        }
        json.out.writeEndArray();
    }

    private void baseline(ResourceAssignment assignment) throws IOException {
        LocalDateTime start = assignment.getBaselineStart();
        LocalDateTime finish = assignment.getBaselineFinish();
        if (start == null && finish == null) {
            return;
        }
        json.out.writeArrayFieldStart("baselines");
        json.out.writeStartObject();
        json.out.writeNumberField("number", 0);
        json.moment("start", start);
        json.moment("finish", finish);
        json.minutes("work_minutes", assignment.getBaselineWork(), units);
        json.money("cost", assignment.getBaselineCost());
        json.out.writeEndObject();
        json.out.writeEndArray();
    }
}
