/** Tables as text, for spreadsheets. */
package city.hamana.platform.csv;
