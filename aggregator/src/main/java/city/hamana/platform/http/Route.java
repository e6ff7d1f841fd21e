package city.hamana.platform.http;

import city.hamana.platform.access.Role;

/**
 * One line of a module's routes.
 *
 * @param method {@code GET} or {@code POST}
 * @param path {@code /water/{day}}: a name in braces stands for one part
 * @param uploads whether its form may hold files
 * @param longestBytes of the body; 0 for GET
 */
public record Route(
        String module, String method, String path, Role role, boolean uploads, int longestBytes, Handler handler) {
    /** Whether it takes a form from a page, which then must carry the page's token. */
    public boolean form() {
        return method.equals("POST") && !role.program();
    }
}
