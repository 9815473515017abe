package mainstay.plans;

import java.io.IOException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import org.mpxj.DayType;
import org.mpxj.LocalTimeRange;
import org.mpxj.ProjectCalendar;
import org.mpxj.ProjectCalendarDays;
import org.mpxj.ProjectCalendarException;
import org.mpxj.ProjectCalendarHours;
import org.mpxj.ProjectCalendarWeek;
import org.mpxj.ProjectFile;

/** Calendars. A shift that runs past midnight is cut there and goes on in the next day of the week. */
final class CalendarWriter {
    private static final int DAY = 24 * 60;
    private static final int MOST_EXCEPTIONS = 20_000;

    private final Json json;
    private final ProjectFile project;
    private final List<String> warnings;

    CalendarWriter(Json json, ProjectFile project, List<String> warnings) {
        this.json = json;
        this.project = project;
        this.warnings = warnings;
    }

    void write() throws IOException {
        json.out.writeArrayFieldStart("calendars");
        for (ProjectCalendar calendar : project.getCalendars()) {
            json.out.writeStartObject();
            json.out.writeNumberField("uid", calendar.getUniqueID());
            json.out.writeStringField("name", calendar.getName() == null ? "" : calendar.getName());
            json.integer("parent_uid", calendar.getParentUniqueID());
            json.word("kind", calendar.getType());
            json.integer("minutes_per_day", calendar.getCalendarMinutesPerDay());
            json.integer("minutes_per_week", calendar.getCalendarMinutesPerWeek());
            json.out.writeFieldName("week");
            week(calendar);
            exceptions(calendar);
            workWeeks(calendar);
            json.out.writeEndObject();
        }
        json.out.writeEndArray();
    }

    private void week(ProjectCalendarDays days) throws IOException {
        json.out.writeStartArray();
        for (DayOfWeek day : DayOfWeek.values()) {
            DayType type = days.getCalendarDayType(day);
            if (type == null || type == DayType.DEFAULT) {
                json.out.writeNull();
                continue;
            }
            List<int[]> shifts = new ArrayList<>();
            if (type == DayType.WORKING) {
                shifts.addAll(shifts(days.getCalendarHours(day), false));
            }
            if (days.getCalendarDayType(day.minus(1)) == DayType.WORKING) {
                shifts.addAll(shifts(days.getCalendarHours(day.minus(1)), true));
            }
            writeShifts(shifts);
        }
        json.out.writeEndArray();
    }

    private void exceptions(ProjectCalendar calendar) throws IOException {
        List<ProjectCalendarException> exceptions = calendar.getExpandedCalendarExceptions();
        if (exceptions.size() > MOST_EXCEPTIONS) {
            warnings.add("Calendar " + calendar.getName() + " has " + exceptions.size() + " exceptions; the first " + MOST_EXCEPTIONS + " are kept.");
            exceptions = exceptions.subList(0, MOST_EXCEPTIONS);
        }
        json.out.writeArrayFieldStart("exceptions");
        for (ProjectCalendarException exception : exceptions) {
            if (exception.getFromDate() == null || exception.getToDate() == null) {
                warnings.add("Calendar " + calendar.getName() + " has an exception without dates; it is left out.");
                continue;
            }
            json.out.writeStartObject();
            json.day("first", exception.getFromDate());
            json.day("last", exception.getToDate());
            json.text("name", exception.getName());
            json.out.writeFieldName("shifts");
            if (!shifts(exception, true).isEmpty()) {
                warnings.add("Calendar " + calendar.getName() + ", exception of " + exception.getFromDate() + ": the shift is cut at midnight.");
            }
            writeShifts(shifts(exception, false));
            json.out.writeEndObject();
        }
        json.out.writeEndArray();
    }

    private void workWeeks(ProjectCalendar calendar) throws IOException {
        json.out.writeArrayFieldStart("work_weeks");
        for (ProjectCalendarWeek week : calendar.getWorkWeeks()) {
            if (week.getDateRange() == null || week.getDateRange().getStart() == null || week.getDateRange().getEnd() == null) {
                continue;
            }
            json.out.writeStartObject();
            json.text("name", week.getName());
            json.day("first", week.getDateRange().getStart());
            json.day("last", week.getDateRange().getEnd());
            json.out.writeFieldName("days");
            week(week);
            json.out.writeEndObject();
        }
        json.out.writeEndArray();
    }

    /** The shifts of a day up to midnight, or (spilled) what of them belongs to the next day. */
    private static List<int[]> shifts(ProjectCalendarHours hours, boolean spilled) {
        List<int[]> shifts = new ArrayList<>();
        if (hours == null) {
            return shifts;
        }
        for (LocalTimeRange range : hours) {
            if (range.getStart() == null || range.getEnd() == null) {
                continue;
            }
            int start = minute(range.getStart());
            int finish = range.getEnd().equals(LocalTime.MIDNIGHT) ? DAY : minute(range.getEnd());
            boolean pastMidnight = finish <= start;
            if (spilled && pastMidnight && finish > 0) {
                shifts.add(new int[] {0, finish});
            } else if (!spilled) {
                shifts.add(new int[] {start, pastMidnight ? DAY : finish});
            }
        }
        return shifts;
    }

    private static int minute(LocalTime time) {
        return (time.toSecondOfDay() + 30) / 60;
    }

    private void writeShifts(List<int[]> shifts) throws IOException {
        shifts.sort((one, other) -> Integer.compare(one[0], other[0]));
        json.out.writeStartArray();
        for (int[] shift : shifts) {
            json.out.writeStartArray();
            json.out.writeNumber(shift[0]);
            json.out.writeNumber(shift[1]);
            json.out.writeEndArray();
        }
        json.out.writeEndArray();
    }
}
