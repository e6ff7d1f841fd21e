package city.hamana.gateway.wifi;

/** An agent that does not answer, or not as it should; the message is the name under which it is counted. */
final class SnmpFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private SnmpFault(String name, Throwable cause) {
        super(name, cause);
    }

    /** A fault of this name: {@code snmp.timeout}. */
    static SnmpFault of(String name) {
        return new SnmpFault(name, null);
    }

    static SnmpFault unreachable(Throwable cause) {
        return new SnmpFault("snmp.unreachable", cause);
    }
}
