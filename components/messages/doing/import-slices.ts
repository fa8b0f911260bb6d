/** A piece of a file that ends where a line ends. */
export interface FileSlice {
  readonly blob: Blob;
  /** The number of its first line in the file, from 1. */
  readonly firstLine: number;
  /** Bytes of the file up to its end. */
  readonly upTo: number;
}

const SLICE_BYTES = 4 * 1024 * 1024;
/** A longer line the server refuses. */
const MOST_LINE_BYTES = 33 * 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * Cuts a file into pieces at its line ends. Browsers give no answer before they have sent a whole body: a large file is sent
 * in pieces so that it is known how far it came.
 */
export async function* slicesOf(file: Blob, sliceBytes = SLICE_BYTES): AsyncGenerator<FileSlice, void> {
  let firstLine = 1;
  for (let start = 0; start < file.size; ) {
    const bytes = await wholeLines(file, start, sliceBytes);
    yield { blob: file.slice(start, start + bytes.length), firstLine, upTo: start + bytes.length };
    for (const byte of bytes) if (byte === LINE_FEED) firstLine += 1;
    start += bytes.length;
  }
}

/** The first lines of a file, for a look at them. */
export async function firstSlice(file: Blob, sliceBytes: number): Promise<Blob> {
  return file.slice(0, (await wholeLines(file, 0, sliceBytes)).length);
}

/** Bytes from `start` up to the end of a line, at least one line. */
async function wholeLines(file: Blob, start: number, sliceBytes: number): Promise<Uint8Array> {
  for (let size = sliceBytes; ; size *= 2) {
    const bytes = new Uint8Array(await file.slice(start, start + size).arrayBuffer());
    if (start + bytes.length >= file.size) return bytes;
    const end = bytes.lastIndexOf(LINE_FEED);
    if (end >= 0) return bytes.subarray(0, end + 1);
    if (size > MOST_LINE_BYTES) return bytes;
  }
}
