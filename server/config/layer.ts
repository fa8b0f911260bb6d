/** Keys set in one place, with the name under which a person knows each: `port` is `KAFDECK_PORT` in the environment. */
export interface Layer {
  values: Record<string, unknown>;
  names: Record<string, string>;
}

/** Puts one setting into a layer. Addresses of brokers make the cluster `default`. */
export function set(layer: Layer, key: string, value: string, name: string): void {
  const target = key === 'brokers' ? 'clusters' : key;
  layer.names[target] = name;
  layer.values[target] = key === 'brokers' ? [{ id: 'default', name: 'Default', brokers: value }] : value;
}
