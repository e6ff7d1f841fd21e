package city.hamana.gateway.wifi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.Variable;

/** Makes what an agent calls something fit for an id or a line of text. */
final class Names {
    private static final int LONGEST_TEXT = 100;
    private static final int LONGEST_WORD = 16;

    private Names() {}

    /**
     * A name as a part of an id: itself where it is one already ({@code guest}), else what is left of it and a hash, so
     * that two names never become one: {@code Free Wi-Fi} is {@code free-wi-fi-} and eight hex digits.
     */
    static String word(String name) {
        String word =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        if (word.equals(name) && !word.isEmpty() && word.length() <= LONGEST_WORD) {
            return word;
        }
        String cut = word.substring(0, Math.min(word.length(), LONGEST_WORD)).replaceAll("-+$", "");
        return (cut.isEmpty() ? "" : cut + "-") + hash(name);
    }

    /** Eight hex digits that stand for a text. */
    static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an agent says, as one line of bounded length; empty where it says nothing. */
    static String text(Variable value) {
        String text = value instanceof OctetString octets
                ? new String(octets.getValue(), StandardCharsets.UTF_8)
                : value.toString();
        String line = text.replaceAll("[\\p{Cntrl}\\uFFFD]+", " ").strip();
        return line.length() > LONGEST_TEXT ? line.substring(0, LONGEST_TEXT) : line;
    }

    /** Constants as the settings write them. */
    static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}
