package city.hamana.meter.simulator;

/** Which meters stand in a street. */
interface Cast {
    /**
     * The content of one meter.
     *
     * @param port number of its bus, from 0
     * @param address on its bus, from 1
     * @param place among all meters of the street, from 0
     */
    Content meter(Simulator.Street street, Memory memory, int port, int address, int place);
}
