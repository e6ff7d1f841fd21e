package city.hamana.sensing.ingest;

import city.hamana.messages.v1.Status;
import java.time.Instant;

/**
 * What a device last said of what waits in it.
 *
 * @param by the device that says it: itself, or the gateway of a node
 * @param at when it was heard
 */
public record Said(String by, Status status, Instant at) {}
