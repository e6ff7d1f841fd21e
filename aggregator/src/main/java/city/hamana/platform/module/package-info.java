/**
 * What a module is: a name, its tables, its routes, its doors, its jobs, its demonstration data.
 * For the one list of modules, which needs to know nothing else about them.
 * Stands on the rest of the platform.
 */
package city.hamana.platform.module;
