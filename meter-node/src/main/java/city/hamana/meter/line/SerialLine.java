package city.hamana.meter.line;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** A serial port: with 8 data bits, even parity and 1 stop bit a level converter, without parity a radio stick. */
final class SerialLine implements Line {
    private final SerialPort port;
    private int timeoutMs;

    private SerialLine(SerialPort port) {
        this.port = port;
    }

    /** A level converter's port. */
    static Line open(Path device, int baud) throws IOException {
        return open(device, baud, SerialPort.EVEN_PARITY);
    }

    /** A radio stick's port. */
    static Line withoutParity(Path device, int baud) throws IOException {
        return open(device, baud, SerialPort.NO_PARITY);
    }

    private static Line open(Path device, int baud, int parity) throws IOException {
        try {
            // jSerialComm takes no symbolic link from outside /dev.
            SerialPort port = SerialPort.getCommPort(device.toRealPath().toString());
            port.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, parity);
            port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
            if (!port.openPort()) {
                throw new IOException(device + " cannot be opened, error " + port.getLastErrorCode());
            }
            return new SerialLine(port);
        } catch (NoSuchFileException e) {
            throw new IOException(device + " is not there", e);
        } catch (SerialPortInvalidPortException e) {
            throw new IOException(device + " is no serial port", e);
        }
    }

    @Override
    public void send(byte[] frame) throws IOException {
        if (port.writeBytes(frame, frame.length) != frame.length) {
            throw new IOException("the serial port takes no more");
        }
    }

    @Override
    public int read(Duration within) throws IOException {
        int millis = (int) Math.max(1, within.toMillis());
        if (millis != timeoutMs) {
            port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, millis, 0);
            timeoutMs = millis;
        }
        byte[] octet = new byte[1];
        int read = port.readBytes(octet, 1);
        if (read < 0) {
            throw new IOException("the serial port is gone");
        }
        return read == 0 ? -1 : octet[0] & 0xFF;
    }

    @Override
    public void baud(int baud) throws IOException {
        if (port.getBaudRate() != baud && !port.setBaudRate(baud)) {
            throw new IOException("the serial port does not take " + baud + " baud");
        }
    }

    @Override
    public void drain() {
        port.flushIOBuffers();
    }

    @Override
    public void close() {
        port.closePort();
    }
}
