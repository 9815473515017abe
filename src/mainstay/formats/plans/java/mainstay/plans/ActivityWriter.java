package mainstay.plans;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.mpxj.ActivityCode;
import org.mpxj.ActivityCodeValue;
import org.mpxj.ActivityType;
import org.mpxj.ConstraintType;
import org.mpxj.Duration;
import org.mpxj.FieldType;
import org.mpxj.LocalDateTimeRange;
import org.mpxj.ProjectFile;
import org.mpxj.ProjectProperties;
import org.mpxj.Task;
import org.mpxj.TaskMode;

/** Activities with their dates, progress, constraints, money and codes. Rows left blank by the planner are no activities. */
final class ActivityWriter {
    private final Json json;
    private final ProjectFile project;
    private final ProjectProperties units;
    private final List<String> warnings;

    ActivityWriter(Json json, ProjectFile project, List<String> warnings) {
        this.json = json;
        this.project = project;
        this.units = project.getProjectProperties();
        this.warnings = warnings;
    }

    void write() throws IOException {
        Set<FieldType> populated = project.getTasks().getPopulatedFields();
        CustomFields customFields = new CustomFields(json, project, populated);
        TaskBaselines baselines = new TaskBaselines(json, units, populated);
        int blank = 0;
        json.out.writeArrayFieldStart("activities");
        for (Task task : project.getTasks()) {
            if (task.getNull() || task.getUniqueID() == null) {
                blank++;
                continue;
            }
            json.out.writeStartObject();
            identity(task);
            nature(task);
            dates(task);
            durations(task);
            progress(task);
            constraints(task);
            effort(task);
            texts(task);
            codes(task);
            baselines.write(task);
            customFields.write(task);
            json.out.writeEndObject();
        }
        json.out.writeEndArray();
        if (blank > 0) {
            warnings.add("Blank rows left out: " + blank + ".");
        }
    }

    private void identity(Task task) throws IOException {
        json.out.writeNumberField("uid", task.getUniqueID());
        json.integer("id", task.getID());
        json.text("wbs", task.getWBS());
        json.integer("outline_level", task.getOutlineLevel());
        json.integer("parent_uid", task.getParentTask() == null ? null : task.getParentTask().getUniqueID());
        json.text("name", task.getName());
        json.guid("guid", task.getGUID());
        json.text("activity_id", task.getActivityID());
    }

    private void nature(Task task) throws IOException {
        boolean primaveraWbs = task.getSummary() && task.getActivityType() == null && "Primavera".equals(units.getFileApplication());
        json.text("kind", primaveraWbs ? "wbs" : kind(task.getActivityType()));
        json.flag("summary", task.getSummary(), false);
        json.flag("milestone", task.getMilestone(), false);
        json.flag("active", task.getActive(), true);
        json.flag("manual", task.getTaskMode() == TaskMode.MANUALLY_SCHEDULED, false);
        json.flag("critical", Boolean.TRUE.equals(guarded(task, "critical", task::getCritical)), false);
        json.flag("recurring", task.getRecurring(), false);
        json.flag("external", task.getExternalTask(), false);
        json.flag("project_summary", Integer.valueOf(0).equals(task.getID()) && task.getSummary(), false);
        json.text("subproject_file", task.getSubprojectFile());
        json.integer("calendar_uid", task.getCalendarUniqueID());
        json.flag("ignore_resource_calendar", task.getIgnoreResourceCalendar(), false);
        json.integer("priority", task.getPriority() == null ? null : task.getPriority().getValue());
        json.word("task_type", task.getType());
    }

    private void dates(Task task) throws IOException {
        json.moment("start", task.getStart());
        json.moment("finish", task.getFinish());
        json.moment("early_start", task.getEarlyStart());
        json.moment("early_finish", task.getEarlyFinish());
        json.moment("late_start", task.getLateStart());
        json.moment("late_finish", task.getLateFinish());
        json.moment("actual_start", task.getActualStart());
        json.moment("actual_finish", task.getActualFinish());
        json.moment("planned_start", task.getPlannedStart());
        json.moment("planned_finish", task.getPlannedFinish());
        json.moment("remaining_early_start", task.getRemainingEarlyStart());
        json.moment("remaining_early_finish", task.getRemainingEarlyFinish());
        json.moment("remaining_late_start", task.getRemainingLateStart());
        json.moment("remaining_late_finish", task.getRemainingLateFinish());
        json.moment("expected_finish", task.getExpectedFinish());
        json.moment("external_early_start", task.getExternalEarlyStart());
        json.moment("external_late_finish", task.getExternalLateFinish());
        json.moment("suspended", task.getSuspendDate() == null ? task.getStop() : task.getSuspendDate());
        json.moment("resumed", task.getResume());
        List<LocalDateTimeRange> splits = guarded(task, "splits", task::getWorkSplits);
        if (splits != null && splits.size() > 1) {
            json.out.writeArrayFieldStart("splits");
            for (LocalDateTimeRange split : splits) {
                json.out.writeStartArray();
                json.out.writeString(Json.iso(split.getStart()));
                json.out.writeString(Json.iso(split.getEnd()));
                json.out.writeEndArray();
            }
            json.out.writeEndArray();
        }
    }

    private void durations(Task task) throws IOException {
        Duration duration = task.getDuration();
        if (duration != null) {
            json.minutes("duration_minutes", duration, units);
            json.out.writeStringField("duration_unit", Json.unit(duration.getUnits()));
        }
        json.flag("duration_estimated", task.getEstimated(), false);
        json.minutes("actual_duration_minutes", task.getActualDuration(), units);
        json.minutes("remaining_duration_minutes", task.getRemainingDuration(), units);
        json.minutes("total_slack_minutes", guarded(task, "total slack", task::getTotalSlack), units);
        json.minutes("free_slack_minutes", guarded(task, "free slack", task::getFreeSlack), units);
        Duration delay = task.getLevelingDelay();
        if (delay != null && delay.getDuration() != 0) {
            json.minutes("levelling_delay_minutes", delay, units);
            json.flag("levelling_delay_elapsed", delay.getUnits().isElapsed(), false);
        }
    }

    private void progress(Task task) throws IOException {
        json.number("percent_complete", task.getPercentageComplete());
        json.number("percent_work_complete", task.getPercentageWorkComplete());
        json.number("physical_percent_complete", task.getPhysicalPercentComplete());
        json.word("percent_complete_kind", task.getPercentCompleteType());
    }

    private void constraints(Task task) throws IOException {
        json.text("constraint", constraint(task.getConstraintType()));
        json.moment("constraint_date", task.getConstraintDate());
        json.text("secondary_constraint", constraint(task.getSecondaryConstraintType()));
        json.moment("secondary_constraint_date", task.getSecondaryConstraintDate());
        json.moment("deadline", task.getDeadline());
    }

    private void effort(Task task) throws IOException {
        json.minutes("work_minutes", task.getWork(), units);
        json.minutes("actual_work_minutes", task.getActualWork(), units);
        json.minutes("remaining_work_minutes", task.getRemainingWork(), units);
        json.money("cost", task.getCost());
        json.money("fixed_cost", task.getFixedCost());
        json.money("actual_cost", task.getActualCost());
        json.money("remaining_cost", task.getRemainingCost());
    }

    private void texts(Task task) throws IOException {
        json.text("notes", task.getNotes());
        json.text("contact", task.getContact());
        json.text("hyperlink", task.getHyperlinkAddress());
    }

    private void codes(Task task) throws IOException {
        Map<ActivityCode, ActivityCodeValue> codes = task.getActivityCodeValues();
        if (codes == null || codes.isEmpty()) {
            return;
        }
        json.out.writeObjectFieldStart("codes");
        for (Map.Entry<ActivityCode, ActivityCodeValue> code : codes.entrySet()) {
            json.text(String.valueOf(code.getKey().getName()), code.getValue().getName());
        }
        json.out.writeEndObject();
    }

    /** Some values are worked out by MPXJ on demand; a plan too odd for that keeps all the others. */
    private <T> T guarded(Task task, String what, Supplier<T> value) {
        try {
            return value.get();
        } catch (RuntimeException e) {
            warnings.add("Activity " + task.getUniqueID() + ": " + what + " could not be read.");
            return null;
        }
    }

    private static String kind(ActivityType type) {
        if (type == null) {
            return null;
        }
        return switch (type) {
            case TASK_DEPENDENT -> null;
            case RESOURCE_DEPENDENT -> "resource_dependent";
            case LEVEL_OF_EFFORT -> "level_of_effort";
            case START_MILESTONE, START_FLAG -> "start_milestone";
            case FINISH_MILESTONE, FINISH_FLAG -> "finish_milestone";
            case WBS_SUMMARY -> "wbs_summary";
            case HAMMOCK -> "hammock";
        };
    }

    private static String constraint(ConstraintType type) {
        if (type == null) {
            return null;
        }
        return switch (type) {
            case AS_SOON_AS_POSSIBLE -> "ASAP";
            case AS_LATE_AS_POSSIBLE -> "ALAP";
            case MUST_START_ON -> "MSO";
            case MUST_FINISH_ON -> "MFO";
            case START_NO_EARLIER_THAN -> "SNET";
            case START_NO_LATER_THAN -> "SNLT";
            case FINISH_NO_EARLIER_THAN -> "FNET";
            case FINISH_NO_LATER_THAN -> "FNLT";
            case START_ON -> "SO";
            case FINISH_ON -> "FO";
        };
    }
}
