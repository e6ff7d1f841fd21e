package city.hamana.gateway.wifi;

import java.util.List;

/**
 * What one agent said in one round.
 *
 * @param uptimeCs sysUpTime in hundredths of a second, -1 where it is not told; goes round after 497 days
 * @param engineBoots of SNMP-FRAMEWORK-MIB, -1 where it is not told
 * @param controller whether it speaks for access points of its own
 * @param counted parts whose octets add up to the device's
 * @param device the device itself
 * @param parts in the order of their kinds
 */
record Snapshot(long uptimeCs, long engineBoots, boolean controller, PartKind counted, Part device, List<Part> parts) {}
