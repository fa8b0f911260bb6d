import type { MetadataImage } from '../controller/metadata-image.ts';
import { type LogConfig, resolveLogConfig } from '../log/log-config.ts';

/** The log configs of a broker's topics. Topics without configs of their own share one object. */
export class LogConfigs {
  readonly #image: MetadataImage;
  readonly #brokerId: number;
  readonly #static: Readonly<Record<string, string>>;
  readonly #byTopic = new Map<string, LogConfig>();
  #shared: LogConfig | null = null;

  constructor(image: MetadataImage, brokerId: number, staticConfigs: Readonly<Record<string, string>>) {
    this.#image = image;
    this.#brokerId = brokerId;
    this.#static = staticConfigs;
  }

  of(topic: string): LogConfig {
    const own = this.#image.topicConfigs(topic);
    if (own.size === 0) {
      this.#shared ??= resolveLogConfig(own, (name) => this.brokerConfig(name));
      return this.#shared;
    }
    let config = this.#byTopic.get(topic);
    if (config === undefined) {
      config = resolveLogConfig(own, (name) => this.brokerConfig(name));
      this.#byTopic.set(topic, config);
    }
    return config;
  }

  /** A broker config: dynamic for this broker, dynamic for all, static. Undefined: Kafka's default holds. */
  brokerConfig(name: string): string | undefined {
    return (
      this.#image.brokerConfigs(String(this.#brokerId)).get(name) ??
      this.#image.brokerConfigs('').get(name) ??
      this.#static[name]
    );
  }

  topicChanged(topic: string): void {
    this.#byTopic.delete(topic);
  }

  brokersChanged(): void {
    this.#byTopic.clear();
    this.#shared = null;
  }
}
