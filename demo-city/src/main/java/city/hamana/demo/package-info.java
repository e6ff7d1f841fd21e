/**
 * The demonstration city: makes one in a folder and runs every program of it as a process of its own.
 * For whoever wants to see Hamana at work; the programs do not know that they are watched.
 * Stands on the programs' jars, their settings files and their command lines, not on their code.
 */
package city.hamana.demo;
