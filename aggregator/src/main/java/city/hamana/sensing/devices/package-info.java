/**
 * How every gateway and node is: heard or cut, what waits in it, its clock, its certificate.
 * For staff, live; for ingest, which brings the heartbeats.
 * Stands on one table that holds each device's last status as it was sent, and on real time.
 */
package city.hamana.sensing.devices;
