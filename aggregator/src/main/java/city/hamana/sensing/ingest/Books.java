package city.hamana.sensing.ingest;

import city.hamana.platform.db.Dialect;
import city.hamana.sensing.readings.Readings;

/** Everything that an upload is entered in. */
record Books(Ledger ledger, Chains chains, Clocks clocks, Losses losses, Gaps gaps, Readings readings) {
    static Books of(Dialect dialect, Readings readings) {
        Ledger ledger = new Ledger(dialect);
        Chains chains = new Chains(dialect);
        return new Books(ledger, chains, new Clocks(), new Losses(chains), new Gaps(chains, ledger), readings);
    }
}
