/**
 * Reports of what is wrong with a road: from a photo in the street to the crew's work and the answer.
 * For everybody, without signing in; for the road division and its inspectors; for programs by Open311 GeoReport v2.
 * Stands on cases (the life of a report), maps (where it is and whose road that is) and people (whom to telephone).
 *
 * <h2>What it promises</h2>
 *
 * <ul>
 *   <li>Three taps make a report: photo, place, kind. The place comes from the photo, from the telephone, from a tap on
 *       the map, or in words. Every step works without script.
 *   <li>Nobody has to know whose road it is: the nearest road on the map tells the owner (道路法 第12条–第16条).
 *   <li>An owner outside the city hall is told by mail after staff looked at it, or by hand where no address is kept (the rule
 *       table {@code road-owner-contact}); they answer on a page of their own, and everybody reads which answer it was.
 *   <li>Where it is dangerous, the telephone stands first.
 *   <li>What is near and the same is shown before a new report is made; one adds oneself to it instead.
 *   <li>What a sender writes and shows is read by staff only. Everybody reads kind, place, state and what the city says;
 *       a text or a photo only after staff let it be seen. A photo's place and camera are taken out on arrival.
 *   <li>Every step has its moment in the event log, which is evidence (国家賠償法 第2条); the measure counts those events.
 *   <li>A mail address is written to again only after its owner confirmed it, and forgotten when they say so, or ninety
 *       days after the report was closed.
 *   <li>An inspector's telephone works without a network: what was noted there is sent once when it is back, and what
 *       others changed meanwhile is shown, not overwritten.
 * </ul>
 */
package city.hamana.service.roads;
