package city.hamana.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.Status;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStatusTest {
    @TempDir
    Path folder;

    private static Heartbeat heartbeat(int nodes) {
        Heartbeat.Builder heartbeat =
                Heartbeat.newBuilder().setGateway(Status.newBuilder().setDeviceId("gw-1"));
        for (int i = 0; i < nodes; i++) {
            heartbeat.addNodes(NodePresence.newBuilder().setDeviceId("node-" + i));
        }
        return heartbeat.build();
    }

    @Test
    void whoAsksIsToldAndTheNextOneToo() {
        Path journal = folder.resolve("journal.db");
        try (LocalStatus local = LocalStatus.serve(journal, () -> heartbeat(100_000))) {
            assertEquals(Optional.of(heartbeat(100_000)), LocalStatus.ask(journal));
            assertEquals(Optional.of(heartbeat(100_000)), LocalStatus.ask(journal), local.toString());
        }
        assertEquals(Optional.empty(), LocalStatus.ask(journal));
        assertFalse(Files.exists(folder.resolve("status.sock")));
    }

    @Test
    void onlyTheProgramsUserMayAsk() throws Exception {
        try (LocalStatus local = LocalStatus.serve(folder.resolve("journal.db"), () -> heartbeat(1))) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("status.sock"))),
                    local.toString());
        }
    }

    @Test
    void aCallerWhoDoesNotReadHoldsTheNextOneBackOnlyForAWhile() throws Exception {
        Path journal = folder.resolve("journal.db");
        try (LocalStatus local = LocalStatus.serve(journal, () -> heartbeat(200_000));
                SocketChannel idle = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            idle.connect(UnixDomainSocketAddress.of(folder.resolve("status.sock")));
            Optional<Heartbeat> first = LocalStatus.ask(journal);
            assertTrue(first.isPresent() || LocalStatus.ask(journal).isPresent(), local.toString());
        }
    }

    @Test
    void aStatusThatCannotBeGivenIsNoneAndTheNextIsGiven() {
        Path journal = folder.resolve("journal.db");
        boolean[] broken = {true};
        try (LocalStatus local = LocalStatus.serve(journal, () -> {
            if (broken[0]) {
                throw new IllegalStateException("the journal is away");
            }
            return heartbeat(1);
        })) {
            assertEquals(Optional.empty(), LocalStatus.ask(journal), local.toString());
            broken[0] = false;
            assertTrue(LocalStatus.ask(journal).isPresent());
        }
    }

    @Test
    void whatAKilledProgramLeftBehindIsNoAnswerAndDoesNotHinderTheNext() throws Exception {
        Path journal = folder.resolve("journal.db");
        LocalStatus.serve(journal, () -> heartbeat(1)).close();
        Files.writeString(folder.resolve("status.sock"), "");
        assertEquals(Optional.empty(), LocalStatus.ask(journal));
        try (LocalStatus local = LocalStatus.serve(journal, () -> heartbeat(1))) {
            assertTrue(LocalStatus.ask(journal).isPresent(), local.toString());
        }
    }

    @Test
    void aPathThatIsTooLongForASocketIsReplacedByAShortOneOfItsOwn() throws Exception {
        Path deep = Files.createDirectories(folder.resolve("x".repeat(60)).resolve("y".repeat(60)));
        Path journal = deep.resolve("journal.db");
        Path other = deep.resolveSibling("z").resolve("journal.db");
        assertFalse(LocalStatus.socketFor(journal).equals(LocalStatus.socketFor(other)));
        try (LocalStatus local = LocalStatus.serve(journal, () -> heartbeat(1))) {
            assertTrue(LocalStatus.socketFor(journal).toString().length() <= 100);
            assertTrue(LocalStatus.ask(journal).isPresent(), local.toString());
        }
        assertFalse(Files.exists(LocalStatus.socketFor(journal)));
    }

    @Test
    void aFolderInWhichNoSocketCanBeMadeDoesNotStopTheProgram() throws Exception {
        Path journal = Files.writeString(folder.resolve("file"), "").resolve("journal.db");
        try (LocalStatus local = LocalStatus.serve(journal, () -> heartbeat(1))) {
            assertEquals(Optional.empty(), LocalStatus.ask(journal), local.toString());
        }
    }
}
