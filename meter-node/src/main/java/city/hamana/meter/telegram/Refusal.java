package city.hamana.meter.telegram;

/** Why a telegram of a structure other than data records holds nothing for us. */
final class Refusal {
    private Refusal() {}

    static TelegramException of(int ci, Octets body) {
        return switch (ci) {
            case 0x6E, 0x6F, 0x70 -> applicationError(body);
            case 0x71, 0x74, 0x75 -> TelegramException.of("alarm", "the telegram is an alarm without readings");
            case 0x80, 0x8A, 0x8B -> TelegramException.of("no-data", "the telegram ends with its transport header");
            default -> {
                if (ci >= 0xA0 && ci <= 0xB7) {
                    yield TelegramException.of(
                            "manufacturer-specific", "CI %02Xh opens the manufacturer's own coding".formatted(ci));
                }
                yield TelegramException.of(
                        "unsupported-ci-%02x".formatted(ci), "CI %02Xh opens nothing that we read".formatted(ci));
            }
        };
    }

    /** Application errors of EN 13757-3: the meter itself refuses the readout. */
    private static TelegramException applicationError(Octets body) {
        int code = body.peek();
        String meaning = switch (code) {
            case 0 -> "unspecified error";
            case 1 -> "unimplemented CI field";
            case 2 -> "buffer too long, truncated";
            case 3 -> "too many records";
            case 4 -> "premature end of record";
            case 5 -> "more than 10 DIFE";
            case 6 -> "more than 10 VIFE";
            case 8 -> "application too busy";
            case 9 -> "too many readouts";
            case 0x10 -> "access denied";
            case 0x11 -> "application unknown";
            case 0x14, 0x15, 0x16, 0x17 -> "the application refuses the command";
            default -> "error " + code;
        };
        return TelegramException.of("application-error", "the meter answers: " + meaning);
    }
}
