import { PLACEHOLDER_KEY } from '../../contract/egress';
import { SecretRefused, type SecretVersion } from './secrets-client';

/** A key that can't be used: `no-key` until its owner does something, `key-unreadable` for now. */
export class NoKey extends Error {
  public override readonly name = 'NoKey';

  constructor(public readonly failure: 'no-key' | 'key-unreadable') {
    super(failure);
  }
}

/** How long a key is used before its secret is read again. So the owner's new version is in use within this time. */
const MAX_AGE_MS = 60_000;

/** What a header can carry. Anything else would end the header, and disclose the key in an error. */
const KEY = /^[\x21-\x7e]{1,8192}$/;

interface Held extends SecretVersion {
  readonly readAt: number;
}

/** The providers' keys. They are held in memory only. */
export class ProviderKeys {
  private readonly held = new Map<string, Held>();

  /**
   * @param read the present version of a secret
   * @param now the clock of the machine: a timer of the process stands still while Lambda freezes it
   */
  constructor(
    private readonly read: (secret: string) => Promise<SecretVersion | undefined>,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * The key in a secret.
   *
   * @param refused the version that the provider has just refused: it is read again, unless a later version is held
   * @throws NoKey if there is none
   */
  public async of(secret: string, refused?: string): Promise<SecretVersion> {
    const held = this.held.get(secret);
    const now = this.now();
    const isFresh = held !== undefined && now >= held.readAt && now - held.readAt < MAX_AGE_MS;
    if (held !== undefined && isFresh && held.version !== refused) return held;
    this.held.delete(secret);
    const { version, value } = await this.readNow(secret);
    // By the time before it was read: what became a new version meanwhile is used in time too.
    const read: Held = { version, value, readAt: now };
    this.held.set(secret, read);
    return read;
  }

  private async readNow(secret: string): Promise<SecretVersion> {
    const found = await this.read(secret).catch((error) => {
      throw new NoKey(error instanceof SecretRefused ? 'no-key' : 'key-unreadable');
    });
    const value = found?.value.trim() ?? '';
    if (found === undefined || value === PLACEHOLDER_KEY || !KEY.test(value)) throw new NoKey('no-key');
    return { version: found.version, value };
  }
}
