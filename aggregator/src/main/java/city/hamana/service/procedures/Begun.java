package city.hamana.service.procedures;

/** A draft in the list. */
public record Begun(Draft draft, Procedure procedure, String applicant, String path) {}
