import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own Java client in the scenarios of scenarios.test.ts: {@code JavaClient <scenario> <bootstrap> <topic> <group protocol>}. */
public class JavaClient {
    static String bootstrap;
    static String protocol;
    static final Duration POLL = Duration.ofMillis(200);

    public static void main(String[] args) throws Exception {
        bootstrap = args[1];
        protocol = args[3];
        Map<String, Object> result = switch (args[0]) {
            case "produce-consume" -> produceConsume(args[2]);
            case "rebalance" -> rebalance(args[2]);
            case "transactions" -> transactions(args[2]);
            case "admin" -> admin(args[2]);
            default -> throw new IllegalArgumentException(args[0]);
        };
        System.out.println(json(result));
        System.exit(0);
    }

    static Map<String, Object> produceConsume(String topic) throws Exception {
        create(topic, 3);
        int number = 0;
        for (String codec : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
            try (KafkaProducer<String, String> producer = producer(Map.of("compression.type", codec, "linger.ms", "5"))) {
                for (int n = 0; n < 60; n++, number++) {
                    ProducerRecord<String, String> record = new ProducerRecord<>(topic, "k" + number % 20, "v" + number);
                    record.headers().add("n", Integer.toString(number).getBytes());
                    producer.send(record);
                }
            }
        }
        Set<String> distinct = new HashSet<>();
        Map<String, Integer> partitionOf = new HashMap<>();
        Map<String, Integer> lastOf = new HashMap<>();
        boolean keysStay = true;
        boolean orderKept = true;
        boolean headersKept = true;
        int consumed = 0;
        try (KafkaConsumer<String, String> consumer = consumer(topic + "-group", Map.of())) {
            consumer.subscribe(List.of(topic));
            for (long until = System.currentTimeMillis() + 60_000; consumed < 300 && System.currentTimeMillis() < until; ) {
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    consumed++;
                    distinct.add(record.value());
                    int n = Integer.parseInt(record.value().substring(1));
                    keysStay &= partitionOf.computeIfAbsent(record.key(), key -> record.partition()) == record.partition();
                    orderKept &= lastOf.getOrDefault(record.key(), -1) < n;
                    lastOf.put(record.key(), n);
                    headersKept &= new String(record.headers().lastHeader("n").value()).equals(Integer.toString(n));
                }
            }
            consumer.commitSync();
        }
        long committed = 0;
        try (Admin admin = admin()) {
            for (OffsetAndMetadata offset : admin.listConsumerGroupOffsets(topic + "-group").partitionsToOffsetAndMetadata().get().values()) {
                committed += offset.offset();
            }
        }
        return Map.of("consumed", consumed, "distinct", distinct.size(), "keysStay", keysStay, "orderKept", orderKept,
            "headersKept", headersKept, "committed", committed);
    }

    static Map<String, Object> rebalance(String topic) throws Exception {
        create(topic, 4);
        String group = topic + "-group";
        try (KafkaConsumer<String, String> first = consumer(group, Map.of())) {
            first.subscribe(List.of(topic));
            int alone = settle(List.of(first), 4).get(0);
            List<Integer> together;
            KafkaConsumer<String, String> second = consumer(group, Map.of());
            second.subscribe(List.of(topic));
            together = settle(List.of(first, second), 2);
            second.close();
            int left = settle(List.of(first), 4).get(0);
            return Map.of("alone", alone, "together", together, "left", left);
        }
    }

    /** Polls until every consumer has as many partitions as wanted, and for a while at most. */
    static List<Integer> settle(List<KafkaConsumer<String, String>> consumers, int wanted) {
        List<Integer> counts = new ArrayList<>();
        for (long until = System.currentTimeMillis() + 60_000; System.currentTimeMillis() < until; ) {
            counts.clear();
            for (KafkaConsumer<String, String> consumer : consumers) {
                consumer.poll(POLL);
                counts.add(consumer.assignment().size());
            }
            if (counts.stream().allMatch(count -> count == wanted)) break;
        }
        return counts;
    }

    static Map<String, Object> transactions(String topic) throws Exception {
        create(topic, 1);
        create(topic + "-out", 1);
        Map<String, String> settings = Map.of("transactional.id", topic + "-id");
        boolean fenced = false;
        try (KafkaProducer<String, String> producer = producer(settings)) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int n = 0; n < 10; n++) producer.send(new ProducerRecord<>(topic, "committed", "c" + n));
            producer.commitTransaction();
            producer.beginTransaction();
            for (int n = 0; n < 10; n++) producer.send(new ProducerRecord<>(topic, "aborted", "a" + n)).get();
            producer.abortTransaction();
            int passedOn = 0;
            try (KafkaConsumer<String, String> consumer = consumer(topic + "-group", Map.of("isolation.level", "read_committed"))) {
                consumer.subscribe(List.of(topic));
                producer.beginTransaction();
                for (long until = System.currentTimeMillis() + 60_000; passedOn < 10 && System.currentTimeMillis() < until; ) {
                    for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                        producer.send(new ProducerRecord<>(topic + "-out", record.key(), record.value()));
                        passedOn++;
                    }
                }
                TopicPartition source = new TopicPartition(topic, 0);
                producer.sendOffsetsToTransaction(Map.of(source, new OffsetAndMetadata(10)), consumer.groupMetadata());
                producer.commitTransaction();
            }
            try (KafkaProducer<String, String> rival = producer(settings)) {
                rival.initTransactions();
                try {
                    producer.beginTransaction();
                    producer.send(new ProducerRecord<>(topic, "fenced", "f")).get();
                    producer.commitTransaction();
                } catch (ProducerFencedException | InvalidProducerEpochException error) {
                    fenced = true;
                } catch (Exception error) {
                    fenced = error.getCause() instanceof ProducerFencedException || error.getCause() instanceof InvalidProducerEpochException;
                }
            }
        }
        long offset;
        try (Admin admin = admin()) {
            offset = admin.listConsumerGroupOffsets(topic + "-group").partitionsToOffsetAndMetadata().get()
                .get(new TopicPartition(topic, 0)).offset();
        }
        return Map.of("committed", countAll(topic, "read_committed"), "uncommitted", countAll(topic, "read_uncommitted"),
            "passedOn", countAll(topic + "-out", "read_committed"), "offset", offset, "fenced", fenced);
    }

    /** Records of partition 0 that a consumer of this isolation level is given. */
    static int countAll(String topic, String isolation) {
        TopicPartition partition = new TopicPartition(topic, 0);
        int count = 0;
        try (KafkaConsumer<String, String> consumer = consumer(null, Map.of("isolation.level", isolation))) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            for (long until = System.currentTimeMillis() + 60_000; consumer.position(partition) < end && System.currentTimeMillis() < until; ) {
                count += consumer.poll(POLL).count();
            }
        }
        return count;
    }

    static Map<String, Object> admin(String topic) throws Exception {
        create(topic, 2);
        try (Admin admin = admin(); KafkaProducer<String, String> producer = producer(Map.of())) {
            for (int n = 0; n < 10; n++) producer.send(new ProducerRecord<>(topic, 0, "k", "v" + n)).get();
            int before = partitions(admin, topic);
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(6))).all().get();
            int after = eventually(() -> partitions(admin, topic), 6);
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            AlterConfigOp retention = new AlterConfigOp(new ConfigEntry("retention.ms", "60000"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.<ConfigResource, Collection<AlterConfigOp>>of(resource, List.of(retention))).all().get();
            String read = eventually(() -> admin.describeConfigs(List.of(resource)).all().get().get(resource).get("retention.ms").value(), "60000");
            TopicPartition first = new TopicPartition(topic, 0);
            long lowWatermark = admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(5))).lowWatermarks().get(first).get().lowWatermark();
            boolean listed = admin.listTopics().names().get().contains(topic);
            admin.deleteTopics(List.of(topic)).all().get();
            boolean gone = eventually(() -> !admin.listTopics().names().get().contains(topic), true);
            return Map.of("before", before, "after", after, "retention", read, "lowWatermark", lowWatermark, "listed", listed, "gone", gone);
        }
    }

    interface Reading<T> {
        T read() throws Exception;
    }

    /** What is read once it is as wanted; what was read last when it never is. Changes reach brokers a moment later. */
    static <T> T eventually(Reading<T> reading, T wanted) throws Exception {
        T read = reading.read();
        for (int tries = 0; tries < 50 && !read.equals(wanted); tries++) {
            Thread.sleep(100);
            read = reading.read();
        }
        return read;
    }

    static int partitions(Admin admin, String topic) throws Exception {
        return admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).partitions().size();
    }

    static void create(String topic, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 3))).all().get();
        }
    }

    static Admin admin() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        return Admin.create(settings);
    }

    static KafkaProducer<String, String> producer(Map<String, String> more) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("acks", "all");
        settings.putAll(more);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    static KafkaConsumer<String, String> consumer(String group, Map<String, String> more) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", "false");
        if (group != null) {
            settings.put("group.id", group);
            settings.put("group.protocol", protocol);
        }
        settings.putAll(more);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    static String json(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<String> members = new ArrayList<>();
            map.forEach((key, inner) -> members.add("\"" + key + "\":" + json(inner)));
            return "{" + String.join(",", members) + "}";
        }
        if (value instanceof List<?> list) return list.toString();
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }
}
