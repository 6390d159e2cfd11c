import { pipeline, type Readable } from 'node:stream';
import { createGunzip, gunzipSync } from 'node:zlib';
import { type Bundle, tooLarge } from './bundle';

/** The contents of a file that is compressed with gzip. An error of either stream is one of the result. */
export const unzipped = (file: Readable): Readable => pipeline(file, createGunzip(), () => undefined);

/**
 * The same for a file that fits in memory, which takes a third of the time if it is small.
 *
 * @param most refused if its contents have more bytes
 * @throws Error if it can't be read
 */
export function unzip(bundle: Bundle, file: string, most: number): Buffer {
  try {
    return gunzipSync(bundle.read(file, most), { maxOutputLength: most });
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(most) : error;
  }
}
