"""Messages as the registry ecosystem's own clients write them: confluent-kafka's serializers, with references, several
message types and schemas that evolve. `produce.py <bootstrap> <registry>`"""

import datetime
import decimal
import json
import sys
import uuid

from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic
from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.schema_registry.json_schema import JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

import produce_types

bootstrap, url = sys.argv[1:3]
registry = SchemaRegistryClient({"url": url})
producer = Producer({"bootstrap.servers": bootstrap, "acks": "all"})
admin = AdminClient({"bootstrap.servers": bootstrap})
TOPICS = ["avro-orders", "protobuf-orders", "json-orders"]
for future in admin.create_topics([NewTopic(topic, 1, 1) for topic in TOPICS]).values():
    future.result(30)


def send(topic, serializer, value, key=None, key_serializer=None):
    encoded = serializer(value, SerializationContext(topic, MessageField.VALUE))
    encoded_key = key_serializer(key, SerializationContext(topic, MessageField.KEY)) if key_serializer else key
    producer.produce(topic, key=encoded_key, value=encoded, partition=0)


def avro():
    address = {
        "type": "record",
        "name": "Address",
        "namespace": "shop",
        "fields": [{"name": "city", "type": "string"}, {"name": "zip", "type": ["null", "int"], "default": None}],
    }
    registry.register_schema("address", Schema(json.dumps(address), "AVRO"))
    reference = SchemaReference("shop.Address", "address", 1)
    fields = [
        {"name": "id", "type": "long"},
        {"name": "total", "type": {"type": "bytes", "logicalType": "decimal", "precision": 12, "scale": 2}},
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "day", "type": {"type": "int", "logicalType": "date"}},
        {"name": "ref", "type": {"type": "string", "logicalType": "uuid"}},
        {"name": "to", "type": "shop.Address"},
        {"name": "state", "type": {"type": "enum", "name": "State", "symbols": ["NEW", "SENT"]}},
        {"name": "tags", "type": {"type": "map", "values": "string"}},
        {"name": "raw", "type": "bytes"},
    ]
    order = {"type": "record", "name": "Order", "namespace": "shop", "fields": fields}
    later = {**order, "fields": [*fields, {"name": "note", "type": ["null", "string"], "default": None}]}
    key = AvroSerializer(registry, json.dumps({"type": "record", "name": "Key", "fields": [{"name": "id", "type": "long"}]}))
    value = {
        "id": 9007199254740993,
        "total": decimal.Decimal("12.30"),
        "at": datetime.datetime(2026, 1, 31, 12, 0, 0, 123000, tzinfo=datetime.timezone.utc),
        "day": datetime.date(2026, 1, 31),
        "ref": uuid.UUID("123e4567-e89b-12d3-a456-426614174000"),
        "to": {"city": "서울", "zip": 4524},
        "state": "SENT",
        "tags": {"a": "b"},
        "raw": b"\x00\xff",
    }
    before = AvroSerializer(registry, Schema(json.dumps(order), "AVRO", [reference]))
    after = AvroSerializer(registry, Schema(json.dumps(later), "AVRO", [reference]))
    send("avro-orders", before, value, {"id": 1}, key)
    send("avro-orders", after, {**value, "id": 2, "note": "by the door"}, {"id": 2}, key)


def protobuf():
    Order, Line, Refund = produce_types.message_types()
    serializer = lambda type_: ProtobufSerializer(type_, registry, {"use.deprecated.format": False})
    value = Order(id=18446744073709551615, card_number="4242", state=7, readings=[-1, 9007199254740993])
    value.total.currency, value.total.units = "KRW", 12000
    value.lines.add(sku="a-1", amount=-2)
    value.tags["new"] = 1
    value.at.FromJsonString("2026-01-31T12:00:00.5Z")
    send("protobuf-orders", serializer(Order), value, b"order")
    send("protobuf-orders", serializer(Line), Line(sku="b-2", amount=3), b"line")
    send("protobuf-orders", serializer(Refund), Refund(why="broken"), b"refund")


def json_schema():
    address = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "http://shop/address.json",
        "title": "Address",
        "type": "object",
        "properties": {"city": {"type": "string"}},
        "required": ["city"],
    }
    registry.register_schema("json-address", Schema(json.dumps(address), "JSON"))
    order = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": "http://shop/order.json",
        "title": "Order",
        "type": "object",
        "properties": {"id": {"type": "integer"}, "to": {"$ref": "http://shop/address.json"}},
        "required": ["id"],
    }
    reference = SchemaReference("http://shop/address.json", "json-address", 1)
    before = JSONSerializer(Schema(json.dumps(order), "JSON", [reference]), registry)
    properties = {**order["properties"], "note": {"type": "string"}}
    after = JSONSerializer(Schema(json.dumps({**order, "properties": properties}), "JSON", [reference]), registry)
    send("json-orders", before, {"id": 9007199254740993, "to": {"city": "서울"}}, b"1")
    send("json-orders", after, {"id": 2, "note": "by the door"}, b"2")


avro()
protobuf()
json_schema()
producer.flush(60)
