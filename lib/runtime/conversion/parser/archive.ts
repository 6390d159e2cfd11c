import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { MAX_DECLARED_BYTES, MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED_BYTES, RATIO_FROM_BYTES } from './bounds';
import { Refused } from './refused';

/** The bytes of a local header in front of an entry's name. */
const LOCAL_HEADER_BYTES = 30;

const STORED = 0;
const DEFLATED = 8;

/** A zip archive in memory. Its entries are read as streams and written nowhere, so their names are names only. */
export class Archive {
  private unpacked = 0;

  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws Refused when it is damaged, encrypted, or made to unpack to more than it is */
  public static async open(bytes: Buffer): Promise<Archive> {
    const zip = await orDamaged(
      fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true, autoClose: false }),
    );
    if (zip.entryCount > MAX_ENTRIES) throw new Refused('too-large');
    const entries = new Map<string, Entry>();
    for (const entry of await orDamaged(allOf(zip))) {
      const name = entry.fileName.toLowerCase();
      if (entries.has(name)) throw new Refused('damaged');
      requireHonest(entry);
      entries.set(name, entry);
    }
    requireApart([...entries.values()], bytes.length);
    return new Archive(zip, entries);
  }

  /** The names of the entries, in lower case. */
  public names(): readonly string[] {
    return [...this.entries.keys()];
  }

  public has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /**
   * The content of an entry, in pieces.
   *
   * @throws Refused when there is none, it doesn't have its checksum, or all that was read is too much
   */
  public async *read(name: string): AsyncGenerator<Buffer, undefined> {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined) throw new Refused('damaged');
    let checksum = 0;
    const stream = await orDamaged(this.zip.openReadStreamPromise(entry));
    try {
      for await (const piece of stream as AsyncIterable<Buffer>) {
        this.unpacked += piece.length;
        if (this.unpacked > MAX_UNPACKED_BYTES) throw new Refused('too-large');
        checksum = crc32(piece, checksum);
        yield piece;
      }
    } catch (error) {
      throw error instanceof Refused ? error : new Refused('damaged');
    } finally {
      stream.destroy();
    }
    if (checksum !== entry.crc32) throw new Refused('damaged');
    return undefined;
  }
}

async function allOf(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  return entries;
}

async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new Refused('damaged');
  }
}

function requireHonest(entry: Entry): void {
  if (entry.isEncrypted()) throw new Refused('encrypted');
  const { compressionMethod: method, compressedSize, uncompressedSize } = entry;
  if (method !== STORED && method !== DEFLATED) throw new Refused('damaged');
  const isInflated = uncompressedSize >= RATIO_FROM_BYTES && uncompressedSize > compressedSize * MAX_RATIO;
  if (isInflated || uncompressedSize > MAX_DECLARED_BYTES) throw new Refused('too-large');
}

/** Entries that share bytes unpack to more than the archive contains. */
function requireApart(entries: readonly Entry[], length: number): void {
  const inOrder = [...entries].sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const { relativeOffsetOfLocalHeader: start, compressedSize } of inOrder) {
    if (start < end) throw new Refused('damaged');
    end = start + LOCAL_HEADER_BYTES + compressedSize;
  }
  if (end > length) throw new Refused('damaged');
}
