package city.hamana.service.procedures;

import java.time.Instant;
import java.util.List;

/** A resident's applications and drafts. */
public record MineView(List<Mine> cases, List<Begun> drafts, boolean saved, Instant now) {}
