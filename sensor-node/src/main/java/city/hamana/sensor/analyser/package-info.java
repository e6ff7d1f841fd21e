/**
 * Analysers of drinking water: free chlorine, turbidity, pH, temperature.
 * For the water works, who must tell a low residual from a dead electrode.
 * Stands on the Modbus lines of the device package; the law's limits are city hall's to apply, not the node's.
 */
package city.hamana.sensor.analyser;
