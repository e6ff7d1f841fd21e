/**
 * Procedures online and at the counter (measure 22): find one, fill it in, send it, see where it stands, and, for staff, the
 * way from its arrival to the decision that is handed over.
 * For residents and businesses, counter staff, and the departments that decide.
 * Stands on cases (life cycle, clock, files), forms (questions as data), rules (fees, amounts, who may have it), documents
 * (the decision, sealed and verifiable) and people.
 *
 * <h2>What it promises</h2>
 * <ul>
 * <li><b>One file each.</b> {@code definitions/CODE.json} makes a procedure: its pages in four languages, the checks, the
 *     queue, the print form, the catalogue that programs read at {@code /api/v1/procedures}. A slip in a file is named with its
 *     place when the program starts.
 * <li><b>Nothing typed is lost.</b> Each page is kept when it is sent, right or wrong; a form can be gone on with later and
 *     elsewhere. A correction asks for the named questions only.
 * <li><b>Where it stands.</b> The applicant sees each step of the way with its department and day; staff also who did it.
 * <li><b>Asked once.</b> At a visit (おくやみコーナー) staff open in one step the procedures that apply; what the city knows is
 *     filled in, and only what is missing is asked. They stand together in one list, linked both ways.
 * <li><b>Who is asking.</b> Where the identity must be proved and the session does not prove it, the applicant adds a picture of
 *     a document, which staff look at. At the counter staff say which document they saw; its number is not kept.
 * <li><b>A reason and a way to object.</b> A refusal has a reason, and each decision says where and until when one may object
 *     (行政不服審査法 第82条).
 * <li><b>Figures that nobody has confirmed</b> are marked as samples, in the file and on the pages.
 * <li>Paper stays: every form prints, blank or filled in.
 * </ul>
 */
package city.hamana.service.procedures;
