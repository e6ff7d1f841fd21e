package city.hamana.platform.html;

import java.util.Arrays;
import java.util.Optional;

/** Size of the letters, chosen in the page's head. */
public enum TextSize {
    NORMAL("normal"),
    LARGE("large"),
    LARGEST("largest");

    private final String code;

    TextSize(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    public static Optional<TextSize> ofCode(String code) {
        return Arrays.stream(values()).filter(s -> s.code.equals(code)).findFirst();
    }
}
