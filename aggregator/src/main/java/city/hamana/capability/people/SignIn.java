package city.hamana.capability.people;

/** What came of a try to sign in. */
sealed interface SignIn {
    /** The secret for the cookie; it is kept nowhere else. */
    record Done(String secret, boolean staff) implements SignIn {
        @Override
        public String toString() {
            return "Done";
        }
    }

    /** Name or password is wrong; which one is not told. */
    record Wrong() implements SignIn {}

    /** Too many failures from this address; others are not held up. */
    record TooMany() implements SignIn {}
}
