/**
 * The command line of whole cities: runs one to be looked at, breaks one to see that nothing is lost, measures one.
 * For whoever wants to see Hamana at work or to prove it.
 */
package city.hamana.demo;
