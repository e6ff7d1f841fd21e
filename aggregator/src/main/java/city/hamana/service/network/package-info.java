/**
 * The waterworks' network side (measure 4 of the plan): what flows into each district (DMA) against what its meters used, its
 * nights, its forecast, and leaks from the suspicion to what was dug up. For the waterworks' desk and its field crew.
 *
 * <p>It promises: an hour without a figure is no figure and never 0; an hour is judged on what came before it; one leak is one
 * record, whatever is killed in between or comes late; every change of a record is one event with who did it; a record is
 * closed only with what was found, so that it is known how often the watch is right. Files, formulas and their sources:
 * {@code docs/network.md}.
 *
 * <p>Stands on readings and vee, the leak watch, the demand forecast, rule tables, maps, notices and the city's closed days. It
 * does not stand on {@code cases}: a case is somebody's, with a term and an answer owed, and its one life cycle for all kinds has
 * neither "in the field" nor "repaired", no step back, and no finding that closing asks for.
 */
package city.hamana.service.network;
