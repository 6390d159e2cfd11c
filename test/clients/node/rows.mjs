/** What every client is given: the gateway's URL, a key or token, and whose it is. */
export const { GATEWAY_URL: baseURL, GATEWAY_KEY: apiKey, GATEWAY_TENANT: tenant } = process.env;

/** A picture of one pixel. */
export const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** A document of one empty page. */
export const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF',
).toString('base64');

/** A schema that Bedrock can enforce. */
export const CITY = {
  type: 'object',
  properties: { city: { type: 'string' } },
  required: ['city'],
  additionalProperties: false,
};

/** Runs named operations one after the other, and prints the outcome of each as a line of JSON. */
export async function report(rows) {
  for (const [row, operation] of Object.entries(rows)) {
    try {
      await operation();
      print({ row, ok: true });
    } catch (error) {
      print({ row, ok: false, ...described(error) });
    }
  }
}

/** Fails unless a text contains another one. */
export function expectText(text, part) {
  if (typeof text !== 'string' || !text.includes(part))
    throw new Error(`expected '${part}' in ${JSON.stringify(text)}`);
}

/** Fails unless a value is true. */
export function expectThat(what, value) {
  if (!value) throw new Error(`expected: ${what}`);
}

const print = (line) => console.log(`row ${JSON.stringify(line)}`);

/** The error of a client, or the one that it wraps. */
function described(error) {
  for (let one = error; one; one = one.cause ?? one.lastError ?? one.errors?.[0]) {
    const status = one.status ?? one.statusCode;
    if (status === undefined) continue;
    const { param, code } = one.error?.error ?? one.error ?? one.data?.error ?? one;
    return { status, param: param ?? undefined, code: code ?? undefined, message: `${one.message}`.slice(0, 600) };
  }
  return { message: `${error?.stack ?? error}`.slice(0, 600) };
}
