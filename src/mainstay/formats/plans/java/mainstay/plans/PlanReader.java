package mainstay.plans;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.mpxj.MPXJException;
import org.mpxj.ProjectFile;

/**
 * The child process that reads plan files: one request a line on standard input (format, input, output), one answer a line on
 * standard output ("ok", or "failed", a kind and a message, parted by tabs). The schedules are written as JSON to the output file.
 */
public final class PlanReader {
    private static final Set<String> LOCAL_SCHEMES = Set.of("file", "jar", "jrt");

    /** After a format: with the dates of MPXJ's own schedulers instead of the file's. */
    private static final String ANEW = "+anew";

    private PlanReader() {
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        refuseNetwork();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            String[] parts = request.split("\t");
            answers.println(answer(parts[0], new File(parts[1]), new File(parts[2])).replaceAll("[\\r\\n]+", " "));
            answers.flush();
        }
    }

    private static String answer(String format, File input, File output) {
        try {
            boolean anew = format.endsWith(ANEW);
            String kind = anew ? format.substring(0, format.length() - ANEW.length()) : format;
            List<ProjectFile> projects = Formats.read(kind, input);
            if (anew) {
                Rescheduling.apply(projects);
            }
            ScheduleWriter.write(projects, Formats.externalRelations(kind, input), output);
            return "ok";
        } catch (OutOfMemoryError | StackOverflowError e) {
            return "failed\tmemory\t" + e.getMessage();
        } catch (Throwable e) { // one bad file must never end the child that reads the others
            e.printStackTrace();
            return "failed\t" + kind(e) + "\t" + describe(e);
        }
    }

    private static String kind(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.startsWith(MPXJException.PASSWORD_PROTECTED) || cause.getClass().getName().endsWith("EncryptedDocumentException")) {
                return "password";
            }
            if (cause instanceof OutOfMemoryError) {
                return "memory";
            }
        }
        return error instanceof Formats.WrongContent ? "content" : "damaged";
    }

    private static String describe(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getClass().getSimpleName() + ": " + cause.getMessage();
    }

    /** A plan file may name addresses; nothing that reads it shall follow them. */
    @SuppressWarnings("deprecation") // the only hook that the platform has for refusing sockets
    private static void refuseNetwork() throws IOException {
        Socket.setSocketImplFactory(() -> {
            throw new IllegalStateException("no network here");
        });
        URL.setURLStreamHandlerFactory(scheme -> LOCAL_SCHEMES.contains(scheme) ? null : new URLStreamHandler() {
            @Override
            protected URLConnection openConnection(URL url) throws IOException {
                throw new SocketException("no network here");
            }
        });
    }
}
