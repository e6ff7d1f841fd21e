package city.hamana.sensing.ingest;

/**
 * An upload that is not taken at all: nothing of it is stored as readings and no receipt is given, so the gateway keeps
 * everything.
 *
 * @param status HTTP status: 409 the chain does not fit, 422 it is not what it claims to be
 * @param kind event that staff see: {@code ingest.batch-forged} …
 * @param reason one sentence
 */
record Rejection(int status, String kind, String reason) {
    /** Carries a rejection out of a transaction, which is rolled back. */
    static final class Thrown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Rejection rejection;

        Thrown(Rejection rejection) {
            super(rejection.reason(), null, false, false);
            this.rejection = rejection;
        }

        Rejection rejection() {
            return rejection;
        }
    }

    static Thrown forged(String reason) {
        return new Thrown(new Rejection(422, "ingest.batch-forged", reason));
    }

    static Thrown foreign(String reason) {
        return new Thrown(new Rejection(422, "ingest.batch-foreign", reason));
    }

    static Thrown gap(String reason) {
        return new Thrown(new Rejection(409, "ingest.batch-out-of-order", reason));
    }

    static Thrown fork(String reason) {
        return new Thrown(new Rejection(409, "ingest.batch-forked", reason));
    }
}
