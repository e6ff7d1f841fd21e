package city.hamana.platform.access;

import java.util.Arrays;
import java.util.Optional;

/** The rank of a member of staff, lowest first. Who may decide what (専決) is asked by it. */
public enum Rank {
    /** 担当 */
    OFFICER,
    /** 係長 */
    CHIEF,
    /** 課長 */
    MANAGER,
    /** 部長 */
    DIRECTOR,
    /** 市長・副市長 */
    MAYOR;

    /** As it stands in files: {@code manager}. */
    public String code() {
        return switch (this) {
            case OFFICER -> "officer";
            case CHIEF -> "chief";
            case MANAGER -> "manager";
            case DIRECTOR -> "director";
            case MAYOR -> "mayor";
        };
    }

    public static Optional<Rank> ofCode(String code) {
        return Arrays.stream(values()).filter(rank -> rank.code().equals(code)).findFirst();
    }

    public boolean atLeast(Rank other) {
        return compareTo(other) >= 0;
    }
}
