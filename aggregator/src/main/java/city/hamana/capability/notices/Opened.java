package city.hamana.capability.notices;

import java.util.List;

/** One message, and by which ways it went out. */
public record Opened(String home, Message message, List<Delivery> deliveries) {}
