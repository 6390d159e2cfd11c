import type { Word } from './read-words';
import { isCommon, wordsOf } from './words';

/** A text that many phrases are compared with. It is read once: a buyer's list can be as long as a book. */
export class Text {
  public readonly words: readonly Word[];
  /** All words. */
  public readonly all: Sequence;
  /** Those that aren't common. */
  public readonly naming: Sequence;

  constructor(text: string) {
    this.words = wordsOf(text);
    const places = [...this.words.keys()];
    this.all = new Sequence(this.words, places);
    this.naming = new Sequence(
      this.words,
      places.filter((place) => !isCommon((this.words[place] as Word).plain)),
    );
  }
}

/** Some words of a text in their order, and where each of them is. */
export class Sequence {
  /** As they are compared. */
  public readonly plain: readonly string[];
  private readonly indices = new Map<string, number[]>();
  /** Each word once, in the order of the alphabet. */
  private readonly sorted: readonly string[];

  /** @param places where the words are in the text */
  constructor(
    words: readonly Word[],
    public readonly places: readonly number[],
  ) {
    this.plain = places.map((place) => (words[place] as Word).plain);
    for (const [index, plain] of this.plain.entries()) {
      const same = this.indices.get(plain);
      if (same === undefined) this.indices.set(plain, [index]);
      else same.push(index);
    }
    this.sorted = [...this.indices.keys()].sort();
  }

  /** The indices of the words with a beginning that also pass a test, in their order. */
  public indicesOf(beginning: string, passes: (plain: string) => boolean): readonly number[] {
    const found: number[][] = [];
    for (let at = this.firstFrom(beginning); this.sorted[at]?.startsWith(beginning); at++) {
      const plain = this.sorted[at] as string;
      if (passes(plain)) found.push(this.indices.get(plain) ?? []);
    }
    return found.length === 1 ? (found[0] as number[]) : found.flat().sort((a, b) => a - b);
  }

  /** Where the first word is that isn't before a text in the alphabet. */
  private firstFrom(text: string): number {
    let [low, high] = [0, this.sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.sorted[middle] as string) < text) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
