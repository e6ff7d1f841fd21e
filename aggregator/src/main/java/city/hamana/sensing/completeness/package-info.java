/**
 * Whether everything that the devices made has come, and where what has not come is: page, JSON and a signed PDF.
 * For staff and auditors.
 * Stands on ingest, which knows what exists and what is held, and on what devices last said of themselves.
 */
package city.hamana.sensing.completeness;
