package city.hamana.platform.http;

/** For whom a route is. */
public enum Role {
    /** Everyone, signed in or not. */
    ANYONE,
    /** A resident who is signed in. */
    RESIDENT,
    /** A member of the city's staff who is signed in. */
    STAFF,
    /** A program with a bearer token. */
    API_TOKEN,
    /** A device with a certificate of the city's authority; such routes stand on the device listener only. */
    DEVICE;

    boolean program() {
        return this == API_TOKEN || this == DEVICE;
    }
}
