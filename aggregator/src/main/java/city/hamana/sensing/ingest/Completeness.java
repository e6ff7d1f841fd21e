package city.hamana.sensing.ingest;

/**
 * What is held of a device's blocks.
 *
 * @param held blocks stored
 * @param missing blocks that must exist, because later ones name them, and have not come
 */
record Completeness(long held, long missing) {}
