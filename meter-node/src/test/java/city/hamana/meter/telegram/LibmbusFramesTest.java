package city.hamana.meter.telegram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.meter.telegram.DataRecord.Value;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.openmuc.jmbus.DecodingException;
import org.openmuc.jmbus.VariableDataStructure;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Real frames of wired meters beside what libmbus reads in them (test data of libmbus, BSD-3-Clause). */
class LibmbusFramesTest {
    private static final Path DATA = Path.of("src/test/resources/libmbus");
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("buffer_too_long", "application-error"),
            Map.entry("premature_end_of_data2", "truncated"),
            Map.entry("premature_end_of_record", "application-error"),
            Map.entry("too_long_var_vif", "truncated"),
            Map.entry("too_many_readouts", "application-error"),
            Map.entry("too_many_vifes", "application-error"),
            Map.entry("unspecified_error", "application-error"),
            Map.entry("invalid_length2", "wrong-length"),
            Map.entry("manual_frame5", "unsupported-ci-51"),
            Map.entry("frame1", "manufacturer-specific"));

    @TestFactory
    Stream<DynamicTest> everyFrameYieldsItsValuesOrItsNamedReason() throws Exception {
        return frames().stream().map(f -> DynamicTest.dynamicTest(name(f), () -> compare(f)));
    }

    @Test
    void jmbusReadsTheSameVolumesWhereItReadsAFrame() throws Exception {
        int compared = 0;
        for (Path file : frames()) {
            byte[] frame = bytes(file);
            if (new TelegramDecoder().decode(frame) instanceof Telegram telegram) {
                compared += compareWithJmbus(frame, telegram);
            }
        }
        assertTrue(compared >= 25, "compared " + compared);
    }

    private static void compare(Path file) throws Exception {
        Decoding decoding = new TelegramDecoder().decode(bytes(file));
        if (REFUSED.containsKey(name(file))) {
            assertEquals(
                    REFUSED.get(name(file)),
                    assertInstanceOf(Undecodable.class, decoding).error());
            return;
        }
        Document expected = xml(file.resolveSibling(name(file) + ".norm.xml"));
        Telegram telegram = assertInstanceOf(Telegram.class, decoding);
        assertEquals(Integer.parseInt(text(expected, "Id")), Integer.parseInt(telegram.id()));
        assertEquals(text(expected, "Manufacturer"), telegram.manufacturer());
        assertEquals(Integer.parseInt(text(expected, "Status"), 16), telegram.status());
        compareRecords(expected.getElementsByTagName("DataRecord"), telegram);
    }

    private static void compareRecords(NodeList expected, Telegram telegram) {
        int found = 0;
        for (int i = 0; i < expected.getLength(); i++) {
            Element record = (Element) expected.item(i);
            if (found < telegram.records().size()) {
                compareRecord(record, telegram.records().get(found++));
            } else {
                assertTrue(telegram.moreFollows(), "too few records");
            }
        }
        assertEquals(telegram.records().size(), found);
    }

    private static void compareRecord(Element expected, DataRecord record) {
        String value = text(expected, "Value");
        switch (record.value()) {
            case Value.Measured measured -> {
                BigDecimal number = fixedStructure(expected) ? measured.number().movePointRight(3) : measured.number();
                // libmbus prints six decimals.
                double tolerance = 1e-6 * Math.max(1, number.abs().doubleValue());
                assertEquals(Double.parseDouble(value), number.doubleValue(), tolerance);
            }
            case Value.Text text -> assertEquals(value, text.text());
            case Value.Day day -> assertEquals(value, day.date().toString());
            case Value.Moment moment ->
                assertEquals(value.substring(0, 16), moment.time().toString());
            case Value.Opaque opaque -> assertEquals(value.replace(" ", ""), opaque.hex());
            case Value.Absent absent -> assertEquals("2000-00-00", value, absent.hex());
        }
    }

    /** libmbus leaves the old structure's counters in the unit of the telegram, litres. */
    private static boolean fixedStructure(Element record) {
        return text(record, "Function").equals("Actual value");
    }

    private static int compareWithJmbus(byte[] frame, Telegram telegram) throws Exception {
        if (frame[6] != 0x72) {
            return 0;
        }
        VariableDataStructure other = new VariableDataStructure(frame, 6, frame.length - 8, null, null);
        try {
            other.decode();
        } catch (DecodingException e) {
            return 0;
        }
        List<Double> theirs = other.getDataRecords().stream()
                .filter(r -> r.getDescription() == org.openmuc.jmbus.DataRecord.Description.VOLUME)
                .map(org.openmuc.jmbus.DataRecord::getScaledDataValue)
                .toList();
        List<Double> ours = telegram.records().stream()
                .filter(r -> r.quantity().equals("volume"))
                .map(r -> r.number().orElseThrow().doubleValue())
                .toList();
        assertEquals(theirs.size(), ours.size());
        for (int i = 0; i < ours.size(); i++) {
            assertEquals(theirs.get(i), ours.get(i), 1e-9);
        }
        return ours.size();
    }

    static List<Path> frames() throws Exception {
        List<Path> frames = new ArrayList<>();
        for (String folder : List.of("frames", "error-frames", "unsupported-frames")) {
            try (Stream<Path> files = Files.list(DATA.resolve(folder))) {
                files.filter(f -> f.toString().endsWith(".hex")).sorted().forEach(frames::add);
            }
        }
        return frames;
    }

    static byte[] bytes(Path file) throws Exception {
        return HexFormat.of().parseHex(Files.readString(file).replaceAll("\\s", ""));
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".hex", "");
    }

    private static Document xml(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static String text(Document document, String tag) {
        return text(document.getDocumentElement(), tag);
    }

    private static String text(Element element, String tag) {
        NodeList nodes = element.getElementsByTagName(tag);
        return nodes.getLength() == 0 ? "" : nodes.item(0).getTextContent();
    }
}
