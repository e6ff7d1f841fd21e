package city.hamana.gateway.simulator;

import city.hamana.gateway.wifi.Access.Auth;
import city.hamana.gateway.wifi.Access.Priv;

/**
 * Who may ask a simulated agent.
 *
 * @param community of SNMPv2c
 * @param user of SNMPv3, always with both passphrases
 */
public record Keys(String community, String user, Auth auth, String authPassphrase, Priv priv, String privPassphrase) {}
