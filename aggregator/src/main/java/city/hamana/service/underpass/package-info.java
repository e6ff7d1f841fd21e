/**
 * Underpasses that flood (measure 5 of the plan): what each warning sign shows and why, for everybody; for the road staff
 * the water's curve, its history, and commands to the sign.
 *
 * <p>It promises: the sign goes by the water alone and needs nobody here; what is shown is what the sign last said, with
 * when, and "unknown" once its line is cut; a command ends by itself, is logged with its name, and can never make the sign
 * say less than the water does.
 *
 * <p>Stands on the statuses of devices, commands, maps (where each is, and whether it is closed) and notices.
 */
package city.hamana.service.underpass;
