import type { Archive } from './archive';
import { MAX_CELL_CHARACTERS, MAX_SHARED, MAX_SHARED_BYTES } from './bounds';
import { Refused } from './refused';
import { readXml } from './xml';

/**
 * The texts that the cells of a workbook share, in one buffer: as strings, each would keep the piece of the file alive that it was
 * cut from.
 */
export class SharedTexts {
  private bytes = Buffer.allocUnsafe(1 << 16);
  private ends = new Uint32Array(1 << 12);
  private count = 0;

  /** @throws Refused when they are more than a workbook may have */
  public static async read(archive: Archive, part: string): Promise<SharedTexts> {
    const texts = new SharedTexts();
    let text = '';
    let isText = false;
    let isPhonetic = false;
    await readXml(archive.read(part), {
      open: (name) => {
        if (name === 'si') text = '';
        else if (name === 'rPh') isPhonetic = true;
        else if (name === 't') isText = !isPhonetic;
      },
      text: (piece) => {
        if (isText) text += piece;
        if (text.length > MAX_CELL_CHARACTERS) throw new Refused('too-large');
      },
      close: (name) => {
        if (name === 't') isText = false;
        else if (name === 'rPh') isPhonetic = false;
        else if (name === 'si') texts.add(text);
      },
    });
    return texts;
  }

  public at(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) throw new Refused('damaged');
    return this.bytes.toString('utf8', index === 0 ? 0 : this.ends[index - 1], this.ends[index]);
  }

  private add(text: string): void {
    const start = this.count === 0 ? 0 : (this.ends[this.count - 1] ?? 0);
    const end = start + Buffer.byteLength(text);
    if (end > MAX_SHARED_BYTES || this.count >= MAX_SHARED) throw new Refused('too-large');
    if (end > this.bytes.length) {
      const larger = Buffer.allocUnsafe(Math.min(Math.max(2 * this.bytes.length, end), MAX_SHARED_BYTES));
      this.bytes.copy(larger);
      this.bytes = larger;
    }
    if (this.count === this.ends.length) {
      const larger = new Uint32Array(2 * this.ends.length);
      larger.set(this.ends);
      this.ends = larger;
    }
    this.bytes.write(text, start);
    this.ends[this.count++] = end;
  }
}
