"""What the Python clients share in the scenarios of scenarios.test.ts."""

import json
import sys
import time

PATIENCE_S = 60


class Reading:
    """Notes what a consumer is given of the 300 messages, and says whether it is right."""

    def __init__(self):
        self.consumed = 0
        self.distinct = set()
        self.partition_of = {}
        self.last_of = {}
        self.keys_stay = self.order_kept = self.headers_kept = True

    def note(self, key, value, partition, headers):
        self.consumed += 1
        self.distinct.add(value)
        number = int(value[1:])
        self.keys_stay &= self.partition_of.setdefault(key, partition) == partition
        self.order_kept &= self.last_of.get(key, -1) < number
        self.last_of[key] = number
        self.headers_kept &= headers == [("n", str(number).encode())]

    def result(self, committed):
        return {
            "consumed": self.consumed,
            "distinct": len(self.distinct),
            "keysStay": self.keys_stay,
            "orderKept": self.order_kept,
            "headersKept": self.headers_kept,
            "committed": committed,
        }


def messages():
    """Codec, key, value and headers of each message: 60 with every codec."""
    number = 0
    for codec in ("none", "gzip", "snappy", "lz4", "zstd"):
        for _ in range(60):
            yield codec, f"k{number % 20}", f"v{number}", [("n", str(number).encode())]
            number += 1


def eventually(read, wanted):
    """What is read once it is as wanted, or last: changes reach brokers a moment later."""
    for _ in range(50):
        if read() == wanted:
            break
        time.sleep(0.1)
    return read()


def settle(consumers, wanted, poll, count):
    """Polls until every consumer has as many partitions as wanted."""
    until = time.monotonic() + PATIENCE_S
    counts = []
    while time.monotonic() < until:
        for consumer in consumers:
            poll(consumer)
        counts = [count(consumer) for consumer in consumers]
        if all(each == wanted for each in counts):
            break
    return counts


def run(scenarios):
    """Runs the scenario that the command line names, and prints its result as one line of JSON."""
    scenario, bootstrap, topic, protocol = sys.argv[1:5]
    print(json.dumps(scenarios[scenario](bootstrap, topic, protocol)), flush=True)
