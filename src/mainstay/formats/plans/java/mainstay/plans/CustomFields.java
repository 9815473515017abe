package mainstay.plans;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mpxj.CustomField;
import org.mpxj.Duration;
import org.mpxj.FieldContainer;
import org.mpxj.FieldType;
import org.mpxj.ProjectFile;
import org.mpxj.UserDefinedField;
import org.mpxj.common.ResourceFieldLists;
import org.mpxj.common.TaskFieldLists;

/** Custom (user-defined, enterprise) fields of activities and resources, by the name that the planner sees. */
final class CustomFields {
    private static final Set<String> NUMBERED = numbered();

    private final Json json;
    private final ProjectFile project;
    private final List<FieldType> fields;
    private final List<String> names;

    CustomFields(Json json, ProjectFile project, Collection<FieldType> populated) {
        this.json = json;
        this.project = project;
        this.fields = populated.stream().filter(CustomFields::isCustom).sorted((a, b) -> a.name().compareTo(b.name())).collect(Collectors.toList());
        this.names = fields.stream().map(this::label).collect(Collectors.toList());
    }

    static Map<String, String> aliases(ProjectFile project) {
        Map<String, String> aliases = new TreeMap<>();
        for (CustomField field : project.getCustomFields()) {
            if (field.getAlias() != null && !field.getAlias().isEmpty() && field.getFieldType() != null) {
                aliases.put(field.getFieldType().getFieldTypeClass() + "." + field.getFieldType().getName(), field.getAlias());
            }
        }
        return aliases;
    }

    void write(FieldContainer owner) throws IOException {
        boolean open = false;
        Set<String> used = new HashSet<>();
        for (int index = 0; index < fields.size(); index++) {
            Object value = owner.getCachedValue(fields.get(index));
            if (value == null || "".equals(value) || Boolean.FALSE.equals(value)) {
                continue;
            }
            if (!open) {
                json.out.writeObjectFieldStart("custom_fields");
                open = true;
            }
            String name = names.get(index);
            json.out.writeFieldName(used.add(name) ? name : name + " (" + fields.get(index).getName() + ")");
            writeValue(value);
        }
        if (open) {
            json.out.writeEndObject();
        }
    }

    private void writeValue(Object value) throws IOException {
        if (value instanceof Boolean) {
            json.out.writeBoolean((Boolean) value);
        } else if (value instanceof Number && Double.isFinite(((Number) value).doubleValue())) {
            json.out.writeNumber(Json.rounded(((Number) value).doubleValue(), 6));
        } else if (value instanceof LocalDateTime) {
            json.out.writeStartObject();
            json.moment("at", (LocalDateTime) value);
            json.out.writeEndObject();
        } else if (value instanceof Duration) {
            json.out.writeStartObject();
            json.minutes("minutes", (Duration) value, project.getProjectProperties());
            json.out.writeStringField("unit", Json.unit(((Duration) value).getUnits()));
            json.out.writeEndObject();
        } else {
            json.out.writeString(value.toString());
        }
    }

    private String label(FieldType field) {
        CustomField custom = project.getCustomFields().get(field);
        boolean named = custom != null && custom.getAlias() != null && !custom.getAlias().isEmpty();
        return named ? custom.getAlias() : field.getName();
    }

    private static boolean isCustom(FieldType field) {
        String name = field.name();
        boolean auxiliary = name.endsWith("_UNITS") || name.endsWith("_INDEX");
        return !auxiliary && (field instanceof UserDefinedField || name.startsWith("ENTERPRISE_") || NUMBERED.contains(name));
    }

    private static Set<String> numbered() {
        Set<String> names = new HashSet<>();
        TaskFieldLists.CUSTOM_FIELDS.forEach(field -> names.add(field.name()));
        ResourceFieldLists.CUSTOM_FIELDS.forEach(field -> names.add(field.name()));
        Arrays.stream(TaskFieldLists.CUSTOM_OUTLINE_CODE).forEach(field -> names.add(field.name()));
        return names;
    }
}
