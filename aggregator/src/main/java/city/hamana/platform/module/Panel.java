package city.hamana.platform.module;

import city.hamana.platform.html.Page;
import gg.jte.Content;
import java.util.function.Function;

/**
 * What a module shows on the page of a division's day, beside what others show there: modules do not see each other, and the
 * division's work is one.
 *
 * @param division its code; only who works there sees the page
 * @param content sections with headings of the second order, for one reader; what changes while somebody looks stands in
 *     elements with {@code data-part}, of a name that begins with the module's
 */
public record Panel(String division, Function<Page, Content> content) {}
