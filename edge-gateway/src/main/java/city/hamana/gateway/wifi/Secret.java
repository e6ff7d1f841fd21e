package city.hamana.gateway.wifi;

/** A community or passphrase: it goes to the line and nowhere else, so it prints as nothing. */
final class Secret {
    private final String text;

    Secret(String text) {
        this.text = text;
    }

    /** The secret itself, for the SNMP library only. */
    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
