package city.hamana.link.check;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** All findings about one device. */
public record Report(String device, boolean running, Instant at, List<Finding> findings) {
    private static final String INDENT = " ".repeat(24);

    /** 0: all is well; 1: somebody should look; 2: something is bad. */
    public int exitCode() {
        return switch (worst()) {
            case OK -> 0;
            case LOOK -> 1;
            case BAD -> 2;
        };
    }

    private Grade worst() {
        return findings.stream()
                .map(Finding::grade)
                .max(Comparator.naturalOrder())
                .orElse(Grade.OK);
    }

    /** For people: a line for each finding, and below it what to do. */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (Finding finding : findings) {
            out.append("%s %-15s  %s%n".formatted(finding.grade().shape(), finding.name(), oneLine(finding.figure())));
            if (!finding.advice().isEmpty()) {
                out.append(INDENT).append("-> ").append(finding.advice()).append(System.lineSeparator());
            }
        }
        long look = count(Grade.LOOK);
        long bad = count(Grade.BAD);
        out.append(device)
                .append(": ")
                .append(bad + look == 0 ? "all is well" : bad + " bad, " + look + " to look at")
                .append(System.lineSeparator());
        return out.toString();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private long count(Grade grade) {
        return findings.stream().filter(finding -> finding.grade() == grade).count();
    }

    /** For machines: one JSON object; keys are stable. */
    public String json() {
        StringBuilder out = new StringBuilder("{\"device\":")
                .append(quoted(device))
                .append(",\"running\":")
                .append(running)
                .append(",\"checked-at\":")
                .append(quoted(at.toString()))
                .append(",\"grade\":")
                .append(quoted(worst().word()))
                .append(",\"findings\":[");
        String between = "";
        for (Finding finding : findings) {
            out.append(between).append(json(finding));
            between = ",";
        }
        return out.append("]}").append(System.lineSeparator()).toString();
    }

    private static String json(Finding finding) {
        StringBuilder values = new StringBuilder();
        for (Map.Entry<String, Object> value : finding.values().entrySet()) {
            values.append(values.isEmpty() ? "" : ",")
                    .append(quoted(value.getKey()))
                    .append(':');
            values.append(
                    switch (value.getValue()) {
                        case Number number -> number.toString();
                        case Boolean yes -> yes.toString();
                        case Object text -> quoted(text.toString());
                    });
        }
        return "{\"name\":" + quoted(finding.name()) + ",\"grade\":"
                + quoted(finding.grade().word()) + ",\"figure\":" + quoted(finding.figure()) + ",\"advice\":"
                + quoted(finding.advice()) + ",\"values\":{" + values + "}}";
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
