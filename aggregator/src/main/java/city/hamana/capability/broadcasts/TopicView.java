package city.hamana.capability.broadcasts;

import java.util.Set;

/** A resident's choice of topics: those refused. */
public record TopicView(Set<String> refused, boolean saved) {}
