package city.hamana.capability.broadcasts;

/** Asks whether a topic is to end, or says that it has. */
public record StopView(String token, Topic topic, boolean done) {}
