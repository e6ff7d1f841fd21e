package city.hamana.messages;

/** Bytes that are not what they should be. The message names what is wrong in one sentence and quotes no payload. */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MalformedException(String message, Throwable cause) {
        super(message, cause);
    }

    public static MalformedException of(String what) {
        return new MalformedException(what, null);
    }

    public static MalformedException of(String what, Throwable cause) {
        return new MalformedException(what + ": " + cause.getMessage(), cause);
    }
}
