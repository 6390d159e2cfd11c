import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of an archive, and what its headers say that isn't so. */
export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  readonly isStored?: boolean;
  /** Values of the central directory in place of the true ones. */
  readonly says?: {
    readonly size?: number;
    readonly compressedSize?: number;
    readonly crc?: number;
    readonly flags?: number;
    readonly method?: number;
    /** The offset of the local header. */
    readonly offset?: number;
  };
}

/** What surrounds the entries of an archive. */
export interface ZipOptions {
  readonly comment?: string;
  /** The number of entries that the end of the directory states. */
  readonly count?: number;
}

/** A zip archive, as hostile as its entries say. */
export function zip(entries: readonly ZipEntry[], { comment = '', count = entries.length }: ZipOptions = {}): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { name, content, isStored = false, says = {} } of entries) {
    const plain = Buffer.from(content);
    const packed = isStored ? plain : deflateRawSync(plain);
    const file = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(says.flags ?? 0x800, 2);
    fields.writeUInt16LE(says.method ?? (isStored ? 0 : 8), 4);
    fields.writeUInt32LE(says.crc ?? crc32(plain), 10);
    fields.writeUInt32LE(says.compressedSize ?? packed.length, 14);
    fields.writeUInt32LE(says.size ?? plain.length, 18);
    fields.writeUInt16LE(file.length, 22);
    const local = Buffer.concat([Buffer.from('504b0304', 'hex'), fields, file, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(says.offset ?? at, 10);
    centrals.push(Buffer.concat([Buffer.from('504b01021400', 'hex'), fields, rest, file]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32BE(0x504b0506, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, directory, end, Buffer.from(comment)]);
}
