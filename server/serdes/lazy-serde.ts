import type { SerdeName } from '../../lib/contract/serdes.ts';
import { type Decoded, type RecordAround, SchemaNeeded, type Serde, type WriteTarget } from './serde.ts';

/**
 * A serde whose code is loaded when it is first needed: Kafdeck starts without it, and so does each thread that searches.
 * Until then `decode` throws SchemaNeeded, as it does for a schema that is to be fetched.
 */
export class LazySerde implements Serde {
  readonly name: SerdeName;
  readonly isSearchableInBytes: boolean;
  readonly needsRecord = true;
  readonly #load: () => Promise<Serde>;
  #loading: Promise<void> | null = null;
  #loaded: Serde | null = null;
  #failure: { error: unknown } | null = null;

  constructor(name: SerdeName, load: () => Promise<Serde>, { isSearchableInBytes = false } = {}) {
    this.name = name;
    this.isSearchableInBytes = isSearchableInBytes;
    this.#load = load;
  }

  decode(bytes: Buffer, around?: RecordAround): Decoded {
    if (this.#loaded) return this.#loaded.decode(bytes, around);
    if (this.#failure) throw this.#failure.error;
    throw new SchemaNeeded(this.#begun());
  }

  async encode(text: string, target: WriteTarget): Promise<Buffer> {
    return (await this.loaded()).encode(text, target);
  }

  /** Rejects with what keeps it from being loaded, e.g. a SerdeError that says which file is not there. */
  async loaded(): Promise<Serde> {
    await this.#begun();
    if (this.#failure) throw this.#failure.error;
    return this.#loaded!;
  }

  #begun(): Promise<void> {
    this.#loading ??= this.#load().then(
      (serde) => {
        this.#loaded = serde;
      },
      (error: unknown) => {
        this.#failure = { error };
      },
    );
    return this.#loading;
  }
}
