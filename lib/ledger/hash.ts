import { hash } from 'node:crypto';

/** Bytes of a hash. */
export const HASH_BYTES = 32;

/** Hashes bytes with SHA-256. */
export const sha256 = (bytes: Uint8Array): Buffer => hash('sha256', bytes, 'buffer');

const LEAF = Buffer.from([0]);
const NODE = Buffer.from([1]);

/**
 * The hash of a leaf (RFC 6962, 2.1). The first byte differs from that of a node, so that neither can pass as the other.
 *
 * @param data of the leaf, in parts
 */
export const leafHash = (...data: Uint8Array[]): Buffer => sha256(Buffer.concat([LEAF, ...data]));

/** The hash of a node above two others. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Buffer.concat([NODE, left, right]));

/** The root of a tree without leaves. */
export const EMPTY_ROOT: Buffer = sha256(Buffer.alloc(0));
