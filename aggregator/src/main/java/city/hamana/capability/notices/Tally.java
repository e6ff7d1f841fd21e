package city.hamana.capability.notices;

/**
 * How far messages have come.
 *
 * @param messages written
 * @param read opened by their recipients
 * @param sent taken by a channel outside of the inbox
 * @param waiting for their time
 * @param failed refused by every channel tried
 */
public record Tally(long messages, long read, long sent, long waiting, long failed) {}
