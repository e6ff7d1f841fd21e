/**
 * Documents that the city issues: numbered, kept, sealed, and open to be verified by whoever holds one.
 * For decisions, certificates, letters and reports of every service.
 * Stands on PDFBox, a Japanese font that travels inside each file, and the server's key.
 *
 * <p>What it promises:
 * <ul>
 *   <li>Numbers run without a gap per series and fiscal year; a number is given in the transaction that needs it.
 *   <li>Every file is PDF/A-2b (ISO 19005-2) with all its letters inside, sealed over every byte (PAdES baseline B-B).
 *       A letter that no font has is printed as 〓 and named with its code point at the end, never left out in silence.
 *   <li>An issued document is never changed; it can be revoked, with a reason, which its verification page then says.
 *   <li>The code on the paper (QR, 100 random bits) leads to a page that tells number, title, day and issuer, without a
 *       name, and compares a file that somebody holds byte by byte with the one that was issued.
 *   <li>Each has a retention class and the day until which it is kept, counted from the next fiscal year (湖西市文書規程
 *       [K]); nothing is thrown away by itself.
 * </ul>
 */
package city.hamana.capability.documents;
