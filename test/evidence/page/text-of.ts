const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** The names of a page's tags in their order, without possible line breaks. */
export const tagsOf = (page: string): string[] =>
  [...page.matchAll(/<(\/?[a-z][a-z0-9]*)(?:\s[^>]*)?>/gi)]
    .map(([, name = '']) => name)
    .filter((name) => name !== 'wbr');

/** What a reader sees of a page or a part of it: the text between its tags, and in the descriptions of its images. */
export const textOf = (page: string): string =>
  page
    .replace(/<(style|script)>[\s\S]*?<\/\1>/g, '')
    .replaceAll('<wbr>', '')
    .replace(/<[^>]*>/g, '\n')
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? '');
