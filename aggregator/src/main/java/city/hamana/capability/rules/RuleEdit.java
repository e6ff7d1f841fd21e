package city.hamana.capability.rules;

import city.hamana.platform.html.FieldError;
import java.util.List;

/** The page on which a next version is written; slips of the text are in {@code slips}. */
public record RuleEdit(
        String name, String title, String from, String text, List<FieldError> errors, List<Slip> slips) {}
