const BLOCK = 512;
/** The largest number of eleven octal digits: 8 GiB less one byte. */
const MAX_BYTES = 0o77777777777;

/**
 * The header of a file in a tar archive of POSIX's `ustar` format, which every system opens and which is written sequentially.
 *
 * @param name at most 100 characters of ASCII
 * @throws Error when the format can't represent the name or the file
 */
export function tarHeader(name: string, bytes: number, at: Date): Uint8Array {
  if (!/^[\x21-\x7e]{1,100}$/.test(name) || bytes > MAX_BYTES) {
    throw new Error(`a tar archive holds no file named '${name}' of ${bytes} bytes; shorten it`);
  }
  const header = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0');
  header.write(name, 0);
  header.write(octal(0o600, 7), 100);
  header.write(octal(0, 7), 108);
  header.write(octal(0, 7), 116);
  header.write(octal(bytes, 11), 124);
  header.write(octal(Math.floor(at.getTime() / 1_000), 11), 136);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar', 257);
  header.write('00', 263);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${octal(sum, 6)}\0 `, 148, 'latin1');
  return header;
}

/** The padding after a file, so that the next header begins at a block. */
export const tarPadding = (bytes: number): Uint8Array => new Uint8Array((BLOCK - (bytes % BLOCK)) % BLOCK);

/** The end of an archive. */
export const tarEnd = (): Uint8Array => new Uint8Array(2 * BLOCK);
