import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Utils;

/**
 * Without arguments, builds record batches and old message sets with Kafka's own code, in every format and compression, and
 * prints for each one JSON line: a name, Kafka's bytes, and the records as Kafka reads them back.
 *
 *   java -cp <the jars of kafka_2.13 and their dependencies> GoldenRecords.java > golden-records.jsonl
 *
 * With a file of lines of base64, prints the records that Kafka reads from the bytes of each line, to check what our own
 * encoder wrote: java -cp ... GoldenRecords.java <file>
 */
public class GoldenRecords {
    private static final long TIME = 1_700_000_000_123L;
    /** Large enough to need several blocks of snappy's and lz4's streams. */
    private static final String LONG_TEXT = "all work and no play ".repeat(5_000);

    public static void main(String[] args) throws Exception {
        if (args.length == 1) {
            for (String line : Files.readAllLines(Path.of(args[0])))
                System.out.println(read(ByteBuffer.wrap(Base64.getDecoder().decode(line))));
            return;
        }
        for (CompressionType type : CompressionType.values()) {
            for (byte magic = 0; magic <= 2; magic++) {
                if (magic < 2 && type == CompressionType.ZSTD) continue;
                build(magic, type, TimestampType.CREATE_TIME);
            }
        }
        build((byte) 1, CompressionType.GZIP, TimestampType.LOG_APPEND_TIME);
        build((byte) 2, CompressionType.LZ4, TimestampType.LOG_APPEND_TIME);
        ByteBuffer transactional = ByteBuffer.allocate(1024);
        append(MemoryRecords.builder(transactional, (byte) 2, Compression.NONE, TimestampType.CREATE_TIME, 70, TIME, 9_000_000_000L,
            (short) 3, 41, true, 6));
        print("transactional", transactional);
        ByteBuffer marker = ByteBuffer.allocate(1024);
        MemoryRecords.writeEndTransactionalMarker(marker, 73, TIME, 6, 9_000_000_000L, (short) 3,
            new EndTransactionMarker(ControlRecordType.COMMIT, 12));
        print("commit marker", marker);
    }

    private static void build(byte magic, CompressionType type, TimestampType timestampType) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocate(512 * 1024);
        boolean appendTime = timestampType == TimestampType.LOG_APPEND_TIME;
        append(MemoryRecords.builder(buffer, magic, Compression.of(type).build(), timestampType, 5_000_000_000L, TIME + 777));
        print("magic " + magic + " " + type.name + (appendTime ? " log append time" : ""), buffer);
    }

    private static void append(MemoryRecordsBuilder builder) {
        boolean headers = builder.magic() == 2;
        append(builder, TIME, "key", "value", headers ? new Header[] {
            new RecordHeader("trace", new byte[] {1, 2, (byte) 255}), new RecordHeader("빈", new byte[0]), new RecordHeader("", null)
        } : new Header[0]);
        append(builder, TIME - 40_000_000_000L, null, "κόσμε", new Header[0]);
        append(builder, TIME + 5, "tombstone", null, new Header[0]);
        append(builder, TIME + 6, "", builder.compression().type() == CompressionType.NONE ? "short" : LONG_TEXT, new Header[0]);
        builder.close();
    }

    private static void append(MemoryRecordsBuilder builder, long time, String key, String value, Header[] headers) {
        builder.append(new SimpleRecord(builder.magic() == 0 ? -1 : time, bytes(key), bytes(value), headers));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    private static void print(String name, ByteBuffer buffer) throws Exception {
        buffer.flip();
        byte[] copy = new byte[buffer.remaining()];
        buffer.duplicate().get(copy);
        ObjectNode line = new ObjectNode(JsonNodeFactory.instance);
        line.put("name", name).put("bytes", Base64.getEncoder().encodeToString(copy)).set("records", read(buffer));
        System.out.println(line);
    }

    private static ArrayNode read(ByteBuffer buffer) {
        ArrayNode records = new ArrayNode(JsonNodeFactory.instance);
        for (MutableRecordBatch batch : MemoryRecords.readableRecords(buffer).batches()) {
            batch.ensureValid();
            for (Record record : batch) {
                ObjectNode node = records.addObject();
                node.put("offset", record.offset()).put("timestamp", record.timestamp());
                node.put("key", record.hasKey() ? text(record.key()) : null);
                node.put("value", record.hasValue() ? text(record.value()) : null);
                ArrayNode headers = node.putArray("headers");
                for (Header header : record.headers())
                    headers.addObject().put("key", header.key())
                        .put("value", header.value() == null ? null : new String(header.value(), StandardCharsets.ISO_8859_1));
                node.put("isControl", batch.isControlBatch()).put("isTransactional", batch.isTransactional());
                node.put("producerId", batch.producerId()).put("producerEpoch", batch.producerEpoch());
                node.put("baseSequence", batch.baseSequence()).put("leaderEpoch", batch.partitionLeaderEpoch());
                node.put("maxTimestamp", batch.maxTimestamp());
            }
        }
        return records;
    }

    /** Bytes as latin-1; the long text by its length, so that the lines stay short. */
    private static String text(ByteBuffer bytes) {
        String text = new String(Utils.toArray(bytes), StandardCharsets.ISO_8859_1);
        return text.length() > 1000 ? "(" + text.length() + " bytes)" : text;
    }
}
