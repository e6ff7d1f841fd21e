package city.hamana.meter;

import city.hamana.meter.telegram.Decoding;
import city.hamana.meter.telegram.TelegramDecoder;
import city.hamana.meter.telegram.Undecodable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Telegrams in, one JSON line each out. A line is the telegram in hex, wired or wireless, and after a comma the meter's
 * AES-128 key where there is one; spaces between bytes and lines beginning with {@code #} are ignored.
 */
@Command(name = "decode", description = "Decodes telegrams: hex or hex,key on each line; one JSON line each.")
final class Decode implements Callable<Integer> {
    private static final int LONGEST_LINE_CHARS = 4096;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files to read; standard input if none.")
    private List<Path> files = new ArrayList<>();

    private final TelegramDecoder decoder = new TelegramDecoder();

    @Override
    public Integer call() throws IOException {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        if (files.isEmpty()) {
            decode(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1), out);
        }
        for (Path file : files) {
            try (Reader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                decode(reader, out);
            }
        }
        return 0;
    }

    void decode(Reader telegrams, PrintStream out) throws IOException {
        Lines lines = new Lines(new BufferedReader(telegrams), LONGEST_LINE_CHARS);
        while (lines.advance()) {
            String line = lines.text().strip();
            if (lines.tooLong() || (!line.isEmpty() && !line.startsWith("#"))) {
                out.println(Json.line(lines.tooLong() ? tooLong() : decoding(line)));
                out.flush();
            }
        }
    }

    /** What a line's telegram decodes to. */
    Decoding decoding(String line) {
        int comma = line.indexOf(',');
        String telegram = comma < 0 ? line : line.substring(0, comma);
        String key = comma < 0 ? "" : line.substring(comma + 1);
        try {
            return decoder.decode(bytes(telegram), bytes(key));
        } catch (IllegalArgumentException e) {
            return new Undecodable("not-hex", "the line is not hex, or hex,key: " + e.getMessage());
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("[\\s_|:-]", ""));
    }

    private static Undecodable tooLong() {
        return new Undecodable("line-too-long", "the line is longer than " + LONGEST_LINE_CHARS + " characters");
    }
}
