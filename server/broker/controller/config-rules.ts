/** What has configs that the controller keeps. */
export type ConfigResource = 'topic' | 'broker' | 'group' | 'client-metrics';

export const CONFIG_RESOURCES: readonly ConfigResource[] = ['topic', 'broker', 'group', 'client-metrics'];

/** What the controller must know of configs to accept a change. Implemented in `config/`. */
export interface ConfigRules {
  /** Null when the value may be set, else Kafka's message for INVALID_CONFIG. */
  problemWith(resource: ConfigResource, name: string, value: string): string | null;
  /** Whether APPEND and SUBTRACT apply (KIP-339). */
  isList(resource: ConfigResource, name: string): boolean;
  /** The value that holds when nothing is set on the resource itself; APPEND and SUBTRACT start from it. */
  inherited(resource: ConfigResource, name: string): string | null;
}
