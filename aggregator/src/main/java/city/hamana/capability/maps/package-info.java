/**
 * What stands where in the city, and since when: layers of features that services register and keep.
 * For services that ask what holds a place or what is nearest; for people as a map with a list; for programs.
 * Stands on one table, JTS for shapes, and Leaflet where there is a script.
 *
 * <h2>What it promises</h2>
 *
 * <ul>
 *   <li>A feature is a shape in WGS 84 with properties and the time it is valid. It is ended, not deleted: what stood
 *       there on a past day can still be asked.
 *   <li>{@code at} tells the polygons that hold a place, {@code nearest} the features within great-circle metres; both
 *       are checked against brute force, on Derby and on PostgreSQL.
 *   <li>Layers for everyone are open data at {@code /api/features}: OGC API – Features Part 1, classes Core, GeoJSON,
 *       HTML and OpenAPI 3.0, in CRS84. Layers of staff are not there, not even as a refusal.
 *   <li>A map on a page has the same things in the same order as the list beside it; its marks differ by shape and
 *       number, and are reached by keyboard. Without script or pictures of the ground a sketch made here stands in its
 *       place, and the list does all that the map does.
 *   <li>Pictures of the ground come from the address in the setting {@code map-tiles}, and from nowhere else.
 * </ul>
 */
package city.hamana.capability.maps;
