package city.hamana.platform.html;

/**
 * An entrance to a module, shown in the head and on the start page to whom it is open.
 *
 * @param words prefix of its two words: {@code water.door} has {@code water.door.name} and {@code water.door.about}
 * @param staff whether it is for staff; else for residents
 */
public record Door(String path, String words, boolean staff) {}
