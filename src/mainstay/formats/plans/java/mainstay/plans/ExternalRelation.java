package mainstay.plans;

/** A link one end of which lies in another project. Which end is "ours" depends on the project being written. */
record ExternalRelation(Side predecessor, Side successor, String type, double lagMinutes) {
    /** One end: the project by its unique id and code, the activity by its unique id, code and name (as far as the file tells). */
    record Side(Integer projectUid, String project, Integer activityUid, String activityId, String activityName) {
    }
}
