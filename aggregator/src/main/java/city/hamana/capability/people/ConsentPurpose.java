package city.hamana.capability.people;

/**
 * Something to which a resident can agree.
 *
 * @param words prefix: {@code .name}, {@code .what} says which data and what for, {@code .ground} the law
 * @param days for how long a consent is good
 */
public record ConsentPurpose(String code, String words, int days) {}
