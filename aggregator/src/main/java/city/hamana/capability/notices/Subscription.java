package city.hamana.capability.notices;

import java.security.interfaces.ECPublicKey;

/**
 * What a browser gave for being told: where, and by which keys it alone reads (RFC 8291 §2).
 *
 * @param key its public key on P-256
 * @param secret 16 bytes that it shares with this city
 */
@SuppressWarnings("ArrayRecordComponent")
record Subscription(long id, Endpoint endpoint, ECPublicKey key, byte[] secret) {
    @Override
    public String toString() {
        return "Subscription " + id;
    }
}
