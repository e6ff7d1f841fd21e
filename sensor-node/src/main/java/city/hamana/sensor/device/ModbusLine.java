package city.hamana.sensor.device;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import com.ghgande.j2mod.modbus.ModbusIOException;
import com.ghgande.j2mod.modbus.io.AbstractModbusTransport;
import com.ghgande.j2mod.modbus.io.ModbusTCPTransport;
import com.ghgande.j2mod.modbus.msg.ExceptionResponse;
import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadInputRegistersResponse;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersRequest;
import com.ghgande.j2mod.modbus.msg.ReadMultipleRegistersResponse;
import com.ghgande.j2mod.modbus.net.SerialConnection;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * A Modbus line, RTU over a serial port or TCP, on which one question is under way at a time. It is opened when it is
 * first needed, and anew after each fault that leaves in doubt which answer belongs to which question.
 */
public final class ModbusLine implements AutoCloseable {
    private static final int CONNECT_MS = 3_000;
    private static final int EXCEPTION = 0x80;

    /** Where a line is. */
    public sealed interface Address {
        /** Modbus TCP. */
        record Tcp(InetSocketAddress address) implements Address {}

        /**
         * Modbus RTU.
         *
         * @param parity {@code none}, {@code even} or {@code odd}; without parity there are two stop bits, as the standard
         *     has it (Modbus over serial line V1.02, 2.5.1)
         */
        record Serial(Path device, int baud, String parity) implements Address {}
    }

    private record Open(AbstractModbusTransport transport, Runnable closing) {}

    private final Address address;
    private final Duration timeout;
    private Optional<Open> open = Optional.empty();
    private int transaction;

    /** A line that is not opened yet. */
    public ModbusLine(Address address, Duration timeout) {
        this.address = address;
        this.timeout = timeout;
    }

    /**
     * Reads registers.
     *
     * @return as many as asked for, each 0 to 65,535
     * @throws LineFault if they were not told
     */
    synchronized int[] read(int unit, boolean input, int register, int count) throws LineFault {
        ModbusRequest request = input
                ? new ReadInputRegistersRequest(register, count)
                : new ReadMultipleRegistersRequest(register, count);
        request.setUnitID(unit);
        request.setTransactionID(nextTransaction());
        ModbusResponse response = exchange(request);
        int[] words = words(response);
        if (words.length != count) {
            throw garbled("modbus.wrong-length");
        }
        return words;
    }

    @Override
    public synchronized void close() {
        open.ifPresent(line -> line.closing().run());
        open = Optional.empty();
    }

    private int nextTransaction() {
        transaction = transaction % 0x7FFF + 1;
        return transaction;
    }

    private ModbusResponse exchange(ModbusRequest request) throws LineFault {
        AbstractModbusTransport transport = transport();
        try {
            transport.writeRequest(request);
            ModbusResponse response = transport.readResponse();
            check(request, response);
            return response;
        } catch (ModbusIOException e) {
            close();
            throw LineFault.silent(name(e.getMessage()), e);
        } catch (RuntimeException e) {
            // What j2mod meets in an answer that is shorter than it says it is.
            close();
            throw LineFault.silent("line.garbage", e);
        }
    }

    private void check(ModbusRequest asked, ModbusResponse said) throws LineFault {
        if (said.getUnitID() != asked.getUnitID()) {
            throw garbled("modbus.wrong-unit");
        }
        if (address instanceof Address.Tcp && said.getTransactionID() != asked.getTransactionID()) {
            throw garbled("modbus.wrong-transaction");
        }
        if (said.getFunctionCode() == (asked.getFunctionCode() | EXCEPTION)
                && said instanceof ExceptionResponse exception) {
            throw LineFault.answered("modbus.exception-" + exception.getExceptionCode());
        }
        if (said.getFunctionCode() != asked.getFunctionCode()) {
            throw garbled("modbus.wrong-function");
        }
    }

    private LineFault garbled(String name) {
        close();
        return LineFault.silent(name, null);
    }

    private static int[] words(ModbusResponse response) {
        InputRegister[] registers = switch (response) {
            case ReadInputRegistersResponse read -> read.getRegisters();
            case ReadMultipleRegistersResponse read -> read.getRegisters();
            default -> new InputRegister[0];
        };
        return Arrays.stream(registers).mapToInt(InputRegister::toUnsignedShort).toArray();
    }

    /** j2mod has one exception for everything on the line; its sentences tell them apart. */
    private static String name(String sentence) {
        if (sentence.contains("CRC")) {
            return "telegram.checksum";
        } else if (sentence.contains("serial port exception") || sentence.contains("Premature end")) {
            return "telegram.truncated";
        } else if (sentence.contains("timeout") || sentence.contains("Cannot read from serial port")) {
            return "line.timeout";
        }
        return sentence.contains("General exception") ? "line.garbage" : "line.lost";
    }

    private AbstractModbusTransport transport() throws LineFault {
        if (open.isEmpty()) {
            try {
                open = Optional.of(
                        switch (address) {
                            case Address.Tcp tcp -> open(tcp);
                            case Address.Serial serial -> open(serial);
                        });
            } catch (IOException | SerialPortInvalidPortException e) {
                throw LineFault.silent("line.open", e);
            }
        }
        return open.get().transport();
    }

    private Open open(Address.Tcp tcp) throws IOException {
        Socket socket = new Socket();
        try {
            // A new lookup each time: the device's address may have changed since.
            InetSocketAddress now = new InetSocketAddress(
                    tcp.address().getHostString(), tcp.address().getPort());
            socket.connect(now, CONNECT_MS);
            socket.setTcpNoDelay(true);
            ModbusTCPTransport transport = new ModbusTCPTransport(socket);
            transport.setTimeout((int) timeout.toMillis());
            return new Open(transport, () -> close(socket));
        } catch (IOException | IllegalArgumentException e) {
            socket.close();
            throw new IOException(e);
        }
    }

    private Open open(Address.Serial serial) throws IOException {
        int parity = switch (serial.parity()) {
            case "even" -> SerialPort.EVEN_PARITY;
            case "odd" -> SerialPort.ODD_PARITY;
            default -> SerialPort.NO_PARITY;
        };
        int stopBits = parity == SerialPort.NO_PARITY ? SerialPort.TWO_STOP_BITS : SerialPort.ONE_STOP_BIT;
        // jSerialComm takes no symbolic link from outside /dev.
        String port = serial.device().toRealPath().toString();
        SerialParameters parameters = new SerialParameters(port, serial.baud(), 0, 0, 8, stopBits, parity, false);
        parameters.setEncoding("rtu");
        SerialConnection connection = new SerialConnection(parameters);
        connection.open();
        connection.setTimeout((int) timeout.toMillis());
        return new Open(connection.getModbusTransport(), connection::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LoggerFactory.getLogger(ModbusLine.class).debug("closing", e);
        }
    }
}
