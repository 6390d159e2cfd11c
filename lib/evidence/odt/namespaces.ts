/** The namespaces of OpenDocument 1.3 (docs.oasis-open.org/office/OpenDocument/v1.3/os/part3-schema). */
const OASIS = 'urn:oasis:names:tc:opendocument:xmlns';

export const NAMESPACES = [
  ['office', `${OASIS}:office:1.0`],
  ['style', `${OASIS}:style:1.0`],
  ['text', `${OASIS}:text:1.0`],
  ['table', `${OASIS}:table:1.0`],
  ['meta', `${OASIS}:meta:1.0`],
  ['fo', `${OASIS}:xsl-fo-compatible:1.0`],
  ['svg', `${OASIS}:svg-compatible:1.0`],
  ['xlink', 'http://www.w3.org/1999/xlink'],
  ['dc', 'http://purl.org/dc/elements/1.1/'],
]
  .map(([prefix, uri]) => `xmlns:${prefix}="${uri}"`)
  .join(' ');
