package city.hamana.gateway.wifi;

/** What a part is. */
enum PartKind {
    /** The device that has the agent. */
    DEVICE(""),
    /** An access point that a controller speaks for. */
    AP("ap"),
    RADIO("radio"),
    SSID("ssid");

    private final String word;

    PartKind(String word) {
        this.word = word;
    }

    /** As it stands in ids and in the vendors' tables. */
    String word() {
        return word;
    }
}
