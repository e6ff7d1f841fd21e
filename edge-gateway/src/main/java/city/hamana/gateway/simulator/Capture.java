package city.hamana.gateway.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.snmp4j.smi.Counter32;
import org.snmp4j.smi.Counter64;
import org.snmp4j.smi.Gauge32;
import org.snmp4j.smi.Integer32;
import org.snmp4j.smi.IpAddress;
import org.snmp4j.smi.Null;
import org.snmp4j.smi.OID;
import org.snmp4j.smi.OctetString;
import org.snmp4j.smi.TimeTicks;
import org.snmp4j.smi.Variable;

/**
 * What an agent has to tell: lines {@code OID|type|value} of the snmprec format of snmpsim. Types are the tags of ASN.1:
 * 2 Integer32, 4 OctetString ({@code 4x}: in hex), 5 Null, 6 ObjectIdentifier, 64 IpAddress, 65 Counter32, 66 Gauge32,
 * 67 TimeTicks, 70 Counter64. A type may be followed by what makes its value live:
 *
 * <ul>
 *   <li>{@code 67:uptime|} hundredths of a second since the start
 *   <li>{@code 2:starts|} how often it has started
 *   <li>{@code 66:clients|1:30,2:12} how many are about, of 30 of the crowd 1 and of 12 of the crowd 2
 *   <li>{@code 65:octets|20000:4294000000} octets at 20,000 a second, on top of 4,294,000,000 in its first life
 * </ul>
 */
final class Capture {
    private static final int MOST_LINES = 200_000;
    private static final long WRAP_32 = 1L << 32;

    private final TreeMap<OID, Function<Life, Variable>> values = new TreeMap<>();

    private Capture() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException naming the line that is none
     */
    static Capture read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in);
        }
    }

    /** Reads one that is shipped with the simulator; empty if there is none of this name. */
    static Optional<Capture> shipped(String name) throws IOException {
        try (InputStream in = Capture.class.getResourceAsStream(name + ".snmprec")) {
            return in == null ? Optional.empty() : Optional.of(read(in));
        }
    }

    private static Capture read(InputStream in) throws IOException {
        Capture capture = new Capture();
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        int number = 0;
        for (String line = reader.readLine(); line != null && number < MOST_LINES; line = reader.readLine()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                capture.add(line, number);
            }
        }
        return capture;
    }

    private void add(String line, int number) {
        String[] fields = line.split("\\|", 3);
        try {
            values.put(new OID(fields[0].strip()), value(fields[1], fields[2]));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("line " + number + " is not OID|type|value: " + line, e);
        }
    }

    /** An object's value now; empty where the agent has no such object. */
    Optional<Variable> at(OID oid, Life life) {
        return Optional.ofNullable(values.get(oid)).map(value -> value.apply(life));
    }

    /** The object that comes after this one. */
    Optional<OID> after(OID oid) {
        return Optional.ofNullable(values.higherKey(oid));
    }

    private static Function<Life, Variable> value(String type, String text) {
        String[] tag = type.split(":", 2);
        if (tag.length == 1) {
            Variable fixed = fixed(type, text);
            return life -> fixed;
        }
        return switch (tag[1]) {
            case "uptime" -> life -> new TimeTicks(life.uptimeCs() % WRAP_32);
            case "starts" -> life -> new Integer32(life.starts());
            case "clients" -> {
                Map<Long, Long> crowds = crowds(text);
                yield life -> number(tag[0], clients(crowds, life));
            }
            case "octets" -> {
                String[] parts = text.split(":");
                long perSecond = Long.parseLong(parts[0]);
                long first = parts.length == 1 ? 0 : Long.parseLong(parts[1]);
                yield life -> number(tag[0], life.octets(perSecond) + (life.starts() == 1 ? first : 0));
            }
            default -> throw new IllegalArgumentException(tag[1]);
        };
    }

    private static Map<Long, Long> crowds(String text) {
        Map<Long, Long> crowds = new TreeMap<>();
        for (String crowd : text.split(",")) {
            String[] parts = crowd.split(":");
            crowds.put(Long.valueOf(parts[0].strip()), Long.valueOf(parts[1].strip()));
        }
        return crowds;
    }

    private static long clients(Map<Long, Long> crowds, Life life) {
        return crowds.entrySet().stream()
                .mapToLong(crowd -> life.about(crowd.getKey(), crowd.getValue()))
                .sum();
    }

    private static Variable number(String tag, long value) {
        return switch (tag) {
            case "2" -> new Integer32(Math.toIntExact(value));
            case "4" -> new OctetString(Long.toString(value));
            case "65" -> new Counter32(value % WRAP_32);
            case "66" -> new Gauge32(value % WRAP_32);
            case "70" -> new Counter64(value);
            default -> throw new IllegalArgumentException(tag);
        };
    }

    private static Variable fixed(String tag, String text) {
        return switch (tag) {
            case "2" -> new Integer32((int) Long.parseLong(text.strip()));
            case "4" -> new OctetString(text.getBytes(StandardCharsets.UTF_8));
            case "4x" -> new OctetString(HexFormat.of().parseHex(text.strip()));
            case "5" -> new Null();
            case "6" -> new OID(text.strip());
            case "64" -> new IpAddress(text.strip());
            case "65" -> new Counter32(Long.parseLong(text.strip()));
            case "66" -> new Gauge32(Long.parseLong(text.strip()));
            case "67" -> new TimeTicks(Long.parseLong(text.strip()));
            case "70" -> new Counter64(Long.parseUnsignedLong(text.strip()));
            default -> throw new IllegalArgumentException(tag);
        };
    }
}
