package city.hamana.meter.line;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** A level converter at a serial port: 8 data bits, even parity, 1 stop bit. */
final class SerialLine implements Line {
    private final SerialPort port;

    private SerialLine(SerialPort port) {
        this.port = port;
    }

    static Line open(Path device, int baud) throws IOException {
        try {
            // jSerialComm takes no symbolic link from outside /dev.
            SerialPort port = SerialPort.getCommPort(device.toRealPath().toString());
            port.setComPortParameters(baud, 8, SerialPort.ONE_STOP_BIT, SerialPort.EVEN_PARITY);
            port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
            if (!port.openPort()) {
                throw new IOException(device + " cannot be opened, error " + port.getLastErrorCode());
            }
            return new SerialLine(port);
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
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, millis, 0);
        byte[] octet = new byte[1];
        int read = port.readBytes(octet, 1);
        if (read < 0) {
            throw new IOException("the serial port is gone");
        }
        return read == 0 ? -1 : octet[0] & 0xFF;
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
