package city.hamana.platform.access;

/** For whom a route is. */
public enum Role {
    /** Everyone, signed in or not. */
    ANYONE,
    /** Anybody who is signed in, whatever else they may do; for what is about their own sign-in. */
    PERSON,
    /** A resident who is signed in. */
    RESIDENT,
    /** A member of the city's staff who is signed in. */
    STAFF,
    /** Staff who look after people, posts, tokens and jobs. */
    ADMIN,
    /** Staff who look over what others did. */
    AUDITOR,
    /** A program with a bearer token. */
    API_TOKEN,
    /** Any program, with a token or without. No session is looked at, so a form here needs no page's token. */
    ANY_PROGRAM,
    /** A device with a certificate of the city's authority; such routes stand on the device listener only. */
    DEVICE;

    /** Whether programs call it, and no browser with a session. */
    public boolean program() {
        return this == API_TOKEN || this == ANY_PROGRAM || this == DEVICE;
    }
}
