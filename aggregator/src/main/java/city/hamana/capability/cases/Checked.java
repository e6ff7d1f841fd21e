package city.hamana.capability.cases;

import java.util.Arrays;
import java.util.List;

/** What a file that was sent turned out to be. */
public sealed interface Checked {
    /**
     * Fit to be kept. A picture is a new JPEG without any metadata, upright, its longest side at most 2,560 pixels.
     *
     * @param type {@code image/jpeg} or {@code application/pdf}
     * @param facts what the picture said of itself before that was taken out
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Clean(String name, String type, byte[] bytes, PhotoFacts facts) implements Checked {}

    /**
     * Not to be kept.
     *
     * @param words key of the sentence that says why and what to do
     */
    record Refused(String words, List<Object> arguments) implements Checked {
        public Refused {
            arguments = List.copyOf(arguments);
        }

        static Refused because(String words, Object... arguments) {
            return new Refused("cases.file." + words, Arrays.asList(arguments));
        }
    }
}
