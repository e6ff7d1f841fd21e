package city.hamana.sensing.commands;

import city.hamana.link.DeviceIdentity;
import city.hamana.link.SignedCommand;
import city.hamana.messages.DeviceId;
import city.hamana.messages.v1.Command;
import city.hamana.messages.v1.CommandOutcome;
import city.hamana.messages.v1.DeviceCommand;
import city.hamana.messages.v1.Heartbeat;
import city.hamana.messages.v1.NodePresence;
import city.hamana.messages.v1.SignState;
import city.hamana.platform.db.Database;
import city.hamana.platform.events.Event;
import city.hamana.platform.events.Events;
import city.hamana.platform.http.Caller;
import city.hamana.platform.http.Routes;
import city.hamana.platform.module.ServiceModule;
import city.hamana.sensing.commands.Issued.State;
import com.google.protobuf.ByteString;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Issues commands to warning signs, sends them until they are answered, and notes the answer. */
public final class Commands implements ServiceModule {
    private final Database database;
    private final Events events;
    private final DeviceIdentity identity;
    private final Clock clock;
    private final Book book = new Book();

    /**
     * The module over this table.
     *
     * @param identity signs the commands
     * @param clock the city's, by which the devices' clocks run too
     */
    public Commands(Database database, Events events, DeviceIdentity identity, Clock clock) {
        this.database = database;
        this.events = events;
        this.identity = identity;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "commands";
    }

    /** None: who may command what is for the service to say, on its own pages. */
    @Override
    public void routes(Routes routes) {}

    /**
     * Issues a command. One that the device has not had yet is superseded.
     *
     * @param by who answers for it; that this person may is for the caller to have seen
     */
    public Issued issue(Handle tx, Order order, Caller.Person by) {
        DeviceId.check(order.device());
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Issued command = new Issued(
                order.device(),
                book.next(tx, order.device()),
                order.aspect(),
                order.silenceSiren(),
                now,
                now.plus(order.within()),
                by.name(),
                State.SENT,
                now);
        book.open(tx).stream()
                .filter(open -> open.device().equals(order.device()) && open.state() == State.SENT)
                .forEach(open -> become(tx, open, State.SUPERSEDED));
        book.add(tx, command);
        tell(tx, "commands.issued", by.actor(), command);
        return command;
    }

    /** Of one device, the newest first. */
    public List<Issued> of(Handle tx, String device, int most) {
        return book.of(tx, device, most);
    }

    /** What the answer to a heartbeat carries: what these devices have not told the outcome of. Outcomes are noted. */
    public List<DeviceCommand> waiting(Heartbeat heartbeat) {
        Map<String, SignState> signs = new HashMap<>();
        for (NodePresence node : heartbeat.getNodesList()) {
            signs.put(node.getDeviceId(), node.getStatus().getSign());
        }
        return database.inTransaction(tx -> {
            List<DeviceCommand> toSend = new ArrayList<>();
            for (Issued command : book.open(tx)) {
                SignState sign = signs.get(command.device());
                if (sign != null && !answered(tx, command, sign) && command.state() == State.SENT) {
                    toSend.add(signed(command));
                }
            }
            return toSend;
        });
    }

    /** Whether the device has told of it; what its time has run out of is over, whatever the device may tell. */
    private boolean answered(Handle tx, Issued command, SignState sign) {
        Optional<State> outcome = outcome(command, sign);
        outcome.filter(state -> state != command.state()).ifPresent(state -> become(tx, command, state));
        return outcome.isPresent();
    }

    private Optional<State> outcome(Issued command, SignState sign) {
        if (sign.getLastCommand() > command.number()) {
            return Optional.of(command.state() == State.SENT ? State.SUPERSEDED : State.ENDED);
        }
        boolean past = clock.instant().isAfter(command.ends());
        if (sign.getLastCommand() == command.number()) {
            return Optional.of(past ? ended(sign.getOutcome()) : told(sign.getOutcome()));
        }
        return past ? Optional.of(State.EXPIRED) : Optional.empty();
    }

    private static State told(CommandOutcome outcome) {
        return switch (outcome) {
            case COMMAND_OUTCOME_ENDED -> State.ENDED;
            case COMMAND_OUTCOME_OVERRULED -> State.OVERRULED;
            case COMMAND_OUTCOME_EXPIRED -> State.EXPIRED;
            case COMMAND_OUTCOME_IN_FORCE, COMMAND_OUTCOME_UNSPECIFIED, UNRECOGNIZED -> State.IN_FORCE;
        };
    }

    private static State ended(CommandOutcome outcome) {
        return outcome == CommandOutcome.COMMAND_OUTCOME_EXPIRED ? State.EXPIRED : State.ENDED;
    }

    private void become(Handle tx, Issued command, State state) {
        if (book.told(tx, command, state, clock.instant())) {
            tell(tx, "commands." + state.code(), "device:" + command.device(), command);
        }
    }

    /** Signed when it is sent: by then the certificate of the moment of issue may be a former one. */
    private DeviceCommand signed(Issued command) {
        Command said = Command.newBuilder()
                .setDeviceId(command.device())
                .setNumber(command.number())
                .setAspect(command.aspect())
                .setSilenceSiren(command.silenceSiren())
                .setIssuedUnixMs(command.at().toEpochMilli())
                .setExpiresUnixMs(command.ends().toEpochMilli())
                .build();
        return DeviceCommand.newBuilder()
                .setDeviceId(command.device())
                .setAttested(ByteString.copyFrom(SignedCommand.attest(said, identity)))
                .build();
    }

    private void tell(Handle tx, String kind, String actor, Issued command) {
        Map<String, ?> detail = Map.of(
                "number",
                command.number(),
                "aspect",
                command.aspect().name(),
                "ends",
                command.ends().toString());
        events.append(tx, new Event(clock.instant(), kind, actor, "device:" + command.device(), detail));
    }
}
