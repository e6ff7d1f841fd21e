package city.hamana.capability.oversight;

import city.hamana.platform.jobs.Scheduled;
import city.hamana.platform.jobs.Task;
import java.util.List;

/** The queue and the schedules. */
public record JobsPage(List<Task> tasks, List<Scheduled> schedules, long waiting, long failed) {}
