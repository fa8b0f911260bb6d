/** How long a thread may look at records before others have their turn. */
const SLICE_MS = 8;
/** Asking for the time costs as much as some records. */
const CHECK_EVERY = 64;

/** A turn at the thread: everything that looks at records asks it whether the turn is over. */
export class TimeSlice {
  readonly #isCancelled: () => boolean;
  #end = performance.now() + SLICE_MS;
  #left = CHECK_EVERY;

  /** @param isCancelled asked now and then: nobody wants the records any more */
  constructor(isCancelled: () => boolean = () => false) {
    this.#isCancelled = isCancelled;
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
