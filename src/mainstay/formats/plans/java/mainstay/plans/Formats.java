package mainstay.plans;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.mpxj.MPXJException;
import org.mpxj.ProjectFile;
import org.mpxj.fasttrack.FastTrackReader;
import org.mpxj.ganttproject.GanttProjectReader;
import org.mpxj.mpd.MPDFileReader;
import org.mpxj.mpp.MPPReader;
import org.mpxj.mpx.MPXReader;
import org.mpxj.mspdi.MSPDIReader;
import org.mpxj.phoenix.PhoenixReader;
import org.mpxj.planner.PlannerReader;
import org.mpxj.primavera.PrimaveraPMFileReader;
import org.mpxj.primavera.PrimaveraXERFileReader;
import org.mpxj.projectlibre.ProjectLibreReader;
import org.mpxj.reader.ProjectReader;
import org.mpxj.sdef.SDEFReader;

/** Which reader takes which format. The format was decided by content before: a universal reader would open archives, too. */
final class Formats {
    private static final int HEAD_BYTES = 65536;

    private Formats() {
    }

    static final class WrongContent extends Exception {
        private static final long serialVersionUID = 1L;

        WrongContent(String message) {
            super(message);
        }
    }

    static List<ProjectFile> read(String format, File input) throws MPXJException, IOException, WrongContent {
        if (format.equals("mpp")) {
            return List.of(readMpp(input));
        }
        if (format.equals("mpx")) {
            return List.of(readMpx(input));
        }
        List<ProjectFile> projects = reader(format).readAll(input);
        if (projects == null || projects.isEmpty() || projects.get(0) == null) {
            throw new WrongContent("no project inside");
        }
        if (format.equals("mspdi") && !headOf(input).contains("HonorConstraints")) {
            projects.forEach(project -> project.getProjectProperties().setHonorConstraints(true));
        }
        return projects;
    }

    /** Where an XML file does not say whether constraints are honoured, the reader takes it for no, and Microsoft Project for yes. */
    private static String headOf(File input) throws IOException {
        try (InputStream stream = new FileInputStream(input)) {
            return new String(stream.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
        }
    }

    static List<ExternalRelation> externalRelations(String format, File input) throws IOException {
        try (InputStream stream = new FileInputStream(input)) {
            return switch (format) {
                case "xer" -> XerRelations.read(stream);
                case "pmxml" -> PmxmlRelations.read(stream);
                default -> List.of();
            };
        }
    }

    private static ProjectReader reader(String format) {
        return switch (format) {
            case "mspdi" -> new MSPDIReader();
            case "xer" -> new PrimaveraXERFileReader();
            case "pmxml" -> new PrimaveraPMFileReader();
            case "mpd" -> new MPDFileReader();
            case "planner" -> new PlannerReader();
            case "ganttproject" -> new GanttProjectReader();
            case "projectlibre" -> new ProjectLibreReader();
            case "fasttrack" -> new FastTrackReader();
            case "phoenix" -> new PhoenixReader();
            case "sdef" -> new SDEFReader();
            default -> throw new IllegalArgumentException(format);
        };
    }

    /** An .mpx file is written in the words of the planner's language but does not say which; English first, then all that MPXJ knows. */
    private static ProjectFile readMpx(File input) throws MPXJException {
        MPXJException first = null;
        for (Locale locale : locales()) {
            try {
                MPXReader reader = new MPXReader();
                reader.setLocale(locale);
                return reader.read(input);
            } catch (MPXJException e) {
                first = first == null ? e : first;
            }
        }
        throw first;
    }

    private static List<Locale> locales() {
        List<Locale> locales = new ArrayList<>(List.of(Locale.ENGLISH));
        locales.addAll(List.of(MPXReader.getSupportedLocales()));
        return locales;
    }

    private static ProjectFile readMpp(File input) throws MPXJException, IOException, WrongContent {
        MPPReader reader = new MPPReader();
        reader.setReadPresentationData(false);
        try (POIFSFileSystem compound = new POIFSFileSystem(input, true)) {
            if (!compound.getRoot().hasEntryCaseInsensitive("\u0001CompObj") || MPPReader.getFileFormat(compound) == null) {
                throw new WrongContent("a compound document without a plan");
            }
            return reader.read(compound);
        }
    }
}
