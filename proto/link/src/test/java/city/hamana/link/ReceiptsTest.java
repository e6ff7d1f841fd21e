package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import city.hamana.messages.Dsse;
import city.hamana.messages.MalformedException;
import city.hamana.messages.PayloadType;
import city.hamana.messages.v1.Attested;
import city.hamana.messages.v1.BlockOutcome;
import city.hamana.messages.v1.Receipt;
import city.hamana.messages.v1.Verdict;
import com.google.protobuf.ByteString;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final CertificateAuthority CA = CertificateAuthority.root("Testopolis", NOW);
    private static final DeviceIdentity CITY = CA.identity("city-hall", Role.AGGREGATOR, List.of("localhost"), NOW);
    private static final DeviceIdentity GATEWAY = CA.identity("gw-0001", Role.GATEWAY, List.of("localhost"), NOW);
    private static final Receipt RECEIPT = Receipt.newBuilder()
            .setReceiverId("city-hall")
            .setSenderId("gw-0001")
            .addOutcomes(outcome(1, Verdict.VERDICT_STORED))
            .addOutcomes(outcome(2, Verdict.VERDICT_REPEATED))
            .addOutcomes(outcome(3, Verdict.VERDICT_QUARANTINED))
            .addOutcomes(outcome(4, Verdict.VERDICT_REFUSED))
            .build();

    @Test
    void aReceiptOfCityHallIsBelieved() {
        assertEquals(RECEIPT, verified(Receipts.attest(RECEIPT, CITY)));
    }

    @Test
    void everythingButTheRefusedMayBeDeleted() {
        assertEquals(List.of(hash(1), hash(2), hash(3)), Receipts.received(RECEIPT));
        assertEquals(
                List.of(hash(4)),
                Receipts.refused(RECEIPT).stream()
                        .map(BlockOutcome::getBlockHash)
                        .toList());
    }

    @Test
    void aGatewayCannotSignForCityHall() {
        Receipt boast = RECEIPT.toBuilder().setReceiverId("gw-0001").build();
        assertThrows(MalformedException.class, () -> verified(Receipts.attest(RECEIPT, GATEWAY)));
        assertThrows(MalformedException.class, () -> verified(Receipts.attest(boast, GATEWAY)));
    }

    @Test
    void aReceiptForAnotherSenderIsNotOurs() {
        Receipt other = RECEIPT.toBuilder().setSenderId("gw-0002").build();
        assertThrows(MalformedException.class, () -> verified(Receipts.attest(other, CITY)));
    }

    @Test
    void aReceiptOfAnotherCitysHallIsNotBelieved() {
        DeviceIdentity stranger = CertificateAuthority.root("Elsewhere", NOW)
                .identity("city-hall", Role.AGGREGATOR, List.of("localhost"), NOW);
        assertThrows(TrustException.class, () -> verified(Receipts.attest(RECEIPT, stranger)));
    }

    @Test
    void anExpiredCityHallIsNotBelieved() {
        assertThrows(
                TrustException.class,
                () -> Receipts.verify(
                        Receipts.attest(RECEIPT, CITY),
                        c -> GATEWAY.trust().verify(c, NOW.plus(Duration.ofDays(400))),
                        Role.AGGREGATOR,
                        "gw-0001"));
    }

    @Test
    void aSignatureOverSomethingElseIsNoReceipt() {
        byte[] block = Attested.newBuilder()
                .setEnvelope(ByteString.copyFrom(CITY.seal(PayloadType.BLOCK, RECEIPT.toByteArray())))
                .setCertificate(ByteString.copyFrom(Certificates.der(CITY.certificate())))
                .build()
                .toByteArray();
        byte[] good = Receipts.attest(RECEIPT, CITY);
        byte[] tampered = good.clone();
        tampered[40] ^= 1;

        assertThrows(MalformedException.class, () -> verified(block));
        assertThrows(RuntimeException.class, () -> verified(tampered));
        assertThrows(MalformedException.class, () -> verified(new byte[] {1, 2, 3}));
        assertThrows(RuntimeException.class, () -> verified(new byte[0]));
    }

    private static Receipt verified(byte[] attested) {
        return Receipts.verify(attested, c -> GATEWAY.trust().verify(c, NOW), Role.AGGREGATOR, "gw-0001");
    }

    private static BlockOutcome outcome(int n, Verdict verdict) {
        return BlockOutcome.newBuilder()
                .setBlockHash(hash(n))
                .setVerdict(verdict)
                .build();
    }

    private static ByteString hash(int n) {
        return ByteString.copyFrom(Dsse.sha256(new byte[] {(byte) n}));
    }
}
