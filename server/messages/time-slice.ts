/** How long a thread may look at records before others have their turn. */
const SLICE_MS = 8;
/** Asking for the time costs as much as passing over some records. */
const CHECK_EVERY = 64;
/** What testing or telling a record weighs, against passing over it: it takes microseconds, or as long as its test likes. */
const RECORD_WORK = 16;
/** Another record's passing over for so many bytes of it. */
const BYTES_A_RECORD = 1024;

/** A turn at the thread: everything that looks at records asks it whether the turn is over. */
export class TimeSlice {
  readonly #isCancelled: () => boolean;
  #end = performance.now() + SLICE_MS;
  #left = CHECK_EVERY;

  /** @param isCancelled asked now and then: nobody wants the records any more */
  constructor(isCancelled: () => boolean = () => false) {
    this.#isCancelled = isCancelled;
  }

  /** Told of each record that was more than passed over, with its size. */
  spend(bytes: number): void {
    this.#left -= RECORD_WORK + Math.floor(bytes / BYTES_A_RECORD);
  }

  /** True when the turn is over. Asked once a record. */
  get isOver(): boolean {
    if (this.#left-- > 0) return false;
    this.#left = CHECK_EVERY;
    return this.#isCancelled() || performance.now() >= this.#end;
  }

  /** Asked once a batch, which takes longer than asking for the time. */
  get isOverNow(): boolean {
    return this.#isCancelled() || performance.now() >= this.#end;
  }

  begin(): void {
    this.#end = performance.now() + SLICE_MS;
    this.#left = CHECK_EVERY;
  }
}
