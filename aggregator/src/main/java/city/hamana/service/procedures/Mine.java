package city.hamana.service.procedures;

import city.hamana.capability.cases.CaseFile;

/**
 * One of the reader's cases in the list.
 *
 * @param applicant name
 */
public record Mine(CaseFile file, String title, String applicant, String path) {}
