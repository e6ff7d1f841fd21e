/**
 * Messages to residents and to divisions: into the inbox here always, and by LINE, web push, mail or letter where the
 * recipient wants them and the city has the channel.
 * For every service that has something to tell.
 * Stands on an outbox in the database, the queue of jobs, LINE's SDK, Angus Mail, web push (RFC 8030, 8291, 8292)
 * and the city's documents.
 *
 * <p>What it promises:
 * <ul>
 *   <li>A message sent in a transaction goes out if and only if that transaction is committed. The same {@code once} twice
 *       goes out once.
 *   <li>A crash loses nothing. It doubles nothing in the inbox, nor by LINE, which knows a repeat by its retry key. By
 *       mail a repeat is possible only if the program dies between the server's 250 and the next write here; it then
 *       carries the same Message-ID.
 *       A browser that has taken a message is not told again; one that may have shows the second in place of the first.
 *   <li>Ordinary messages wait for the end of the recipient's quiet hours; an emergency does not, and takes every channel at
 *       once.
 *   <li>What a channel refuses for good, or what stays unread where it must be read, goes to the next channel.
 *   <li>A letter is written only where the sender says that it is worth one, to whom nothing else reaches or who wants
 *       letters. Staff print, post and take back; whose address they see is written down. No emergency waits for the post.
 *   <li>Push services carry what they cannot read. No address that a browser gives leads into the city's own network.
 *   <li>Texts stand in the recipient's language. Links carry neither a name nor a secret that signs anybody in.
 * </ul>
 */
package city.hamana.capability.notices;
