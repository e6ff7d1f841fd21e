package city.hamana.capability.rules;

import java.util.Optional;

/** One table in the list; {@code next} is the first version that will hold later. */
public record RuleLine(String name, String title, String law, Version inForce, Optional<Version> next) {}
