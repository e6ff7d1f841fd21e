package city.hamana.demo.trial;

import java.io.IOException;

/** How one kind of fault is done. */
interface Fault {
    /**
     * Begins it.
     *
     * @throws NotAvailableException if this machine cannot do it
     */
    Healing begin(Step step) throws IOException, InterruptedException;

    /** Ends what a fault began. */
    interface Healing {
        Healing NOTHING_TO_HEAL = () -> {};

        void heal() throws IOException, InterruptedException;
    }

    /** A fault that this machine cannot do, with the reason for the table. */
    final class NotAvailableException extends IOException {
        private static final long serialVersionUID = 1L;

        NotAvailableException(String why) {
            super(why);
        }
    }
}
