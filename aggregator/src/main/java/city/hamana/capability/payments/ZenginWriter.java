package city.hamana.capability.payments;

import java.io.ByteArrayOutputStream;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * Writes files of direct debits in the format of 全銀協: records of 120 bytes in JIS X 0201, header 1, data 2, trailer 8,
 * end 9; numbers to the right with zeros before them, text to the left with spaces behind.
 */
final class ZenginWriter {
    static final int LENGTH = 120;

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMdd");
    private static final int FIRST_KANA = 0xFF61;
    private static final int FIRST_BYTE = 0xA1;

    private ZenginWriter() {}

    /** @param crlf whether a record ends with CR LF; else the next one follows at once */
    static byte[] write(DebitFile file, boolean crlf) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        put(out, header(file), crlf);
        file.lines().forEach(line -> put(out, data(line), crlf));
        put(out, trailer(file), crlf);
        put(out, "9" + text("", 119), crlf);
        return out.toByteArray();
    }

    private static String header(DebitFile file) {
        return "1" + "91" + "0" + file.code() + text(file.name(), 40) + DAY.format(file.day()) + file.bank()
                + text(file.bankName(), 15) + file.branch() + text(file.branchName(), 15) + "1" + file.account()
                + text("", 17);
    }

    private static String data(DebitLine line) {
        return "2" + line.bank() + text("", 15) + line.branch() + text("", 15) + text("", 4) + line.kind()
                + line.account() + text(line.holder(), 30) + number(line.yen(), 10) + (line.first() ? "1" : "0")
                + line.customer() + line.result() + text("", 8);
    }

    private static String trailer(DebitFile file) {
        List<DebitLine> debited = file.answered() ? file.debited() : List.of();
        List<DebitLine> failed = file.answered() ? file.failed() : List.of();
        return "8" + number(file.lines().size(), 6) + number(file.yen(), 12) + number(debited.size(), 6)
                + number(DebitFile.sum(debited), 12) + number(failed.size(), 6) + number(DebitFile.sum(failed), 12)
                + text("", 65);
    }

    static String text(String value, int length) {
        if (value.length() > length) {
            throw PaymentsException.stored("longer than " + length + ": " + value);
        }
        return value + " ".repeat(length - value.length());
    }

    static String number(long value, int length) {
        String digits = Long.toString(value);
        if (value < 0 || digits.length() > length) {
            throw PaymentsException.stored("more than " + length + " digits: " + value);
        }
        return "0".repeat(length - digits.length()) + digits;
    }

    static void put(ByteArrayOutputStream out, String record, boolean crlf) {
        if (record.length() != LENGTH) {
            throw PaymentsException.stored("a record of " + record.length() + ": " + record);
        }
        record.chars().forEach(letter -> out.write(code(letter)));
        if (crlf) {
            out.write('\r');
            out.write('\n');
        }
    }

    private static int code(int letter) {
        return letter >= FIRST_KANA ? letter - FIRST_KANA + FIRST_BYTE : letter;
    }

    /** The letter of a byte of JIS X 0201; -1 for one that stands for none. */
    static int letter(int code) {
        if (code >= FIRST_BYTE && code <= 0xDF) {
            return code - FIRST_BYTE + FIRST_KANA;
        }
        return code >= 0x20 && code <= 0x7E ? code : -1;
    }
}
