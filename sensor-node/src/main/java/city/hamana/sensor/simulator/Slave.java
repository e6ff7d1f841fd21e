package city.hamana.sensor.simulator;

import com.ghgande.j2mod.modbus.ModbusException;
import com.ghgande.j2mod.modbus.procimg.IllegalAddressException;
import com.ghgande.j2mod.modbus.procimg.InputRegister;
import com.ghgande.j2mod.modbus.procimg.Register;
import com.ghgande.j2mod.modbus.procimg.SimpleProcessImage;
import com.ghgande.j2mod.modbus.procimg.SimpleRegister;
import com.ghgande.j2mod.modbus.slave.ModbusSlave;
import com.ghgande.j2mod.modbus.slave.ModbusSlaveFactory;
import com.ghgande.j2mod.modbus.util.SerialParameters;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** SIMULATED Modbus devices on one line; what they tell is asked for each time. */
public final class Slave implements AutoCloseable {
    private static final int THREADS = 4;

    private final ModbusSlave slave;

    private Slave(ModbusSlave slave) {
        this.slave = slave;
    }

    /**
     * Devices at a TCP port.
     *
     * @param units what each tells, by its unit: its registers from address 0 on, input and holding alike
     */
    public static Slave tcp(InetAddress host, int port, Map<Integer, Supplier<int[]>> units) throws IOException {
        try {
            return open(ModbusSlaveFactory.createTCPSlave(host, port, THREADS, false), units);
        } catch (ModbusException e) {
            throw new IOException("port " + port + ": " + e.getMessage(), e);
        }
    }

    /** Devices at a serial port: 8 data bits, no parity, 2 stop bits, RTU. */
    public static Slave serial(Path device, int baud, Map<Integer, Supplier<int[]>> units) throws IOException {
        try {
            String port = device.toRealPath().toString();
            SerialParameters parameters = new SerialParameters(port, baud, 0, 0, 8, 2, 0, false);
            parameters.setEncoding("rtu");
            return open(ModbusSlaveFactory.createSerialSlave(parameters), units);
        } catch (ModbusException e) {
            throw new IOException(device + ": " + e.getMessage(), e);
        }
    }

    private static Slave open(ModbusSlave slave, Map<Integer, Supplier<int[]>> units) throws ModbusException {
        units.forEach((unit, registers) -> slave.addProcessImage(unit, new Image(unit, registers)));
        slave.open();
        return new Slave(slave);
    }

    @Override
    public void close() {
        ModbusSlaveFactory.close(slave);
    }

    private static final class Image extends SimpleProcessImage {
        private final Supplier<int[]> telling;

        Image(int unit, Supplier<int[]> telling) {
            super(unit);
            this.telling = telling;
        }

        @Override
        public InputRegister[] getInputRegisterRange(int first, int count) {
            return range(first, count);
        }

        @Override
        public Register[] getRegisterRange(int first, int count) {
            return range(first, count);
        }

        private Register[] range(int first, int count) {
            int[] all = telling.get();
            if (first < 0 || count < 1 || first + count > all.length) {
                throw new IllegalAddressException();
            }
            Register[] asked = new Register[count];
            for (int i = 0; i < count; i++) {
                asked[i] = new SimpleRegister(all[first + i]);
            }
            return asked;
        }
    }
}
