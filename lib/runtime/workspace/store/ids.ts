import { randomBytes } from 'node:crypto';

/** 128 bits that can't be guessed. */
export const randomHex = (): string => randomBytes(16).toString('hex');

/** A time followed by 128 bits that can't be guessed; such ids sort by age. */
export const timedHex = (time: Date): string => time.getTime().toString(16).padStart(12, '0') + randomHex();
