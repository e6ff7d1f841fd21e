package city.hamana.capability.people;

import city.hamana.messages.DeviceId;
import city.hamana.platform.access.Post;
import city.hamana.platform.access.Rank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The file of the first start. Lines {@code NAME:resident:PASSWORD:METER,METER},
 * {@code NAME:staff:PASSWORD:DEPARTMENT.RANK} and, for a program, {@code NAME:api:TOKEN:SCOPE,SCOPE}. Staff may also be
 * {@code staff+admin}, {@code staff+auditor} or {@code staff+admin+auditor}. After one more colon a person's own name may
 * stand, {@code WRITTEN/KANA/LATIN}. Blank lines and lines that begin with {@code #} are passed over.
 */
final class InitialUsers {
    private static final int MOST_LINES = 10_000;
    private static final Set<String> ROLES =
            Set.of("resident", "staff", "staff+admin", "staff+auditor", "staff+admin+auditor", "api");
    private static final int SHORTEST_TOKEN = 32;

    /**
     * One line.
     *
     * @param roles as in the file
     * @param last meters, or a post, or a token's scopes
     * @param names the person's own, the name of the sign-in where the file has no other
     */
    record Line(String name, String roles, String secret, List<String> last, Names names) {
        boolean program() {
            return roles.equals("api");
        }

        boolean staff() {
            return roles.startsWith("staff");
        }

        /** Empty for who is not of the staff. */
        Optional<Post> post() {
            return staff() && last.size() == 1 ? post(last.getFirst()) : Optional.empty();
        }

        private static Optional<Post> post(String text) {
            String[] parts = text.split("\\.", 2);
            return parts.length == 2 && parts[0].matches("[a-z][a-z-]{1,30}")
                    ? Rank.ofCode(parts[1]).map(rank -> new Post(parts[0], rank))
                    : Optional.empty();
        }
    }

    private InitialUsers() {}

    static List<Line> read(Path file) {
        try {
            Set<PosixFilePermission> open = Files.getPosixFilePermissions(file);
            if (open.stream().anyMatch(p -> !p.name().startsWith("OWNER_"))) {
                throw InitialUsersException.of(file, "others may read it; set its mode to 0600");
            }
            List<String> lines = Files.readAllLines(file);
            if (lines.size() > MOST_LINES) {
                throw InitialUsersException.of(file, "has more than " + MOST_LINES + " lines");
            }
            return lines.stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> parse(file, line))
                    .toList();
        } catch (IOException e) {
            throw InitialUsersException.of(file, "cannot be read: " + e.getMessage());
        }
    }

    private static Line parse(Path file, String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 3 || parts.length > 5 || !ROLES.contains(parts[1])) {
            throw InitialUsersException.of(file, "a line is NAME:ROLES:SECRET:LIST:WRITTEN/KANA/LATIN");
        }
        List<String> last = parts.length > 3
                ? Arrays.stream(parts[3].split(","))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .toList()
                : List.of();
        Line line = new Line(parts[0], parts[1], parts[2], last, names(file, parts));
        if (!line.name.matches("[a-z0-9][a-z0-9._-]{0,63}") || line.secret.isEmpty()) {
            throw InitialUsersException.of(file, "a name is 1 to 64 of a-z 0-9 . - _, and a password is not empty");
        }
        if (line.program() && line.secret.length() < SHORTEST_TOKEN) {
            throw InitialUsersException.of(file, "the token of " + line.name + " is shorter than " + SHORTEST_TOKEN);
        }
        if (line.staff() && line.post().isEmpty()) {
            throw InitialUsersException.of(file, "the post of " + line.name + " is not DEPARTMENT.RANK");
        }
        if (line.roles.equals("resident") && !line.last.stream().allMatch(DeviceId::valid)) {
            throw InitialUsersException.of(file, "a meter of " + line.name + " is not a meter's id");
        }
        return line;
    }

    private static Names names(Path file, String[] parts) {
        String[] forms = parts.length == 5 ? parts[4].split("/", -1) : new String[] {parts[0]};
        try {
            return new Names(forms[0], forms.length > 1 ? forms[1] : "", forms.length > 2 ? forms[2] : "");
        } catch (IllegalArgumentException e) {
            throw InitialUsersException.of(file, "the name of " + parts[0] + " is not taken: " + e.getMessage());
        }
    }
}
