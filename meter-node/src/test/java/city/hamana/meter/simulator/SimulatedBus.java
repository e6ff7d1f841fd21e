package city.hamana.meter.simulator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A bus of simulated meters in the test's own hand, that knows at which rate it is spoken to. */
public final class SimulatedBus {
    private final SlaveBus bus;

    /** Meters hmn-00001001 and on, at primary addresses 1 and on. */
    public SimulatedBus(Path memory, int meters, Clock clock) {
        List<SlaveMeter> slaves = new ArrayList<>();
        KnownMeters known = new KnownMeters(clock.instant(), java.time.Duration.ofHours(1), meters);
        Memory kept = new Memory(memory);
        for (int address = 1; address <= meters; address++) {
            int id = 1_000 + address;
            Content content = new TimelessContent(id, known.since(), clock, kept.notes(Simulator.name(id)));
            slaves.add(new SlaveMeter(address, content));
        }
        bus = new SlaveBus(slaves);
    }

    public void fails(int address, Fault fault) {
        bus.meter(address).fails(fault);
    }

    /** What is heard on the wire after a frame. */
    public byte[] after(byte[] frame, int baud) throws IOException {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        bus.serve(new ByteArrayInputStream(frame), heard, () -> baud);
        return heard.toByteArray();
    }
}
