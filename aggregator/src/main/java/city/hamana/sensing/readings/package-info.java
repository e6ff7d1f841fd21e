/**
 * Readings: every sample ever taken, one packed row per series and UTC day, and the conflicts among them.
 * For ingest, which merges; for services and programs, which read.
 * Stands on three tables; how a day is packed stands in {@code Packed}.
 */
package city.hamana.sensing.readings;
