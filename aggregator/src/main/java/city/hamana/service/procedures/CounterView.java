package city.hamana.service.procedures;

import java.time.Instant;
import java.util.List;

/** What counter staff may begin, or go on with. */
public record CounterView(List<Procedure> procedures, List<Begun> drafts, boolean saved, Instant now) {}
