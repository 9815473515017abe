package mainstay.plans;

import java.io.IOException;
import java.time.LocalDateTime;
import org.mpxj.Availability;
import org.mpxj.CostRateTable;
import org.mpxj.CostRateTableEntry;
import org.mpxj.ProjectFile;
import org.mpxj.ProjectProperties;
import org.mpxj.Rate;
import org.mpxj.Resource;
import org.mpxj.ResourceType;
import org.mpxj.TimeUnit;

/** Resources with their availability and cost rate tables. Rows left blank by the planner are no resources. */
final class ResourceWriter {
    /** MPXJ marks open ends by years far away. */
    private static final int FIRST_YEAR = 1985;
    private static final int LAST_YEAR = 2049;

    private final Json json;
    private final ProjectFile project;

    ResourceWriter(Json json, ProjectFile project) {
        this.json = json;
        this.project = project;
    }

    void write() throws IOException {
        CustomFields customFields = new CustomFields(json, project, project.getResources().getPopulatedFields());
        ProjectProperties units = project.getProjectProperties();
        json.out.writeArrayFieldStart("resources");
        for (Resource resource : project.getResources()) {
            if (resource.getNull() || resource.getUniqueID() == null) {
                continue;
            }
            json.out.writeStartObject();
            identity(resource);
            json.number("max_units", resource.getMaxUnits());
            json.money("cost", resource.getCost());
            json.minutes("work_minutes", resource.getWork(), units);
            json.text("notes", resource.getNotes());
            availability(resource);
            rates(resource);
            customFields.write(resource);
            json.out.writeEndObject();
        }
        json.out.writeEndArray();
    }

    private void identity(Resource resource) throws IOException {
        json.out.writeNumberField("uid", resource.getUniqueID());
        json.integer("id", resource.getID());
        json.text("name", resource.getName());
        json.guid("guid", resource.getGUID());
        json.text("code", resource.getResourceID() == null || resource.getResourceID().isEmpty() ? resource.getCode() : resource.getResourceID());
        json.text("kind", kind(resource.getType()));
        json.text("group", resource.getGroup());
        json.text("initials", resource.getInitials());
        json.text("email", resource.getEmailAddress());
        json.text("material_label", resource.getMaterialLabel());
        json.integer("parent_uid", resource.getParentResourceUniqueID());
        json.integer("calendar_uid", resource.getCalendarUniqueID());
        json.flag("generic", resource.getGeneric() || resource.getRole(), false);
        json.flag("active", resource.getActive(), true);
    }

    private void availability(Resource resource) throws IOException {
        json.out.writeArrayFieldStart("availability");
        for (Availability availability : resource.getAvailability()) {
            if (availability.getUnits() == null) {
                continue;
            }
            json.out.writeStartObject();
            json.number("units", availability.getUnits());
            if (availability.getRange() != null) {
                json.moment("start", bounded(availability.getRange().getStart()));
                json.moment("finish", bounded(availability.getRange().getEnd()));
            }
            json.out.writeEndObject();
        }
        json.out.writeEndArray();
    }

    private void rates(Resource resource) throws IOException {
        json.out.writeArrayFieldStart("rates");
        for (int index = 0; index < CostRateTable.MAX_TABLES; index++) {
            CostRateTable table = resource.getCostRateTable(index);
            if (table == null || !table.tableIsPopulated()) {
                continue;
            }
            for (CostRateTableEntry entry : table) {
                rate(entry, String.valueOf((char) ('A' + index)));
            }
        }
        json.out.writeEndArray();
    }

    private void rate(CostRateTableEntry entry, String table) throws IOException {
        Rate standard = entry.getStandardRate();
        if (standard == null) {
            return;
        }
        json.out.writeStartObject();
        json.money("amount", standard.getAmount());
        json.text("unit", Json.unit(standard.getUnits() == null ? TimeUnit.HOURS : standard.getUnits()));
        json.text("table", table);
        json.moment("start", bounded(entry.getStartDate()));
        json.moment("finish", bounded(entry.getEndDate()));
        json.money("overtime", entry.getOvertimeRate() == null ? null : entry.getOvertimeRate().getAmount());
        json.money("per_use", entry.getCostPerUse());
        json.out.writeEndObject();
    }

    private static LocalDateTime bounded(LocalDateTime moment) {
        return moment == null || moment.getYear() < FIRST_YEAR || moment.getYear() >= LAST_YEAR ? null : moment;
    }

    private static String kind(ResourceType type) {
        return switch (type == null ? ResourceType.WORK : type) {
            case WORK -> "work";
            case NON_LABOR -> "equipment";
            case MATERIAL -> "material";
            case COST -> "cost";
        };
    }
}
