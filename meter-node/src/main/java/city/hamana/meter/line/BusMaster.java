package city.hamana.meter.line;

import city.hamana.meter.line.Answers.Answer;
import city.hamana.meter.line.Answers.Patience;
import java.io.IOException;
import java.util.function.Consumer;

/** The master's side of EN 13757-2 on an open line: what is said, and what comes in answer. */
final class BusMaster {
    private static final int SND_NKE = 0x40;
    private static final int SND_UD = 0x53;
    private static final int REQ_UD2 = 0x5B;
    private static final int COUNT_BIT = 0x20;
    private static final int SELECTION = 0x52;

    private final Line line;
    private final Patience patience;
    private final int retries;

    /** Repeats what fails so many times. */
    BusMaster(Line line, Patience patience, int retries) {
        this.line = line;
        this.patience = patience;
        this.retries = retries;
    }

    /** SND_NKE: the next request is the first; who was selected is so no more. */
    boolean reset(int field, Consumer<String> faults) throws IOException {
        return acknowledged(shortFrame(SND_NKE, field), faults);
    }

    /** Selects whoever has this address; whoever was selected before is so no more. */
    boolean select(MeterAddress.Secondary address, Consumer<String> faults) throws IOException {
        return acknowledged(selection(address), faults);
    }

    /** Tells a meter to talk at another rate, one of {@link BusRates}, from its acknowledgement on. */
    boolean baud(int field, int baud, Consumer<String> faults) throws IOException {
        byte[] command = longFrame(new byte[] {(byte) SND_UD, (byte) field, (byte) BusRates.command(baud)});
        return acknowledged(command, faults);
    }

    /** REQ_UD2: a toggled bit acknowledges the last telegram and asks for the next. */
    Answer request(MeterAddress address, boolean bit, Consumer<String> faults) throws IOException {
        byte[] request = shortFrame(REQ_UD2 | (bit ? COUNT_BIT : 0), address.field());
        return tried(request, () -> Answers.frame(line, address, patience), faults);
    }

    /** Says it once, in the dark: several may answer at the same time. */
    Answer heard(byte[] frame, MeterAddress address) throws IOException {
        line.drain();
        line.send(frame);
        return Answers.frame(line, address, patience);
    }

    private boolean acknowledged(byte[] frame, Consumer<String> faults) throws IOException {
        return tried(frame, () -> Answers.acknowledgement(line, patience), faults) instanceof Answer.Acknowledged;
    }

    private Answer tried(byte[] frame, Expected expected, Consumer<String> faults) throws IOException {
        Answer answer = once(frame, expected, faults);
        for (int i = 0; i < retries && answer instanceof Answer.Fault; i++) {
            faults.accept("line.retry");
            answer = once(frame, expected, faults);
        }
        return answer;
    }

    private Answer once(byte[] frame, Expected expected, Consumer<String> faults) throws IOException {
        line.drain();
        line.send(frame);
        Answer answer = expected.answer();
        if (answer instanceof Answer.Fault(String fault)) {
            faults.accept(fault);
        }
        return answer;
    }

    /** How an answer is waited for. */
    private interface Expected {
        Answer answer() throws IOException;
    }

    static byte[] firstRequest() {
        return shortFrame(REQ_UD2 | COUNT_BIT, MeterAddress.SELECTED);
    }

    static byte[] selection(MeterAddress.Secondary address) {
        byte[] content = new byte[11];
        content[0] = (byte) SND_UD;
        content[1] = (byte) MeterAddress.SELECTED;
        content[2] = SELECTION;
        System.arraycopy(address.octets(), 0, content, 3, 8);
        return longFrame(content);
    }

    static byte[] shortFrame(int control, int field) {
        return new byte[] {0x10, (byte) control, (byte) field, (byte) (control + field), 0x16};
    }

    static byte[] longFrame(byte[] content) {
        byte[] frame = new byte[content.length + 6];
        frame[0] = 0x68;
        frame[1] = (byte) content.length;
        frame[2] = (byte) content.length;
        frame[3] = 0x68;
        int sum = 0;
        for (int i = 0; i < content.length; i++) {
            frame[4 + i] = content[i];
            sum += content[i];
        }
        frame[frame.length - 2] = (byte) sum;
        frame[frame.length - 1] = 0x16;
        return frame;
    }
}
