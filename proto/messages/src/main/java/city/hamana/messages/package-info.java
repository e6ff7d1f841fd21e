/**
 * What travels between the programs, and its pure code: envelope, sample blocks, device ids, topics.
 * For every program of the house; nothing here reads a file, a clock or a socket.
 * Stands on Protocol Buffers and Bouncy Castle.
 */
package city.hamana.messages;
