/**
 * Settings of gateways and nodes, changed from city hall: versioned, signed, tried by the device and taken back by itself.
 * For the staff who look after the devices.
 * Stands on the heartbeat, whose answer carries what a device has not confirmed yet.
 */
package city.hamana.sensing.settings;
