package mainstay.plans;

import java.io.File;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.mpxj.ActivityCode;
import org.mpxj.ActivityCodeValue;
import org.mpxj.CriticalActivityType;
import org.mpxj.ProjectField;
import org.mpxj.ProjectFile;
import org.mpxj.ProjectProperties;
import org.mpxj.ScheduleFrom;

/** Writes the projects of a file as the JSON that mainstay.formats.schedule_json reads: a list of schedules. */
final class ScheduleWriter {
    private static final LocalDateTime STARTED = LocalDateTime.now().minusSeconds(1);

    private final Json json;
    private final ProjectFile project;
    private final List<String> warnings = new ArrayList<>();

    private ScheduleWriter(Json json, ProjectFile project) {
        this.json = json;
        this.project = project;
    }

    static void write(List<ProjectFile> projects, List<ExternalRelation> externals, File output) throws IOException {
        try (Json json = new Json(output)) {
            json.out.writeStartArray();
            for (ProjectFile project : projects) {
                new ScheduleWriter(json, project).write(externals);
            }
            json.out.writeEndArray();
        }
    }

    private void write(List<ExternalRelation> externals) throws IOException {
        json.out.writeStartObject();
        properties();
        new CalendarWriter(json, project, warnings).write();
        new ActivityWriter(json, project, warnings).write();
        new LinkWriter(json, project, externals).write();
        new ResourceWriter(json, project).write();
        new AssignmentWriter(json, project).write();
        activityCodes();
        aliases();
        warnings();
        json.out.writeEndObject();
    }

    private void properties() throws IOException {
        ProjectProperties properties = project.getProjectProperties();
        json.text("name", properties.getName());
        json.text("title", properties.getProjectTitle());
        json.text("project_id", properties.getProjectID());
        json.guid("guid", properties.getGUID());
        json.integer("uid", properties.getUniqueID());
        json.flag("is_baseline", properties.getProjectIsBaseline(), false);
        json.text("application", properties.getFileApplication());
        json.text("file_type", properties.getFileType());
        json.text("manager", properties.getManager());
        json.text("author", properties.getAuthor());
        json.text("organisation", properties.getCompany());
        json.moment("start", properties.getStartDate());
        json.moment("planned_start", properties.getPlannedStart());
        json.moment("finish", properties.getFinishDate());
        json.moment("status_date", properties.getStatusDate());
        json.moment("current_date", saidByTheFile(properties.getCurrentDate()));
        json.moment("must_finish_by", properties.getMustFinishBy());
        json.text("currency", properties.getCurrencyCode());
        json.text("currency_symbol", properties.getCurrencySymbol());
        json.text("notes", properties.getComments());
        scheduling(properties);
    }

    /** MPXJ fills in today where the file names no current date. */
    private static LocalDateTime saidByTheFile(LocalDateTime currentDate) {
        return currentDate == null || currentDate.isAfter(STARTED) ? null : currentDate;
    }

    private void scheduling(ProjectProperties properties) throws IOException {
        json.flag("schedule_from_finish", properties.getScheduleFrom() == ScheduleFrom.FINISH, false);
        json.integer("default_calendar_uid", properties.getDefaultCalendarUniqueID());
        json.integer("minutes_per_day", properties.getMinutesPerDay());
        json.integer("minutes_per_week", properties.getMinutesPerWeek());
        json.integer("days_per_month", properties.getDaysPerMonth());
        json.integer("default_start_minute", minuteOfDay(properties.getDefaultStartTime()));
        json.integer("default_finish_minute", minuteOfDay(properties.getDefaultEndTime()));
        json.minutes("critical_slack_minutes", properties.getCriticalSlackLimit(), properties);
        json.flag("longest_path_is_critical", properties.getCriticalActivityType() == CriticalActivityType.LONGEST_PATH, false);
        if ("Microsoft".equals(properties.getFileApplication())) {
            json.flag("honour_constraints", properties.getHonorConstraints(), true);
            json.flag("open_ends_are_critical", properties.getMultipleCriticalPaths(), false);
        }
        if ("Primavera".equals(properties.getFileApplication())) {
            json.word("progress_logic", properties.getSchedulingProgressedActivities());
            json.word("lag_calendar", properties.getRelationshipLagCalendar());
            json.word("total_float_kind", properties.getTotalSlackCalculationType());
            json.flag("open_ends_are_critical", properties.getMakeOpenEndedActivitiesCritical(), false);
            json.flag("use_expected_finish", said(ProjectField.USE_EXPECTED_FINISH_DATES, true), true);
            json.flag("start_lag_from_early_start", said(ProjectField.COMPUTE_START_TO_START_LAG_FROM_EARLY_START, true), true);
            json.flag("float_to_own_finish", said(ProjectField.CALCULATE_FLOAT_BASED_ON_FINISH_DATE_OF_EACH_PROJECT, true), true);
        }
    }

    /** What the file says of an option; where it is silent, what the tool does of itself. */
    private boolean said(ProjectField option, boolean otherwise) {
        Object value = project.getProjectProperties().getCachedValue(option);
        return value instanceof Boolean flag ? flag : otherwise;
    }

    private static Integer minuteOfDay(LocalTime time) {
        return time == null ? null : Integer.valueOf(time.toSecondOfDay() / 60);
    }

    private void activityCodes() throws IOException {
        json.out.writeArrayFieldStart("activity_codes");
        for (ActivityCode code : project.getActivityCodes()) {
            json.out.writeStartObject();
            json.out.writeStringField("name", String.valueOf(code.getName()));
            json.word("scope", code.getScope());
            json.out.writeArrayFieldStart("values");
            for (ActivityCodeValue value : code.getValues()) {
                json.out.writeStartObject();
                json.out.writeStringField("value", String.valueOf(value.getName()));
                json.text("description", value.getDescription());
                json.out.writeEndObject();
            }
            json.out.writeEndArray();
            json.out.writeEndObject();
        }
        json.out.writeEndArray();
    }

    private void aliases() throws IOException {
        json.out.writeObjectFieldStart("custom_field_names");
        for (Map.Entry<String, String> alias : CustomFields.aliases(project).entrySet()) {
            json.out.writeStringField(alias.getKey(), alias.getValue());
        }
        json.out.writeEndObject();
    }

    private void warnings() throws IOException {
        json.out.writeArrayFieldStart("warnings");
        for (Exception ignored : project.getIgnoredErrors()) {
            json.out.writeString("Left out while reading: " + ignored.getMessage());
        }
        for (String warning : warnings) {
            json.out.writeString(warning);
        }
        json.out.writeEndArray();
    }
}
