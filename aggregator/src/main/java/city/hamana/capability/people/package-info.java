/**
 * People: residents and businesses the city deals with, their accounts and those of staff and programs, how they sign in,
 * what they have agreed to, and who looked at them and why.
 * For the gate before every route, and for every service that serves somebody.
 * Stands on Argon2id, RFC 6238, WebAuthn (Yubico's library), OpenID Connect (Nimbus), and the event log.
 *
 * <p>What it promises:
 * <ul>
 *   <li><b>Names stay as they are.</b> A name is one field of up to 200 characters, with a form in kana and one in Latin
 *       letters. It comes back byte for byte: variation selectors and compatibility ideographs are never normalised away.
 *       Characters of the private use areas are refused with a reason, for another machine would show something else. Only
 *       the search folds, in words of its own.
 *   <li><b>A party has a number and no My Number.</b> The number is a resident's caller id, too. Addresses go by 町字ID.
 *   <li><b>Nobody acts for another without a mandate</b> that is valid at that moment: guardians and representatives are
 *       entered by a counter for a document that it saw, proxies by a counter or by the principal's own invitation; a proxy's
 *       may be ended by either side. When a child comes of age is a decision table, and the guardian's right ends by it. Both
 *       sides are told when one begins and when it is over.
 *   <li><b>One person may turn out to have two entries.</b> Two of the staff join them, every module's rows follow, both
 *       sign-ins go on working, no consent is widened, and for thirty days all of it can go back.
 *   <li><b>Every look leaves a trace.</b> What staff read or find is an event with its purpose, in the same transaction,
 *       and the person sees division, purpose and time. Events hold numbers, never names.
 *   <li><b>A consent is the person's.</b> The ledger keeps purpose, time and end; a withdrawal changes nothing before it.
 *   <li><b>Signing in</b>: passkeys without a name; passwords, for staff with an authenticator app or a recovery code;
 *       codes by mail, each good once, in one browser, ten minutes and five tries; a provider of proven identities. Every
 *       rise in proof makes a new session. A session ends 12 hours after it began or one hour after its last use. A new
 *       password is 12 characters or more, not one that everybody tries, and ends every other session; one that an
 *       administrator made opens nothing but the page that changes it (NIST SP 800-63B-4).
 *   <li><b>Guessing is slowed and locks nobody out</b>: it is counted where it comes from (IPv4 address, IPv6 /64) and for
 *       the name; a browser that has signed in before is counted by itself, and passkeys and mail codes stay open.
 *   <li><b>One takes everything along</b>, from every module, and may be forgotten: a second person grants it, every module
 *       erases, and what the law has the city keep stays by its number alone.
 * </ul>
 *
 * <p>What is kept readable and has to be guarded with the database: names and addresses. The secrets of authenticator apps
 * are sealed by keys in a file of their own; all other secrets are kept as hashes.
 */
package city.hamana.capability.people;
