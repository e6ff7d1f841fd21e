package city.hamana.capability.forms;

import java.util.List;

/** A definition that cannot be used; names every slip with its place. */
public final class FormException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private FormException(String message) {
        super(message);
    }

    public static FormException slips(List<String> slips) {
        return new FormException(String.join("\n", slips));
    }
}
