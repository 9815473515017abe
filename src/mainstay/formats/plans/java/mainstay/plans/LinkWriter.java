package mainstay.plans;

import java.io.IOException;
import java.util.List;
import org.mpxj.Duration;
import org.mpxj.ProjectFile;
import org.mpxj.ProjectProperties;
import org.mpxj.Relation;
import org.mpxj.RelationType;
import org.mpxj.Task;
import org.mpxj.TimeUnit;

/** Links inside the plan, and those that lead to other plans. */
final class LinkWriter {
    private final Json json;
    private final ProjectFile project;
    private final ProjectProperties units;
    private final List<ExternalRelation> externals;

    LinkWriter(Json json, ProjectFile project, List<ExternalRelation> externals) {
        this.json = json;
        this.project = project;
        this.units = project.getProjectProperties();
        this.externals = externals;
    }

    void write() throws IOException {
        json.out.writeArrayFieldStart("links");
        for (Relation relation : project.getRelations()) {
            json.out.writeStartObject();
            json.out.writeNumberField("predecessor_uid", relation.getPredecessorTask().getUniqueID());
            json.out.writeNumberField("successor_uid", relation.getSuccessorTask().getUniqueID());
            lag(relation);
            json.out.writeEndObject();
        }
        json.out.writeEndArray();
        json.out.writeArrayFieldStart("external_links");
        for (Relation relation : project.getRelations()) {
            boolean from = relation.getPredecessorTask().getExternalTask();
            boolean to = relation.getSuccessorTask().getExternalTask();
            if (from != to) {
                throughGhost(relation, from);
            }
        }
        for (ExternalRelation relation : externals) {
            acrossProjects(relation);
        }
        json.out.writeEndArray();
    }

    private void lag(Relation relation) throws IOException {
        json.text("type", type(relation.getType()));
        Duration lag = relation.getLag();
        if (lag == null || lag.getDuration() == 0) {
            return;
        }
        json.text("lag_unit", Json.unit(lag.getUnits()));
        if (lag.getUnits() == TimeUnit.PERCENT || lag.getUnits() == TimeUnit.ELAPSED_PERCENT) {
            Duration base = relation.getPredecessorTask().getDuration();
            json.number("lag_percent", lag.getDuration());
            json.number("lag_minutes", base == null ? 0 : Json.inMinutes(base, units) * lag.getDuration() / 100);
        } else {
            json.minutes("lag_minutes", lag, units);
        }
    }

    /** Microsoft Project keeps a stand-in of the other plan's activity in this plan. */
    private void throughGhost(Relation relation, boolean ghostIsPredecessor) throws IOException {
        Task ghost = ghostIsPredecessor ? relation.getPredecessorTask() : relation.getSuccessorTask();
        Task own = ghostIsPredecessor ? relation.getSuccessorTask() : relation.getPredecessorTask();
        json.out.writeStartObject();
        json.out.writeNumberField("activity_uid", own.getUniqueID());
        json.out.writeStringField("external_end", ghostIsPredecessor ? "predecessor" : "successor");
        json.text("project", ghost.getSubprojectFile());
        json.integer("external_uid", ghost.getSubprojectTaskUniqueID());
        json.text("external_id", ghost.getSubprojectTaskID() == null ? null : ghost.getSubprojectTaskID().toString());
        json.text("external_name", ghost.getName());
        json.integer("ghost_uid", ghost.getUniqueID());
        lag(relation);
        json.out.writeEndObject();
    }

    private void acrossProjects(ExternalRelation relation) throws IOException {
        Integer here = project.getProjectProperties().getUniqueID();
        boolean predecessorHere = here != null && here.equals(relation.predecessor().projectUid());
        boolean successorHere = here != null && here.equals(relation.successor().projectUid());
        if (predecessorHere == successorHere) {
            return;
        }
        ExternalRelation.Side own = predecessorHere ? relation.predecessor() : relation.successor();
        ExternalRelation.Side other = predecessorHere ? relation.successor() : relation.predecessor();
        if (project.getTaskByUniqueID(own.activityUid()) == null) {
            return;
        }
        json.out.writeStartObject();
        json.out.writeNumberField("activity_uid", own.activityUid());
        json.out.writeStringField("external_end", predecessorHere ? "successor" : "predecessor");
        json.text("project", other.project());
        json.integer("external_uid", other.activityUid());
        json.text("external_id", other.activityId());
        json.text("external_name", other.activityName());
        json.text("type", relation.type());
        json.number("lag_minutes", relation.lagMinutes());
        json.out.writeStringField("lag_unit", "h");
        json.out.writeEndObject();
    }

    private static String type(RelationType type) {
        return switch (type == null ? RelationType.FINISH_START : type) {
            case FINISH_START -> "FS";
            case START_START -> "SS";
            case FINISH_FINISH -> "FF";
            case START_FINISH -> "SF";
        };
    }
}
