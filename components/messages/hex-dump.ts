export interface HexLine {
  /** Place of the first byte, eight hex digits. */
  address: string;
  /** Sixteen cells of two digits; empty cells past the end. */
  cells: string[];
  /** The bytes as ASCII, a dot for what does not print. */
  ascii: string;
}

export const BYTES_PER_LINE = 16;

function cell(byte: number | undefined): string {
  return byte === undefined ? '' : byte.toString(16).padStart(2, '0');
}

function printable(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}

/** One line of a dump in the layout of `hexdump -C`. */
export function hexLine(bytes: Uint8Array, line: number): HexLine {
  const start = line * BYTES_PER_LINE;
  const part = bytes.subarray(start, start + BYTES_PER_LINE);
  return {
    address: start.toString(16).padStart(8, '0'),
    cells: Array.from({ length: BYTES_PER_LINE }, (_, index) => cell(part[index])),
    ascii: Array.from(part, printable).join(''),
  };
}

/** The whole dump as text, for copying. */
export function hexDump(bytes: Uint8Array): string {
  const count = Math.ceil(bytes.length / BYTES_PER_LINE);
  return Array.from({ length: count }, (_, line) => {
    const { address, cells, ascii } = hexLine(bytes, line);
    const hex = cells.map((text) => text.padEnd(2)).join(' ');
    return `${address}  ${hex.slice(0, 23)}  ${hex.slice(24)}  |${ascii}|`;
  }).join('\n');
}
