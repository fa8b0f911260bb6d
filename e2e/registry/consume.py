"""Messages read by confluent-kafka's deserializers, as JSON. `consume.py <bootstrap> <registry> <offsets>`"""

import json
import sys

from confluent_kafka import Consumer, TopicPartition
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.schema_registry.json_schema import JSONDeserializer
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer
from confluent_kafka.serialization import MessageField, SerializationContext
from google.protobuf.json_format import MessageToDict

import produce_types

bootstrap, url, offsets = sys.argv[1:4]
avro_at, order_at, refund_at, json_at = json.loads(offsets)
registry = SchemaRegistryClient({"url": url})
consumer = Consumer({"bootstrap.servers": bootstrap, "group.id": "reader", "enable.auto.commit": False})


def message(topic, offset):
    consumer.assign([TopicPartition(topic, 0, offset)])
    for _ in range(60):
        found = consumer.poll(1)
        if found is not None and found.error() is None and found.offset() == offset:
            return found
    raise SystemExit(f"{topic} has no message at {offset}")


def value(topic, offset, deserializer):
    return deserializer(message(topic, offset).value(), SerializationContext(topic, MessageField.VALUE))


def as_dict(found):
    return MessageToDict(found, preserving_proto_field_name=True)


def told(found):
    if isinstance(found, dict):
        return {name: told(part) for name, part in found.items()}
    return found if found is None or isinstance(found, (str, list)) else str(found)


avro = message("avro-orders", avro_at)
key = AvroDeserializer(registry)(avro.key(), SerializationContext("avro-orders", MessageField.KEY))
read = AvroDeserializer(registry)(avro.value(), SerializationContext("avro-orders", MessageField.VALUE))
proto = lambda type_: ProtobufDeserializer(type_, {"use.deprecated.format": False})
order, _, refund = produce_types.message_types()
print(
    json.dumps(
        {
            "avro": {"key": key, "value": told(read)},
            "order": as_dict(value("protobuf-orders", order_at, proto(order))),
            "refund": as_dict(value("protobuf-orders", refund_at, proto(refund))),
            "json": value("json-orders", json_at, JSONDeserializer(None, schema_registry_client=registry)),
        }
    )
)
consumer.close()
