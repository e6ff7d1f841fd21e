package city.hamana.platform.access;

/**
 * Where a member of staff works.
 *
 * @param department code of the division (課): small letters and dashes
 */
public record Post(String department, Rank rank) {
    public Post {
        if (!department.matches("[a-z][a-z-]{1,30}")) {
            throw new IllegalArgumentException("a department is called by small letters and dashes, not " + department);
        }
    }
}
