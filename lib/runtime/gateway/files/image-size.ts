/** The image formats that models read. */
export type ImageKind = 'png' | 'jpeg' | 'gif' | 'webp';

/** Width and height in pixels. */
export type ImageSize = readonly [width: number, height: number];

/** The size in an image's header; undefined if its header or its end doesn't match the format. */
export function imageSize(bytes: Uint8Array, kind: ImageKind): ImageSize | undefined {
  const image = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    const size = READ[kind](image);
    return size !== undefined && Math.min(...size) > 0 ? size : undefined;
  } catch (error) {
    // The file ends within its header.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const READ: Readonly<Record<ImageKind, (image: Buffer) => ImageSize | undefined>> = {
  png: (image) =>
    image.toString('latin1', 12, 16) === 'IHDR' && image.subarray(-8, -4).toString('latin1') === 'IEND'
      ? [image.readUInt32BE(16), image.readUInt32BE(20)]
      : undefined,
  gif: (image) => (image.at(-1) === 0x3b ? [image.readUInt16LE(6), image.readUInt16LE(8)] : undefined),
  jpeg: (image) => (image.lastIndexOf('\xff\xd9', undefined, 'latin1') > 0 ? jpegSize(image) : undefined),
  webp: (image) => (image.readUInt32LE(4) + 8 <= image.length ? webpSize(image) : undefined),
};

/** A JPEG consists of segments, each with its length; the segment that begins the frame has the size. */
function jpegSize(image: Buffer): ImageSize | undefined {
  for (let at = 2; image.readUInt8(at) === 0xff; ) {
    const marker = image.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = image.readUInt16BE(at + 2);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return [image.readUInt16BE(at + 7), image.readUInt16BE(at + 5)];
    }
    if (length < 2) return undefined;
    at += 2 + length;
  }
  return undefined;
}

function webpSize(image: Buffer): ImageSize | undefined {
  switch (image.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return [image.readUInt16LE(26) & 0x3fff, image.readUInt16LE(28) & 0x3fff];
    case 'VP8L': {
      const bits = image.readUInt32LE(21);
      return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1];
    }
    case 'VP8X':
      return [image.readUIntLE(24, 3) + 1, image.readUIntLE(27, 3) + 1];
    default:
      return undefined;
  }
}
