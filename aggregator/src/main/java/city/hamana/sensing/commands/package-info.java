/**
 * Commands to warning signs: signed by city hall, sent with the answer to a heartbeat until the device has told what
 * became of them, and over by themselves.
 * For the service whose staff command; it decides who may.
 * Stands on the heartbeat and on the city's clock, by which commands end.
 */
package city.hamana.sensing.commands;
