package city.hamana.link.check;

import java.util.Locale;

/** How a finding is; told by shape and word, not by colour. */
public enum Grade {
    OK("[ok]  "),
    LOOK("[look]"),
    BAD("[BAD] ");

    private final String shape;

    Grade(String shape) {
        this.shape = shape;
    }

    String shape() {
        return shape;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
