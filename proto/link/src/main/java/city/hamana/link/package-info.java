/**
 * What the programs at the edge share: journal, uplink, device identity, clocks, settings.
 * For meter-node, sensor-node and edge-gateway; city hall uses identity, trust and clocks.
 * Stands on SQLite, Eclipse Paho and Bouncy Castle.
 */
package city.hamana.link;
