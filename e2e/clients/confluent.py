"""confluent-kafka, which is librdkafka, in the scenarios of scenarios.test.ts."""

import time

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, KafkaException, Producer, TopicPartition
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewPartitions,
    NewTopic,
    ResourceType,
)
from scenario import PATIENCE_S, Reading, eventually, messages, run, settle


def create(admin, topic, partitions):
    admin.create_topics([NewTopic(topic, partitions, 3)])[topic].result()


def consumer(bootstrap, group, protocol, **more):
    return Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": group,
            "group.protocol": protocol,
            "auto.offset.reset": "earliest",
            "enable.auto.commit": False,
            **more,
        }
    )


def produce_consume(bootstrap, topic, protocol):
    admin = AdminClient({"bootstrap.servers": bootstrap})
    create(admin, topic, 3)
    producers = {}
    for codec, key, value, headers in messages():
        if codec not in producers:
            for earlier in producers.values():
                earlier.flush()
            producers[codec] = Producer(
                {"bootstrap.servers": bootstrap, "compression.type": codec, "acks": "all", "linger.ms": 5}
            )
        producers[codec].produce(topic, key=key, value=value, headers=headers)
    for producer in producers.values():
        producer.flush()
    reading = Reading()
    group = f"{topic}-group"
    reader = consumer(bootstrap, group, protocol)
    reader.subscribe([topic])
    until = time.monotonic() + PATIENCE_S
    while reading.consumed < 300 and time.monotonic() < until:
        message = reader.poll(0.2)
        if message is not None and message.error() is None:
            reading.note(message.key().decode(), message.value().decode(), message.partition(), message.headers())
    reader.commit(asynchronous=False)
    reader.close()
    offsets = admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group)])[group].result()
    return reading.result(sum(each.offset for each in offsets.topic_partitions))


def rebalance(bootstrap, topic, protocol):
    create(AdminClient({"bootstrap.servers": bootstrap}), topic, 4)
    group = f"{topic}-group"

    def poll(one):
        one.poll(0.2)

    def count(one):
        return len(one.assignment())

    first = consumer(bootstrap, group, protocol)
    first.subscribe([topic])
    (alone,) = settle([first], 4, poll, count)
    second = consumer(bootstrap, group, protocol)
    second.subscribe([topic])
    together = settle([first, second], 2, poll, count)
    second.close()
    (left,) = settle([first], 4, poll, count)
    first.close()
    return {"alone": alone, "together": together, "left": left}


def count_all(bootstrap, topic, isolation):
    reader = consumer(
        bootstrap, "none", "classic", **{"isolation.level": isolation, "enable.partition.eof": True}
    )
    reader.assign([TopicPartition(topic, 0, 0)])
    counted = 0
    while True:
        message = reader.poll(PATIENCE_S)
        if message is None or message.error() is not None:
            break
        counted += 1
    reader.close()
    return counted


def transactions(bootstrap, topic, protocol):
    admin = AdminClient({"bootstrap.servers": bootstrap})
    create(admin, topic, 1)
    create(admin, f"{topic}-out", 1)
    settings = {"bootstrap.servers": bootstrap, "transactional.id": f"{topic}-id"}
    producer = Producer(settings)
    producer.init_transactions(PATIENCE_S)
    producer.begin_transaction()
    for number in range(10):
        producer.produce(topic, key="committed", value=f"c{number}")
    producer.commit_transaction(PATIENCE_S)
    producer.begin_transaction()
    for number in range(10):
        producer.produce(topic, key="aborted", value=f"a{number}")
    producer.flush()
    producer.abort_transaction(PATIENCE_S)

    group = f"{topic}-group"
    reader = consumer(bootstrap, group, protocol, **{"isolation.level": "read_committed"})
    reader.subscribe([topic])
    producer.begin_transaction()
    passed_on = 0
    until = time.monotonic() + PATIENCE_S
    while passed_on < 10 and time.monotonic() < until:
        message = reader.poll(0.2)
        if message is not None and message.error() is None:
            producer.produce(f"{topic}-out", key=message.key(), value=message.value())
            passed_on += 1
    producer.send_offsets_to_transaction(
        [TopicPartition(topic, 0, 10)], reader.consumer_group_metadata(), PATIENCE_S
    )
    producer.commit_transaction(PATIENCE_S)
    reader.close()

    rival = Producer(settings)
    rival.init_transactions(PATIENCE_S)
    fenced = False
    try:
        producer.begin_transaction()
        producer.produce(topic, key="fenced", value="f")
        producer.commit_transaction(PATIENCE_S)
    except KafkaException as error:
        fenced = error.args[0].fatal()
    offsets = admin.list_consumer_group_offsets([ConsumerGroupTopicPartitions(group)])[group].result()
    return {
        "committed": count_all(bootstrap, topic, "read_committed"),
        "uncommitted": count_all(bootstrap, topic, "read_uncommitted"),
        "passedOn": count_all(bootstrap, f"{topic}-out", "read_committed"),
        "offset": offsets.topic_partitions[0].offset,
        "fenced": fenced,
    }


def admin_work(bootstrap, topic, _protocol):
    admin = AdminClient({"bootstrap.servers": bootstrap})
    create(admin, topic, 2)
    producer = Producer({"bootstrap.servers": bootstrap})
    for number in range(10):
        producer.produce(topic, key="k", value=f"v{number}", partition=0)
    producer.flush()

    def partitions():
        return len(admin.list_topics(topic, timeout=PATIENCE_S).topics[topic].partitions)

    def is_listed():
        return topic in admin.list_topics(timeout=PATIENCE_S).topics

    before = partitions()
    admin.create_partitions([NewPartitions(topic, 6)])[topic].result()
    after = eventually(partitions, 6)
    retention = ConfigEntry("retention.ms", "60000", incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[retention])
    admin.incremental_alter_configs([resource])[resource].result()
    asked = ConfigResource(ResourceType.TOPIC, topic)
    read = eventually(lambda: admin.describe_configs([asked])[asked].result()["retention.ms"].value, "60000")
    first = TopicPartition(topic, 0, 5)
    low_watermark = admin.delete_records([first])[first].result().low_watermark
    listed = is_listed()
    admin.delete_topics([topic])[topic].result()
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
