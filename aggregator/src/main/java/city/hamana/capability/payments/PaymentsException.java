package city.hamana.capability.payments;

/** A charge or payment that cannot be: a fault of the program that asked for it. */
public final class PaymentsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private PaymentsException(String message) {
        super(message);
    }

    static PaymentsException charge(String once, String why) {
        return new PaymentsException("no charge can be raised of " + once + ": " + why);
    }

    static PaymentsException creditor(String service) {
        return new PaymentsException("no service that takes money, or one that is known already: " + service);
    }

    static PaymentsException unknown(long charge) {
        return new PaymentsException("there is no charge " + charge);
    }

    static PaymentsException stored(String what) {
        return new PaymentsException("what is stored cannot be read: " + what);
    }
}
