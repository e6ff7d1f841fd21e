package city.hamana.capability.people;

/**
 * A town (町字) of the city.
 *
 * @param id 町字ID, 7 digits
 */
public record Town(String id, String name, String kana, String latin) {
    public Town {
        if (!id.matches("\\d{7}") || name.isBlank()) {
            throw new IllegalArgumentException("a town has a name and seven digits, not " + id);
        }
    }
}
