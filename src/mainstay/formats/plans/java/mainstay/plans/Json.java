package mainstay.plans;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.UUID;
import org.mpxj.Duration;
import org.mpxj.TimeUnit;
import org.mpxj.TimeUnitDefaultsContainer;

/** Writes JSON members and leaves out what is absent or has the value that the reader assumes anyway. */
final class Json implements Closeable {
    final JsonGenerator out;

    Json(File file) throws IOException {
        out = new JsonFactory().createGenerator(new BufferedOutputStream(new FileOutputStream(file), 1 << 16));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    void text(String key, String value) throws IOException {
        if (value != null && !value.isEmpty()) {
            out.writeStringField(key, value);
        }
    }

    void word(String key, Enum<?> value) throws IOException {
        if (value != null) {
            out.writeStringField(key, value.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    void guid(String key, UUID value) throws IOException {
        if (value != null) {
            out.writeStringField(key, value.toString());
        }
    }

    void flag(String key, boolean value, boolean assumed) throws IOException {
        if (value != assumed) {
            out.writeBooleanField(key, value);
        }
    }

    void integer(String key, Number value) throws IOException {
        if (value != null) {
            out.writeNumberField(key, value.longValue());
        }
    }

    void number(String key, Number value) throws IOException {
        if (value != null && Double.isFinite(value.doubleValue())) {
            out.writeNumberField(key, rounded(value.doubleValue(), 4));
        }
    }

    void money(String key, Number value) throws IOException {
        if (value != null && Double.isFinite(value.doubleValue())) {
            out.writeStringField(key, rounded(value.doubleValue(), 4).toPlainString());
        }
    }

    void moment(String key, LocalDateTime value) throws IOException {
        if (value != null) {
            out.writeStringField(key, iso(value));
        }
    }

    void day(String key, LocalDate value) throws IOException {
        if (value != null) {
            out.writeStringField(key, value.getYear() > 9999 ? "9999-12-31" : value.toString());
        }
    }

    void minutes(String key, Duration value, TimeUnitDefaultsContainer units) throws IOException {
        if (value != null) {
            number(key, inMinutes(value, units));
        }
    }

    static double inMinutes(Duration value, TimeUnitDefaultsContainer units) {
        return value.convertUnits(TimeUnit.MINUTES, units).getDuration();
    }

    static String iso(LocalDateTime value) {
        return (value.getYear() > 9999 ? LocalDateTime.of(9999, 12, 31, 0, 0) : value.withNano(0)).toString();
    }

    static BigDecimal rounded(double value, int places) {
        BigDecimal decimal = BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP).stripTrailingZeros();
        return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }

    static String unit(TimeUnit unit) {
        return switch (unit) {
            case MINUTES -> "m";
            case HOURS -> "h";
            case DAYS -> "d";
            case WEEKS -> "w";
            case MONTHS -> "mo";
            case YEARS -> "y";
            case PERCENT -> "%";
            case ELAPSED_MINUTES -> "em";
            case ELAPSED_HOURS -> "eh";
            case ELAPSED_DAYS -> "ed";
            case ELAPSED_WEEKS -> "ew";
            case ELAPSED_MONTHS -> "emo";
            case ELAPSED_YEARS -> "ey";
            case ELAPSED_PERCENT -> "e%";
        };
    }
}
