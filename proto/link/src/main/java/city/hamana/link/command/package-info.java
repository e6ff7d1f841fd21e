/**
 * Commands that the edge programs share: making the device's identity, and looking at how it is.
 * For the technician before the device.
 * Stands on picocli; each program adds them to its own with what only it knows.
 */
package city.hamana.link.command;
