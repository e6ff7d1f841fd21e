/**
 * The city's device CA and its EST server: who may be a device of the city, and by which certificate.
 * For staff at the command line, and for devices that enrol and renew; runs on a machine of its own.
 * Stands on Bouncy Castle, Helidon SE and SQLite.
 */
package city.hamana.provisioning;
