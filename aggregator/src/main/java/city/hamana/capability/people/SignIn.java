package city.hamana.capability.people;

/** What came of a try to sign in with a password. */
sealed interface SignIn {
    /** The password is this account's. */
    record Right(Account account) implements SignIn {}

    /** Name or password is wrong; which one is not told. */
    record Wrong() implements SignIn {}

    /** Too many failures; other ways to sign in, and browsers known from before, are not held up. */
    record TooMany() implements SignIn {}
}
