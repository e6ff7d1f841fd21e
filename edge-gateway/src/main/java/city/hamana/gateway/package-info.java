/**
 * The gateway of a site: takes signed blocks from its nodes over MQTT, keeps them, and brings them to city hall.
 * For a small computer in a cabinet that runs alone for months.
 * Stands on the link's journal, an MQTT broker (embedded Artemis or mosquitto) and the JDK's HTTP client.
 */
package city.hamana.gateway;
