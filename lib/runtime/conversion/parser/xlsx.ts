import type { Archive } from './archive';
import { Refused } from './refused';
import { relationsOf } from './relations';
import { SharedTexts } from './shared-texts';
import { readSheet } from './sheet';
import { dateStyles } from './styles';
import type { TextSink } from './text-sink';
import { readXml, relationOf } from './xml';

interface Sheet {
  readonly name: string;
  readonly relation: string;
  readonly isHidden: boolean;
}

/** The text of a workbook: each visible sheet, a line for each row, and tabs between cells. */
export async function readXlsx(archive: Archive, main: string, sink: TextSink): Promise<void> {
  const sheets: Sheet[] = [];
  let system: 1900 | 1904 = 1900;
  await readXml(archive.read(main), {
    open: (name, attributes) => {
      if (name === 'workbookPr' && /^(1|true)$/.test(attributes.date1904 ?? '')) system = 1904;
      if (name !== 'sheet') return;
      const isHidden = /^(hidden|veryHidden)$/.test(attributes.state ?? '');
      sheets.push({ name: attributes.name ?? '', relation: relationOf(attributes), isHidden });
    },
  });
  const relations = (await relationsOf(archive, main)).filter(({ isExternal }) => !isExternal);
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.target;
  const [textsPart, stylesPart] = [partOf('sharedStrings'), partOf('styles')];
  const texts = textsPart === undefined ? new SharedTexts() : await SharedTexts.read(archive, textsPart);
  const isDate = stylesPart === undefined ? [] : await dateStyles(archive, stylesPart);
  let written = 0;
  for (const { name, relation, isHidden } of sheets) {
    const found = relations.find(({ id }) => id === relation);
    if (found === undefined) throw new Refused('damaged');
    if (isHidden) sink.lose('hidden-sheets');
    // A sheet may also be a chart.
    if (isHidden || found.type !== 'worksheet') continue;
    sink.add(`${written++ === 0 ? '' : '\n'}Sheet: ${name}\n`);
    await readSheet(archive, found.target, { texts, isDate, system }, sink);
  }
}
