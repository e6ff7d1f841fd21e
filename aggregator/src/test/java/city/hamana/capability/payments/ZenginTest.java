package city.hamana.capability.payments;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.Charset;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Files of direct debits, byte by byte. */
class ZenginTest {
    private static final Collector CITY = new Collector(
            "1234567890", "ｺｻｲｼ ｽｲﾄﾞｳｶ", "0149", "ｼｽﾞｵｶ", "123", "ｺｻｲ", "0001234", true, "912345", "222216");
    private static final Charset JIS = Charset.forName("JIS_X0201");

    private static final DebitLine HANAKO =
            new DebitLine("0149", "123", "1", "7654321", "ﾊｶﾏﾀ ﾊﾅｺ", 5_500, true, DebitLine.customer(17), "0");
    private static final DebitLine MARIA =
            new DebitLine("9900", "008", "1", "0000042", "SILVA MARIA", 12_345, false, DebitLine.customer(18), "0");

    /** Written by hand from the table of fields, not by the program. */
    private static final List<String> BY_HAND = List.of(
            "19101234567890ｺｻｲｼ ｽｲﾄﾞｳｶ                             1126"
                    + "0149ｼｽﾞｵｶ          123ｺｻｲ            10001234" + "                 ",
            "20149               123                   17654321ﾊｶﾏﾀ ﾊﾅｺ                      0000005500"
                    + "1000000000000000000170        ",
            "29900               008                   10000042SILVA MARIA                   0000012345"
                    + "0000000000000000000180        ",
            "8000002000000017845000000000000000000000000000000000000" + " ".repeat(65),
            "9" + " ".repeat(119));

    private static DebitFile request() {
        return DebitFile.request(CITY, MonthDay.of(11, 26), List.of(HANAKO, MARIA));
    }

    @Example
    void aFileIsWhatTheTableOfFieldsSaysByteForByte() {
        byte[] written = ZenginWriter.write(request(), true);
        assertArrayEquals((String.join("\r\n", BY_HAND) + "\r\n").getBytes(JIS), written);
        assertEquals(5 * 122, written.length);
        assertArrayEquals(String.join("", BY_HAND).getBytes(JIS), ZenginWriter.write(request(), false));
    }

    @Example
    void aFileByHandIsRead() {
        byte[] bytes = String.join("", BY_HAND).getBytes(JIS);
        assertEquals(
                request(),
                assertInstanceOf(ZenginReader.Reading.Whole.class, ZenginReader.read(bytes))
                        .file());
    }

    @Provide
    Arbitrary<DebitFile> files() {
        Arbitrary<String> holders = Arbitraries.strings()
                .withChars("ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝﾞﾟABCXYZ019()-./ ")
                .ofMinLength(1)
                .ofMaxLength(30)
                .map(h -> ("A" + h).substring(0, h.length()).stripTrailing());
        Arbitrary<DebitLine> lines = Combinators.combine(
                        Arbitraries.integers().between(0, 9_999),
                        Arbitraries.integers().between(0, 999),
                        Arbitraries.of("1", "2"),
                        Arbitraries.integers().between(0, 9_999_999),
                        holders,
                        Arbitraries.longs().between(1, 99_999_999),
                        Arbitraries.longs().between(1, Long.MAX_VALUE / 2),
                        Arbitraries.of("0", "1", "2", "3", "4", "8", "9"))
                .as((bank, branch, kind, account, holder, yen, charge, result) -> new DebitLine(
                        "%04d".formatted(bank),
                        "%03d".formatted(branch),
                        kind,
                        "%07d".formatted(account),
                        holder,
                        yen,
                        yen % 2 == 0,
                        DebitLine.customer(charge),
                        result));
        return lines.list()
                .ofMinSize(1)
                .ofMaxSize(30)
                .map(some -> DebitFile.request(CITY, MonthDay.of(2, 28), some))
                .map(f -> new DebitFile(
                        f.code(),
                        f.name(),
                        f.day(),
                        f.bank(),
                        f.bankName(),
                        f.branch(),
                        f.branchName(),
                        f.account(),
                        f.lines(),
                        true));
    }

    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(@ForAll("files") DebitFile file, @ForAll boolean crlf) {
        byte[] bytes = ZenginWriter.write(file, crlf);
        assertEquals(
                file,
                assertInstanceOf(ZenginReader.Reading.Whole.class, ZenginReader.read(bytes))
                        .file());
    }

    @Property(tries = 300)
    void noBytesAtAllUpsetTheReader(@ForAll byte[] bytes) {
        assertInstanceOf(ZenginReader.Reading.Wrong.class, ZenginReader.read(bytes));
    }

    @Property(tries = 200)
    void aFileThatIsCutIsRefused(@ForAll("files") DebitFile file, @ForAll int where) {
        byte[] bytes = ZenginWriter.write(file, true);
        int end = Math.floorMod(where, bytes.length - 2);
        assertInstanceOf(ZenginReader.Reading.Wrong.class, ZenginReader.read(Arrays.copyOf(bytes, end)));
    }

    @Example
    void linesThatEndWithALineFeedAloneAreRefused() {
        byte[] bytes = (String.join("\n", BY_HAND) + "\n").getBytes(JIS);
        assertEquals(List.of(new Slip(0, "line-feed", "")), slips(bytes));
    }

    @Example
    void aSumThatIsOffIsNamed() {
        List<String> records = new ArrayList<>(BY_HAND);
        records.set(3, records.get(3).replace("000000017845", "000000017846"));
        assertEquals(
                List.of(new Slip(4, "sum", "17846 / 17845")),
                slips(String.join("", records).getBytes(JIS)));
    }

    @Example
    void aForeignLetterIsNamedWithItsLine() {
        byte[] bytes = String.join("", BY_HAND).getBytes(JIS);
        bytes[120 + 55] = (byte) 0x82;
        assertEquals(new Slip(2, "letter", "0x82"), slips(bytes).getFirst());
    }

    @Example
    void recordsInAnotherOrderAreRefused() {
        List<String> records = List.of(BY_HAND.get(0), BY_HAND.get(3), BY_HAND.get(1), BY_HAND.get(4));
        assertEquals(
                List.of(new Slip(0, "records", "")),
                slips(String.join("", records).getBytes(JIS)));
    }

    private static List<Slip> slips(byte[] bytes) {
        return assertInstanceOf(ZenginReader.Reading.Wrong.class, ZenginReader.read(bytes))
                .slips();
    }

    @Example
    void namesAreWrittenAsBanksWriteThem() {
        assertEquals(Optional.of("ﾊｶﾏﾀ ﾊﾅｺ"), Kana.of("ハカマタ　ハナコ"));
        assertEquals(Optional.of("ﾔﾏｸﾞﾁ ﾖｳｺ"), Kana.of("やまぐち ようこ"));
        assertEquals(Optional.of("ﾌﾟ-ﾙ ﾖﾂﾄ"), Kana.of("ﾌﾟｰﾙ ヨット"));
        assertEquals(Optional.of("SILVA MARIA"), Kana.of("Silva Maria"));
        assertEquals(Optional.empty(), Kana.of("袴田 花子"));
    }
}
