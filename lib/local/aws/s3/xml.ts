/** The content of S3's XML: nested elements, with a list for a repeated one. */
export type Content = string | number | boolean | undefined | readonly Content[] | { readonly [name: string]: Content };

/** An XML document of one element. */
export const xml = (name: string, content: Content): string =>
  `<?xml version="1.0" encoding="UTF-8"?>${element(name, content)}`;

function element(name: string, content: Content): string {
  if (content === undefined) return '';
  if (Array.isArray(content)) return content.map((one) => element(name, one)).join('');
  const inner =
    typeof content === 'object'
      ? Object.entries(content)
          .map(([child, value]) => element(child, value))
          .join('')
      : escaped(String(content));
  return `<${name}>${inner}</${name}>`;
}

const escaped = (text: string) => text.replace(/[&<>"'\r\n]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The contents of every element with a name. The SDK writes no attributes, and nests no element in one of the same name. */
export const elements = (document: string, name: string): string[] =>
  [...document.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map(([, content = '']) => content);

/** The text of the first element with a name. */
export function text(document: string, name: string): string | undefined {
  return elements(document, name)[0]?.replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (_, entity: string) => {
    if (entity.startsWith('#x')) return String.fromCodePoint(Number.parseInt(entity.slice(2), 16));
    if (entity.startsWith('#')) return String.fromCodePoint(Number(entity.slice(1)));
    return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[entity] ?? '';
  });
}
