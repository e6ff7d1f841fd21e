package city.hamana.meter.telegram;

import static city.hamana.meter.telegram.RadioTelegram.KEY;
import static city.hamana.meter.telegram.RadioTelegram.RECORDS;
import static city.hamana.meter.telegram.RadioTelegram.frame;
import static city.hamana.meter.telegram.RadioTelegram.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.meter.telegram.DataRecord.Value;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TelegramDecoderTest {
    private static final BigDecimal VOLUME = new BigDecimal("12345.678");
    private final TelegramDecoder decoder = new TelegramDecoder();

    @Test
    void aPlainRadioTelegramIsRead() {
        Telegram telegram = read(frame("7A2A000000" + RECORDS));
        assertEquals("HMN", telegram.manufacturer());
        assertEquals("12345678", telegram.id());
        assertEquals("water", telegram.mediumName());
        assertEquals(Optional.of(VOLUME), telegram.volume());
    }

    @Test
    void bothFrameFormatsAreStrippedOfTheirChecks() {
        String longer = RECORDS + "2F".repeat(130);
        for (String records : List.of(RECORDS, longer)) {
            byte[] frame = frame("7A2A000000" + records);
            assertEquals(Optional.of(VOLUME), read(RadioTelegram.formatA(frame)).volume());
            assertEquals(Optional.of(VOLUME), read(RadioTelegram.formatB(frame)).volume());
        }
    }

    @Test
    void aWrongCheckIsNamed() {
        byte[] received = RadioTelegram.formatA(frame("7A2A000000" + RECORDS));
        received[20] ^= 1;
        assertError("wrong-checksum", decoder.decode(received));
    }

    @Test
    void modeFiveOpensWithItsKeyOnly() {
        assertEveryKey(RadioTelegram.modeFive(RECORDS));
    }

    @Test
    void modeSevenOpensWithItsKeyOnly() {
        assertEveryKey(RadioTelegram.modeSeven(RECORDS));
    }

    @Test
    void theExtendedLinkCipherOpensWithItsKeyOnly() {
        assertEveryKey(RadioTelegram.session("78" + RECORDS));
    }

    @Test
    void theExamplesOfOmsVolume2AnnexNAreRead() {
        String profileA =
                "2E4493157856341233037A2A0020255923C95AAA26D1B2E7493B013EC4A6F6D3529B520EDFF0EA6DEFC99D6D69EBF3";
        String profileB = "434493157856341233038C2075900F002C25B30A000021924D4F2FB66E017A75002007109058475F4BC91DF878B8"
                + "0A1B0F98B629024AAC727942BFC549233C0140829B93";
        Telegram a = (Telegram) decoder.decode(hex(profileA), hex("0102030405060708090A0B0C0D0E0F11"));
        Telegram b = (Telegram) decoder.decode(hex(profileB), hex(KEY));
        for (Telegram telegram : List.of(a, b)) {
            assertEquals("ELS", telegram.manufacturer());
            assertEquals(Optional.of(new BigDecimal("28504.27")), telegram.volume());
            assertEquals(
                    new Value.Moment(LocalDateTime.parse("2008-05-31T23:50")),
                    telegram.records().get(1).value());
        }
    }

    @Test
    void anAddressInDiehlsOrderIsTurned() {
        Telegram telegram = read(hex("1444242389077977665578" + "0C1378563412" + "2F2F2F2F"));
        assertEquals("55667779", telegram.id());
        assertEquals("water", telegram.mediumName());
    }

    @Test
    void aChangedModeSevenTelegramIsRefused() {
        byte[] telegram = RadioTelegram.modeSeven(RECORDS);
        telegram[telegram.length - 1] ^= 1;
        assertError("wrong-key", decoder.decode(telegram, hex(KEY)));
    }

    @Test
    void aTelegramDecryptedByItsReceiverIsReadWithoutAKey() {
        assertEquals(
                Optional.of(VOLUME),
                read(frame("7A2A002005" + "2F2F" + RECORDS + "2F2F")).volume());
    }

    @Test
    void plainRecordsMayFollowTheEncryptedBlocks() {
        byte[] encrypted = RadioTelegram.modeFive(RECORDS);
        byte[] longer = Arrays.copyOf(encrypted, encrypted.length + 4);
        System.arraycopy(hex("01FD481D"), 0, longer, encrypted.length, 4);
        longer[0] = (byte) (longer[0] + 4);
        Telegram telegram = (Telegram) decoder.decode(longer, hex(KEY));
        assertEquals("voltage", telegram.records().getLast().quantity());
        assertEquals(
                Optional.of(new BigDecimal("2.9")), telegram.records().getLast().number());
    }

    @Test
    void aLongHeaderNamesTheMeterBehindARadioModule() {
        Telegram telegram = read(frame("72" + "21436587" + "2423" + "01" + "06" + "2A000000" + RECORDS));
        assertEquals("HYD", telegram.manufacturer());
        assertEquals("87654321", telegram.id());
        assertEquals("warm water", telegram.mediumName());
    }

    @Test
    void aCompactFrameIsReadOnceItsFullFrameWasSeen() {
        String heads = "0C13" + "046D" + "02FD74";
        String full = "0C1378563412" + "046D0B0BCD13" + "02FD74E803";
        String compact = "79" + little(Crc.of(hex(heads))) + little(Crc.of(hex(full))) + "785634120B0BCD13E803";
        assertError("unknown-format", decoder.decode(frame(compact)));
        read(frame("78" + full));
        assertEquals(Optional.of(VOLUME), read(frame(compact)).volume());
        assertError("wrong-checksum", decoder.decode(frame(compact.replace("7856", "7857"))));
    }

    @Test
    void onlyThePresentTotalOfTheMeterItselfIsTheVolume() {
        String stored = "4C1311111111";
        String tariff = "8C101322222222";
        String subunit = "8C401333333333";
        String maximum = "1C1344444444";
        String backward = "0C933C55555555";
        String others = stored + tariff + subunit + maximum + backward;
        assertEquals(Optional.empty(), read(frame("78" + others)).volume());
        assertEquals(Optional.of(VOLUME), read(frame("78" + others + RECORDS)).volume());
    }

    @Test
    void negativeDigitsAreNegativeAndOtherLettersAreNoNumber() {
        assertEquals(new BigDecimal("-0.002"), number("0B3B0200F0"));
        assertInstanceOf(Value.Absent.class, value("0B3B0A0000"));
        assertInstanceOf(Value.Absent.class, value("0B3BFFFFFF"));
        assertError("invalid-value", decoder.decode(frame("78" + "0C13FFFFFFFF")));
    }

    @Test
    void binaryNumbersHaveASignAndAnInvalidMark() {
        assertEquals(new BigDecimal("-0.001"), number("443BFFFFFFFF"));
        assertInstanceOf(Value.Absent.class, value("025B0080"));
        assertEquals(new BigDecimal("41.737434"), number("055B22F32642"));
        assertInstanceOf(Value.Absent.class, value("055B0000C07F"));
    }

    @Test
    void correctionsMultiplyAndAdd() {
        assertEquals(new BigDecimal("0.5"), number("0296740500").movePointRight(1));
        assertEquals(new BigDecimal("5"), number("02937D0500"));
        assertEquals(new BigDecimal("1.005"), number("02937B0500"));
    }

    @Test
    void extensionTablesSpeltNamesAndTextsAreRead() {
        assertEquals(new BigDecimal("100"), number("01FB1001"));
        assertEquals(new BigDecimal("55.2"), number("02FC03485225749015"));
        assertEquals("text:%RH", first("02FC03485225749015").quantity());
        assertEquals(new Value.Text("CBA"), value("0DFD1103414243"));
        assertEquals(new BigDecimal("-123.4"), number("0D15D23412"));
    }

    @Test
    void whatTheStandardReservesIsNamed() {
        assertError("reserved-dif", decoder.decode(frame("78" + "3F00")));
        assertError("reserved-vif", decoder.decode(frame("78" + "017B00")));
        assertError("too-many-extensions", decoder.decode(frame("78" + "84" + "80".repeat(12) + "1300000000")));
        assertError("reserved-length", decoder.decode(frame("78" + "0D13FF00")));
        assertError("unsupported-ci-51", decoder.decode(frame("51" + "00")));
        assertError("unsupported-encryption", decoder.decode(frame("7A2A000009" + "11".repeat(16))));
        assertEquals("unknown", first("01FD7C01").quantity());
    }

    @Test
    void aManufacturersOwnCodingIsNoReading() {
        assertError("manufacturer-specific", decoder.decode(frame("A0" + "1122")));
        assertError("manufacturer-specific", decoder.decode(frame("7A2A000000" + "0F112233")));
        assertTrue(read(frame("7A2A000000" + RECORDS + "1F112233")).moreFollows());
    }

    @Test
    void aTelegramThatEndsTooEarlyIsTruncatedAtEveryByte() {
        byte[] whole = frame("7A2A000000" + RECORDS);
        for (int length = 1; length < whole.length; length++) {
            assertError("truncated", decoder.decode(Arrays.copyOf(whole, length)));
        }
    }

    private void assertEveryKey(byte[] telegram) {
        assertEquals(Optional.of(VOLUME), ((Telegram) decoder.decode(telegram, hex(KEY))).volume());
        assertError("key-missing", decoder.decode(telegram));
        assertError("wrong-key", decoder.decode(telegram, hex(KEY.replace('0', '1'))));
        assertError("wrong-key-length", decoder.decode(telegram, new byte[5]));
    }

    private static void assertError(String error, Decoding decoding) {
        assertEquals(error, assertInstanceOf(Undecodable.class, decoding).error());
    }

    private Telegram read(byte[] telegram) {
        return assertInstanceOf(Telegram.class, decoder.decode(telegram));
    }

    private DataRecord first(String record) {
        return read(frame("78" + record)).records().getFirst();
    }

    private Value value(String record) {
        return first(record).value();
    }

    private BigDecimal number(String record) {
        return first(record).number().orElseThrow();
    }

    private static String little(int number) {
        return "%02X%02X".formatted(number & 0xFF, number >> 8);
    }
}
