// Command franz is franz-go in the scenarios of scenarios.test.ts: franz <scenario> <bootstrap> <topic> <group protocol>.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"
)

const patience = 60 * time.Second

var (
	bootstrap []string
	protocol  string
)

type result map[string]any

func main() {
	scenarios := map[string]func(string) result{
		"produce-consume": produceConsume,
		"rebalance":       rebalance,
		"transactions":    transactions,
		"admin":           admin,
	}
	bootstrap = strings.Split(os.Args[2], ",")
	protocol = os.Args[4]
	told, err := json.Marshal(scenarios[os.Args[1]](os.Args[3]))
	check(err)
	fmt.Println(string(told))
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func client(options ...kgo.Opt) *kgo.Client {
	ctx := context.Background()
	if protocol == "consumer" {
		// franz-go speaks KIP-848 only to who asks for it.
		ctx = context.WithValue(ctx, "opt_in_kafka_next_gen_balancer_beta", true)
	}
	made, err := kgo.NewClient(append(options, kgo.SeedBrokers(bootstrap...), kgo.WithContext(ctx))...)
	check(err)
	return made
}

func consumer(topic string, options ...kgo.Opt) *kgo.Client {
	return client(append(options,
		kgo.ConsumerGroup(topic+"-group"),
		kgo.ConsumeTopics(topic),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.DisableAutoCommit(),
		kgo.HeartbeatInterval(300*time.Millisecond),
	)...)
}

func create(topic string, partitions int32) {
	cl := client()
	defer cl.Close()
	made, err := kadm.NewClient(cl).CreateTopics(context.Background(), partitions, 3, nil, topic)
	check(err)
	check(made[topic].Err)
}

func produceConsume(topic string) result {
	create(topic, 3)
	ctx := context.Background()
	number := 0
	for _, codec := range []kgo.CompressionCodec{
		kgo.NoCompression(), kgo.GzipCompression(), kgo.SnappyCompression(), kgo.Lz4Compression(), kgo.ZstdCompression(),
	} {
		cl := client(kgo.DefaultProduceTopic(topic), kgo.ProducerBatchCompression(codec), kgo.ProducerLinger(5*time.Millisecond))
		for range 60 {
			cl.Produce(ctx, &kgo.Record{
				Key:     []byte("k" + strconv.Itoa(number%20)),
				Value:   []byte("v" + strconv.Itoa(number)),
				Headers: []kgo.RecordHeader{{Key: "n", Value: []byte(strconv.Itoa(number))}},
			}, func(_ *kgo.Record, err error) { check(err) })
			number++
		}
		check(cl.Flush(ctx))
		cl.Close()
	}

	distinct := map[string]bool{}
	partitionOf := map[string]int32{}
	lastOf := map[string]int{}
	consumed, keysStay, orderKept, headersKept := 0, true, true, true
	cl := consumer(topic)
	for until := time.Now().Add(patience); consumed < 300 && time.Now().Before(until); {
		pollFor(cl, time.Second).EachRecord(func(record *kgo.Record) {
			key, value := string(record.Key), string(record.Value)
			n, err := strconv.Atoi(value[1:])
			check(err)
			consumed++
			distinct[value] = true
			if known, ok := partitionOf[key]; ok && known != record.Partition {
				keysStay = false
			}
			partitionOf[key] = record.Partition
			if last, ok := lastOf[key]; ok && last >= n {
				orderKept = false
			}
			lastOf[key] = n
			headersKept = headersKept && len(record.Headers) == 1 && string(record.Headers[0].Value) == strconv.Itoa(n)
		})
	}
	check(cl.CommitUncommittedOffsets(ctx))
	offsets, err := kadm.NewClient(cl).FetchOffsets(ctx, topic+"-group")
	check(err)
	committed := int64(0)
	offsets.Each(func(each kadm.OffsetResponse) { committed += each.At })
	cl.Close()
	return result{"consumed": consumed, "distinct": len(distinct), "keysStay": keysStay, "orderKept": orderKept,
		"headersKept": headersKept, "committed": committed}
}

func pollFor(cl *kgo.Client, patience time.Duration) kgo.Fetches {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return cl.PollFetches(ctx)
}

func rebalance(topic string) result {
	create(topic, 4)
	first := newMember(topic)
	alone := settle(4, first)[0]
	second := newMember(topic)
	together := settle(2, first, second)
	second.client.Close()
	left := settle(4, first)[0]
	first.client.Close()
	return result{"alone": alone, "together": together, "left": left}
}

// member is one consumer of a group, with how many partitions it has been given.
type member struct {
	client *kgo.Client
	given  chan int
	held   int
}

func newMember(topic string) *member {
	one := &member{given: make(chan int, 1000)}
	count := func(sign int) func(context.Context, *kgo.Client, map[string][]int32) {
		return func(_ context.Context, _ *kgo.Client, partitions map[string][]int32) {
			one.given <- sign * len(partitions[topic])
		}
	}
	one.client = consumer(topic, kgo.OnPartitionsAssigned(count(1)), kgo.OnPartitionsRevoked(count(-1)), kgo.OnPartitionsLost(count(-1)))
	return one
}

// settle polls until every member has as many partitions as wanted, and for a while at most.
func settle(wanted int, members ...*member) []int {
	counts := make([]int, len(members))
	for until := time.Now().Add(patience); time.Now().Before(until); {
		settled := true
		for index, one := range members {
			pollFor(one.client, 100*time.Millisecond)
			for drained := false; !drained; {
				select {
				case change := <-one.given:
					one.held += change
				default:
					drained = true
				}
			}
			counts[index] = one.held
			settled = settled && one.held == wanted
		}
		if settled {
			break
		}
	}
	return counts
}

func countAll(topic string, isolation kgo.IsolationLevel) int {
	ctx := context.Background()
	cl := client(kgo.ConsumePartitions(map[string]map[int32]kgo.Offset{topic: {0: kgo.NewOffset().AtStart()}}),
		kgo.FetchIsolationLevel(isolation), kgo.KeepControlRecords())
	defer cl.Close()
	ends, err := kadm.NewClient(cl).ListEndOffsets(ctx, topic)
	check(err)
	end, _ := ends.Lookup(topic, 0)
	count, at := 0, int64(0)
	for until := time.Now().Add(patience); at < end.Offset && time.Now().Before(until); {
		pollFor(cl, time.Second).EachRecord(func(record *kgo.Record) {
			at = record.Offset + 1
			if !record.Attrs.IsControl() {
				count++
			}
		})
	}
	return count
}

func transactions(topic string) result {
	create(topic, 1)
	create(topic+"-out", 1)
	ctx := context.Background()
	settings := []kgo.Opt{kgo.TransactionalID(topic + "-id"), kgo.DefaultProduceTopic(topic)}
	producer := client(settings...)
	inTransaction := func(kind string, end kgo.TransactionEndTry) {
		check(producer.BeginTransaction())
		for n := range 10 {
			check(producer.ProduceSync(ctx, kgo.KeyStringRecord(kind, kind+strconv.Itoa(n))).FirstErr())
		}
		check(producer.EndTransaction(ctx, end))
	}
	inTransaction("c", kgo.TryCommit)
	inTransaction("a", kgo.TryAbort)
	producer.Close()

	session, err := kgo.NewGroupTransactSession(
		kgo.SeedBrokers(bootstrap...),
		kgo.TransactionalID(topic+"-id"),
		kgo.DefaultProduceTopic(topic+"-out"),
		kgo.ConsumerGroup(topic+"-group"),
		kgo.ConsumeTopics(topic),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.RequireStableFetchOffsets(),
	)
	check(err)
	passedOn := 0
	for until := time.Now().Add(patience); passedOn < 10 && time.Now().Before(until); {
		fetches := session.PollFetches(ctx)
		check(session.Begin())
		fetches.EachRecord(func(record *kgo.Record) {
			check(session.ProduceSync(ctx, &kgo.Record{Key: record.Key, Value: record.Value}).FirstErr())
			passedOn++
		})
		_, err := session.End(ctx, kgo.TryCommit)
		check(err)
	}
	session.Close()

	late := client(settings...)
	check(late.BeginTransaction())
	check(late.ProduceSync(ctx, kgo.StringRecord("taken back")).FirstErr())
	rival := client(settings...)
	check(rival.BeginTransaction())
	check(rival.EndTransaction(ctx, kgo.TryAbort))
	if _, _, err := rival.ProducerID(ctx); err != nil {
		panic(err)
	}
	err = late.ProduceSync(ctx, kgo.StringRecord("fenced")).FirstErr()
	fenced := errors.Is(err, kerr.InvalidProducerEpoch) || errors.Is(err, kerr.ProducerFenced)

	cl := client()
	defer cl.Close()
	offsets, err := kadm.NewClient(cl).FetchOffsets(ctx, topic+"-group")
	check(err)
	offset, _ := offsets.Lookup(topic, 0)
	committed := countAll(topic, kgo.ReadCommitted())
	uncommitted := countAll(topic, kgo.ReadUncommitted())
	return result{"committed": committed, "uncommitted": uncommitted - 1, "passedOn": countAll(topic+"-out", kgo.ReadCommitted()),
		"offset": min(offset.At, 10), "fenced": fenced}
}

func admin(topic string) result {
	create(topic, 2)
	ctx := context.Background()
	cl := client(kgo.RecordPartitioner(kgo.ManualPartitioner()))
	defer cl.Close()
	adm := kadm.NewClient(cl)
	for n := range 10 {
		check(cl.ProduceSync(ctx, &kgo.Record{Topic: topic, Value: []byte("v" + strconv.Itoa(n))}).FirstErr())
	}
	topics := func() kadm.TopicDetails {
		listed, err := adm.ListTopics(ctx)
		check(err)
		return listed
	}
	partitions := func() int { return len(topics()[topic].Partitions) }
	before := partitions()
	grown, err := adm.UpdatePartitions(ctx, 6, topic)
	check(err)
	check(grown[topic].Err)
	after := eventually(partitions, 6)
	retention := "60000"
	altered, err := adm.AlterTopicConfigs(ctx, []kadm.AlterConfig{{Op: kadm.SetConfig, Name: "retention.ms", Value: &retention}}, topic)
	check(err)
	check(altered[0].Err)
	read := eventually(func() string {
		described, err := adm.DescribeTopicConfigs(ctx, topic)
		check(err)
		for _, config := range described[0].Configs {
			if config.Key == "retention.ms" {
				return config.MaybeValue()
			}
		}
		return ""
	}, retention)
	var until kadm.Offsets = make(kadm.Offsets)
	until.AddOffset(topic, 0, 5, -1)
	deleted, err := adm.DeleteRecords(ctx, until)
	check(err)
	low, _ := deleted.Lookup(topic, 0)
	listed := topics().Has(topic)
	removed, err := adm.DeleteTopics(ctx, topic)
	check(err)
	check(removed[topic].Err)
	gone := eventually(func() bool { return !topics().Has(topic) }, true)
	return result{"before": before, "after": after, "retention": read, "lowWatermark": low.LowWatermark, "listed": listed, "gone": gone}
}

// eventually gives what is read once it is as wanted, or last: changes reach brokers a moment later.
func eventually[T comparable](read func() T, wanted T) T {
	value := read()
	for tries := 0; value != wanted && tries < 50; tries++ {
		time.Sleep(100 * time.Millisecond)
		value = read()
	}
	return value
}
