/**
 * A city in a folder: founds it and runs every program of it as a process of its own. For the demonstration, the fault
 * run and the measurements; the programs do not know that they are watched.
 * Stands on the programs' jars, their settings files and their command lines, not on their code.
 */
package city.hamana.demo.city;
