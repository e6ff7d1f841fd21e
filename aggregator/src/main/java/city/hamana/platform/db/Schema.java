package city.hamana.platform.db;

/**
 * The tables of one module.
 *
 * @param name lower-case letters; every table of the module is called {@code name_…}
 * @param anchor a class beside whose package {@code migrations/V1__….sql} stand
 */
public record Schema(String name, Class<?> anchor) {
    public Schema {
        if (!name.matches("[a-z]{2,20}")) {
            throw new IllegalArgumentException("a module is called by 2 to 20 small letters, not " + name);
        }
    }

    String location() {
        return anchor.getPackageName().replace('.', '/') + "/migrations";
    }

    boolean hasTables() {
        return anchor.getClassLoader().getResource(location()) != null;
    }
}
