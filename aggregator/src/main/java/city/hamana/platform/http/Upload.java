package city.hamana.platform.http;

/**
 * A file that came with a form. Everything about it is the sender's word.
 *
 * @param field the form's field
 * @param fileName as the sender calls it, at most 200 characters, without folders; may be empty
 * @param bytes not changed any more
 */
@SuppressWarnings("ArrayRecordComponent")
public record Upload(String field, String fileName, byte[] bytes) {}
