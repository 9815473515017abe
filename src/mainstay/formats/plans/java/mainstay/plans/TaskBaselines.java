package mainstay.plans;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mpxj.FieldType;
import org.mpxj.ProjectProperties;
import org.mpxj.Task;
import org.mpxj.TaskField;
import org.mpxj.common.TaskFieldLists;

/** The baselines of activities: number 0 is the one in force, 1 to 10 are the numbered ones. Only those that the plan holds are asked for. */
final class TaskBaselines {
    private final Json json;
    private final ProjectProperties units;
    private final List<Integer> numbers = new ArrayList<>();

    TaskBaselines(Json json, ProjectProperties units, Set<FieldType> populated) {
        this.json = json;
        this.units = units;
        if (populated.contains(TaskField.BASELINE_START) || populated.contains(TaskField.BASELINE_FINISH)
            || populated.contains(TaskField.BASELINE_DURATION) || populated.contains(TaskField.BASELINE_COST)
            || populated.contains(TaskField.BASELINE_WORK)) {
            numbers.add(0);
        }
        for (int number = 1; number <= TaskFieldLists.BASELINE_STARTS.length; number++) {
            if (populated.contains(TaskFieldLists.BASELINE_STARTS[number - 1])
                || populated.contains(TaskFieldLists.BASELINE_FINISHES[number - 1])
                || populated.contains(TaskFieldLists.BASELINE_DURATIONS[number - 1])
                || populated.contains(TaskFieldLists.BASELINE_COSTS[number - 1])) {
                numbers.add(number);
            }
        }
    }

    void write(Task task) throws IOException {
        if (numbers.isEmpty()) {
            return;
        }
        json.out.writeArrayFieldStart("baselines");
        for (int number : numbers) {
            boolean current = number == 0;
            if ((current ? task.getBaselineStart() : task.getBaselineStart(number)) == null
                && (current ? task.getBaselineFinish() : task.getBaselineFinish(number)) == null
                && (current ? task.getBaselineDuration() : task.getBaselineDuration(number)) == null
                && (current ? task.getBaselineCost() : task.getBaselineCost(number)) == null) {
                continue;
            }
            json.out.writeStartObject();
            json.out.writeNumberField("number", number);
            json.moment("start", current ? task.getBaselineStart() : task.getBaselineStart(number));
            json.moment("finish", current ? task.getBaselineFinish() : task.getBaselineFinish(number));
            json.minutes("duration_minutes", current ? task.getBaselineDuration() : task.getBaselineDuration(number), units);
            json.minutes("work_minutes", current ? task.getBaselineWork() : task.getBaselineWork(number), units);
            json.money("cost", current ? task.getBaselineCost() : task.getBaselineCost(number));
            json.out.writeEndObject();
        }
        json.out.writeEndArray();
    }
}
