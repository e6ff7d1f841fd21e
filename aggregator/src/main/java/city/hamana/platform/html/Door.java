package city.hamana.platform.html;

import city.hamana.platform.access.Role;

/**
 * An entrance to a module, shown on the start page to whom it is open.
 *
 * @param words prefix of its two words: {@code water.door} has {@code water.door.name} and {@code water.door.about}
 * @param role who may enter; doors for ANYONE and RESIDENT are shown to who is not signed in, too
 */
public record Door(String path, String words, Role role, Group group) {
    /** Where it stands on the start page, in this order; its heading is the word {@code page.group.NAME}. */
    public enum Group {
        /** What residents do here. */
        SERVICES,
        /** What the city knows of the reader. */
        MINE,
        /** What staff do for residents. */
        WORK,
        /** What the instruments say. */
        SENSING,
        /** What keeps the house in order. */
        HOUSE
    }
}
