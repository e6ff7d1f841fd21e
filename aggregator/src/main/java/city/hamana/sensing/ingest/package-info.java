/**
 * Takes what gateways upload: proves it signed, chained and whole, stores it once, and signs for it.
 * For gateways, and for staff who look at what was set aside.
 * Stands on {@code readings} for the samples, on the city's CA for who is who.
 */
package city.hamana.sensing.ingest;
