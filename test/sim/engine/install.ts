import nodeCrypto, { KeyObject, verify } from 'node:crypto';
import timers from 'node:timers/promises';
import type { Random } from './random';
import type { VirtualTime } from './virtual-time';

/** Replaces every source of time and randomness of this process, so that the seed decides all that happens in it. */
export function install(time: VirtualTime, random: Random): void {
  installTime(time);
  installRandomness(random);
  installVerification();
}

function installTime(time: VirtualTime): void {
  const RealDate = Date;
  class VirtualDate extends RealDate {
    constructor(...given: []) {
      super(...(given.length === 0 ? ([time.now] as unknown as []) : given));
    }

    public static override now(): number {
      return time.now;
    }

    public static override [Symbol.hasInstance](value: unknown): boolean {
      return Object.prototype.toString.call(value) === '[object Date]';
    }
  }
  const setTimer = (act: (...given: unknown[]) => void, milliseconds = 0, ...given: unknown[]) =>
    new VirtualTimer(time.after(milliseconds, () => act(...given)));
  const clear = (timer?: unknown) => {
    if (timer instanceof VirtualTimer) time.cancel(timer.nth);
  };
  // A process that was killed clears no interval, so each ends by itself, after longer than any step takes.
  const repeated = (act: () => void, milliseconds: number) => {
    const timer = { nth: 0, left: MOST_TURNS };
    const turn = () => {
      act();
      if (--timer.left > 0) timer.nth = time.after(milliseconds, turn);
    };
    timer.nth = time.after(milliseconds, turn);
    return timer;
  };
  const clearRepeated = (timer?: { nth: number; left: number }) => {
    if (timer === undefined) return;
    timer.left = 0;
    time.cancel(timer.nth);
  };
  const begin = time.now;
  Object.assign(globalThis, {
    Date: VirtualDate,
    setTimeout: setTimer,
    clearTimeout: clear,
    setInterval: repeated,
    clearInterval: clearRepeated,
  });
  Object.assign(timers, {
    setTimeout: async <T>(milliseconds: number, value: T) => {
      await time.pause(milliseconds);
      return value;
    },
  });
  Object.defineProperty(performance, 'now', { value: () => time.now - begin });
}

/** How often an interval runs at most. */
const MOST_TURNS = 20;

class VirtualTimer {
  constructor(public readonly nth: number) {}

  public unref(): this {
    return this;
  }

  public ref(): this {
    return this;
  }
}

function installRandomness(random: Random): void {
  const randomBytes = (size: number, callback?: (error: null, bytes: Buffer) => void) => {
    const bytes = random.bytes(size);
    if (callback === undefined) return bytes;
    queueMicrotask(() => callback(null, bytes));
    return undefined;
  };
  const randomFillSync = <T extends ArrayBufferView>(view: T): T => {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    bytes.set(random.bytes(view.byteLength));
    return view;
  };
  const randomUUID = () => {
    const text = random.bytes(16).toString('hex');
    return `${text.slice(0, 8)}-${text.slice(8, 12)}-4${text.slice(13, 16)}-8${text.slice(17, 20)}-${text.slice(20)}`;
  };
  Math.random = () => random.fraction();
  Object.assign(nodeCrypto, {
    randomBytes,
    randomFillSync,
    randomUUID,
    randomInt: (low: number, high?: number) =>
      high === undefined ? random.between(0, low - 1) : random.between(low, high - 1),
  });
  Object.defineProperty(globalThis.crypto, 'randomUUID', { value: randomUUID });
  Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: randomFillSync });
}

/** By itself this runs on a thread, and the thread's time would decide what happens next. */
function installVerification(): void {
  const verified = async (_: unknown, key: nodeCrypto.webcrypto.CryptoKey, signature: Uint8Array, data: Uint8Array) =>
    verify('RSA-SHA256', data, KeyObject.from(key), signature);
  Object.defineProperty(globalThis.crypto.subtle, 'verify', { value: verified });
}
