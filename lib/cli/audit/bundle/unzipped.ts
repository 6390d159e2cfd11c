import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** The contents of a file that is compressed with gzip. An error of either stream is one of the result. */
export const unzipped = (file: Readable): Readable => pipeline(file, createGunzip(), () => undefined);
