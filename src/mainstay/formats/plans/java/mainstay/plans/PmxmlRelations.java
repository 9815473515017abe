package mainstay.plans;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The same as XerRelations for Primavera's XML: Relationship elements whose ends lie in different projects. */
final class PmxmlRelations {
    private final Map<String, String> projects = new HashMap<>();
    private final Map<String, String[]> activities = new HashMap<>();
    private final List<Map<String, String>> relations = new ArrayList<>();

    private PmxmlRelations() {
    }

    static List<ExternalRelation> read(InputStream stream) throws IOException {
        PmxmlRelations elements = new PmxmlRelations();
        try {
            elements.load(stream);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
        List<ExternalRelation> result = new ArrayList<>();
        for (Map<String, String> relation : elements.relations) {
            String[] words = relation.getOrDefault("Type", "Finish to Start").split(" ");
            result.add(new ExternalRelation(
                elements.side(relation, "Predecessor"),
                elements.side(relation, "Successor"),
                words[0].substring(0, 1) + words[words.length - 1].charAt(0),
                XerRelations.number(relation.get("Lag")) * 60));
        }
        return result;
    }

    private void load(InputStream stream) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newInstance();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        XMLStreamReader reader = factory.createXMLStreamReader(stream);
        Map<String, String> project = new HashMap<>();
        int depth = 0;
        int projectDepth = 0;
        while (reader.hasNext()) {
            int event = reader.next();
            depth += event == XMLStreamReader.START_ELEMENT ? 1 : event == XMLStreamReader.END_ELEMENT ? -1 : 0;
            if (event != XMLStreamReader.START_ELEMENT) {
                continue;
            }
            String name = reader.getLocalName();
            if (name.equals("Project") || name.equals("BaselineProject")) {
                project.clear();
                projectDepth = depth;
            } else if (depth == projectDepth + 1 && (name.equals("Id") || name.equals("ObjectId"))) {
                project.put(name, reader.getElementText());
                depth--;
                projects.put(project.get("ObjectId"), project.get("Id"));
            } else if (name.equals("Activity")) {
                Map<String, String> activity = leaves(reader);
                depth--;
                activities.put(activity.get("ObjectId"), new String[] {activity.get("Id"), activity.get("Name")});
            } else if (name.equals("Relationship")) {
                keep(leaves(reader));
                depth--;
            }
        }
    }

    private void keep(Map<String, String> relation) {
        String successor = relation.get("SuccessorProjectObjectId");
        String predecessor = relation.get("PredecessorProjectObjectId");
        if (successor != null && predecessor != null && !predecessor.equals(successor)) {
            relations.add(relation);
        }
    }

    private ExternalRelation.Side side(Map<String, String> relation, String end) {
        String project = relation.get(end + "ProjectObjectId");
        String activity = relation.get(end + "ActivityObjectId");
        String[] known = activities.getOrDefault(activity, new String[2]);
        return new ExternalRelation.Side(
            XerRelations.integer(project), projects.getOrDefault(project, project), XerRelations.integer(activity), known[0], known[1]);
    }

    private static Map<String, String> leaves(XMLStreamReader reader) throws XMLStreamException {
        Map<String, String> leaves = new HashMap<>();
        StringBuilder text = new StringBuilder();
        for (int depth = 1; depth > 0;) {
            switch (reader.next()) {
                case XMLStreamReader.START_ELEMENT -> {
                    depth++;
                    text.setLength(0);
                }
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> text.append(reader.getText());
                case XMLStreamReader.END_ELEMENT -> {
                    if (depth-- == 2) {
                        leaves.put(reader.getLocalName(), text.toString().trim());
                    }
                }
                default -> { }
            }
        }
        return leaves;
    }
}
