/** A body of `multipart/form-data` with one file, and its header. */
export function form(
  fields: Readonly<Record<string, string>>,
  name: string,
  content: string | Buffer,
  filename = 'a.txt',
): [body: Buffer, header: readonly [string, string]] {
  const boundary = 'B0UNDARY';
  const texts = Object.entries(fields).map(
    ([field, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="${filename}"\r\nContent-Type: text/plain\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(texts.join('')),
    Buffer.from(head),
    Buffer.from(content),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  return [body, ['Content-Type', `multipart/form-data; boundary=${boundary}`]];
}
