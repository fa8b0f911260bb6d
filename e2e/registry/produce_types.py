"""The message types of the Protobuf messages, as protoc would make them."""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, timestamp_pb2


def field(name, number, kind, label="optional", **more):
    proto = descriptor_pb2.FieldDescriptorProto
    return proto(
        name=name,
        number=number,
        type=getattr(proto, f"TYPE_{kind.upper()}"),
        label=getattr(proto, f"LABEL_{label.upper()}"),
        **more,
    )


def message_types():
    """Order, the type Line within it, and Refund."""
    message = descriptor_pb2.DescriptorProto
    money = message(name="Money", field=[field("currency", 1, "string"), field("units", 2, "int64")])
    common = descriptor_pb2.FileDescriptorProto(
        name="shop/common.proto", package="shop", syntax="proto3", message_type=[money]
    )
    entry = message(name="TagsEntry", field=[field("key", 1, "string"), field("value", 2, "int32")])
    entry.options.map_entry = True
    line = message(name="Line", field=[field("sku", 1, "string"), field("amount", 2, "sint32")])
    order = message(
        name="Order",
        field=[
            field("id", 1, "uint64"),
            field("total", 2, "message", type_name=".shop.Money"),
            field("lines", 3, "message", "repeated", type_name=".shop.Order.Line"),
            field("tags", 4, "message", "repeated", type_name=".shop.Order.TagsEntry"),
            field("at", 5, "message", type_name=".google.protobuf.Timestamp"),
            field("card_number", 6, "string", oneof_index=0),
            field("cash", 7, "bool", oneof_index=0),
            field("note", 8, "string", oneof_index=1, proto3_optional=True),
            field("state", 9, "enum", type_name=".shop.State"),
            field("readings", 10, "sint64", "repeated"),
        ],
        nested_type=[line, entry],
        oneof_decl=[descriptor_pb2.OneofDescriptorProto(name="pay"), descriptor_pb2.OneofDescriptorProto(name="_note")],
    )
    refund = message(name="Refund", field=[field("why", 1, "string")])
    state = descriptor_pb2.EnumDescriptorProto(
        name="State",
        value=[descriptor_pb2.EnumValueDescriptorProto(name=name, number=number) for name, number in (("NEW", 0), ("SENT", 7))],
    )
    main = descriptor_pb2.FileDescriptorProto(
        name="shop/order.proto",
        package="shop",
        syntax="proto3",
        dependency=["shop/common.proto", "google/protobuf/timestamp.proto"],
        message_type=[order, refund],
        enum_type=[state],
    )
    pool = descriptor_pool.DescriptorPool()
    stamp = descriptor_pb2.FileDescriptorProto()
    timestamp_pb2.DESCRIPTOR.CopyToProto(stamp)
    for file in (stamp, common, main):
        pool.Add(file)
    kind = lambda name: message_factory.GetMessageClass(pool.FindMessageTypeByName(name))
    return kind("shop.Order"), kind("shop.Order.Line"), kind("shop.Refund")
