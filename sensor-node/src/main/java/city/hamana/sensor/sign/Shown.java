package city.hamana.sensor.sign;

import city.hamana.messages.v1.SignAspect;
import city.hamana.messages.v1.SignReason;

/** What a sign shows, and why. */
public record Shown(SignAspect aspect, SignReason reason, boolean siren) {}
