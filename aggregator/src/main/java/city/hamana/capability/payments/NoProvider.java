package city.hamana.capability.payments;

/** The city has no contract with a provider: nothing can be begun, nothing is known, nobody is believed. */
final class NoProvider implements PaymentProvider {
    private static final String WHY = "no provider";

    @Override
    public Begun begin(Wish wish) {
        return new Begun.Not(WHY);
    }

    @Override
    public Seen query(String payment) {
        return new Seen.Not(WHY);
    }

    @Override
    public Seen cancel(String payment) {
        return new Seen.Not(WHY);
    }

    @Override
    public boolean refund(String payment, long yen, String once) {
        return false;
    }

    @Override
    public Told told(String signature, byte[] body) {
        return new Told.Untrusted(WHY);
    }
}
