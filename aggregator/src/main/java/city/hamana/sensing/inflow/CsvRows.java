package city.hamana.sensing.inflow;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A CSV of times and numbers, a row at a time, so that it may be a pipe. Cells hold no commas; quotes are read over. */
public final class CsvRows implements AutoCloseable {
    private static final int LONGEST_LINE = 2_000;
    /** A zone behind the time is read over: stamps are the wall clock of the place. */
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd['T'][' ']HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS][XXX]");

    private final Reader reader;
    private final Lines lines;
    private final String name;
    private final List<String> header;

    /**
     * Begins to read.
     *
     * @param name for what is said about its rows
     */
    public CsvRows(Reader reader, String name) {
        this.reader = reader;
        this.lines = new Lines(reader, LONGEST_LINE);
        this.name = name;
        this.header = next().orElse(List.of("")).stream()
                .map(cell -> cell.replace("\ufeff", ""))
                .toList();
    }

    /**
     * Opens a file; {@code -} is standard input, a name that ends in {@code .gz} is decompressed.
     *
     * @throws InflowException when it cannot be read
     */
    public static CsvRows open(Path file) {
        try {
            String name = file.toString();
            InputStream bytes = name.equals("-") ? System.in : new BufferedInputStream(Files.newInputStream(file));
            return new CsvRows(
                    new InputStreamReader(
                            name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8),
                    name);
        } catch (IOException e) {
            throw InflowException.unreadable(file.toString(), e);
        }
    }

    /** The names of the columns, from the first line. */
    public List<String> header() {
        return header;
    }

    /**
     * Where a column stands, from 0.
     *
     * @throws InflowException when there is none of this name
     */
    public int column(String column) {
        if (!header.contains(column)) {
            throw new InflowException("%s:1: the first line must name the column %s, and names %s"
                    .formatted(name, column, shown(String.join(",", header))));
        }
        return header.indexOf(column);
    }

    /** The cells of the next row; none at the end. Blank lines are read over. */
    public Optional<List<String>> next() {
        try {
            Optional<String> line = lines.next();
            while (line.filter(String::isBlank).isPresent()) {
                line = lines.next();
            }
            return line.map(text -> Arrays.stream(text.split(",", -1))
                    .map(cell -> cell.strip().replace("\"", ""))
                    .toList());
        } catch (IOException e) {
            throw InflowException.unreadable(name, e);
        }
    }

    /** Says of the row that was given last what is wrong with a text in it. */
    public String slip(String text, String wrong) {
        return "%s:%d: '%s' %s".formatted(name, lines.number(), shown(text), wrong);
    }

    private static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 40 ? clean.substring(0, 40) + "…" : clean;
    }

    /** A time as people and programs write it, {@code 2026-01-31T13:05:00} or with a blank or without seconds. */
    public static Optional<LocalDateTime> stamp(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, STAMP));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A number; none where there is nothing or nothing that is one. */
    public static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text)).filter(Double::isFinite);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw InflowException.unreadable(name, e);
        }
    }
}
