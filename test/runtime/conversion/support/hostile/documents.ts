import { docx, paragraph, pptx, rels, slide } from '../documents';
import { DAMAGED, document, good, type Hostile, NOT_OFFICE, numbers } from './hostile';

const linked = (type: string, target: string, isExternal = true) => ({
  name: 'word/_rels/document.xml.rels',
  content: rels([{ id: 'x', type, target, isExternal }]),
});

/** Word documents and presentations. */
export const DOCUMENTS: readonly Hostile[] = [
  {
    name: 'a template of another host',
    make: (address) =>
      document({
        name: 'word/_rels/settings.xml.rels',
        content: rels([{ id: 'x', type: 'attachedTemplate', target: `${address}/template.dotm`, isExternal: true }]),
      }),
    outcome: { text: 'safe\n', lost: { 'external-references': 1 } },
  },
  {
    name: 'an image of another host',
    make: (address) => document(linked('image', `${address}/pixel.png`)),
    outcome: { text: 'safe\n', lost: { 'external-references': 1 } },
  },
  {
    name: 'an image of a file server',
    make: () => document(linked('image', '\\\\host\\share\\pixel.png')),
    outcome: { text: 'safe\n', lost: { 'external-references': 1 } },
  },
  {
    name: 'a link that is a program',
    make: () => document(linked('hyperlink', 'javascript:alert(1)')),
    outcome: { text: 'safe\n', lost: { links: 1 } },
  },
  {
    name: 'a document with macros',
    make: () =>
      document(
        {
          name: '[Content_Types].xml',
          content:
            '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
        },
        { name: 'word/vbaProject.bin', content: 'Sub AutoOpen()' },
      ),
    outcome: { text: 'safe\n', lost: { macros: 1 } },
  },
  {
    name: 'a field that runs a program',
    make: () =>
      docx(`${good}<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"</w:instrText></w:r></w:p>`),
    outcome: { text: 'safe\n\n' },
  },
  {
    name: 'an embedded program and a control',
    make: () =>
      document(
        { name: 'word/embeddings/oleObject1.bin', content: 'MZ' },
        { name: 'word/activeX/activeX1.bin', content: 'x' },
      ),
    outcome: { text: 'safe\n', lost: { 'embedded-files': 2 } },
  },
  {
    name: 'a part outside of the archive',
    make: () =>
      document({
        name: '_rels/.rels',
        content: rels([{ id: 'a', type: 'officeDocument', target: '../../../../etc/passwd' }]),
      }),
    outcome: NOT_OFFICE,
  },
  {
    name: 'relationships that refer to themselves',
    make: () =>
      document({ name: '_rels/.rels', content: rels([{ id: 'a', type: 'officeDocument', target: '_rels/.rels' }]) }),
    outcome: NOT_OFFICE,
  },
  {
    name: 'slides that are not there',
    make: () => pptx([slide(['safe'])], [{ name: 'ppt/_rels/presentation.xml.rels', content: rels([]) }]),
    outcome: DAMAGED,
  },
  {
    name: 'a slide of another host',
    make: (address) =>
      pptx(
        [slide(['safe'])],
        [
          {
            name: 'ppt/_rels/presentation.xml.rels',
            content: rels([{ id: 'rId1', type: 'slide', target: `${address}/slide.xml`, isExternal: true }]),
          },
        ],
      ),
    outcome: DAMAGED,
  },
  {
    name: 'the same slide ten thousand times',
    make: () =>
      pptx(
        [slide(['safe'])],
        [
          {
            name: 'ppt/presentation.xml',
            content: `<p:presentation xmlns:r="r"><p:sldIdLst>${'<p:sldId id="1" r:id="rId1"/>'.repeat(10_000)}</p:sldIdLst></p:presentation>`,
          },
        ],
      ),
    outcome: { text: /^Slide 1\nsafe\n\nSlide 2\n/ },
    isHeavy: true,
  },
  {
    name: 'a table in a table, two hundred times',
    make: () => docx('<w:tbl><w:tr><w:tc>'.repeat(150) + good + '</w:tc></w:tr></w:tbl>'.repeat(150)),
    outcome: { text: /safe/ },
  },
  {
    name: 'one text of fifty megabytes',
    make: () => docx(paragraph(numbers(6_500_000))),
    outcome: { text: /^0 1 2 /, lost: { cut: 1 } },
    isHeavy: true,
  },
  {
    name: 'one cell of fifty megabytes',
    make: () => docx(`<w:tbl><w:tr><w:tc>${paragraph(numbers(6_500_000))}</w:tc></w:tr></w:tbl>`),
    outcome: { text: /^0 1 2 /, lost: { cut: 1 } },
    isHeavy: true,
  },
];
