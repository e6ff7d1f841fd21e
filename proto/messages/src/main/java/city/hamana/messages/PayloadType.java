package city.hamana.messages;

/** What a signature speaks of; signed with the payload, so that a receipt can never pass for a block. */
public enum PayloadType {
    BLOCK("application/vnd.hamana.block.v1+protobuf"),
    BATCH("application/vnd.hamana.batch.v1+protobuf"),
    RECEIPT("application/vnd.hamana.receipt.v1+protobuf"),
    SETTINGS("application/vnd.hamana.settings.v1+protobuf"),
    COMMAND("application/vnd.hamana.command.v1+protobuf");

    private final String uri;

    PayloadType(String uri) {
        this.uri = uri;
    }

    public String uri() {
        return uri;
    }
}
