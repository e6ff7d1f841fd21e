package city.hamana.capability.maps;

/** A map that is not as the program wrote it, or a resource that is broken. */
public final class MapsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private MapsException(String message, Throwable cause) {
        super(message, cause);
    }

    static MapsException unreadable(String what, Throwable cause) {
        return new MapsException("the shape or the properties of " + what + " cannot be read", cause);
    }

    static MapsException noLayer(String layer) {
        return new MapsException("no module has registered the layer " + layer, null);
    }
}
