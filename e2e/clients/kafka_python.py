"""kafka-python in the scenarios of scenarios.test.ts. It has the classic group protocol only."""

import time
from threading import Event, Thread

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType, NewPartitions, NewTopic
from kafka.errors import InvalidProducerEpochError, ProducerFencedError
from kafka.structs import OffsetAndMetadata
from scenario import PATIENCE_S, Reading, eventually, messages, run, settle


def admin_of(bootstrap):
    return KafkaAdminClient(bootstrap_servers=bootstrap)


def create(bootstrap, topic, partitions):
    admin_of(bootstrap).create_topics([NewTopic(topic, partitions, 3)])


def consumer(bootstrap, group, **more):
    return KafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=group,
        auto_offset_reset="earliest",
        enable_auto_commit=False,
        **more,
    )


# A leader joins again when it hears of its topic's partitions only after it has joined. kafka-python 3.0.12 then loses
# what it is assigned if a poll ends meanwhile, and is silent until it is thrown out of its group: so polls are long where
# a member joins, and there is something to read that ends them.
JOINING_MS = 20_000


def records_of(reader):
    for records in reader.poll(timeout_ms=JOINING_MS).values():
        yield from records


def produce_consume(bootstrap, topic, _protocol):
    create(bootstrap, topic, 3)
    producers = {}
    for codec, key, value, headers in messages():
        if codec not in producers:
            for earlier in producers.values():
                earlier.flush()
            producers[codec] = KafkaProducer(
                bootstrap_servers=bootstrap,
                compression_type=None if codec == "none" else codec,
                acks="all",
                linger_ms=5,
            )
        producers[codec].send(topic, key=key.encode(), value=value.encode(), headers=headers)
    for producer in producers.values():
        producer.close()
    reading = Reading()
    group = f"{topic}-group"
    reader = consumer(bootstrap, group)
    reader.subscribe([topic])
    until = time.monotonic() + PATIENCE_S
    while reading.consumed < 300 and time.monotonic() < until:
        for record in records_of(reader):
            headers = [tuple(header) for header in record.headers]
            reading.note(record.key.decode(), record.value.decode(), record.partition, headers)
    reader.commit()
    committed = sum(reader.committed(TopicPartition(topic, partition)) for partition in range(3))
    reader.close()
    return reading.result(committed)


class Member:
    """A consumer of a group, polled by a thread of its own as in a program: joining waits for the other members."""

    def __init__(self, bootstrap, topic, group):
        self.consumer = consumer(bootstrap, group, heartbeat_interval_ms=300)
        self.consumer.subscribe([topic])
        self.leaving = Event()
        self.thread = Thread(target=self.run)
        self.thread.start()

    def run(self):
        while not self.leaving.is_set():
            self.consumer.poll(timeout_ms=JOINING_MS)
        self.consumer.close()


def rebalance(bootstrap, topic, _protocol):
    create(bootstrap, topic, 4)
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    group = f"{topic}-group"

    def feed(_member):
        """Something to read ends the long polls."""
        for partition in range(4):
            producer.send(topic, value=b"v", partition=partition)
        producer.flush()
        time.sleep(0.1)

    def count(member):
        return len(member.consumer.assignment())

    def leave(member):
        member.leaving.set()
        while member.thread.is_alive():
            feed(member)

    first = Member(bootstrap, topic, group)
    (alone,) = settle([first], 4, feed, count)
    second = Member(bootstrap, topic, group)
    together = settle([first, second], 2, feed, count)
    leave(second)
    (left,) = settle([first], 4, feed, count)
    leave(first)
    producer.close()
    return {"alone": alone, "together": together, "left": left}


def count_all(bootstrap, topic, isolation):
    reader = consumer(bootstrap, None, isolation_level=isolation)
    partition = TopicPartition(topic, 0)
    reader.assign([partition])
    reader.seek_to_beginning(partition)
    end = reader.end_offsets([partition])[partition]
    counted = 0
    until = time.monotonic() + PATIENCE_S
    while reader.position(partition) < end and time.monotonic() < until:
        counted += sum(1 for _ in records_of(reader))
    reader.close()
    return counted


def transactions(bootstrap, topic, _protocol):
    create(bootstrap, topic, 1)
    create(bootstrap, f"{topic}-out", 1)
    settings = {"bootstrap_servers": bootstrap, "transactional_id": f"{topic}-id", "acks": "all"}
    producer = KafkaProducer(**settings)
    producer.init_transactions()
    producer.begin_transaction()
    for number in range(10):
        producer.send(topic, key=b"committed", value=f"c{number}".encode())
    producer.commit_transaction()
    producer.begin_transaction()
    for number in range(10):
        producer.send(topic, key=b"aborted", value=f"a{number}".encode()).get(PATIENCE_S)
    producer.abort_transaction()

    group = f"{topic}-group"
    reader = consumer(bootstrap, group, isolation_level="read_committed")
    reader.subscribe([topic])
    producer.begin_transaction()
    passed_on = 0
    until = time.monotonic() + PATIENCE_S
    while passed_on < 10 and time.monotonic() < until:
        for record in records_of(reader):
            producer.send(f"{topic}-out", key=record.key, value=record.value)
            passed_on += 1
    source = TopicPartition(topic, 0)
    producer.send_offsets_to_transaction({source: OffsetAndMetadata(10, "", -1)}, reader.group_metadata())
    producer.commit_transaction()
    offset = reader.committed(source)
    reader.close()

    rival = KafkaProducer(**settings)
    rival.init_transactions()
    fenced = False
    try:
        producer.begin_transaction()
        producer.send(topic, key=b"fenced", value=b"f").get(PATIENCE_S)
        producer.commit_transaction()
    except (InvalidProducerEpochError, ProducerFencedError):
        fenced = True
    return {
        "committed": count_all(bootstrap, topic, "read_committed"),
        "uncommitted": count_all(bootstrap, topic, "read_uncommitted"),
        "passedOn": count_all(bootstrap, f"{topic}-out", "read_committed"),
        "offset": offset,
        "fenced": fenced,
    }


def admin_work(bootstrap, topic, _protocol):
    create(bootstrap, topic, 2)
    admin = admin_of(bootstrap)
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    for number in range(10):
        producer.send(topic, key=b"k", value=f"v{number}".encode(), partition=0)
    producer.close()

    def partitions():
        return len(admin.describe_topics([topic])[0]["partitions"])

    def is_listed():
        return topic in admin.list_topics()

    def retention():
        asked = ConfigResource(ConfigResourceType.TOPIC, topic, ["retention.ms"])
        (told,) = admin.describe_configs([asked], config_filter="all").values()
        return told[topic]["retention.ms"]["value"]

    before = partitions()
    admin.create_partitions({topic: NewPartitions(6)})
    after = eventually(partitions, 6)
    admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {"retention.ms": "60000"})])
    read = str(eventually(retention, "60000"))
    first = TopicPartition(topic, 0)
    low_watermark = admin.delete_records({first: 5})[first]["low_watermark"]
    listed = is_listed()
    admin.delete_topics([topic])
    return {
        "before": before,
        "after": after,
        "retention": read,
        "lowWatermark": low_watermark,
        "listed": listed,
        "gone": eventually(lambda: not is_listed(), True),
    }


run(
    {
        "produce-consume": produce_consume,
        "rebalance": rebalance,
        "transactions": transactions,
        "admin": admin_work,
    }
)
