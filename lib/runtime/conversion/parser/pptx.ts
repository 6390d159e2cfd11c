import type { Archive } from './archive';
import { readMarkedUp } from './marked-up-text';
import { Refused } from './refused';
import { relationsOf } from './relations';
import type { TextSink } from './text-sink';
import { attributeOf, readXml, relationOf } from './xml';

/** The text of a presentation: each visible slide, with the speaker's notes. */
export async function readPptx(archive: Archive, main: string, sink: TextSink): Promise<void> {
  const slides: string[] = [];
  await readXml(archive.read(main), {
    open: (name, attributes) => {
      if (name === 'sldId') slides.push(relationOf(attributes));
    },
  });
  const targets = new Map((await relationsOf(archive, main)).map((relation) => [relation.id, relation]));
  for (const [at, id] of slides.entries()) {
    const slide = targets.get(id);
    if (slide === undefined || slide.isExternal) throw new Refused('damaged');
    const isShown = await readShapes(archive, slide.target, sink, `${at === 0 ? '' : '\n'}Slide ${at + 1}\n`);
    if (!isShown) {
      sink.lose('hidden-slides');
      continue;
    }
    const notes = (await relationsOf(archive, slide.target)).find(({ type }) => type === 'notesSlide');
    if (notes !== undefined && !notes.isExternal) await readShapes(archive, notes.target, sink, 'Notes:\n');
  }
}

/** Fields that repeat what every slide has. */
const REPEATED = /^(slidenum|datetime)/;

/** @returns false for a hidden slide, of which nothing is written */
async function readShapes(archive: Archive, part: string, sink: TextSink, heading: string): Promise<boolean> {
  let isShown = true;
  await readMarkedUp(archive, part, sink, {
    skips: (name, attributes, depth) => {
      if (depth > 1)
        return name === 'Fallback' || (name === 'fld' && REPEATED.test(attributeOf(attributes, 'type') ?? ''));
      isShown = !/^(0|false)$/.test(attributeOf(attributes, 'show') ?? '');
      if (isShown) sink.add(heading);
      return !isShown;
    },
  });
  return isShown;
}
