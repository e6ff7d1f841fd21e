/**
 * Telegrams of meters, wired and wireless M-Bus, into values with their units, or into a named reason why not.
 * For the meter node, which keeps what it cannot read, and for whoever holds a telegram: {@code decode}.
 * Stands on EN 13757-2, -3, -4 and -7, OMS volume 2, the JDK's AES and Bouncy Castle's CMAC.
 */
package city.hamana.meter.telegram;
