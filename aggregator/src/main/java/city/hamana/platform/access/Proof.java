package city.hamana.platform.access;

/** How well a session proves who it is, weakest first. */
public enum Proof {
    /** A password, or a code sent by mail. */
    ONE_FACTOR,
    /** A password and a one-time code, or a passkey. */
    TWO_FACTORS,
    /** The identity itself, proved by a public service that has checked the card (デジタル認証アプリ). */
    IDENTITY;

    public boolean atLeast(Proof other) {
        return compareTo(other) >= 0;
    }
}
