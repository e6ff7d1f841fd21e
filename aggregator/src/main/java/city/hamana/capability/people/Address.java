package city.hamana.capability.people;

/**
 * Where somebody lives or has a place of business.
 *
 * @param townId 町字ID of the address base registry, 7 digits; empty outside the city
 * @param town the town's name; outside the city prefecture, city and town
 * @param rest number, building, room, as written
 */
public record Address(String townId, String town, String rest) {
    static final int LONGEST = 200;

    public Address {
        if (!townId.matches("\\d{7}|") || town.isEmpty() || town.length() > LONGEST || rest.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an address is a town of at most 200 letters and its 7 digits: " + townId);
        }
    }

    /** On one line, as it is written on an envelope. */
    public String line() {
        return (townId.isEmpty() ? town : "湖西市" + town) + rest;
    }
}
