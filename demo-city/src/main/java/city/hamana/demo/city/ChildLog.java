package city.hamana.demo.city;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** What a program says, in {@code NAME.log}; at its limit the file becomes {@code NAME.log.1}, and the one before goes. */
final class ChildLog {
    private static final int LONGEST_LINE = 8_192;

    private final Path file;
    private final long limitBytes;
    private String lastLine = "";

    ChildLog(Path file, long limitBytes) {
        this.file = file;
        this.limitBytes = limitBytes;
    }

    /** Copies a program's output until it ends. */
    void copy(InputStream output) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) : line);
            }
        } catch (IOException e) {
            return; // The program is gone, or the disk is full: its supervisor tells of the first.
        }
    }

    /** The last line that was not empty and no part of a stack trace: most often what went wrong. */
    synchronized String lastLine() {
        return lastLine;
    }

    private synchronized void add(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        long written = Files.exists(file) ? Files.size(file) : 0;
        if (written + bytes.length > limitBytes && written > 0) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (!line.isBlank() && !line.startsWith("\t")) {
            lastLine = line.strip();
        }
    }
}
