package city.hamana.service.water;

import java.util.List;

/**
 * The page on which contracts are looked up and taken in.
 *
 * @param found at most 100
 * @param all how many there are
 * @param slips of a file that was not taken
 * @param taken contracts of a file that was; -1 where none was sent
 */
public record ContractList(String asked, List<Contract> found, long all, List<FileSlip> slips, int taken) {
    /** The head that a file must have. */
    public String head() {
        return ContractFile.HEAD;
    }
}
