/** A schema of the registry with everything it refers to. */
export interface RegisteredSchema {
  readonly id: number;
  readonly type: 'AVRO' | 'PROTOBUF' | 'JSON';
  readonly text: string;
  /** What it refers to, and what that refers to, by the names used: each stands after what it needs itself. */
  readonly references: readonly { readonly name: string; readonly text: string }[];
}
