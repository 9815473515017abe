package mainstay.plans;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The links of an .xer file between activities of different projects, which MPXJ does not hand out when one project is elsewhere. */
final class XerRelations {
    private static final Set<String> TABLES = Set.of("PROJECT", "TASK", "TASKPRED");
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private final Map<String, String> projects = new HashMap<>();
    private final Map<String, String[]> activities = new HashMap<>();
    private final List<Map<String, String>> relations = new ArrayList<>();

    private XerRelations() {
    }

    static List<ExternalRelation> read(InputStream stream) throws IOException {
        XerRelations tables = new XerRelations();
        tables.load(new BufferedReader(new InputStreamReader(stream, WINDOWS)));
        List<ExternalRelation> result = new ArrayList<>();
        for (Map<String, String> row : tables.relations) {
            String type = row.getOrDefault("pred_type", "PR_FS");
            result.add(new ExternalRelation(
                tables.side(row.get("pred_proj_id"), row.get("pred_task_id")),
                tables.side(row.get("proj_id"), row.get("task_id")),
                type.startsWith("PR_") ? type.substring(3) : type,
                number(row.get("lag_hr_cnt")) * 60));
        }
        return result;
    }

    private void load(BufferedReader reader) throws IOException {
        String table = "";
        String[] fields = {};
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("%T\t")) {
                table = line.substring(3).trim();
            } else if (line.startsWith("%F\t")) {
                fields = line.substring(3).split("\t", -1);
            } else if (line.startsWith("%R\t") && TABLES.contains(table)) {
                keep(table, row(fields, line.substring(3).split("\t", -1)));
            }
        }
    }

    private void keep(String table, Map<String, String> row) {
        switch (table) {
            case "PROJECT" -> projects.put(row.get("proj_id"), row.get("proj_short_name"));
            case "TASK" -> activities.put(row.get("task_id"), new String[] {row.get("task_code"), row.get("task_name")});
            default -> {
                if (!String.valueOf(row.get("proj_id")).equals(row.getOrDefault("pred_proj_id", row.get("proj_id")))) {
                    relations.add(row);
                }
            }
        }
    }

    private ExternalRelation.Side side(String project, String activity) {
        String[] known = activities.getOrDefault(activity, new String[2]);
        return new ExternalRelation.Side(integer(project), projects.getOrDefault(project, project), integer(activity), known[0], known[1]);
    }

    private static Map<String, String> row(String[] fields, String[] values) {
        Map<String, String> row = new HashMap<>();
        for (int index = 0; index < Math.min(fields.length, values.length); index++) {
            row.put(fields[index].trim(), values[index].trim());
        }
        return row;
    }

    static Integer integer(String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    static double number(String text) {
        try {
            return text == null || text.isEmpty() ? 0 : Double.parseDouble(text.replace(',', '.'));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
