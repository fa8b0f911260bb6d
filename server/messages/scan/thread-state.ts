/**
 * What a thread and its watcher share: whose record is being tested or told, and how many were. A test that never ends, as of a
 * regular expression that goes astray, leaves the thread deaf; the watcher sees the same record again and again.
 */
export class ThreadState {
  readonly shared: Int32Array<SharedArrayBuffer>;

  constructor(shared: Int32Array<SharedArrayBuffer> = new Int32Array(new SharedArrayBuffer(8))) {
    this.shared = shared;
  }

  /** Does what is to be done with one record for a scan. */
  during<Value>(serial: number, work: () => Value): Value {
    this.shared[COUNT]! += 1;
    Atomics.store(this.shared, SERIAL, serial);
    try {
      return work();
    } finally {
      Atomics.store(this.shared, SERIAL, NOBODY);
    }
  }

  /** The scan whose record is being tested, and a number that no two records share for long; null: none is. */
  get tested(): { serial: number; record: number } | null {
    const serial = Atomics.load(this.shared, SERIAL);
    return serial === NOBODY ? null : { serial, record: Atomics.load(this.shared, COUNT) };
  }
}

const NOBODY = 0;
const SERIAL = 0;
const COUNT = 1;
