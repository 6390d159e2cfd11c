import { RELEASE_KEYS } from '../../facts/generated/release-keys';
import type { FirstKey, PublicJwk, ReleaseKeys } from '../../facts/release-facts';
import { isSignedBy, type Jws, keyIdOf, thumbprint } from './jws';
import { type Content, contentOf, type KeyChangeContent } from './payload';
import { refuse } from './refusal';

/** The keys that an owner pins in `residency.yaml`, in place of the package's. */
export interface PinnedKeys {
  readonly first: PublicJwk;
  readonly second?: PublicJwk;
}

/** The keys that are trusted before any key change: the owner's, or else the package's. */
export const startingKeys = (pinned: PinnedKeys | undefined, packaged: ReleaseKeys = RELEASE_KEYS): ReleaseKeys =>
  pinned === undefined
    ? packaged
    : { first: [{ from: 0, key: pinned.first }], second: pinned.second ?? null, version: packaged.version };

/** The first keys in the order of their use, and the second key, which can only name a new first one. */
export class TrustedKeys {
  constructor(
    private readonly first: readonly FirstKey[],
    private readonly second: PublicJwk | null,
  ) {}

  /** The same keys after a key change. One that the package knows already changes nothing. */
  public after({ version, firstKey }: KeyChangeContent): TrustedKeys {
    const from = this.first.at(-1)?.from ?? 0;
    return version <= from ? this : new TrustedKeys([...this.first, { from: version, key: firstKey }], this.second);
  }

  /** Whether a key is among them, as a first key at any time or as the second. */
  public knows(key: PublicJwk): boolean {
    const all = [...this.first.map((first) => first.key), ...(this.second === null ? [] : [this.second])];
    return all.some((known) => thumbprint(known) === thumbprint(key));
  }

  /**
   * The content of a file, if the key that may sign such content has signed it.
   *
   * @throws a refusal for any other key, and for content that its key can't sign
   */
  public verified(jws: Jws): Content {
    if (this.first.length === 0) {
      return refuse(
        "can't be verified: this version of the package contains no key of facts releases; pin the keys that the maintainers " +
          "published, or your own, as 'factsKeys' in residency.yaml",
      );
    }
    const kid = keyIdOf(jws);
    const at = this.first.findLastIndex(({ key }) => thumbprint(key) === kid);
    const isSecond = this.second !== null && thumbprint(this.second) === kid;
    const key = isSecond ? this.second : this.first[at]?.key;
    if (!key) {
      return refuse(`names the key ${shownId(kid)}, which is none of the keys of facts releases: ${this.known()}`);
    }
    if (!isSignedBy(jws, key)) {
      return refuse(
        'has a signature that its key made of other content: the file was altered, or put together from several',
      );
    }
    const content = contentOf(jws);
    if (isSecond && content.kind === 'release') {
      return refuse('has tables that the second key signed; that key can only name a new first key');
    }
    if (!isSecond && content.kind === 'key-change') {
      return refuse('names a new first key by the word of a first key; only the second key can do that');
    }
    if (!isSecond) this.requireInUse(at, content.version);
    return content;
  }

  /** A key signs versions after the statement that named it, and before the one that replaced it. */
  private requireInUse(at: number, version: number): void {
    const { from = 0 } = this.first[at] ?? {};
    const until = this.first[at + 1]?.from;
    if (until !== undefined && version >= until) {
      refuse(`is signed by a first key that version ${until} replaced, so that key can't sign version ${version}`);
    }
    if (version <= from) refuse(`is version ${version}, but its key signs only versions after ${from}, which named it`);
  }

  private known(): string {
    const { key } = this.first.at(-1) as FirstKey;
    return `the first is ${thumbprint(key)}${this.second === null ? '' : `, the second ${thumbprint(this.second)}`}`;
  }
}

const shownId = (kid: string) => (/^[\w-]{1,43}$/.test(kid) ? `'${kid}'` : '(not shown)');
