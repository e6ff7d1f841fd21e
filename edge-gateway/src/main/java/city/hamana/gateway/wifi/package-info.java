/**
 * Polls access points and Wi-Fi controllers over SNMP: up or down, how many clients, how many octets; never whose.
 * For the gateway of a site, whose own journal keeps what was read.
 * Stands on snmp4j (SNMPv2c, SNMPv3 with USM), IF-MIB, ENTITY-MIB, IEEE802dot11-MIB and the vendors' tables beside it.
 */
package city.hamana.gateway.wifi;
