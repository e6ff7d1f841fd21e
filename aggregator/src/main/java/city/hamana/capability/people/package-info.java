/**
 * People and programs: who they are, how they sign in, which meters are a resident's, which tokens are good.
 * For the gate before every route, and for services that show someone what is theirs.
 * Stands on Argon2id, random session secrets kept as hashes only, and a slow answer to guessing.
 */
package city.hamana.capability.people;
